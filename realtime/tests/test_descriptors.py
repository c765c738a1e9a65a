"""A socket is a descriptor: what the system allows is taken, and too little is told."""

import logging
import resource

import pytest

from realtime.serving.server_of_sockets import SPARE_DESCRIPTORS, allow_many_sockets


@pytest.fixture
def limits(monkeypatch):
    """Stand in for the system's limits, which the test's own process keeps."""
    held = {}

    def say(has, most, *, refuses=False):
        held.update(has=has, most=most)

        def take(_, limits):
            if refuses:
                raise ValueError("not allowed to raise maximum limit")
            held.update(has=limits[0], most=limits[1])

        monkeypatch.setattr(
            resource, "getrlimit", lambda _: (held["has"], held["most"])
        )
        monkeypatch.setattr(resource, "setrlimit", take)
        return held

    return say


@pytest.mark.parametrize("most", [20_000, resource.RLIM_INFINITY])
def test_soft_limit_is_raised_as_far_as_the_hard_one(limits, caplog, most):
    held = limits(1024, most)
    allow_many_sockets()
    assert held["has"] == most
    assert not caplog.records


@pytest.mark.parametrize(("most", "refuses"), [(4096, False), (20_000, True)])
def test_limit_that_is_too_low_for_the_sockets_is_told(
    limits, caplog, settings, most, refuses
):
    limits(4096, most, refuses=refuses)
    with caplog.at_level(logging.WARNING):
        allow_many_sockets()
    (said,) = caplog.messages
    assert "may have 4096" in said
    assert str(settings.REALTIME_MAX_SOCKETS + SPARE_DESCRIPTORS) in said
