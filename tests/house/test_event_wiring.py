"""A receiver whose `ready()` got lost would fail no other test by name."""

import pytest

from realtime.receivers import OF_SESSION, OF_USER
from sessions_app import signals

WIRING = {
    "session_started": {"realtime.started"},
    "session_completed": {
        *("garden.grow_plant", "stats.record_session", "realtime.completed"),
    },
    "session_abandoned": {"garden.wither_plant", "realtime.abandoned"},
    "session_replanned": {"garden.fit_plant", "realtime.replanned"},
    "session_deleted": {"stats.forget_session", "realtime.deleted"},
}


def dispatch_uids(signal):
    return {dispatch_uid for (dispatch_uid, _), *_ in signal.receivers}


@pytest.mark.parametrize(("event", "expected"), WIRING.items())
def test_event_reaches_its_receivers(event, expected):
    assert dispatch_uids(getattr(signals, event)) == expected


@pytest.mark.parametrize("name", sorted(OF_SESSION | OF_USER))
def test_event_is_hinted_at(name):
    signal, _ = (OF_SESSION | OF_USER)[name]
    assert f"realtime.{name}" in dispatch_uids(signal)


def test_wiring_knows_every_event():
    events = {name for name in vars(signals) if name.startswith("session_")}
    assert events == WIRING.keys()
