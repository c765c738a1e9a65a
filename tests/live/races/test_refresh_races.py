"""A refresh token in many hands: honest ones at once, or a thief's later."""

from datetime import timedelta
from http.cookies import SimpleCookie

import pytest
from django.db.models import F

from accounts.devices.one_door import open_device
from accounts.devices.pairs import REUSE_GRACE
from accounts.models import AuthSession
from tests.harness.answers import refusal
from tests.live.harness.burst import Dam, burst
from tests.live.harness.stack import Request


def refresh(token):
    return Request("POST", "/api/auth/refresh", {"refresh_token": token})


def me(token):
    return Request("GET", "/api/auth/me", token=token)


def assert_device_ended(stack, device, *refresh_tokens, access_tokens):
    """Every token of the device is refused on its next use."""
    for token in refresh_tokens:
        assert refusal(stack.send(refresh(token))) == (401, "TOKEN_INVALID")
    for token in access_tokens:
        assert refusal(stack.send(me(token))) == (401, "TOKEN_INVALID")
    device.refresh_from_db()
    assert device.revoked_at is not None


@pytest.mark.row("A01")
@pytest.mark.parametrize("dammed", [False, True])
def test_refresh_has_one_successor(stack, signed_in, dammed):
    """Caught: the guarded UPDATE with a join in its filter, and read-then-save (many
    successors); no grace (all but one are refused).
    """
    answers = burst(
        stack,
        [refresh(signed_in.refresh_token)] * 50,
        behind=Dam(signed_in.device) if dammed else None,
    )
    assert {answer.status_code for answer in answers} == {200}
    (successor,) = {answer.json()["refresh_token"] for answer in answers}
    assert successor != signed_in.refresh_token
    assert stack.send(me(answers[-1].json()["access_token"])).status_code == 200
    assert stack.send(refresh(successor)).status_code == 200
    assert AuthSession.objects.live().get().pk == signed_in.device.pk


@pytest.mark.row("A05")
def test_refresh_by_the_cookie_of_many_tabs_keeps_them_signed_in(stack, signed_in):
    """Caught: no grace, and storing the successor with `save()` (tabs get a 401)."""
    jar = {"refresh_token": signed_in.refresh_token}

    def refresh_by_cookie():
        return Request(
            "POST",
            "/api/auth/refresh",
            headers={
                "Cookie": f"refresh_token={jar['refresh_token']}",
                "Origin": stack.origin,
            },
        )

    for _ in range(10):
        presented = jar["refresh_token"]
        for answer in burst(stack, [refresh_by_cookie()] * 10):
            assert answer.status_code == 200
            assert "refresh_token" not in answer.json()
            cookie = SimpleCookie(answer.headers["Set-Cookie"])["refresh_token"]
            assert cookie.value
            assert int(cookie["max-age"]) > 0
            jar["refresh_token"] = cookie.value
        assert jar["refresh_token"] != presented
    assert stack.send(refresh_by_cookie()).status_code == 200


@pytest.mark.row("A02")
def test_replay_after_the_grace_ends_the_device(stack, signed_in):
    """Caught: refusing the spent token without ending the device."""
    first = stack.send(refresh(signed_in.refresh_token)).json()
    assert stack.send(me(first["access_token"])).status_code == 200
    # The same as waiting, since the row's clock is what the grace is measured from.
    AuthSession.objects.update(
        last_used_at=F("last_used_at") - REUSE_GRACE - timedelta(seconds=1)
    )
    replayed = stack.send(refresh(signed_in.refresh_token))
    assert refusal(replayed) == (401, "TOKEN_REUSED")
    assert_device_ended(
        stack,
        signed_in.device,
        first["refresh_token"],
        access_tokens=[signed_in.access_token, first["access_token"]],
    )


@pytest.mark.row("A03")
def test_token_before_the_last_ends_the_device_within_the_grace(stack, alice):
    """Caught: a grace for whatever token of the device comes soon after a refresh."""
    for _ in range(10):
        device = open_device(user=alice)
        first = stack.send(refresh(device.refresh_token)).json()
        second = stack.send(refresh(first["refresh_token"])).json()
        replayed = stack.send(refresh(device.refresh_token))
        assert refusal(replayed) == (401, "TOKEN_REUSED")
        assert_device_ended(
            stack,
            device.device,
            second["refresh_token"],
            access_tokens=[second["access_token"]],
        )


@pytest.mark.row("A06")
def test_logout_beside_a_refresh_leaves_no_live_token(stack, alice):
    """Caught: storing the successor with `save()`, which writes back `revoked_at`."""
    for _ in range(30):
        device = open_device(user=alice)
        logout = Request(
            "POST", "/api/auth/logout", {"refresh_token": device.refresh_token}
        )
        refreshed, ended = burst(
            stack,
            [refresh(device.refresh_token), logout],
            behind=Dam(device.device),
        )
        assert ended.status_code == 204
        assert refreshed.status_code in (200, 401)
        successors = (
            [refreshed.json()["refresh_token"]] if refreshed.status_code == 200 else []
        )
        assert_device_ended(
            stack,
            device.device,
            device.refresh_token,
            *successors,
            access_tokens=[device.access_token],
        )


def test_use_of_a_new_pair_beside_its_second_answer_is_one_of_two(stack, alice):
    """Caught: a use that is noted, or an answer that is given anew, whatever the row
    says by then (both are served, and the thief is not found).
    """
    for _ in range(10):
        device = open_device(user=alice)
        first = stack.send(refresh(device.refresh_token)).json()
        AuthSession.objects.filter(pk=device.device.pk).update(
            last_used_at=F("last_used_at") - REUSE_GRACE
        )
        used, again = burst(
            stack,
            [me(first["access_token"]), refresh(device.refresh_token)],
            behind=Dam(device.device),
        )
        if used.status_code == 200:
            assert refusal(again) == (401, "TOKEN_REUSED")
            access_tokens = [first["access_token"]]
        else:
            assert refusal(used) == (401, "TOKEN_INVALID")
            access_tokens = [again.json()["access_token"]]
        assert_device_ended(
            stack, device.device, first["refresh_token"], access_tokens=access_tokens
        )
