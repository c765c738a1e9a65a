"""The statement behind the sockets: what it reads, and a server that says nothing."""

import asyncio
import os
import signal
import time
import uuid
from datetime import timedelta

import psycopg
import pytest
from django.db import connection
from django.utils import timezone
from psycopg.conninfo import conninfo_to_dict

from accounts.devices.one_door import open_device
from realtime.serving import truth
from realtime.serving.truth import STATEMENT, Truth
from sessions_app import services
from sessions_app.models import FocusSession
from tests.live.harness.own_servers import own_postgres

pytestmark = pytest.mark.django_db


def rows_of(devices):
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, [[one.device.pk for one in devices]])
        return {row[0]: truth._seen(row) for row in cursor.fetchall()}


def test_each_live_device_sees_its_users_sessions(alice, bob):
    mine, too, others = (
        open_device(user=alice),
        open_device(user=alice),
        open_device(user=bob),
    )
    for minutes in (10, 20, 30):
        session = services.start_session(user_id=alice.pk, duration_min=minutes)
        if minutes < 30:
            services.abandon_session(user_id=alice.pk, session_id=session.pk)
    seen = rows_of([mine, too, others])
    assert seen[mine.device.pk] == seen[too.device.pk]
    assert seen[mine.device.pk].running[2] == 30
    # The one that ended last, of two.
    assert seen[mine.device.pk].ended[2] == 20
    assert (seen[others.device.pk].running, seen[others.device.pk].ended) == (
        None,
        None,
    )


def test_who_has_no_right_has_no_row(alice, bob):
    revoked, closed = open_device(user=alice), open_device(user=bob)
    type(revoked.device).objects.filter(pk=revoked.device.pk).update(
        revoked_at=timezone.now(), revoked_reason="staff"
    )
    type(bob).objects.filter(pk=bob.pk).update(is_active=False)
    assert rows_of([revoked, closed]) == {}


def test_it_reads_a_few_rows_of_an_index_for_each_socket(alice):
    """Caught: one that read all sessions of a user to find the last.

    Counted in rows: how many blocks they lie on is the table's past.
    """
    device = open_device(user=alice)
    began = timezone.now() - timedelta(days=400)
    FocusSession.objects.bulk_create(
        FocusSession(
            user=alice,
            duration_min=1,
            status="completed",
            focus_min=1,
            local_date=began.date(),
            timezone="UTC",
            created_at=began + timedelta(hours=n),
            ended_at=began + timedelta(hours=n, minutes=1),
        )
        for n in range(3000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE sessions")
        cursor.execute(
            f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {STATEMENT}", [[device.device.pk]]
        )
        (plan,) = cursor.fetchone()[0]
    assert rows_read(plan["Plan"]) < 10


def rows_read(node):
    """Count the rows that a plan's steps found, and those that they dropped."""
    each = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
    inner = sum(rows_read(one) for one in node.get("Plans", ()))
    return each * node["Actual Loops"] + inner


@pytest.mark.slow
def test_server_that_says_nothing_is_cut_and_asked_anew(tmp_path, monkeypatch):
    """Caught: a statement that waited for as long as the server was frozen."""
    with own_postgres(tmp_path) as server:
        parameters = conninfo_to_dict(server.url) | {"autocommit": True}
        monkeypatch.setattr(truth, "_parameters", lambda: parameters)

        async def ask():
            asking = Truth()
            assert await asking.ask([uuid.uuid4()]) == {}
            # Its backend alone: the network and the postmaster go on.
            backend = asking._connection.info.backend_pid
            os.kill(backend, signal.SIGSTOP)
            began = time.monotonic()
            try:
                with pytest.raises(psycopg.OperationalError):
                    await asking.ask([uuid.uuid4()])
                assert time.monotonic() - began < 3 * truth.ASK_SECONDS
                assert await asking.ask([uuid.uuid4()]) == {}
            finally:
                os.kill(backend, signal.SIGCONT)
                await asking.close()

        asyncio.run(ask())
