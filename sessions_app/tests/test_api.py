import uuid
from datetime import UTC, datetime, timedelta

import pytest

from sessions_app import services
from sessions_app.models import FocusSession
from sessions_app.tests.factories import FocusSessionFactory
from tests.harness.answers import refusal

NOON = datetime(2026, 1, 18, 12, 0, tzinfo=UTC)
URL = "/api/sessions"

pytestmark = pytest.mark.django_db


def after(**kwargs):
    return NOON + timedelta(**kwargs)


@pytest.fixture
def at(time_machine, alice, sign_in):
    """Stop the clock at a moment; return alice's client, signed in there and then."""

    def _at(moment):
        time_machine.move_to(moment, tick=False)
        return sign_in(alice)

    return _at


@pytest.fixture
def running(alice):
    """Alice's session of 25 minutes, started at noon."""
    return services.start_session(user_id=alice.pk, duration_min=25, now=NOON)


@pytest.fixture
def history(alice, time_machine):
    """Five days, oldest first: completed, abandoned, completed, completed, active."""
    time_machine.move_to(after(days=4, minutes=5), tick=False)
    rows = []
    for day in range(4):
        finished = {"done": True}
        if day == 1:
            finished = {"status": "abandoned", "ended_at": after(days=day, minutes=5)}
        rows.append(
            FocusSessionFactory(user=alice, created_at=after(days=day), **finished)
        )
    rows.append(FocusSessionFactory(user=alice, created_at=after(days=4)))
    return rows


def ids(response):
    return [session["id"] for session in response.json()["sessions"]]


# POST /sessions


def test_create_answers_the_new_session(at, alice):
    response = at(NOON).post(URL, {"duration_min": 25})
    assert response.status_code == 201
    assert response.json() == {
        "id": str(FocusSession.objects.get().pk),
        "user_id": str(alice.pk),
        "duration_min": 25,
        "status": "active",
        "completed": False,
        "focus_min": 0,
        "local_date": "2026-01-18",
        "created_at": "2026-01-18T12:00:00Z",
        "ended_at": None,
    }


@pytest.mark.parametrize("body", [{}, None], ids=["empty object", "no body"])
def test_create_without_a_plan_is_open(at, body):
    response = at(NOON).post(URL, body)
    assert response.status_code == 201
    assert response.json()["duration_min"] is None


@pytest.mark.parametrize("duration_min", [1, 480])
def test_create_takes_the_ends_of_the_range(at, duration_min):
    response = at(NOON).post(URL, {"duration_min": duration_min})
    assert (response.status_code, response.json()["duration_min"]) == (
        201,
        duration_min,
    )


@pytest.mark.parametrize("duration_min", [0, 481, -1, None, "25", 25.0, True])
def test_create_refuses_a_plan_that_is_none(at, duration_min):
    response = at(NOON).post(URL, {"duration_min": duration_min})
    assert refusal(response) == (422, "VALIDATION_ERROR")
    assert list(response.json()["detail"]["errors"]) == ["duration_min"]
    assert not FocusSession.objects.exists()


@pytest.mark.parametrize(
    "field", ["focus_min", "created_at", "local_date", "status", "user_id", "ended_at"]
)
def test_create_refuses_to_be_told_what_the_server_decides(at, field):
    response = at(NOON).post(URL, {"duration_min": 25, field: "2020-01-01"})
    assert refusal(response) == (422, "VALIDATION_ERROR")
    assert list(response.json()["detail"]["errors"]) == [field]


def test_create_with_a_live_one_names_it(at, running):
    response = at(after(minutes=24)).post(URL, {"duration_min": 25})
    assert refusal(response) == (409, "ACTIVE_SESSION_EXISTS")
    assert response.json()["detail"]["errors"] == {"session_id": [str(running.pk)]}
    assert FocusSession.objects.count() == 1


def test_create_with_an_overdue_one_settles_it(at, running):
    client = at(after(hours=2))
    assert client.post(URL, {}).status_code == 201
    old = client.get(f"{URL}/{running.pk}").json()
    assert (old["status"], old["focus_min"]) == ("completed", 25)
    assert old["ended_at"] == "2026-01-18T12:25:00Z"


# GET /sessions


def test_list_of_nothing(as_alice):
    assert as_alice.get(URL).json() == {
        "sessions": [],
        "total": 0,
        "completed_count": 0,
        "credited_count": 0,
        "incomplete_count": 0,
        "next": None,
        "previous": None,
    }


def test_list_is_newest_first_with_counts(history, as_alice):
    response = as_alice.get(URL)
    assert ids(response) == [str(session.pk) for session in reversed(history)]
    body = response.json()
    assert (body["total"], body["completed_count"], body["incomplete_count"]) == (
        5,
        3,
        2,
    )


