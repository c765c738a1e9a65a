"""The embedded servers, started for real in a folder of the test's own."""

import os
import signal
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
import redis

from focusguard.local import keys, postgres, servers, valkey
from focusguard.local.errors import LocalError
from focusguard.local.places import PROJECT, Places
from focusguard.local.processes import locked, wait_until
from focusguard.local.serve import serve

MARK = "CREATE TABLE mark (word text); INSERT INTO mark VALUES ('kept')"


@pytest.fixture
def nothing_given(monkeypatch):
    for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "JWT_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def places(tmp_path, nothing_given):
    """A checkout in a path with spaces, too long for a socket."""
    project = tmp_path / ("a long path with spaces " * 4).strip()
    project.mkdir()
    places = Places(project)
    yield places
    servers.down(places)


def connect(places):
    return psycopg.connect(postgres.url(places), autocommit=True)


def test_up_serves_both_and_keeps_their_data(places):
    assert servers.up(places) == ["PostgreSQL", "Valkey"]
    with connect(places) as connection:
        connection.execute(MARK)
    with redis.Redis.from_url(valkey.url(places)) as client:
        client.set("word", "kept")

    assert servers.down(places) == ["Valkey", "PostgreSQL"]
    assert servers.up(places) == ["PostgreSQL", "Valkey"]

    with connect(places) as connection:
        assert connection.execute("SELECT word FROM mark").fetchone() == ("kept",)
    with redis.Redis.from_url(valkey.url(places)) as client:
        assert client.get("word") == b"kept"


def test_up_does_nothing_where_all_runs(places):
    servers.up(places)
    assert servers.up(places) == []


def test_up_twice_at_once_starts_each_server_once(places):
    with ThreadPoolExecutor(2) as pool:
        started = list(pool.map(lambda _: servers.up(places), range(2)))
    assert sorted(started, key=len) == [[], ["PostgreSQL", "Valkey"]]


def test_up_recovers_what_was_killed(places):
    servers.up(places)
    with connect(places) as connection:
        connection.execute(MARK)
    os.kill(postgres.running(places), signal.SIGKILL)
    os.kill(valkey.running(places), signal.SIGKILL)
    assert wait_until(
        lambda: not postgres.running(places) and not valkey.running(places), seconds=5
    )

    assert servers.up(places) == ["PostgreSQL", "Valkey"]
    with connect(places) as connection:
        assert connection.execute("SELECT word FROM mark").fetchone() == ("kept",)


def test_up_takes_no_other_process_for_its_server(places):
    servers.up(places)
    servers.down(places)
    other = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    with other:
        places.valkey_pid.write_text(f"{other.pid}\n")
        (places.postgres_data / "postmaster.pid").write_text(f"{other.pid}\n")
        assert servers.up(places) == ["PostgreSQL", "Valkey"]
        assert other.poll() is None
        other.communicate(b"\n")


def test_up_starts_nothing_that_the_environment_names(places, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/focusguard")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere")
    assert servers.up(places) == []
    given = servers.environment(places)
    assert given["DATABASE_URL"] == "postgresql://elsewhere/focusguard"
    assert given["REDIS_URL"] == "redis://elsewhere"


def test_environment_makes_secrets_once_and_for_the_owner_alone(places):
    first = servers.environment(places)
    assert servers.environment(places) == first
    assert len(first["SECRET_KEY"]) >= 32
    assert first["SECRET_KEY"] != first["JWT_SECRET_KEY"]
    assert stat.S_IMODE(places.secrets.stat().st_mode) == 0o600
    assert stat.S_IMODE(places.sockets.stat().st_mode) == 0o700


def test_kept_survives_an_interrupted_first_time(places):
    places.make()
    places.secrets.with_suffix(".new").write_text("{half")
    assert set(keys.kept(places)) == {
        "SECRET_KEY",
        "JWT_SECRET_KEY",
        "DEMO_PASSWORD",
        "STAFF_PASSWORD",
    }


def test_start_replaces_a_half_made_data_folder(places):
    places.make()
    places.postgres_data.mkdir()
    (places.postgres_data / "base").mkdir()
    servers.up(places)
    assert postgres.running(places)


def test_serve_says_who_holds_the_checkout(places, monkeypatch):
    monkeypatch.setenv("PORT", "8000")
    places.make()
    with (
        locked(places.serve_lock, note="runs already (pid 7)"),
        pytest.raises(LocalError, match=r"runs already \(pid 7\)"),
    ):
        serve(places)


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1"])
def test_serve_refuses_what_is_no_port(places, monkeypatch, port):
    monkeypatch.setenv("PORT", port)
    with pytest.raises(LocalError, match="PORT must be a number"):
        serve(places)


def test_cli_explains_itself():
    shown = subprocess.run(
        [sys.executable, "-m", "focusguard.local", "--help"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    for verb in ("up", "down", "status", "env", "serve"):
        assert verb in shown.stdout
