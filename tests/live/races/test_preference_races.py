"""Preferences that two devices change at once: both keep theirs, and the dead none."""

import pytest

from accounts.devices.one_door import open_device
from accounts.models import Preferences, User
from tests.harness.answers import refusal
from tests.live.harness.burst import Dam, burst
from tests.live.harness.stack import Request

URL = "/api/users/me/preferences"


def patch(device, **changes):
    return Request("PATCH", URL, changes, token=device.access_token)


def test_first_changes_of_two_devices_are_both_kept(stack, alice, signed_in):
    """Caught: a row that is read without the user's lock (the second INSERT is a 409)."""
    phone = open_device(user=alice)
    answers = burst(
        stack,
        [patch(signed_in, theme="dark"), patch(phone, focus_min=50)] * 4,
        behind=Dam(alice),
    )
    assert {answer.status_code for answer in answers} == {200}
    kept = Preferences.objects.get(user=alice)
    assert (kept.theme, kept.focus_min) == ("dark", 50)


@pytest.mark.slow
def test_two_hundred_rounds_of_two_devices(stack, alice, signed_in):
    """Caught: a document that each of them sends as a whole."""
    phone = open_device(user=alice)
    for n in range(200):
        wanted = {"volume": n % 101, "focus_min": n + 1}
        answers = burst(
            stack,
            [
                patch(signed_in, volume=wanted["volume"]),
                patch(phone, focus_min=wanted["focus_min"]),
            ],
        )
        assert {answer.status_code for answer in answers} == {200}
        kept = Preferences.objects.get(user=alice)
        assert {name: getattr(kept, name) for name in wanted} == wanted


def test_preferences_beside_the_deletion_of_the_account(stack, alice, signed_in):
    """Caught: a key that is judged at COMMIT and does not cascade (the deletion is
    refused), and a write without the user's lock (409 where there is nobody any more).
    """
    phone = open_device(user=alice)
    gone = Request("DELETE", "/api/users/me", token=signed_in.access_token)
    changes = [patch(phone, volume=n) for n in range(20)]
    answers = burst(stack, [*changes[:5], gone, *changes[5:]], behind=Dam(alice))
    deleted = answers.pop(5)
    assert deleted.status_code == 204
    for answer in answers:
        if answer.status_code != 200:
            assert refusal(answer) == (401, "TOKEN_INVALID")
    assert not User.objects.filter(pk=alice.pk).exists()
    assert not Preferences.objects.exists()
