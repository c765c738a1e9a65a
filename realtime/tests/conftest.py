"""One realtime process for these tests, over their Postgres and their Valkey."""

import pytest

from local.processes import wait_until
from tests.harness.bounds import DEADLINE
from tests.live.harness.realtime import running_realtime
from tests.live.harness.socket_fixtures import (  # noqa: F401  (fixtures)
    as_device,
    crowd,
    device,
)


@pytest.fixture(scope="session")
def realtime_process(django_db_setup, tmp_path_factory):
    with running_realtime(tmp_path_factory.mktemp("realtime")) as running:
        # Before, a change would be told by the sweep, and with more topics.
        assert wait_until(running.hears_hints, seconds=DEADLINE)
        yield running


@pytest.fixture
def realtime(realtime_process, transactional_db):
    """The process that all share; committed rows only. It ends with no socket open.

    One that reads while tables are emptied would deadlock with that.
    """
    yield realtime_process
    assert wait_until(realtime_process.is_empty, seconds=DEADLINE)
