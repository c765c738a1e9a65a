"""`make run` up to where Django begins, and the command line around it."""

import os
import runpy
import signal
import socket
import subprocess
import sys

import psutil
import pytest
from gunicorn.util import parse_address

from local import servers
from local.beside import WORKER, wanted
from local.cli import main
from local.file_locks import holder, locked
from local.listening import Addresses, allowed_hosts, read
from local.local_error import LocalError
from local.places import PROJECT
from local.processes import wait_until
from local.serve import NUMBERS, _run_gunicorn, running, serve, stop
from tests.harness.bounds import DEADLINE
from tests.live.harness.stack import free_port

# A word that no process of another run of the tests has on its line.
CHILD = f"a-child-of-{os.getpid()}"

# A module of its own for `python -m`, with a checkout that the test chooses.
EXEC = """
import sys
from pathlib import Path
from local import cli, places
cli.Places = lambda: places.Places(Path(sys.argv[1]))
sys.exit(cli.main(sys.argv[2:]))
"""


# Asked to stop just while it forks the process that has a certain word on its line.
INTERRUPTED = """
import os, signal, subprocess
fork_exec = subprocess._fork_exec
def interrupted(arguments, *rest):
    pid = fork_exec(arguments, *rest)
    if any({word!r} in os.fsdecode(argument) for argument in arguments):
        os.kill(os.getpid(), signal.SIGTERM)
    return pid
subprocess._fork_exec = interrupted
"""


def start(places, *arguments, script=EXEC, **options):
    return subprocess.Popen(
        [sys.executable, "-c", script, str(places.project), *arguments],
        cwd=PROJECT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,
    )


def test_serve_says_who_holds_the_checkout(fresh, monkeypatch):
    monkeypatch.setenv("PORT", "8000")
    fresh.make()
    with (
        locked(fresh.serve_lock, note="runs already (pid 7)"),
        pytest.raises(LocalError, match=r"^runs already \(pid 7\)$"),
    ):
        serve(fresh)