def test_list_entry_has_the_shape_of_a_session(as_alice, alice, running):
    (entry,) = as_alice.get(URL).json()["sessions"]
    assert entry == as_alice.get(f"{URL}/{running.pk}").json()


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("status=active", [4]),
        ("status=completed", [3, 2, 0]),
        ("status=abandoned", [1]),
        ("completed=true", [3, 2, 0]),
        ("completed=false", [4, 1]),
        ("from=2026-01-20", [4, 3, 2]),
        ("to=2026-01-19", [1, 0]),
        ("from=2026-01-19&to=2026-01-20", [2, 1]),
        ("from=2026-01-20&to=2026-01-19", []),
        ("status=completed&from=2026-01-19", [3, 2]),
        ("status=active&completed=true", []),
    ],
)
def test_list_filters(history, as_alice, query, days):
    response = as_alice.get(f"{URL}?{query}")
    assert ids(response) == [str(history[day].pk) for day in days]
    assert response.json()["total"] == len(days)


@pytest.mark.parametrize(
    "query",
    [
        "status=paused",
        "completed=yes",
        "from=yesterday",
        "to=2026-02-30",
        "limit=0",
        "limit=101",
        "limit=ten",
        "cursor=nonsense",
        "limit=5&limit=6",
    ],
)
def test_list_refuses_a_bad_parameter(as_alice, query):
    response = as_alice.get(f"{URL}?{query}")
    assert refusal(response) == (400, "INVALID_PARAMETER")


def test_list_pages_forth_and_back(history, as_alice):
    newest_first = [str(session.pk) for session in reversed(history)]
    first = as_alice.get(f"{URL}?limit=2")
    second = as_alice.get(first.json()["next"])
    third = as_alice.get(second.json()["next"])
    assert [ids(first), ids(second), ids(third)] == [
        newest_first[:2],
        newest_first[2:4],
        newest_first[4:],
    ]
    assert first.json()["previous"] is None
    assert third.json()["next"] is None
    assert ids(as_alice.get(third.json()["previous"])) == newest_first[2:4]
    assert {page.json()["total"] for page in (first, second, third)} == {5}


def test_list_pages_keep_their_filters(history, as_alice):
    first = as_alice.get(f"{URL}?limit=2&status=completed")
    second = as_alice.get(first.json()["next"])
    assert ids(first) + ids(second) == [str(history[day].pk) for day in (3, 2, 0)]


def test_list_page_is_not_shifted_by_a_new_session(history, as_alice, alice):
    first = as_alice.get(f"{URL}?limit=2")
    FocusSessionFactory(user=alice, done=True, created_at=after(days=9))
    second = as_alice.get(first.json()["next"])
    assert ids(second) == [str(history[2].pk), str(history[1].pk)]


def test_list_pages_split_rows_of_one_moment(as_alice, alice):
    rows = [
        FocusSessionFactory(user=alice, done=True, created_at=NOON) for _ in range(5)
    ]
    seen, url = [], f"{URL}?limit=2"
    while url:
        page = as_alice.get(url)
        seen += ids(page)
        url = page.json()["next"]
    assert seen == sorted((str(row.pk) for row in rows), reverse=True)


def test_list_gives_50_by_default_and_100_at_most(as_alice, alice):
    rows = FocusSessionFactory.build_batch(101, user=alice, done=True)
    FocusSession.objects.bulk_create(rows)
    assert len(ids(as_alice.get(URL))) == 50
    assert len(ids(as_alice.get(f"{URL}?limit=100"))) == 100


# GET /sessions/active


def test_active_of_nobody_at_work(as_alice):
    assert as_alice.get(f"{URL}/active").json() == {
        "has_active": False,
        "session": None,
    }


@pytest.mark.parametrize(
    ("passed", "elapsed", "remaining"),
    [
        (timedelta(), 0, 1500),
        (timedelta(minutes=10), 600, 900),
        (timedelta(minutes=24, seconds=59), 1499, 1),
    ],
)
def test_active_tells_the_clock(at, running, passed, elapsed, remaining):
    response = at(NOON + passed).get(f"{URL}/active")
    assert response.status_code == 200
    assert response.json() == {
        "has_active": True,
        "session": {
            "id": str(running.pk),
            "user_id": str(running.user_id),
            "duration_min": 25,
            "status": "active",
            "completed": False,
            "focus_min": 0,
            "local_date": "2026-01-18",
            "created_at": "2026-01-18T12:00:00Z",
            "ended_at": None,
            "elapsed_seconds": elapsed,
            "remaining_seconds": remaining,
            "overdue": False,
        },
    }


# past the deadline, before anything has settled it


