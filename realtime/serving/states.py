"""The state of a user's sessions, and the message that tells it as the API would."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from realtime.serving.truth import SHOWN, Columns, Seen
from sessions_app.focus_time import deadline
from sessions_app.models import FocusSession
from sessions_app.serializers import RunningSessionSerializer, SessionSerializer

CREATED, PLANNED = SHOWN.index("created_at"), SHOWN.index("duration_min")


@dataclass(frozen=True, slots=True)
class State:
    """The state of the rows; equal states would show the same."""

    running: Columns | None
    ended: Columns | None

    @classmethod
    def of(cls, seen: Seen, now: datetime) -> "State":
        """Return the state as people see it at `now`: past its deadline one has ended.

        So settling it later makes no other state.
        """
        if seen.running is None or now < _deadline(seen.running):
            return cls(seen.running, seen.ended)
        session = _session(seen.running)
        session.end_by_itself()
        return cls(None, tuple(getattr(session, name) for name in SHOWN))

    def told(self, seq: int) -> dict[str, Any]:
        """Make the message, with the figures of this moment."""
        now = timezone.now()
        running = _session(self.running) if self.running else None
        ended = _session(self.ended) if self.ended else None
        if running is not None and running.is_overdue(now):
            ended, running = running.as_of(now), None
        return {
            "type": "session",
            "seq": seq,
            "server_time": now,
            "session": running
            and RunningSessionSerializer(running, context={"now": now}).data,
            "last_ended": ended and SessionSerializer(ended).data,
        }


def _deadline(running: Columns) -> datetime:
    """Return the deadline without making a session: a sweep asks it of thousands."""
    return deadline(running[CREATED], running[PLANNED])


def _session(columns: Columns) -> FocusSession:
    values = [
        # The zone of a connection is its server's.
        value.astimezone(UTC) if isinstance(value, datetime) else value
        for value in columns
    ]
    return FocusSession.from_db(None, SHOWN, values)
