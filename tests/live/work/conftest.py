"""Workers on the database of the tests, with chores to do."""

from contextlib import ExitStack, contextmanager

import pytest
from django.db import connection

from tests.live.harness.worker import running_worker
from tests.live.mail.server import MailServer, serving
from tests.live.work.chores import DAM, GROUND


@pytest.fixture
def ground(transactional_db):
    """Where chores leave their traces."""
    with connection.cursor() as cursor:
        cursor.execute(GROUND)
        yield
        cursor.execute("DROP SCHEMA chores CASCADE")


@pytest.fixture
def start_worker(ground, tmp_path):
    """Start workers; each must stop when it is told to, and leave no process."""
    with ExitStack() as workers:
        yield lambda *arguments, **environment: workers.enter_context(
            running_worker(tmp_path, *arguments, **environment)
        )


@pytest.fixture
def server():
    """A mail server; its `environment` leads a worker there."""
    server = MailServer()
    with serving(server) as port:
        server.environment = {
            "EMAIL_URL": f"smtp://127.0.0.1:{port}",
            "DASHBOARD_URL": "https://app.focusguard.test",
            "EMAIL_FROM": "noreply@focusguard.test",
        }
        yield server


@pytest.fixture
def dam():
    """Keep chores from their end while a block runs."""

    @contextmanager
    def closed():
        holder = connection.copy()
        with holder.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [DAM])
        try:
            yield
        finally:
            holder.close()

    return closed
