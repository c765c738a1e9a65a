"""Every device is opened by the one door (ADR 60)."""

import re
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from accounts.devices import one_door
from accounts.devices.one_door import Method, complete_sign_in
from accounts.exceptions import InvalidCredentials
from accounts.models import AuthSession, User
from tests.harness.sources import tracked

DOOR = "accounts/devices/one_door.py"
OPENS = re.compile(r"AuthSession\.objects\.(create|bulk_create)|\bopen_device\(")


def test_nothing_but_the_door_opens_a_device():
    """Caught: a way in of its own, which forgets the second factor of its users."""
    ours = [
        name
        for name in tracked()
        if name.endswith(".py")
        and "tests" not in Path(name).parts
        and not name.startswith(("benchmarks/", "conftest.py"))
    ]
    opening = {name for name in ours if OPENS.search(Path(name).read_text())}
    assert opening == {DOOR}


@pytest.mark.django_db
def test_a_factor_that_nobody_asks_for_lets_nobody_in(alice, monkeypatch):
    """Caught: an app that is left out of INSTALLED_APPS, and its factors with it."""
    monkeypatch.setattr(one_door, "_begin", one_door._nobody_asks)
    User.objects.update(second_factor=True)
    with pytest.raises(ImproperlyConfigured):
        complete_sign_in(user=alice, method=Method.PASSWORD)
    assert not AuthSession.objects.exists()


@pytest.mark.django_db
def test_what_is_both_factors_is_asked_for_no_other(alice):
    User.objects.update(second_factor=True)
    opened = complete_sign_in(user=alice, method=Method.PASSKEY, is_both_factors=True)
    assert opened.device.method == "passkey"
    assert opened.device.proved_at == opened.device.created_at
    assert alice.security_events.get().method == "passkey"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [{"password": "another"}, {"session_epoch": 1}, {"is_active": False}],
    ids=str,
)
def test_who_was_overtaken_while_they_were_judged_is_refused(alice, change):
    User.objects.filter(pk=alice.pk).update(**change)
    with pytest.raises(InvalidCredentials):
        complete_sign_in(user=alice, method=Method.PASSKEY, is_both_factors=True)
    assert not AuthSession.objects.exists()
