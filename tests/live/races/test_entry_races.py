"""Entries of one user that meet: a time is told once, by whichever came first."""

import uuid
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from sessions_app.models import Entry
from sessions_app.tests.factories import LabelFactory
from tests.harness.answers import refusal
from tests.live.harness.burst import Dam, burst
from tests.live.harness.stack import Request


def tell(device, at, minutes=30):
    body = {"at": at.isoformat(), "minutes": minutes}
    return Request("POST", "/api/entries", body, token=device.access_token)


def batch(device, items):
    return Request(
        "POST", "/api/entries/batch", {"items": items}, token=device.access_token
    )


@pytest.mark.parametrize("dammed", [False, True])
def test_equal_tellings_make_one_entry(stack, alice, signed_in, dammed):
    """Caught: looking for what takes the time without the user's lock (16 entries of one
    time, undammed 4, and verify_stats lists them).
    """
    at = timezone.now() - timedelta(hours=2)
    answers = burst(
        stack, [tell(signed_in, at)] * 50, behind=Dam(alice) if dammed else None
    )
    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: 49}
    refused = [answer for answer in answers if answer.status_code == 409]
    assert {refusal(answer) for answer in refused} == {(409, "TIME_TAKEN")}
    entry = Entry.objects.get(user=alice)
    named = {tuple(a.json()["detail"]["errors"]["record_id"]) for a in refused}
    assert named == {(str(entry.pk),)}


def test_a_day_is_filled_to_its_last_minute(stack, alice, signed_in):
    """50 × 60 minutes: 24 of them. Caught: adding up without the lock (32)."""
    body = {"local_date": "2026-01-17", "minutes": 60}
    told = Request("POST", "/api/entries", body, token=signed_in.access_token)
    answers = burst(stack, [told] * 50, behind=Dam(alice))
    assert Counter(answer.status_code for answer in answers) == {201: 24, 409: 26}


def test_batch_that_races_with_itself_is_told_once(stack, alice, signed_in):
    """An outbox that two tabs send. Caught: asking for the names without the lock, so
    that the second INSERT met the index (409 for the whole batch).
    """
    began = timezone.now() - timedelta(days=3)
    items = [
        {
            "client_id": str(uuid.uuid4()),
            "at": (began + timedelta(minutes=10 * n)).isoformat(),
            "minutes": 10 if n % 10 else 721,
        }
        for n in range(100)
    ]
    answers = burst(stack, [batch(signed_in, items)] * 16, behind=Dam(alice))
    assert {answer.status_code for answer in answers} == {200}
    told = [answer.json()["results"] for answer in answers]
    words = Counter(one["verdict"] for results in told for one in results)
    assert words == {"accepted": 90, "duplicate": 15 * 90, "rejected": 16 * 10}
    assert Entry.objects.filter(user=alice).count() == 90
    ids = {tuple(one.get("id") for one in results) for results in told}
    assert len(ids) == 1


def test_label_that_is_deleted_meanwhile_is_carried_by_no_entry(
    stack, alice, signed_in
):
    label = LabelFactory(user=alice)
    began = timezone.now() - timedelta(days=3)
    items = [
        {
            "client_id": str(uuid.uuid4()),
            "at": (began + timedelta(minutes=30 * n)).isoformat(),
            "minutes": 30,
            "label_id": str(label.pk),
        }
        for n in range(40)
    ]
    batches = [batch(signed_in, items[n : n + 4]) for n in range(0, 40, 4)]
    drop = Request("DELETE", f"/api/labels/{label.pk}", token=signed_in.access_token)
    answers = burst(stack, [*batches[:5], drop, *batches[5:]], behind=Dam(alice))
    assert {answer.status_code for answer in answers} == {200, 204}
    told = [a.json()["results"] for a in answers if a.status_code == 200]
    for results in told:
        # A batch is before the deletion as a whole, or after it.
        assert len({one["verdict"] for one in results}) == 1
        for one in results:
            assert one.get("errors", {}).keys() <= {"label_id"}
    assert not Entry.objects.filter(label_id__isnull=False).exists()


def test_account_that_is_deleted_meanwhile_leaves_no_entry(stack, alice, signed_in):
    at = timezone.now() - timedelta(days=3)
    tellings = [tell(signed_in, at + timedelta(minutes=30 * n)) for n in range(30)]
    leave = Request("DELETE", "/api/users/me", token=signed_in.access_token)
    answers = burst(stack, [*tellings, leave], behind=Dam(alice))
    assert {answer.status_code for answer in answers} <= {201, 204, 401}
    assert not User.objects.filter(pk=alice.pk).exists()
    assert not Entry.objects.exists()
