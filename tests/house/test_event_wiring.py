"""A receiver whose `ready()` got lost would fail no other test by name."""

import pytest

from sessions_app import signals

WIRING = {
    "session_completed": {"garden.grow_plant", "stats.record_session"},
    "session_abandoned": {"garden.wither_plant"},
    "session_replanned": {"garden.fit_plant"},
    "session_deleted": {"stats.forget_session"},
}


def dispatch_uids(signal):
    return {dispatch_uid for (dispatch_uid, _), *_ in signal.receivers}


@pytest.mark.parametrize(("event", "expected"), WIRING.items())
def test_event_reaches_its_receivers(event, expected):
    assert dispatch_uids(getattr(signals, event)) == expected


def test_wiring_knows_every_event():
    events = {name for name in vars(signals) if name.startswith("session_")}
    assert events == WIRING.keys()
