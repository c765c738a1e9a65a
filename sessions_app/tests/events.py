"""Listening to the events of sessions in a test."""

from contextlib import contextmanager

from sessions_app import signals

ALL = {
    "completed": signals.session_completed,
    "abandoned": signals.session_abandoned,
    "replanned": signals.session_replanned,
    "deleted": signals.session_deleted,
}


class ReceiverFailed(Exception):
    """The exception of a receiver that fails."""


@contextmanager
def _connected(signal, receiver):
    # The last to be connected is the last to be called: all others have written.
    signal.connect(receiver)
    try:
        yield
    finally:
        signal.disconnect(receiver)


@contextmanager
def failing(event):
    """Let an event meet a receiver that fails after all others."""

    def fail(**kwargs):
        raise ReceiverFailed

    with _connected(ALL[event], fail):
        yield


@contextmanager
def heard(event):
    """Collect the sessions that an event announces."""
    sessions = []

    def hear(session, **kwargs):
        sessions.append(session)

    with _connected(ALL[event], hear):
        yield sessions
