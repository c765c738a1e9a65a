"""Fixtures for whoever tests a process of the sockets: who connects, and with which device.

A conftest imports them, and has a `realtime` of its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from factory.django import mute_signals
from rest_framework.test import APIClient

from accounts.devices.one_door import SignIn, open_device
from accounts.models import User
from accounts.signals import device_opened
from focusguard.counters.in_valkey import GuardedRedis
from tests.live.harness.crowd import crowd_at


@contextmanager
def hints_going_to(url: str, settings: Any) -> Iterator[None]:
    """Lead the hints of this process to another Valkey, and back again."""
    before = settings.CACHES
    settings.CACHES = before | {"default": before["default"] | {"LOCATION": url}}
    forget_outage()
    try:
        yield
    finally:
        settings.CACHES = before
        forget_outage()


def forget_outage() -> None:
    """Let the next hint ask: one that failed keeps others back for a moment."""
    GuardedRedis.away_until = 0.0


@pytest.fixture
def crowd(realtime):
    with crowd_at(realtime.port) as crowd:
        yield crowd


def open_quietly(user: User) -> SignIn:
    """Open a device without a hint: that may come after the socket, and would be told
    together with what a test awaits."""
    with mute_signals(device_opened):
        return open_device(user=user)


@pytest.fixture
def device(transactional_db, alice):
    """A device of Alice's: `access_token`, `device`, `user`."""
    return open_quietly(alice)


@pytest.fixture
def as_device(device):
    """Ask the API as that device, with no other that a hint would tell of."""
    return APIClient(HTTP_AUTHORIZATION=f"Bearer {device.access_token}")