OVERDUE = [
    # planned, and at which moment it stands as what
    (25, timedelta(minutes=25), "completed", 25, "2026-01-18T12:25:00Z"),
    (25, timedelta(hours=9), "completed", 25, "2026-01-18T12:25:00Z"),
    (None, timedelta(minutes=240), "abandoned", 0, "2026-01-18T16:00:00Z"),
]


@pytest.mark.parametrize(("planned", "passed", "status", "minutes", "end"), OVERDUE)
def test_overdue_session_is_shown_as_ended(
    at, alice, planned, passed, status, minutes, end
):
    session = services.start_session(user_id=alice.pk, duration_min=planned, now=NOON)
    client = at(NOON + passed)
    shown = client.get(f"{URL}/{session.pk}").json()
    assert (shown["status"], shown["focus_min"]) == (status, minutes)
    assert (shown["completed"], shown["ended_at"]) == (status == "completed", end)
    listed = client.get(URL).json()
    assert listed["sessions"] == [shown]
    completed = int(status == "completed")
    assert [listed[f"{kind}_count"] for kind in ("completed", "credited")] == [
        *(completed, completed)
    ]
    assert listed["incomplete_count"] == 1 - completed
    assert client.get(f"{URL}/active").json() == {"has_active": False, "session": None}
    for query, found in (
        (f"status={status}", 1),
        ("status=active", 0),
        (f"completed={'true' if completed else 'false'}", 1),
        (f"completed={'false' if completed else 'true'}", 0),
    ):
        assert client.get(f"{URL}?{query}").json()["total"] == found, query


@pytest.mark.parametrize(("planned", "passed", "status", "minutes", "end"), OVERDUE)
def test_overdue_session_is_settled_as_it_was_shown(
    at, alice, planned, passed, status, minutes, end
):
    session = services.start_session(user_id=alice.pk, duration_min=planned, now=NOON)
    client = at(NOON + passed)
    shown = client.get(f"{URL}/{session.pk}").json()
    services.settle_overdue_session(
        user_id=alice.pk, session_id=session.pk, now=NOON + passed
    )
    assert client.get(f"{URL}/{session.pk}").json() == shown


@pytest.mark.parametrize("settled", [False, True])
def test_late_completion_answers_what_was_shown(at, alice, running, settled):
    client = at(after(hours=2))
    shown = client.get(f"{URL}/{running.pk}").json()
    if settled:
        services.settle_overdue_session(
            user_id=alice.pk, session_id=running.pk, now=after(hours=1)
        )
    for _ in range(2):
        answer = client.patch(f"{URL}/{running.pk}", {"completed": True})
        assert (answer.status_code, answer.json()) == (200, shown)


@pytest.mark.parametrize(
    ("planned", "change"),
    [
        (25, {"status": "abandoned"}),
        (25, {"duration_min": 480}),
        (None, {"completed": True}),
        (None, {"status": "abandoned"}),
    ],
)
def test_overdue_session_becomes_nothing_else(at, alice, planned, change):
    session = services.start_session(user_id=alice.pk, duration_min=planned, now=NOON)
    client = at(after(hours=5))
    shown = client.get(f"{URL}/{session.pk}").json()
    answer = client.patch(f"{URL}/{session.pk}", change)
    assert refusal(answer) == (409, "SESSION_FINISHED")
    assert client.get(f"{URL}/{session.pk}").json() == shown


def test_credited_count_is_what_the_stats_count(at, alice):
    for planned, moment in ((25, NOON), (25, after(hours=1))):
        session = services.start_session(
            user_id=alice.pk, duration_min=planned, now=moment
        )
        seconds = 3 if moment == NOON else 600
        services.complete_session(
            user_id=alice.pk,
            session_id=session.pk,
            now=moment + timedelta(seconds=seconds),
        )
    client = at(after(hours=3))
    listed = client.get(URL).json()
    assert (listed["completed_count"], listed["credited_count"]) == (2, 1)
    assert client.get("/api/stats/me").json()["total_sessions"] == 1


def test_active_counts_an_open_one_against_240_minutes(at, alice):
    services.start_session(user_id=alice.pk, now=NOON)
    session = at(after(minutes=40)).get(f"{URL}/active").json()["session"]
    assert (session["elapsed_seconds"], session["remaining_seconds"]) == (2400, 12000)


def test_reading_never_settles_an_overdue_session(at, running):
    client = at(after(hours=9))
    before = FocusSession.objects.values().get()
    for path in (URL, f"{URL}/active", f"{URL}/{running.pk}"):
        assert client.get(path).status_code == 200
    assert FocusSession.objects.values().get() == before


# GET /sessions/{id}


def test_retrieve_answers_one_session(as_alice, alice):
    session = FocusSessionFactory(user=alice, done=True, created_at=NOON)
    response = as_alice.get(f"{URL}/{session.pk}")
    assert response.status_code == 200
    assert response.json() == {
        "id": str(session.pk),
        "user_id": str(alice.pk),
        "duration_min": 25,
        "status": "completed",
        "completed": True,
        "focus_min": 25,
        "local_date": "2026-01-18",
        "created_at": "2026-01-18T12:00:00Z",
        "ended_at": "2026-01-18T12:25:00Z",
    }


