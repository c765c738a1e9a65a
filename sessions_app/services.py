"""The life of a focus session: start, re-plan, complete, abandon, settle, delete.

Each takes the lock of the user's row first (`accounts.user_lock.lock_user`), so the
writes of one user stand in a row, and announces what happened inside its transaction.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from uuid_utils.compat import uuid7

from accounts.exceptions import TokenInvalid
from accounts.user_lock import lock_user
from sessions_app import focus_time, session_metrics
from sessions_app.exceptions import (
    ActiveSessionExists,
    SessionFinished,
    SessionNotFound,
)
from sessions_app.labels.own_label import own_label
from sessions_app.models import FocusSession
from sessions_app.selectors import FINISH, OWN, OWN_ACTIVE, START
from sessions_app.signals import (
    session_abandoned,
    session_completed,
    session_deleted,
    session_replanned,
    session_started,
)

Status = FocusSession.Status


@transaction.atomic
def start_session(
    *,
    user_id: uuid.UUID,
    duration_min: int | None = None,
    label_id: uuid.UUID | None = None,
    note: str = "",
    now: datetime | None = None,
) -> FocusSession:
    """Start a session, planned in minutes or open. ActiveSessionExists, NoSuchLabel.

    One that ran past its deadline is settled first, in the same transaction. The day,
    the minute of it and the zone are those of the user at this moment, for ever
    (docs/design.md, 6).
    """
    user = lock_user(user_id)
    now = now or timezone.now()
    running: FocusSession | None = OWN_ACTIVE.first(user_id=user_id)
    if running is not None:
        if not running.is_overdue(now):
            raise ActiveSessionExists(errors={"session_id": [str(running.pk)]})
        _settle(running, now)
    local_time = user.local_time(now)
    with own_label():
        session: FocusSession = START.returning(
            id=uuid7(),
            user_id=user_id,
            duration_min=duration_min,
            local_date=local_time.date(),
            started_minute=focus_time.minute_of_day(local_time),
            timezone=user.timezone,
            created_at=now,
            label_id=label_id,
            note=note,
        )
    session_metrics.count_start()
    session_started.send(sender=FocusSession, session=session)
    return session


@transaction.atomic
def replan_session(
    *,
    user_id: uuid.UUID,
    session_id: uuid.UUID,
    duration_min: int,
    now: datetime | None = None,
) -> FocusSession:
    """Give a live session another length in minutes.

    One that has passed already ends it: it is settled at once. SessionNotFound;
    SessionFinished also for one past its deadline: a longer plan would turn time away
    from the desk into focus.
    """
    session = _locked_session(user_id, session_id)
    now = now or timezone.now()
    if not session.is_active or session.is_overdue(now):
        raise SessionFinished
    session.duration_min = duration_min
    session.save(update_fields=["duration_min"])
    session_replanned.send(sender=FocusSession, session=session, now=now)
    return _settle(session, now) if session.is_overdue(now) else session


@transaction.atomic
def complete_session(
    *, user_id: uuid.UUID, session_id: uuid.UUID, now: datetime | None = None
) -> FocusSession:
    """Complete a session and credit its focus, once; a second call changes nothing.

    SessionNotFound; SessionFinished for an abandoned one, and for an open one that was
    left: past its deadline it has been shown as abandoned.
    """
    session = _locked_session(user_id, session_id)
    now = now or timezone.now()
    left = session.duration_min is None and session.is_overdue(now)
    if session.status == Status.ABANDONED or left:
        raise SessionFinished
    return _complete(session, now) if session.is_active else session


@transaction.atomic
def abandon_session(
    *,
    user_id: uuid.UUID,
    session_id: uuid.UUID,
    active_only: bool = True,
    now: datetime | None = None,
) -> FocusSession:
    """Give a running session up. SessionNotFound, SessionFinished.

    One past its deadline has ended: what it earned is not taken back. Staff do so for
    deactivated users too.
    """
    session = _locked_session(user_id, session_id, active_only=active_only)
    now = now or timezone.now()
    if not session.is_active or session.is_overdue(now):
        raise SessionFinished
    return _abandon(session, now)


@transaction.atomic
def delete_session(*, user_id: uuid.UUID, session_id: uuid.UUID) -> None:
    """Delete a session; a completed one takes its credit along. SessionNotFound."""
    session = _locked_session(user_id, session_id)
    FocusSession.objects.filter(pk=session.pk).delete()
    session_deleted.send(sender=FocusSession, session=session)


@transaction.atomic
def settle_overdue_session(
    *, user_id: uuid.UUID, session_id: uuid.UUID, now: datetime
) -> FocusSession | None:
    """Settle one session if it is still overdue; None if somebody was faster.

    Also those of deactivated users: what they earned before is theirs.
    """
    try:
        session = _locked_session(user_id, session_id, active_only=False)
    except (SessionNotFound, TokenInvalid):
        return None
    return _settle(session, now) if session.is_overdue(now) else None


@dataclass(frozen=True, slots=True)
class Settled:
    """The outcome of an overdue session: `session` is None where it was gone meanwhile."""

    session_id: uuid.UUID
    session: FocusSession | None = None
    error: Exception | None = None

    @property
    def outcome(self) -> str:
        if self.error is not None:
            return "failed"
        return self.session.status if self.session else "gone"


def settle_overdue_sessions(*, now: datetime | None = None) -> Iterator[Settled]:
    """Settle every session that is past its deadline, the oldest first.

    A planned one is completed at its deadline and credited, an open one is abandoned
    (docs/design.md, rule 3). Each stands in a transaction of its own.
    """
    now = now or timezone.now()
    overdue = (
        FocusSession.objects.overdue_since(now)
        .order_by("created_at")
        .values_list("user_id", "pk")
    )
    for user_id, session_id in overdue.iterator(chunk_size=1000):
        try:
            settled = settle_overdue_session(
                user_id=user_id, session_id=session_id, now=now
            )
        except Exception as error:
            # Whatever is wrong with this one, the others are owed theirs.
            yield Settled(session_id, error=error)
        else:
            yield Settled(session_id, settled)


def _locked_session(
    user_id: uuid.UUID, session_id: uuid.UUID, *, active_only: bool = True
) -> FocusSession:
    lock_user(user_id, active_only=active_only)
    session: FocusSession | None = OWN.first(user_id=user_id, session_id=session_id)
    if session is None:
        raise SessionNotFound
    return session


def _settle(session: FocusSession, now: datetime) -> FocusSession:
    """End an overdue session: a planned one was kept, an open one was left."""
    if session.duration_min is None:
        return _abandon(session, now)
    return _complete(session, now)


def _complete(session: FocusSession, now: datetime) -> FocusSession:
    ended_at = focus_time.focus_end(session.created_at, session.deadline, now)
    focus_min = focus_time.whole_minutes(session.created_at, ended_at)
    completed = _finish(session, Status.COMPLETED, ended_at, focus_min)
    # Totals, XP and plant follow here, and by the totals the boards.
    session_completed.send(sender=FocusSession, session=completed)
    return completed


def _abandon(session: FocusSession, now: datetime) -> FocusSession:
    ended_at = focus_time.focus_end(session.created_at, session.deadline, now)
    abandoned = _finish(session, Status.ABANDONED, ended_at, 0)
    session_abandoned.send(sender=FocusSession, session=abandoned)
    return abandoned


def _finish(
    session: FocusSession, status: Status, ended_at: datetime, focus_min: int
) -> FocusSession:
    """Return the session as it ended; SessionFinished where it had ended before."""
    ended: FocusSession | None = FINISH.returning(
        session_id=session.pk, status=status, ended_at=ended_at, focus_min=focus_min
    )
    if ended is None:
        raise SessionFinished
    session_metrics.count_end(ended)
    return ended