def test_serve_reads_the_port_of_env_file(fresh, monkeypatch):
    monkeypatch.delenv("PORT", raising=False)
    (fresh.project / ".env").write_text("PORT=http\n")
    with pytest.raises(LocalError, match="PORT must be a number"):
        serve(fresh)


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("value", ["auto", "0", "", "1001"])
def test_serve_refuses_what_is_no_number_of_workers(fresh, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(LocalError, match=f"{name} must be a number up to 100"):
        serve(fresh)


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1", "²"])
def test_serve_refuses_what_is_no_port(fresh, monkeypatch, port):
    monkeypatch.setenv("PORT", port)
    with pytest.raises(LocalError, match="PORT must be a number"):
        serve(fresh)


@pytest.mark.parametrize(
    ("host", "bound", "opened"),
    [
        ("127.0.0.1", "127.0.0.1:8150", "http://localhost:8150"),
        ("localhost", "localhost:8150", "http://localhost:8150"),
        ("::", "[::]:8150", "http://localhost:8150"),
        ("[::]", "[::]:8150", "http://localhost:8150"),
        ("::1", "[::1]:8150", "http://localhost:8150"),
        ("192.0.2.7", "192.0.2.7:8150", "http://192.0.2.7:8150"),
        ("2001:db8::7", "[2001:db8::7]:8150", "http://[2001:db8::7]:8150"),
    ],
)
def test_serve_listens_at_any_form_of_a_host_and_prints_where(
    monkeypatch, host, bound, opened
):
    monkeypatch.setenv("HOST", host)
    monkeypatch.setenv("PORT", "8150")
    configured = runpy.run_path(str(PROJECT / "gunicorn.conf.py"))
    assert configured["bind"] == bound
    address, port = parse_address(configured["bind"])
    assert (address, port) == (bound.rpartition(":")[0].strip("[]"), 8150)
    told = read({"HOST": host, "PORT": "8150"})
    assert told.base == opened
    name = opened.removeprefix("http://").removesuffix(":8150")
    assert name in allowed_hosts("localhost,127.0.0.1,[::1]", host).split(",")
    assert told.sockets_url == f"ws://{name}:8151/api/ws"
    assert told.bind_of_sockets == bound.replace("8150", "8151")


def test_serve_lets_alone_the_hosts_that_people_configured():
    assert allowed_hosts("focus.example", "192.0.2.7") == "focus.example"


def test_serve_names_the_variable_when_the_port_is_taken(fresh, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as other:
        monkeypatch.setenv("PORT", str(other.getsockname()[1]))
        with pytest.raises(LocalError, match="make run PORT="):
            serve(fresh)
    assert not fresh.servers_lock.exists()


@pytest.mark.parametrize(
    ("said", "port", "url"),
    [
        ({}, 8001, "ws://localhost:8001/api/ws"),
        ({"PORT": "8150"}, 8151, "ws://localhost:8151/api/ws"),
        ({"PORT": "65535"}, 65534, "ws://localhost:65534/api/ws"),
        ({"PORT": "8150", "REALTIME_PORT": "9000"}, 9000, "ws://localhost:9000/api/ws"),
        ({"REALTIME_URL": "wss://ws.example/api/ws"}, 8001, "wss://ws.example/api/ws"),
    ],
)
def test_sockets_have_the_port_above_unless_one_is_chosen(monkeypatch, said, port, url):
    monkeypatch.delenv("REDIS_URL", raising=False)
    ours = read(said)
    assert (ours.sockets, ours.sockets_url) == (port, url)
    assert ours.environment()["REALTIME_PORT"] == str(port)
    (sockets, _) = wanted(ours)
    assert sockets.arguments == ("--bind", f"127.0.0.1:{port}")


def test_there_are_no_sockets_where_no_hints_go(monkeypatch):
    monkeypatch.setenv("REDIS_URL", "")
    ours = read({})
    assert ours == Addresses("127.0.0.1", 8000, None, ours.sockets_url)
    assert ours.environment() == {"HOST": "127.0.0.1", "PORT": "8000"}
    assert wanted(ours) == (WORKER,)


@pytest.mark.parametrize(
    ("port", "words"),
    [
        ("8150", "must be another port than PORT, 8150"),
        ("ws", "REALTIME_PORT must be a number up to 65535"),
        ("0", "REALTIME_PORT must be a number up to 65535"),
    ],
)
def test_port_of_sockets_that_is_none_is_refused(monkeypatch, port, words):
    monkeypatch.delenv("REDIS_URL", raising=False)
    with pytest.raises(LocalError, match=words):
        read({"PORT": "8150", "REALTIME_PORT": port})


def test_serve_names_the_variable_when_the_port_of_sockets_is_taken(fresh, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        monkeypatch.setenv("PORT", str(free_port()))
        monkeypatch.setenv("REALTIME_PORT", str(taken))
        with pytest.raises(LocalError, match=f":{taken} .*make run REALTIME_PORT="):
            serve(fresh)
    assert not fresh.servers_lock.exists()


def test_stop_ends_an_orphaned_web_server(fresh):
    fresh.make()
    orphan = subprocess.Popen(
        [sys.executable, "-c", "input()", str(fresh.gunicorn_pid)],
        stdin=subprocess.PIPE,
    )
    with orphan:
        fresh.gunicorn_pid.write_text(f"{orphan.pid}\n")
        assert wait_until(lambda: running(fresh) == orphan.pid, seconds=DEADLINE)
        assert stop(fresh)
    assert not stop(fresh)


def test_stop_leaves_another_checkouts_web_server_alone(fresh):
    fresh.make()
    other = subprocess.Popen(
        [sys.executable, "-c", "input()", "gunicorn"], stdin=subprocess.PIPE
    )
    with other:
        fresh.gunicorn_pid.write_text(f"{other.pid}\n")
        assert not stop(fresh)
        assert other.poll() is None
        other.communicate(b"\n")


def test_serve_takes_nobody_for_an_earlier_gunicorn(fresh):
    """Caught: gunicorn, which refuses to start where the number in its file lives."""
    fresh.make()
    package = fresh.project / "focusguard"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(
        "import os, sys; sys.exit(os.path.exists(sys.argv[-1]))"
    )
    fresh.gunicorn_pid.write_text(str(os.getpid()))
    assert running(fresh) is None
    assert _run_gunicorn(fresh, os.environ) == 0


def test_holder_is_who_holds_the_lock_now(fresh):
    fresh.make()
    with locked(fresh.serve_lock):
        assert holder(fresh.serve_lock) == os.getpid()
    assert holder(fresh.serve_lock) is None


def test_exec_runs_a_command_with_the_servers_and_keeps_its_status(places):
    asked = "import os, sys; print(os.environ['REDIS_URL']); sys.exit(7)"
    started = start(places, "exec", sys.executable, "-c", asked)
    words, errors = started.communicate(timeout=DEADLINE)
    assert started.returncode == 7, errors
    assert words.startswith("unix://")
    assert servers.down(places) == []


def test_exec_leaves_nothing_running_when_it_is_stopped_at_any_time(places):
    started = start(places, "exec", "sleep", "60")
    assert wait_until(places.postgres_log.exists, seconds=DEADLINE)
    started.send_signal(signal.SIGTERM)
    started.communicate(timeout=DEADLINE)
    assert started.returncode == 128 + signal.SIGTERM
    assert servers.down(places) == []


def running_with(*words):
    """List the command lines that have one of the words.

    Those of the tests have none: no path of a folder for one, which has "pytest" in it.
    """
    lines = (
        " ".join(found.info["cmdline"] or [])
        for found in psutil.process_iter(["cmdline"])
    )
    return [line for line in lines if any(word in line for word in words)]


@pytest.mark.parametrize(
    "word",
    ["listen_addresses", "--unixsocket", CHILD],
    ids=["PostgreSQL", "Valkey", "the command"],
)
def test_a_process_that_is_just_being_started_is_stopped_too(places, word):
    """Caught: PostgreSQL, Valkey or the command itself, known to nobody from then on."""
    # It has no child of its own, which would hold the output open after its end.
    child = (sys.executable, "-c", "import signal; signal.pause()", CHILD)
    script = INTERRUPTED.format(word=word) + EXEC
    started = start(places, "exec", *child, script=script)
    started.communicate(timeout=DEADLINE)
    assert started.returncode == 128 + signal.SIGTERM
    assert servers.down(places) == []
    assert running_with(CHILD, str(places.project)) == []


def test_initdb_is_not_left_to_itself(fresh):
    started = start(fresh, "up", script=INTERRUPTED.format(word="--username=") + EXEC)
    started.communicate(timeout=DEADLINE)
    assert started.returncode == 128 + signal.SIGTERM
    assert running_with(str(fresh.project)) == []
    assert servers.up(fresh) == ["PostgreSQL", "Valkey"]


def test_exec_names_a_command_that_is_not_there(fresh, monkeypatch):
    # Nothing is started for it.
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/focusguard")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere")
    started = start(fresh, "exec", "no-such-command")
    _, errors = started.communicate(timeout=DEADLINE)
    assert started.returncode == 1
    assert errors == "focusguard: no-such-command: No such file or directory\n"


def test_cli_explains_itself(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    for verb in ("up", "down", "status", "env", "serve", "exec"):
        assert verb in shown