# PATCH /sessions/{id}


def test_update_completes(at, running):
    response = at(after(minutes=10)).patch(f"{URL}/{running.pk}", {"completed": True})
    assert response.status_code == 200
    body = response.json()
    assert (body["status"], body["completed"], body["focus_min"]) == (
        "completed",
        True,
        10,
    )
    assert body["ended_at"] == "2026-01-18T12:10:00Z"


def test_update_completes_late_with_the_plan(at, running):
    response = at(after(days=2)).patch(f"{URL}/{running.pk}", {"completed": True})
    assert (response.status_code, response.json()["focus_min"]) == (200, 25)


def test_update_completes_again_with_the_same_body(at, running):
    first = at(after(minutes=10)).patch(f"{URL}/{running.pk}", {"completed": True})
    again = at(after(minutes=20)).patch(f"{URL}/{running.pk}", {"completed": True})
    assert (again.status_code, again.json()) == (200, first.json())


def test_update_abandons(at, running):
    response = at(after(minutes=10)).patch(
        f"{URL}/{running.pk}", {"status": "abandoned"}
    )
    assert response.status_code == 200
    body = response.json()
    assert (body["status"], body["completed"], body["focus_min"]) == (
        "abandoned",
        False,
        0,
    )
    assert body["ended_at"] == "2026-01-18T12:10:00Z"


def test_update_replans(at, running):
    client = at(after(minutes=10))
    response = client.patch(f"{URL}/{running.pk}", {"duration_min": 45})
    assert response.status_code == 200
    body = response.json()
    assert (body["status"], body["duration_min"]) == ("active", 45)
    active = client.get(f"{URL}/active").json()["session"]
    assert active["remaining_seconds"] == 35 * 60


@pytest.mark.parametrize("planned", [5, 10])
def test_update_to_a_plan_that_has_passed_ends_it(at, running, planned):
    client = at(after(minutes=10))
    answer = client.patch(f"{URL}/{running.pk}", {"duration_min": planned})
    assert answer.status_code == 200
    body = answer.json()
    assert body == client.get(f"{URL}/{running.pk}").json()
    assert (body["status"], body["focus_min"]) == ("completed", planned)
    assert client.get("/api/stats/me").json()["total_focus_min"] == planned


def test_update_does_not_replan_an_overdue_one(at, running):
    response = at(after(minutes=25)).patch(f"{URL}/{running.pk}", {"duration_min": 480})
    assert refusal(response) == (409, "SESSION_FINISHED")


@pytest.mark.parametrize(
    ("finish", "change"),
    [
        ({"completed": True}, {"status": "abandoned"}),
        ({"completed": True}, {"duration_min": 45}),
        ({"status": "abandoned"}, {"completed": True}),
        ({"status": "abandoned"}, {"status": "abandoned"}),
        ({"status": "abandoned"}, {"duration_min": 45}),
    ],
)
def test_update_leaves_a_finished_one(at, running, finish, change):
    client = at(after(minutes=10))
    finished = client.patch(f"{URL}/{running.pk}", finish)
    response = client.patch(f"{URL}/{running.pk}", change)
    assert refusal(response) == (409, "SESSION_FINISHED")
    assert client.get(f"{URL}/{running.pk}").json() == finished.json()


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"completed": False},
        {"completed": None},
        {"completed": "true"},
        {"status": "completed"},
        {"status": "active"},
        {"duration_min": 0},
        {"duration_min": 481},
        {"duration_min": None},
        {"focus_min": 480},
        {"completed": True, "focus_min": 480},
        {"completed": True, "status": "abandoned"},
        {"completed": True, "duration_min": 45},
    ],
)
def test_update_refuses_a_body_that_fails_a_rule(at, running, change):
    client = at(after(minutes=10))
    before = FocusSession.objects.values().get()
    response = client.patch(f"{URL}/{running.pk}", change)
    assert refusal(response) == (422, "VALIDATION_ERROR")
    assert FocusSession.objects.values().get() == before


# DELETE /sessions/{id}


def test_destroy_removes_the_session(as_alice, running):
    response = as_alice.delete(f"{URL}/{running.pk}")
    assert (response.status_code, response.content) == (204, b"")
    assert refusal(as_alice.get(f"{URL}/{running.pk}")) == (404, "SESSION_NOT_FOUND")


def test_destroy_again_finds_nothing(as_alice):
    response = as_alice.delete(f"{URL}/{uuid.uuid4()}")
    assert refusal(response) == (404, "SESSION_NOT_FOUND")
