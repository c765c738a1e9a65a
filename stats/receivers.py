"""The totals follow the log."""

from typing import Any

from sessions_app.models import FocusSession
from sessions_app.signals import session_completed, session_deleted
from stats import services


def connect() -> None:
    session_completed.connect(record_session, dispatch_uid="stats.record_session")
    session_deleted.connect(forget_session, dispatch_uid="stats.forget_session")


def record_session(session: FocusSession, **kwargs: Any) -> None:
    services.record_session(session=session)


def forget_session(session: FocusSession, **kwargs: Any) -> None:
    services.forget_session(session=session)
