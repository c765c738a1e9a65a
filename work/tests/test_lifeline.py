"""The worker's end of the line to its supervisor, in a process that may die of it."""

import signal
import socket
import subprocess
import sys

from work.supervisor import PROJECT

WORKER = """
import signal, sys
from work import lifeline
lifeline.STOP_SECONDS = 0.1
{before}
line = lifeline.Lifeline(int(sys.argv[1]))
line.beat(41)
while True:
    signal.pause()
"""


def run(before=""):
    """Start a worker; return it and the supervisor's end, which has heard it."""
    ours, theirs = socket.socketpair()
    with theirs:
        worker = subprocess.Popen(
            [sys.executable, "-c", WORKER.format(before=before), str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            cwd=PROJECT,
        )
    assert ours.recv(100) == b"41\n"
    return worker, ours


def test_worker_ends_with_its_supervisor():
    worker, supervisor = run()
    supervisor.close()
    assert worker.wait(30) == -signal.SIGTERM


def test_worker_that_hangs_ends_with_its_supervisor():
    worker, supervisor = run("signal.signal(signal.SIGTERM, signal.SIG_IGN)")
    supervisor.close()
    assert worker.wait(30) == -signal.SIGKILL


def test_beat_without_a_supervisor_is_no_fault():
    ours, theirs = socket.socketpair()
    ours.close()
    silent = subprocess.run(
        [
            *(sys.executable, "-c"),
            "import signal, sys\n"
            "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
            "from work.lifeline import Lifeline\n"
            "Lifeline(int(sys.argv[1])).beat(41)\n",
            str(theirs.fileno()),
        ],
        pass_fds=[theirs.fileno()],
        cwd=PROJECT,
    )
    theirs.close()
    assert silent.returncode == 0
