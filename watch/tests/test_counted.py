"""Counts of processes, without what the dead among them no longer have."""

import os
import subprocess
import sys

import pytest

from tests.harness.bounds import DEADLINE
from watch.counted import CountsCollector

# Has three sockets open and has pushed twice; then it waits, or is killed.
COUNTING = """
import os, signal, sys
from prometheus_client import Counter, Gauge
Gauge("sockets", "Open.", multiprocess_mode="livesum").set(3)
Counter("pushes", "Sent.").inc(2)
print("counted", flush=True)
if sys.argv[1] == "killed":
    os.kill(os.getpid(), signal.SIGKILL)
sys.stdin.read()
"""


@pytest.fixture
def count(tmp_path):
    """Run a process that counts, to its end or until the test's."""
    running = []

    def start(how):
        process = subprocess.Popen(
            [sys.executable, "-c", COUNTING, how],
            env=os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        assert process.stdout.readline() == "counted\n"
        if how == "killed":
            process.wait(DEADLINE)

    yield start
    for process in running:
        process.communicate(timeout=DEADLINE)


def told(folder):
    return {
        sample.name: sample.value
        for family in CountsCollector(str(folder)).collect()
        for sample in family.samples
    }


def test_sockets_of_a_killed_process_are_no_longer_open(count, tmp_path):
    """Caught: the library's own collector, which counts them for ever."""
    count("alive")
    count("killed")
    assert told(tmp_path) == {"sockets": 3, "pushes_total": 4}
    # As in the next scrape.
    assert told(tmp_path) == {"sockets": 3, "pushes_total": 4}
