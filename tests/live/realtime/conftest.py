"""Realtime processes over the Postgres and the Valkey of the tests, or one of their own."""

from contextlib import ExitStack

import pytest

from local.processes import wait_until
from tests.harness.bounds import DEADLINE
from tests.live.harness.realtime import running_realtime
from tests.live.harness.socket_fixtures import (  # noqa: F401  (fixtures)
    crowd,
    device,
    hints_going_to,
)


@pytest.fixture(scope="session")
def sweeping_process(django_db_setup, tmp_path_factory):
    """Start a process that sweeps each second; nothing that it logs may be a traceback."""
    directory = tmp_path_factory.mktemp("realtime")
    with running_realtime(directory, REALTIME_SWEEP_SECONDS="1") as running:
        assert wait_until(running.hears_hints, seconds=DEADLINE)
        yield running


@pytest.fixture
def realtime(sweeping_process, transactional_db):
    """The process that all share; it ends a test with no socket open."""
    yield sweeping_process
    assert wait_until(sweeping_process.is_empty, seconds=DEADLINE)


@pytest.fixture
def hints_to(settings):
    """Lead the hints of this process to another Valkey; call it anew after an outage."""
    with ExitStack() as back:
        yield lambda url: back.enter_context(hints_going_to(url, settings))
