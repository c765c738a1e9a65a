import json
import uuid
from datetime import timedelta

import pytest

from accounts.models import User
from sessions_app.models import Entry
from sessions_app.tests.factories import EntryFactory, FocusSessionFactory, LabelFactory
from tests.harness.answers import refusal
from tests.harness.clock import NOON, after

URL = "/api/entries"
BATCH = f"{URL}/batch"
NOBODYS = "01949d2e-7a10-7c3f-8d52-3f1e2a4b5c6d"

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(alice):
    return EntryFactory(user=alice, at=after(hours=-3))


def errors(response):
    return response.json()["detail"]["errors"]


# POST /entries


def test_telling_answers_the_new_entry_and_where_it_is_found(at, alice):
    label = LabelFactory(user=alice)
    client = at(NOON)
    response = client.post(
        URL,
        {
            "at": "2026-01-18T10:00:00+01:00",
            "minutes": 50,
            "label_id": str(label.pk),
            "note": "On paper",
        },
    )
    assert response.status_code == 201
    told = {
        "id": str(Entry.objects.get().pk),
        "at": "2026-01-18T09:00:00Z",
        "ended_at": "2026-01-18T09:50:00Z",
        "local_date": "2026-01-18",
        "minutes": 50,
        "label_id": str(label.pk),
        "note": "On paper",
        "source": "manual",
        "client_id": None,
        "created_at": "2026-01-18T12:00:00Z",
    }
    assert response.json() == told
    assert client.get(response.headers["Location"]).json() == told


def test_telling_of_a_day_has_no_times(at):
    response = at(NOON).post(URL, {"local_date": "2026-01-17", "minutes": 720})
    assert response.status_code == 201
    assert response.json()["ended_at"] is None
    assert response.json()["at"] == "2026-01-17T12:00:00Z"


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ({"minutes": 5}, {"non_field_errors"}),
        (
            {"at": "2026-01-18T09:00:00Z", "local_date": "2026-01-18", "minutes": 5},
            {"non_field_errors"},
        ),
        ({"at": "2026-01-18T09:00:00Z"}, {"minutes"}),
        ({"at": "2026-01-18T09:00:00Z", "minutes": 721}, {"minutes"}),
        ({"at": "2026-01-18T09:00:00Z", "minutes": 0}, {"minutes"}),
        ({"at": "2026-01-18T09:00:00Z", "minutes": 5, "note": "x" * 501}, {"note"}),
        ({"at": "2026-01-18T09:00:00Z", "minutes": 5, "source": "import"}, {"source"}),
        (
            {"at": "2026-01-18T09:00:00Z", "minutes": 5, "client_id": NOBODYS},
            {"client_id"},
        ),
        ({"at": "2026-01-18T09:00:00", "minutes": 5}, {"at"}),
        ({"at": "2026-01-18 09:00Z", "minutes": 5}, {"at"}),
        ({"at": "2026-01-18T24:00:00Z", "minutes": 5}, {"at"}),
        ({"at": "2026-02-30T09:00:00Z", "minutes": 5}, {"at"}),
        ({"at": "0001-01-01T00:00:00+14:00", "minutes": 5}, {"at"}),
        ({"at": "0001-01-01T00:00:00Z", "minutes": 5}, {"at"}),
        ({"at": "9999-12-31T23:59:59Z", "minutes": 720}, {"at"}),
        ({"local_date": "2026-1-18", "minutes": 5}, {"local_date"}),
        ({"local_date": "2026-02-30", "minutes": 5}, {"local_date"}),
        ({"local_date": "0001-01-01", "minutes": 5}, {"local_date"}),
        ({"local_date": "9999-12-31", "minutes": 5}, {"local_date"}),
        ({"at": "2026-01-18T11:56:00Z", "minutes": 5}, {"at"}),
        (
            {"at": "2026-01-18T09:00:00Z", "minutes": 5, "label_id": NOBODYS},
            {"label_id"},
        ),
    ],
)
def test_telling_of_nonsense_is_refused_at_its_field(at, body, names):
    response = at(NOON).post(URL, body)
    assert refusal(response) == (422, "VALIDATION_ERROR")
    assert errors(response).keys() == names
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    "written",
    [
        "2026-01-18T09:00:00.5Z",
        "2026-01-18T09:00:00.500000000Z",
        "2026-01-18t09:00:00.500z",
        "2026-01-18T18:00:00.5+09:00",
        "2026-01-17T23:30:00.5-09:30",
    ],
)
def test_a_time_is_taken_in_every_spelling_of_rfc_3339(at, written):
    response = at(NOON).post(URL, {"at": written, "minutes": 5})
    assert response.json()["at"] == "2026-01-18T09:00:00.500000Z"


