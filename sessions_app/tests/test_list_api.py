import pytest

from sessions_app.models import FocusSession
from sessions_app.tests.factories import FocusSessionFactory
from tests.harness.answers import refusal
from tests.harness.clock import NOON, after

URL = "/api/sessions"

pytestmark = pytest.mark.django_db


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
        ("from=2026-01-20&to=2026-01-20", [2]),
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
