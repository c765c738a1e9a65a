"""A plant follows its session."""

from typing import Any

from garden import services
from sessions_app.models import FocusSession
from sessions_app.signals import session_abandoned, session_completed


def connect() -> None:
    session_completed.connect(grow_plant, dispatch_uid="garden.grow_plant")
    session_abandoned.connect(wither_plant, dispatch_uid="garden.wither_plant")


def grow_plant(session: FocusSession, **kwargs: Any) -> None:
    services.finish_growth(session=session)


def wither_plant(session: FocusSession, **kwargs: Any) -> None:
    services.wither(session=session)
