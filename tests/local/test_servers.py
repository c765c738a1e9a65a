"""The embedded servers, started for real in a folder of the test's own."""

import contextlib
import os
import shutil
import signal
import stat
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
import redis

from local import keys, postgres, servers, valkey
from local.local_error import LocalError
from local.processes import wait_until
from tests.harness.bounds import DEADLINE

MARK = "CREATE TABLE mark (word text); INSERT INTO mark VALUES ('kept')"


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


def test_up_twice_at_once_starts_each_server_once(fresh):
    with ThreadPoolExecutor(2) as pool:
        started = list(pool.map(lambda _: servers.up(fresh), range(2)))
    assert sorted(started, key=len) == [[], ["PostgreSQL", "Valkey"]]


def test_up_recovers_what_was_killed(places):
    servers.up(places)
    with connect(places) as connection:
        connection.execute(MARK)
    os.kill(postgres.running(places), signal.SIGKILL)
    os.kill(valkey.running(places), signal.SIGKILL)
    assert wait_until(
        lambda: not postgres.running(places) and not valkey.running(places),
        seconds=DEADLINE,
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


def test_up_starts_nothing_that_the_environment_names(fresh, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/focusguard")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere")
    assert servers.up(fresh) == []
    given = servers.environment(fresh)
    assert given["DATABASE_URL"] == "postgresql://elsewhere/focusguard"
    assert given["REDIS_URL"] == "redis://elsewhere"


def test_up_ends_the_sessions_of_a_killed_postmaster(places):
    """A session that computes would keep the next server from starting."""
    servers.up(places)
    with psycopg.connect(postgres.url(places), autocommit=True) as connection:
        connection.execute("SET statement_timeout = 0")
        endless = threading.Thread(target=_count_for_ever, args=[connection])
        endless.start()
        assert wait_until(lambda: len(_busy(places)) == 1, seconds=DEADLINE)

        os.kill(postgres.running(places), signal.SIGKILL)
        assert wait_until(lambda: not postgres.running(places), seconds=DEADLINE)
        assert servers.up(places) == ["PostgreSQL"]
        endless.join(DEADLINE)


def _count_for_ever(connection):
    with contextlib.suppress(psycopg.OperationalError):
        connection.execute("SELECT count(*) FROM generate_series(1, 100000000000)")


def _busy(places):
    with connect(places) as connection:
        return connection.execute(
            "SELECT 1 FROM pg_stat_activity"
            " WHERE state = 'active' AND query LIKE '%generate_series(1%'"
            " AND pid <> pg_backend_pid()"
        ).fetchall()


def test_up_restores_sockets_that_were_swept_away(places):
    servers.up(places)
    shutil.rmtree(places.sockets)
    assert servers.up(places) == ["PostgreSQL", "Valkey"]
    connect(places).close()


def test_last_to_leave_stops_the_servers(places):
    with servers.in_use(places):
        with servers.in_use(places):
            pass
        assert postgres.running(places)
        assert valkey.running(places)
    assert not postgres.running(places)
    assert not valkey.running(places)


def test_servers_started_by_hand_stay_when_the_last_leaves(places):
    servers.up(places, keep=True)
    with servers.in_use(places):
        pass
    assert postgres.running(places)
    servers.down(places)

    # What was said of those that were stopped does not hold for the next.
    with servers.in_use(places):
        pass
    assert not postgres.running(places)


def test_environment_makes_secrets_once_and_for_the_owner_alone(fresh):
    first = servers.environment(fresh)
    assert servers.environment(fresh) == first
    assert len(first["SECRET_KEY"]) >= 32
    assert first["SECRET_KEY"] != first["JWT_SECRET_KEY"]
    assert stat.S_IMODE(fresh.secrets.stat().st_mode) == 0o600
    assert stat.S_IMODE(fresh.sockets.stat().st_mode) == 0o700


def test_kept_survives_an_interrupted_first_time(fresh):
    fresh.make()
    fresh.secrets.with_suffix(".new").write_text("{half")
    assert set(keys.kept(fresh)) == {
        "SECRET_KEY",
        "JWT_SECRET_KEY",
        "ENCRYPTION_KEYS",
        "DEMO_PASSWORD",
        "STAFF_PASSWORD",
    }


def test_kept_adds_what_is_missing_and_changes_nothing_else(fresh):
    fresh.make()
    fresh.secrets.write_text('{"SECRET_KEY": "mine"}')
    assert keys.kept(fresh)["SECRET_KEY"] == "mine"
    assert len(keys.kept(fresh)["JWT_SECRET_KEY"]) >= 32


def test_kept_makes_new_ones_where_the_file_is_empty(fresh):
    """Caught: a full disk, after which the file had to be removed by hand."""
    fresh.make()
    fresh.secrets.touch()
    assert keys.kept(fresh)["SECRET_KEY"]


@pytest.mark.parametrize("content", [b"", b"VALKEY080\xfa\x00", b"junk"])
def test_up_does_without_what_valkey_cannot_read(places, content):
    places.make()
    places.valkey_data.mkdir()
    (places.valkey_data / "dump.rdb").write_bytes(content)
    assert servers.up(places) == ["PostgreSQL", "Valkey"]


def test_kept_says_that_its_file_is_broken(fresh):
    fresh.make()
    fresh.secrets.write_text("{half")
    with pytest.raises(LocalError, match="remove it"):
        keys.kept(fresh)


def test_start_replaces_a_half_made_data_folder(fresh):
    fresh.make()
    fresh.postgres_data.mkdir()
    (fresh.postgres_data / "base").mkdir()
    fresh.demo_done.touch()
    servers.up(fresh)
    assert postgres.running(fresh)
    # A new database has no demo data.
    assert not fresh.demo_done.exists()


def test_lower_knows_letters_beyond_ascii(places):
    servers.up(places)
    with connect(places) as connection:
        assert connection.execute("SELECT lower('ÉÜ')").fetchone() == ("éü",)
