import pytest

from sessions_app.tests.factories import FocusSessionFactory
from tests.harness.clock import NOON


@pytest.fixture
def running(alice):
    """Alice's session of 25 minutes, started at noon."""
    return FocusSessionFactory(user=alice, duration_min=25, created_at=NOON)