def test_label_of_somebody_else_is_none(at, bob):
    body = {"at": "2026-01-18T09:00:00Z", "minutes": 5}
    theirs = str(LabelFactory(user=bob).pk)
    response = at(NOON).post(URL, body | {"label_id": theirs})
    assert refusal(response) == (422, "VALIDATION_ERROR")
    assert errors(response) == {"label_id": ["You have no such label."]}


def test_taken_time_is_a_conflict_that_names_the_record(at, alice):
    session = FocusSessionFactory(user=alice, created_at=after(minutes=-60), done=True)
    body = {"at": "2026-01-18T11:20:00Z", "minutes": 10}
    response = at(NOON).post(URL, body)
    assert refusal(response) == (409, "TIME_TAKEN")
    assert errors(response) == {"record_id": [str(session.pk)]}


def test_telling_is_repeated_by_its_key(at):
    client = at(NOON)
    body = {"at": "2026-01-18T09:00:00Z", "minutes": 5}
    key = {"Idempotency-Key": "one"}
    first, again = (client.post(URL, body, headers=key) for _ in range(2))
    assert again.json() == first.json()
    assert again.headers["Idempotent-Replayed"] == "true"
    assert refusal(client.post(URL, body | {"minutes": 6}, headers=key)) == (
        *(422, "IDEMPOTENCY_KEY_REUSED"),
    )
    client.delete(f"{URL}/{first.json()['id']}")
    assert "Location" not in client.post(URL, body, headers=key).headers


# GET, PATCH, DELETE /entries/{id}


def test_correction_answers_the_entry(at, alice, entry):
    client, path = at(NOON), f"{URL}/{entry.pk}"
    label = LabelFactory(user=alice)
    changes = {"minutes": 45, "note": "kept", "label_id": str(label.pk)}
    changed = client.patch(path, changes)
    assert changed.status_code == 200
    assert changed.json()["ended_at"] == "2026-01-18T09:45:00Z"
    assert changed.json().items() >= changes.items()
    assert client.get(path).json() == changed.json()
    assert client.patch(path, {"label_id": None}).json()["label_id"] is None
    day = client.patch(path, {"local_date": "2026-01-16"}).json()
    assert (day["at"], day["ended_at"]) == ("2026-01-16T12:00:00Z", None)


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({}, "non_field_errors"),
        (
            {"at": "2026-01-18T09:00:00Z", "local_date": "2026-01-18"},
            "non_field_errors",
        ),
        ({"minutes": None}, "minutes"),
        ({"note": None}, "note"),
        ({"at": None}, "at"),
        ({"label_id": NOBODYS}, "label_id"),
        ({"source": "offline"}, "source"),
    ],
)
def test_correction_by_nonsense_is_refused(at, entry, body, name):
    response = at(NOON).patch(f"{URL}/{entry.pk}", body)
    assert refusal(response) == (422, "VALIDATION_ERROR")
    assert errors(response).keys() == {name}


def test_deleted_entry_is_gone(at, entry):
    client, path = at(NOON), f"{URL}/{entry.pk}"
    assert client.delete(path).status_code == 204
    for answer in (
        client.get(path),
        client.delete(path),
        client.patch(path, {"note": ""}),
    ):
        assert refusal(answer) == (404, "ENTRY_NOT_FOUND")


def test_entry_of_somebody_else_is_not_found(at, entry, bob, sign_in):
    at(NOON)
    theirs, path = sign_in(bob), f"{URL}/{entry.pk}"
    for answer in (
        theirs.get(path),
        theirs.delete(path),
        theirs.patch(path, {"note": "mine"}),
    ):
        assert refusal(answer) == (404, "ENTRY_NOT_FOUND")
    assert Entry.objects.get().note == entry.note


