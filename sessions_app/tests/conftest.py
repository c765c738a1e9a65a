"""The session that most tests of the API change and read."""

import pytest

from sessions_app import services
from tests.harness.clock import NOON


@pytest.fixture
def at(time_machine, alice, sign_in):
    """Stop the clock at a moment; return alice's client, signed in there and then."""

    def _at(moment):
        time_machine.move_to(moment, tick=False)
        return sign_in(alice)

    return _at


@pytest.fixture
def running(alice):
    """Alice's session of 25 minutes, started at noon."""
    return services.start_session(user_id=alice.pk, duration_min=25, now=NOON)
