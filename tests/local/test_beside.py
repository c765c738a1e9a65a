"""Processes that `make run` keeps beside gunicorn, up to where Django begins."""

import os
import signal
import subprocess
import sys
from urllib.parse import quote

import pytest

from local.beside import SOCKETS, WORKER
from local.cli import main
from local.processes import wait_until
from local.serve import mail, pictures, running, stop
from tests.harness.bounds import DEADLINE
from tests.local.test_serve import INTERRUPTED, running_with, start

# What `make run` does once its servers are up, for a checkout that the test chooses.
RUN = """
import os, sys
from pathlib import Path
from local import interrupts, places, serve
try:
    with interrupts.raised():
        sys.exit(serve._run(places.Places(Path(sys.argv[1])), os.environ))
except interrupts.Stopped as stopped:
    sys.exit(stopped.status)
"""
# In the place of gunicorn, of the sockets and of the worker: each tells when it begins and
# is asked to end, and those two have a child, as the real worker has.
TELLS = """
import os, signal, subprocess, sys
def tell(word):
    with open({log!r}, "a") as log:
        log.write(f"{name} {{word}}\\n")
def end(number, frame):
    tell("ends")
    os._exit({status})
signal.signal(signal.SIGTERM, end)
{begin}
tell("runs")
signal.pause()
"""
PID_FILE = "open(sys.argv[-1], 'w').write(str(os.getpid()))"
# It ends when its parent has, as the real one does.
CHILD = """subprocess.Popen(
    [sys.executable, "-c", "import sys; sys.stdin.read()", *sys.argv[2:]],
    stdin=subprocess.PIPE,
)"""


@pytest.fixture
def checkout(fresh):
    """A checkout whose three processes are a few lines; yield how to read it."""
    fresh.make()
    log = fresh.root / "told"
    log.touch()
    package = fresh.project / "focusguard"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(
        TELLS.format(log=str(log), name="gunicorn", status=7, begin=PID_FILE)
    )
    (fresh.project / "manage.py").write_text(
        TELLS.format(log=str(log), name="{sys.argv[1]}", status=0, begin=CHILD)
    )
    fresh.told = lambda: log.read_text().splitlines()
    yield fresh
    stop(fresh)


ENDS = ["gunicorn ends", "serve_realtime ends", "work ends"]


def all_run(checkout):
    return wait_until(
        lambda: (
            {"gunicorn runs", "serve_realtime runs", "work runs"}
            <= set(checkout.told())
        ),
        seconds=DEADLINE,
    )


def nothing_runs(checkout):
    return wait_until(lambda: not running_with(str(checkout.project)), seconds=DEADLINE)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_request_to_stop_ends_gunicorn_then_the_sockets_then_the_worker(
    checkout, number
):
    launcher = start(checkout, script=RUN)
    assert all_run(checkout)
    launcher.send_signal(number)
    launcher.communicate(timeout=DEADLINE)
    assert launcher.returncode == 7
    assert checkout.told()[-3:] == ENDS
    assert nothing_runs(checkout)


def test_both_end_with_a_gunicorn_that_ends_by_itself(checkout):
    launcher = start(checkout, script=RUN)
    assert all_run(checkout)
    os.kill(running(checkout), signal.SIGKILL)
    launcher.communicate(timeout=DEADLINE)
    assert checkout.told()[-2:] == ENDS[1:]
    assert nothing_runs(checkout)


@pytest.mark.parametrize(
    "word", ["gunicorn.pid", ".local/serve_realtime", ".local/work"]
)
def test_who_is_just_being_started_is_stopped_too(checkout, word):
    launcher = start(checkout, script=INTERRUPTED.format(word=word) + RUN)
    launcher.communicate(timeout=DEADLINE)
    assert launcher.returncode
    assert nothing_runs(checkout)


@pytest.mark.parametrize("one", [SOCKETS, WORKER])
def test_one_that_was_killed_is_started_again(checkout, one):
    quick = "from local import beside; beside.PAUSE_SECONDS = 0.01\n"
    launcher = start(checkout, script=quick + RUN)
    assert all_run(checkout)
    before = one.pids(checkout)
    os.kill(min(before), signal.SIGKILL)
    assert wait_until(
        lambda: checkout.told().count(f"{one.command} runs") == 2, seconds=DEADLINE
    )
    assert len(set(one.pids(checkout)) - set(before)) == 2
    launcher.send_signal(signal.SIGTERM)
    _, said = launcher.communicate(timeout=DEADLINE)
    assert said.startswith(f"focusguard: {one.title} ended with status -9")
    assert nothing_runs(checkout)


def test_what_a_killed_launcher_left_is_stopped_by_name(checkout, monkeypatch, capsys):
    monkeypatch.setattr("local.cli.Places", lambda: checkout)
    with start(checkout, script=RUN) as launcher:
        assert all_run(checkout)
        launcher.kill()
    assert main(["down"]) == 0
    told = capsys.readouterr().out
    assert told == "stopped: the web server, the sockets' process, the worker\n"
    assert checkout.told()[-3:] == ENDS
    assert nothing_runs(checkout)


@pytest.mark.parametrize("one", [SOCKETS, WORKER])
def test_one_that_somebody_started_by_hand_is_left_to_them(checkout, one):
    by_hand = [sys.executable, "manage.py", one.command]
    with subprocess.Popen(by_hand, cwd=checkout.project) as theirs:
        assert wait_until(
            lambda: checkout.told() == [f"{one.command} runs"], seconds=DEADLINE
        )
        assert one.pids(checkout) == stop(checkout) == []
        assert theirs.poll() is None
        theirs.terminate()


def test_letters_are_files_that_lead_to_where_we_serve(fresh, monkeypatch):
    for name in ("EMAIL_URL", "DASHBOARD_URL", "HOST"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PORT", "8150")
    assert mail(fresh) == {
        "EMAIL_URL": f"file://{quote(str(fresh.project))}/.local/mail",
        "DASHBOARD_URL": "http://localhost:8150",
    }


def test_settings_of_mail_that_people_made_stay(fresh, monkeypatch):
    """In the environment or in `.env`, and empty too: that turns mail off."""
    monkeypatch.setenv("DASHBOARD_URL", "https://focus.example")
    monkeypatch.delenv("EMAIL_URL", raising=False)
    (fresh.project / ".env").write_text("EMAIL_URL=\n")
    assert mail(fresh) == {}


def test_pictures_are_kept_beside_unless_people_said_where(fresh, monkeypatch):
    for name in ("PICTURES_DIR", "PICTURES_S3_BUCKET"):
        monkeypatch.delenv(name, raising=False)
    assert pictures(fresh) == {"PICTURES_DIR": str(fresh.pictures)}
    assert fresh.pictures.is_dir()
    (fresh.project / ".env").write_text("PICTURES_DIR=\n")
    assert pictures(fresh) == {}