# POST /entries/batch


def item(n=0, **more):
    """The item of this number, an hour after the one before."""
    at = NOON - timedelta(hours=9 - n)
    return {
        "client_id": str(uuid.UUID(int=n + 1)),
        "at": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "minutes": 30,
    } | more


def send(client, items):
    """Send items whose texts may be no text at all."""
    body = json.dumps({"items": items}).replace('"1e999"', "1e999")
    return client.generic("POST", BATCH, body, content_type="application/json")


def results(client, items):
    response = send(client, items)
    assert response.status_code == 200, response.content
    return response.json()["results"]


def test_batch_answers_a_verdict_on_each_item_in_order(at, alice):
    client = at(NOON)
    told = results(
        client, [item(0), item(1, minutes=721), item(0, minutes=5), item(0), item(2)]
    )
    first, last = Entry.objects.order_by("at")
    assert told == [
        {"client_id": item(0)["client_id"], "verdict": "accepted", "id": str(first.pk)},
        {
            "client_id": item(1)["client_id"],
            "verdict": "rejected",
            "error_code": "VALIDATION_ERROR",
            "message": "minutes: Ensure this value is less than or equal to 720.",
            "errors": {"minutes": ["Ensure this value is less than or equal to 720."]},
        },
        {
            "client_id": item(0)["client_id"],
            "verdict": "rejected",
            "error_code": "CLIENT_ID_REUSED",
            "message": "Another entry was sent with this client_id; make a new one.",
            "errors": {"record_id": [str(first.pk)]},
        },
        {
            "client_id": item(0)["client_id"],
            "verdict": "duplicate",
            "id": str(first.pk),
        },
        {"client_id": item(2)["client_id"], "verdict": "accepted", "id": str(last.pk)},
    ]
    assert {entry.source for entry in (first, last)} == {"manual"}


# What an outbox may hold that is no entry; none of it may hold up what is.
BAD = [
    *(None, True, 1, "text", [], {}, [[]]),
    item(1, note="a\0b"),
    item(1, note="cut \ud83d"),
    item(1, **{"\ud800": 1}),
    item(1, client_id="\ud800" * 36),
    item(1, client_id=None),
    item(1, client_id=["x"]),
    item(1, client_id=NOBODYS.replace("-", "")),
    item(1, minutes="1e999"),
    item(1, minutes=10**400),
    item(1, minutes=2**63),
    item(1, minutes=1.5),
    item(1, minutes=-1),
    item(1, at="tomorrow"),
    item(1, at="\0"),
    item(1, at={"$gt": ""}),
    item(1, at="2026-01-18T12:00:01Z"),
    item(1, at="0001-01-01T00:00:00+14:00"),
    item(1, local_date="2026-01-18"),
    item(1, source="import"),
    item(1, source="server"),
    item(1, label_id=NOBODYS),
    item(1, user_id=NOBODYS),
    item(1, import_key="x"),
    item(1, note="x" * 501),
    item(0, note="another"),
    item(1, at=item(0)["at"]),
]


def test_bad_items_hold_up_no_good_ones(at):
    client = at(NOON)
    sent = [item(0), *BAD, item(8, minutes=60)]
    told = results(client, sent)
    assert [one["verdict"] for one in told] == [
        *("accepted", *["rejected"] * len(BAD), "accepted")
    ]
    assert all(one["message"] and one["error_code"] for one in told[1:-1])
    assert Entry.objects.count() == 2
    again = send(client, sent)
    assert again.json()["results"] == [
        one | {"verdict": "duplicate"} if one["verdict"] == "accepted" else one
        for one in told
    ]


def test_98_bad_items_and_2_good_ones(at):
    sent = [item(0), *(item(1, minutes=n) for n in range(721, 819)), item(2)]
    told = [one["verdict"] for one in results(at(NOON), sent)]
    assert len(told) == 100
    assert told.count("accepted") == 2


@pytest.mark.parametrize(
    "items", [None, [], "text", {}, 1, [{}] * 101], ids=lambda items: str(items)[:9]
)
def test_a_list_that_is_none_is_refused(at, items):
    response = send(at(NOON), items)
    assert refusal(response) == (422, "VALIDATION_ERROR")
    assert errors(response).keys() == {"items"}


