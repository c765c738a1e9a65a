"""A plant follows its session."""

from datetime import datetime
from typing import Any

from garden import services
from sessions_app.models import FocusSession
from sessions_app.signals import (
    session_abandoned,
    session_completed,
    session_replanned,
)


def connect() -> None:
    session_completed.connect(grow_plant, dispatch_uid="garden.grow_plant")
    session_abandoned.connect(wither_plant, dispatch_uid="garden.wither_plant")
    session_replanned.connect(fit_plant, dispatch_uid="garden.fit_plant")


def grow_plant(session: FocusSession, **kwargs: Any) -> None:
    services.finish_growth(session=session)


def fit_plant(session: FocusSession, now: datetime, **kwargs: Any) -> None:
    services.fit_to_plan(session=session, now=now)


def wither_plant(session: FocusSession, **kwargs: Any) -> None:
    services.wither(session=session)
