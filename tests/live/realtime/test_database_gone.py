"""Postgres gone for a while: sockets stay, say so, and then tell the whole truth."""

from contextlib import contextmanager

import pytest
from django.db import connection

from accounts.devices.one_door import open_device
from sessions_app.tests.factories import FocusSessionFactory

pytestmark = pytest.mark.slow


@contextmanager
def no_database():
    """Let Postgres end whatever the realtime process asks by, and take nobody new."""
    name = connection.ops.quote_name(connection.settings_dict["NAME"])
    # Of another database: none may shut itself.
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        try:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = %s AND application_name = 'focusguard-realtime'",
                [connection.settings_dict["NAME"]],
            )
            yield
        finally:
            cursor.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


@pytest.mark.row("RT13")
def test_database_gone_for_15_seconds(realtime, crowd, device):
    """Caught: a socket that came meanwhile, and was told nothing."""
    crowd.sign_in([device.access_token] * 3)
    late_device = open_device(user=device.user)
    with no_database():
        crowd.read_until(lambda: all(one.heard("stale") for one in crowd.members))
        assert realtime.get("/health")[0] == 503
        (late,) = crowd.join(token=late_device.access_token)
        crowd.read_until(lambda: bool(late.heard("stale")))
        # Nobody can prove what they may see: nobody is told anything.
        session = FocusSessionFactory(user=device.user)
    crowd.read_until(
        lambda: all(
            one.heard("session") and one.heard("session")[-1]["session"]
            for one in crowd.members
        )
    )
    for one in crowd.members:
        assert one.heard("session")[-1]["session"]["id"] == str(session.pk)
        # Once, and not each second.
        assert len(one.heard("stale")) == 1
        assert one.is_open
    assert [m["type"] for m in late.messages][:3] == ["stale", "ready", "session"]
    assert realtime.get("/health")[0] == 200
