"""Labels, notes and pages of the history beside everything else that a user does."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import timedelta
from random import Random
from threading import Event

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from sessions_app.models import Entry, FocusSession, Label
from sessions_app.tests.factories import (
    EntryFactory,
    FocusSessionFactory,
    LabelFactory,
    many_sessions,
)
from stats.models import UserStats
from stats.services import rebuild_stats
from tests.harness.bounds import DEADLINE
from tests.live.harness.burst import Dam, burst
from tests.live.harness.stack import Request
from tests.live.races.test_races import (
    complete,
    delete,
    running_session,
    statuses,
    totals,
)


@pytest.fixture
def label(alice):
    return LabelFactory(user=alice)


def edit(row, device, **changes):
    return Request("PATCH", f"/api/history/{row.pk}", changes, device.access_token)


def start(device, label):
    body = {"label_id": str(label.pk)}
    return Request("POST", "/api/sessions", body, device.access_token)


@contextmanager
def beside(*loops):
    """Run each loop in a thread of its own, until the block ends."""
    done = Event()

    def run(loop):
        try:
            return loop(done)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(loops)) as pool:
        running = [pool.submit(run, loop) for loop in loops]
        try:
            yield
        finally:
            done.set()
    for loop in running:
        loop.result()


@pytest.mark.parametrize("dammed", [False, True])
def test_an_edit_beside_the_deletion_of_its_label(
    stack, alice, signed_in, label, dammed
):
    """Caught: the refusal of the key, unforeseen by the service: a 500 for each edit
    that comes after the deletion.
    """
    rows = [
        FocusSessionFactory(user=alice, label=label),
        EntryFactory(user=alice, label=label),
    ]
    edits = [
        edit(row, signed_in, label_id=str(label.pk), note=str(n))
        for n in range(20)
        for row in rows
    ]
    answers = burst(
        stack,
        [*edits[:20], delete(f"/api/labels/{label.pk}", signed_in), *edits[20:]],
        behind=Dam(alice) if dammed else None,
    )
    assert statuses(answers).keys() <= {200, 204, 422}
    assert answers[20].status_code == 204
    for row in rows:
        row.refresh_from_db()
        assert row.label_id is None


@pytest.mark.slow
def test_a_thousand_edits_beside_fifty_completions(stack, alice, signed_in, label):
    """One credit, once, and nothing but it moves a figure or touches the account.

    Caught: a row that is read, changed and saved as a whole, without the user's lock: a
    completion was written over, and credited again (40 minutes for 20).
    """
    session = running_session(alice, minutes=20)
    before = User.objects.values().get(pk=alice.pk)
    changes = [{"label_id": str(label.pk)}, {"label_id": None}, {"note": "x"}]

    def edits(done):
        with closing(stack.connect()) as client:
            for n in range(250):
                asked = edit(session, signed_in, **changes[n % 3])
                assert stack.send(asked, client).status_code == 200

    with beside(*[edits] * 4):
        answers = burst(stack, [complete(session, signed_in)] * 50)
    assert statuses(answers) == {200: 50}
    assert totals(alice) == (1, 20, 20)
    after = User.objects.values().get(pk=alice.pk)
    stats = UserStats.objects.values().get(pk=alice.pk)
    # The credit alone has touched them, and once.
    assert after == before | {
        name: after[name] for name in ("xp_points", "lvl", "updated_at")
    }
    burst(stack, [edit(session, signed_in, note=str(n)) for n in range(50)])
    assert User.objects.values().get(pk=alice.pk) == after
    assert UserStats.objects.values().get(pk=alice.pk) == stats


@pytest.mark.slow
def test_a_label_of_ten_thousand_sessions_goes_beside_starts(
    stack, alice, signed_in, label
):
    """Caught: the refusal of the key, unforeseen by a start (409 instead of 422)."""
    many_sessions(alice, 10_000, since=timezone.now() - timedelta(days=30))
    FocusSession.objects.update(label=label)
    rebuild_stats(user_id=alice.pk)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE sessions")
    requests = [start(signed_in, label)] * 50
    requests.insert(25, delete(f"/api/labels/{label.pk}", signed_in))
    answers = burst(stack, requests)
    assert answers.pop(25).status_code == 204
    # One is running; the others find it, or the label gone.
    assert statuses(answers).keys() <= {201, 409, 422}
    assert not FocusSession.objects.filter(label_id__isnull=False).exists()
    assert FocusSession.objects.count() == 10_000 + statuses(answers)[201]
    FocusSession.objects.active().delete()
    assert stack.send(start(signed_in, label)).status_code == 422
    assert not Label.objects.exists()


@pytest.mark.slow
def test_starts_one_after_another_beside_the_deletion_of_their_label(
    stack, alice, signed_in, label
):
    """Caught, without the user's lock: a session that keeps a label which is gone, and a
    deletion that is refused since another session came meanwhile (409).
    """
    many_sessions(alice, 10_000, since=timezone.now() - timedelta(days=30))
    FocusSession.objects.update(label=label)
    rebuild_stats(user_id=alice.pk)
    started, enough = [], Event()

    def starts(done):
        with closing(stack.connect()) as client:
            while not done.is_set():
                answer = stack.send(start(signed_in, label), client)
                started.append(answer.status_code)
                if answer.status_code == 201:
                    path = f"/api/sessions/{answer.json()['id']}"
                    body = {"completed": True}
                    end = Request("PATCH", path, body, signed_in.access_token)
                    assert stack.send(end, client).status_code == 200
                if started.count(201) >= 5:
                    enough.set()

    with beside(*[starts] * 4):
        assert enough.wait(DEADLINE)
        gone = stack.send(delete(f"/api/labels/{label.pk}", signed_in))
    assert gone.status_code == 204
    assert set(started) <= {201, 409, 422}
    assert not FocusSession.objects.filter(label_id__isnull=False).exists()


@pytest.mark.slow
def test_pages_show_what_stands_once_beside_writers_and_deleters(
    stack, alice, signed_in
):
    """In both directions; what comes and goes meanwhile is shown once or not at all.

    Caught: a page that begins with the row that its cursor names (15 of 360 twice).
    """
    now = timezone.now()
    many_sessions(alice, 300, since=now - timedelta(days=30))
    rebuild_stats(user_id=alice.pk)
    standing = {str(pk) for pk in FocusSession.objects.values_list("pk", flat=True)}

    def writes(done):
        random = Random(id(done))
        while not done.is_set():
            at = now - timedelta(seconds=random.randrange(30 * 24 * 3600))
            rows = EntryFactory.build_batch(3, user=alice, at=at)
            Entry.objects.bulk_create(rows)
            session = FocusSessionFactory(user=alice, created_at=at, done=True)
            Entry.objects.filter(pk__in=[row.pk for row in rows]).delete()
            FocusSession.objects.filter(pk=session.pk).delete()

    def pages(first, way):
        path = first
        while path:
            request = Request("GET", path, token=signed_in.access_token)
            body = stack.send(request).json()
            yield body, [record["id"] for record in body["records"]]
            path = body[way] and body[way].partition("/api")[2]
            path = path and f"/api{path}"

    with beside(*[writes] * 50):
        for _ in range(3):
            down = list(pages("/api/history?limit=20", "next"))
            seen = [record for _, records in down for record in records]
            last = down[-1][0]["previous"].partition("/api")[2]
            up = list(pages(f"/api{last}", "previous"))
            back = [record for _, records in up[::-1] for record in records]
            for shown in (seen, back + down[-1][1]):
                kept = [record for record in shown if record in standing]
                assert len(shown) == len(set(shown))
                assert set(kept) == standing
                assert kept == [record for record in seen if record in standing]
