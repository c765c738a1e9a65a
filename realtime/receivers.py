"""Receivers that hint at what services announce: whose it is, and what to ask for again."""

import uuid
from collections.abc import Callable
from typing import Any

from django.dispatch import Signal

from accounts import signals as accounts
from garden import signals as garden
from importing import signals as importing
from realtime import topics
from realtime.hints import hint
from sessions_app import signals as sessions
from sessions_app.models import FocusSession
from stats.plan import signals as planning

# A running session is itself a record of the history; the state of the session is told
# by every hint.
OF_SESSION = {
    "started": (sessions.session_started, (topics.HISTORY,)),
    "replanned": (sessions.session_replanned, (topics.HISTORY, topics.GARDEN)),
    "abandoned": (sessions.session_abandoned, (topics.HISTORY, topics.GARDEN)),
    "completed": (
        sessions.session_completed,
        (topics.HISTORY, topics.GARDEN, topics.STATS, topics.PROFILE),
    ),
    "deleted": (
        sessions.session_deleted,
        (topics.HISTORY, topics.GARDEN, topics.STATS, topics.PROFILE),
    ),
}
OF_USER = {
    "device": (accounts.device_opened, (topics.DEVICES,)),
    "devices": (accounts.devices_ended, (topics.DEVICES,)),
    "profile": (accounts.profile_changed, (topics.PROFILE,)),
    "preferences": (accounts.preferences_changed, (topics.PREFERENCES,)),
    "labels": (sessions.labels_changed, (topics.LABELS, topics.HISTORY)),
    "entries": (
        sessions.entries_changed,
        (topics.ENTRIES, topics.HISTORY, topics.STATS),
    ),
    "record": (sessions.record_annotated, (topics.HISTORY, topics.ENTRIES)),
    "garden": (garden.garden_changed, (topics.GARDEN,)),
    "plan": (planning.plan_changed, (topics.PLAN, topics.STATS)),
    "imports": (importing.import_moved, (topics.IMPORTS,)),
}


def connect() -> None:
    for name, (signal, told) in OF_SESSION.items():
        _connect(signal, f"realtime.{name}", _of_session(told))
    for name, (signal, told) in OF_USER.items():
        _connect(signal, f"realtime.{name}", _of_user(told))


def _connect(signal: Signal, uid: str, receiver: Callable[..., None]) -> None:
    # Made here, and held by nobody else.
    signal.connect(receiver, dispatch_uid=uid, weak=False)


def _of_session(told: tuple[str, ...]) -> Callable[..., None]:
    def receive(session: FocusSession, **kwargs: Any) -> None:
        hint(session.user_id, *told)

    return receive


def _of_user(told: tuple[str, ...]) -> Callable[..., None]:
    def receive(user_id: uuid.UUID, **kwargs: Any) -> None:
        hint(user_id, *told)

    return receive
