from datetime import UTC, datetime, timedelta

import pytest

from sessions_app import services
from sessions_app.exceptions import ActiveSessionExists

NOON = datetime(2026, 1, 18, 12, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def test_complete_session_credits_what_the_clock_saw(alice):
    session = services.start_session(user_id=alice.pk, duration_min=25, now=NOON)
    done = services.complete_session(
        user_id=alice.pk, session_id=session.pk, now=NOON + timedelta(minutes=10)
    )
    assert (done.status, done.completed, done.focus_min) == ("completed", True, 10)


def test_start_session_refuses_a_second_live_one(alice):
    first = services.start_session(user_id=alice.pk, now=NOON)
    with pytest.raises(ActiveSessionExists) as refused:
        services.start_session(user_id=alice.pk, now=NOON)
    assert refused.value.errors == {"session_id": [str(first.pk)]}
