"""A record of the history: a session or an entry, in one shape."""

import uuid
from datetime import date, datetime
from typing import NamedTuple

from sessions_app.models import FocusSession

KINDS = ("session", "entry")
# What only the server writes; what an entry says of itself stands beside it.
SERVER = "server"


class Record(NamedTuple):
    """A row of either table. A session earns by its minutes, an entry does not."""

    id: uuid.UUID
    status: str
    label_id: uuid.UUID | None
    note: str
    at: datetime
    ended_at: datetime | None
    planned_min: int | None
    minutes: int
    local_date: date
    source: str

    @property
    def pk(self) -> uuid.UUID:
        return self.id

    @property
    def kind(self) -> str:
        return "session" if self.verified else "entry"

    @property
    def verified(self) -> bool:
        return self.source == SERVER

    def as_of(self, now: datetime) -> "Record":
        """Return itself as people see it: a session past its deadline has ended."""
        if self.status != FocusSession.Status.ACTIVE:
            return self
        session = FocusSession(
            status=self.status, created_at=self.at, duration_min=self.planned_min
        ).as_of(now)
        return self._replace(
            status=session.status,
            ended_at=session.ended_at,
            minutes=session.focus_min,
        )
