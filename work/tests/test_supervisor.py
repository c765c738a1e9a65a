"""The supervisor, over children that are no workers: real processes, and no database."""

import signal
import subprocess
import sys

import pytest

from work.supervisor import PROJECT

# Each child says its pid and what it was started with, and then does as it is told.
SUPERVISE = """
import sys
from work.supervisor import Patience, Supervisor
child = [sys.executable, "-c", sys.argv[1]]
patience = Patience(silence={silence}, stop={stop}, shortest_pause=0.01)
sys.exit(Supervisor(child, patience).run())
"""
CHILD = """
import os, signal, socket, sys
line = socket.socket(fileno=int(sys.argv[2]))
print(os.getpid(), *sys.argv[3:], flush=True)
"""
WAITS = CHILD + "line.recv(1)\n"
WAITS_FOR_EVER = CHILD + "signal.sigwait([signal.SIGUSR1])\n"
IGNORES_TERM = (
    """
import signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
"""
    + WAITS_FOR_EVER
)


@pytest.fixture
def supervised():
    """Start a supervisor over such a child; a second one ends what is left of it."""
    started = []

    def start(child, *, silence=60, stop=60):
        supervisor = subprocess.Popen(
            [sys.executable, "-c", SUPERVISE.format(silence=silence, stop=stop), child],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(supervisor)
        return supervisor

    yield start
    for supervisor in started:
        supervisor.terminate()
        supervisor.communicate(timeout=30)


def child_of(supervisor):
    pid, *arguments = supervisor.stdout.readline().split()
    return int(pid), arguments


def is_gone(pid):
    """Tell whether nobody has this process id, or only the dead."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True)
    return state.stdout.strip()[:1] in (b"", b"Z")


@pytest.mark.parametrize("code", [0, 1, 9])
def test_child_that_ends_is_followed_by_another(supervised, code):
    """A worker that lost Postgres ends with 0."""
    supervisor = supervised(f"{CHILD}sys.exit({code})")
    first, second = child_of(supervisor), child_of(supervisor)
    assert first != second
    assert f"ended with exit code {code}" in supervisor.stderr.readline()


def test_child_that_is_killed_is_followed_by_one_that_hears_of_it(supervised):
    tells = "line.send(b'41\\n'); os.kill(os.getpid(), signal.SIGKILL)"
    supervisor = supervised(CHILD + tells)
    assert child_of(supervisor)[1] == []
    assert child_of(supervisor)[1] == ["--after", "41"]
    assert "ended by SIGKILL" in supervisor.stderr.readline()


def test_pauses_between_children_grow(supervised):
    supervisor = supervised("pass")
    said = [supervisor.stderr.readline() for _ in range(3)]
    assert [line.split()[-2] for line in said] == ["0.01", "0.02", "0.04"]


def test_child_that_is_silent_is_killed_and_replaced(supervised):
    supervisor = supervised(IGNORES_TERM, silence=0.2, stop=0.2)
    first, _ = child_of(supervisor)
    child_of(supervisor)
    assert is_gone(first)
    assert "silent for 0.2 s and killed" in supervisor.stderr.readline()


def test_child_that_speaks_is_left_alone(supervised):
    beats = """
for _ in range(8):
    line.send(b"41\\n")
    signal.sigtimedwait([signal.SIGUSR1], 0.1)
print("lived", flush=True)
line.recv(1)
"""
    supervisor = supervised(CHILD + beats, silence=0.5)
    child_of(supervisor)
    assert supervisor.stdout.readline() == "lived\n"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_supervisor_that_is_told_to_stop_stops_its_child(supervised, number):
    supervisor = supervised(WAITS)
    child, _ = child_of(supervisor)
    supervisor.send_signal(number)
    assert supervisor.wait(30) == 0
    assert is_gone(child)


def test_child_that_does_not_stop_is_killed(supervised):
    supervisor = supervised(IGNORES_TERM, stop=0.2)
    child, _ = child_of(supervisor)
    supervisor.terminate()
    assert supervisor.wait(30) == 0
    assert is_gone(child)
    assert "did not stop in 0.2 s: killed" in supervisor.stderr.read()


def test_supervisor_stops_in_the_pause_between_two_children(supervised):
    supervisor = supervised("pass")
    for _ in range(5):  # the pauses are long enough to be met then
        supervisor.stderr.readline()
    supervisor.terminate()
    assert supervisor.wait(30) == 0


def test_child_notices_that_its_supervisor_was_killed(supervised):
    """The line's end is all that tells: a process that was killed sends no signal."""
    supervisor = supervised(WAITS + "print('alone', flush=True)\n")
    child_of(supervisor)
    supervisor.kill()
    assert supervisor.stdout.readline() == "alone\n"


def test_supervisor_needs_nothing_of_the_product(supervised):
    names = "import work.supervisor, sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", names], cwd=PROJECT, capture_output=True, text=True
    )
    assert not {"django", "psycopg", "procrastinate"} & set(loaded.stdout.split())