@pytest.mark.parametrize(
    "body",
    [
        rb'{"items": [{"note": "\ud800"}], "more": "\ud800"}',
        rb'{"items": [{"note": "\ud800", "note": ""}]}',
        rb'{"items": [{"note": "\ud800"}], "items": []}',
        rb'{"items": [{"note": "\ud800"}]',
        b'{"items": [{"minutes": NaN}]}',
        b'{"items": [{"minutes": 1e999}, ' + b"[" * 40 + b"]" * 40 + b"]}",
        rb'[{"note": "\ud800"}]',
        '{"items": [{"minutes": 1e999}]}'.encode("utf-16"),
        b'{"items": [{"minutes": 1e999, "note": "\xff"}]}',
    ],
)
def test_what_is_no_batch_in_json_is_refused_as_everywhere(at, body):
    response = at(NOON).generic("POST", BATCH, body, content_type="application/json")
    assert refusal(response)[0] == 400


def test_batch_that_is_no_json_names_the_fault_and_not_a_value_that_is_read(at):
    """Caught: half an emoji in the first item was named, of a body that was cut off."""
    body = rb'{"items": [{"note": "\ud800"}]'
    response = at(NOON).generic("POST", BATCH, body, content_type="application/json")
    said = f"The body is not valid JSON, from line 1, column {len(body) + 1} on."
    assert response.json()["detail"]["message"] == said


def test_item_of_thousands_of_digits_spoils_nothing(at):
    body = json.dumps({"items": [item(0), item(1, minutes="digits")]})
    body = body.replace('"digits"', "9" * 5000)
    response = at(NOON).generic("POST", BATCH, body, content_type="application/json")
    assert [one["verdict"] for one in response.json()["results"]] == [
        *("accepted", "rejected")
    ]


def test_batch_is_in_the_zone_of_the_user(at, alice):
    User.objects.filter(pk=alice.pk).update(timezone="Pacific/Kiritimati")
    client = at(NOON)
    results(client, [item(0, at="2026-01-18T10:30:00Z", source="offline")])
    entry = Entry.objects.get()
    assert (str(entry.local_date), entry.source) == ("2026-01-19", "offline")


# statements


def test_telling_queries(at, django_assert_num_queries):
    client = at(NOON)
    # The device with its user; SAVEPOINT (in life: BEGIN); the user's lock; what takes
    # the time; the minutes of the day; INSERT; RELEASE (in life: COMMIT).
    with django_assert_num_queries(7):
        client.post(URL, {"at": "2026-01-18T09:00:00Z", "minutes": 5})


@pytest.mark.parametrize("size", [1, 100])
def test_batch_queries(at, alice, size, django_assert_num_queries):
    label = str(LabelFactory(user=alice).pk)
    client = at(NOON)
    items = [
        item(0, client_id=str(uuid.uuid4()), label_id=label)
        | {"at": (NOON - timedelta(minutes=9 * n)).isoformat(), "minutes": 5}
        for n in range(1, size + 1)
    ]
    # The device with its user; SAVEPOINT; the user's lock; entries of these names; the
    # labels; what takes the times; the minutes of the days; INSERT; RELEASE.
    with django_assert_num_queries(9):
        assert {one["verdict"] for one in results(client, items)} == {"accepted"}


def test_correction_queries(at, entry, django_assert_num_queries):
    client = at(NOON)
    # The device with its user; SAVEPOINT; the user's lock; the entry; what takes the
    # time; the minutes of the day; UPDATE; RELEASE.
    with django_assert_num_queries(8):
        client.patch(f"{URL}/{entry.pk}", {"minutes": 5})
    # The same without the time that is not moved.
    with django_assert_num_queries(6):
        client.patch(f"{URL}/{entry.pk}", {"note": "kept"})


def test_deletion_queries(at, entry, django_assert_num_queries):
    client = at(NOON)
    # The device with its user; SAVEPOINT; the user's lock; DELETE; RELEASE.
    with django_assert_num_queries(5):
        client.delete(f"{URL}/{entry.pk}")
