import csv
import io
import json
import tracemalloc
from datetime import timedelta
from threading import BoundedSemaphore

import pytest
from django.test import Client

from accounts import audit
from accounts.models import AuthSession, MailLink, Preferences, SecurityEvent, User
from accounts.preferences.services import change_preferences
from accounts.tests.factories import MailLinkFactory, UserFactory
from export import documents, turns
from focusguard.api.models import RateCounter
from focusguard.db.tests.elsewhere import key_held_elsewhere
from garden.models import Plant
from garden.tests.factories import PlantFactory
from identity.models import ApiToken, LinkedIdentity, Passkey, RecoveryCode, TotpSecret
from identity.second_factor.recovery import make_codes
from identity.tests.factories import LinkedIdentityFactory, PasskeyFactory
from identity.tests.tokens_of_programs import ApiTokenFactory
from importing.models import Import
from importing.tests.factories import ImportFactory
from mail.models import OutboxMail
from mail.services import queue
from sessions_app.models import Entry, FocusSession, Label
from sessions_app.tests.factories import (
    EntryFactory,
    FocusSessionFactory,
    LabelFactory,
    many_sessions,
)
from stats.models import DayOff, FocusPlan, UserStats
from stats.services import rebuild_stats
from tests.harness.answers import refusal
from tests.harness.clock import NOON

URL = "/api/users/me/export"

pytestmark = pytest.mark.django_db


@pytest.fixture
def history(alice, bob):
    """Three days of Alice, and a stranger's, with a plant each, an entry and an event."""
    for user in (alice, bob):
        label = LabelFactory(user=user, name=f"{user.username}'s thesis")
        ImportFactory(user=user)
        ApiTokenFactory(user=user, name=f"{user.username}'s script")
        EntryFactory(user=user, label=label, note=f"{user.username}'s own words")
        FocusPlan.objects.create(user=user, from_date=NOON.date(), weekdays=0b1000001)
        DayOff.objects.create(user=user, day=NOON.date(), kind="ill")
        for day in range(3):
            session = FocusSessionFactory(
                user=user,
                created_at=NOON + timedelta(days=day),
                done=True,
                label=label if day else None,
            )
            PlantFactory(session=session, plant_num=day + 1, grown=True)
        rebuild_stats(user_id=user.pk)
        audit.record(audit.Kind.SIGNED_IN, user_id=user.pk)


def export(client, query=""):
    answer = client.get(URL + query)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def everything(client):
    return json.loads(export(client))


def stamp(moment):
    return moment.isoformat().replace("+00:00", "Z")


def test_export_holds_everything_of_the_user(as_alice, alice, history):
    exported = everything(as_alice)
    assert exported.keys() == {
        *("exported_at", "user", "stats", "preferences", "devices", "identities"),
        *("authenticator_apps", "recovery_codes", "passkeys", "api_tokens", "labels"),
        *("sessions", "entries", "plans", "days_off", "imports", "plants"),
        "security_events",
        *("mail_links", "mails"),
    }
    assert exported["user"]["email"] == "alice@focusguard.com"
    assert exported["stats"]["total_focus_min"] == 75
    rows = FocusSession.objects.for_user(alice.pk).order_by("created_at")
    assert [session["id"] for session in exported["sessions"]] == [
        str(row.pk) for row in rows
    ]
    assert exported["sessions"][0]["created_at"] == stamp(NOON)
    label = exported["labels"][0]["name"]
    assert [row["label"] for row in exported["sessions"]] == [None, label, label]
    (entry,) = exported["entries"]
    assert (entry["label"], entry["note"]) == (label, "alice_focus's own words")
    assert [plan["weekdays"] for plan in exported["plans"]] == [["mon", "sun"]]
    assert exported["days_off"] == [{"day": "2026-01-18", "kind": "ill"}]
    assert [plant["plant_num"] for plant in exported["plants"]] == [1, 2, 3]
    assert [event["kind"] for event in exported["security_events"]] == ["signed_in"]
    assert [device["id"] for device in exported["devices"]] == [
        str(as_alice.signed_in.device.pk)
    ]


def test_export_has_every_column_but_what_is_ours(as_alice, alice, history, mail_on):
    """A column that is added is exported, or named here."""
    MailLinkFactory(user=alice)
    LinkedIdentityFactory(user=alice)
    PasskeyFactory(user=alice)
    change_preferences(user_id=alice.pk, changes={"theme": "dark"})
    queue(kind="notice_password_changed", key="one", user_id=alice.pk)
    app = TotpSecret.objects.create(user=alice, secret=b"sealed", created_at=NOON)
    make_codes(alice)
    exported = everything(as_alice)
    assert bytes(app.secret).decode() not in json.dumps(exported)
    ours = {
        User: {
            *("password", "is_active", "is_superuser"),
            *("session_epoch", "sign_outs", "shares_mailbox"),
            "awaits_verification",
            # Of the picture the file itself is there.
            "picture_id",
        },
        AuthSession: {
            *("user", "current_jti", "previous_jti", "confirmed"),
            *("issue", "given_anew", "repeated", "repeats"),
        },
        LinkedIdentity: {"user"},
        Passkey: {"user", "credential_id", "public_key"},
        ApiToken: {"user", "digest"},
        Preferences: {"user"},
        # The minute of the day is that of created_at in the zone beside it.
        FocusSession: {"user", "completed", "started_minute"},
        Label: {"user"},
        Entry: {"user", "import_key"},
        FocusPlan: {"pk", "user"},
        DayOff: {"pk", "user"},
        Import: {"user", "raw", "position", "tries", "made_labels"},
        Plant: {"user", "session"},
        UserStats: {"user"},
        SecurityEvent: {"id", "user", "actor", "request_id"},
        MailLink: {"id", "user", "mail_id"},
        TotpSecret: {"user", "secret", "last_step"},
        RecoveryCode: {"id", "user", "digest"},
        OutboxMail: {"id", "key", "user", "due_at", "tries", "reason"},
    }
    shown = {
        User: exported["user"],
        Preferences: exported["preferences"],
        UserStats: exported["stats"],
        AuthSession: exported["devices"][0],
        LinkedIdentity: exported["identities"][0],
        Passkey: exported["passkeys"][0],
        ApiToken: exported["api_tokens"][0],
        FocusSession: exported["sessions"][0],
        Label: exported["labels"][0],
        Entry: exported["entries"][0],
        FocusPlan: exported["plans"][0],
        DayOff: exported["days_off"][0],
        Import: exported["imports"][0],
        Plant: exported["plants"][0],
        SecurityEvent: exported["security_events"][0],
        MailLink: exported["mail_links"][0],
        TotpSecret: exported["authenticator_apps"][0],
        RecoveryCode: exported["recovery_codes"][0],
        OutboxMail: exported["mails"][0],
    }
    for model, row in shown.items():
        columns = {field.name for field in model._meta.fields}
        assert columns - ours[model] == row.keys() - {"session_id"}


def test_export_has_nothing_of_anybody_else_and_no_secret(as_alice, bob, history):
    text = export(as_alice).decode()
    for row in (bob, *bob.focus_sessions.all(), *Plant.objects.for_user(bob.pk)):
        assert str(row.pk) not in text
    assert bob.username not in text
    device = AuthSession.objects.get()
    assert str(device.current_jti) not in text
    assert device.current_jti.hex not in text
    assert "bcrypt" not in text


def test_export_of_an_empty_account_is_complete(as_alice):
    exported = everything(as_alice)
    assert exported["stats"] is None
    assert exported["sessions"] == exported["plants"] == []
    assert exported["labels"] == exported["entries"] == []


def test_csv_has_the_sessions_as_the_api_shows_them(as_alice, history):
    text = export(as_alice, "?format=csv").decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    shown = as_alice.get("/api/sessions").json()["sessions"]
    assert [row["id"] for row in rows] == [one["id"] for one in reversed(shown)]
    for row, one in zip(rows, reversed(shown), strict=True):
        for name in ("status", "local_date", "created_at", "ended_at"):
            assert row[name] == one[name]
        assert int(row["focus_min"]) == one["focus_min"]
    assert text.count("\r\n") == 4


def test_csv_leaves_open_what_has_no_value(as_alice, alice):
    FocusSessionFactory(user=alice, duration_min=None)
    text = export(as_alice, "?format=csv").decode()
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["duration_min"] == row["ended_at"] == row["local_ended_at"] == ""


def test_csv_has_the_clock_on_the_wall_beside_utc(as_alice, alice):
    alice.timezone = "Asia/Kathmandu"
    FocusSessionFactory(user=alice, created_at=NOON, done=True)
    text = export(as_alice, "?format=csv").decode()
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["created_at"] == "2026-01-18T12:00:00Z"
    assert row["local_created_at"] == "2026-01-18 17:45:00"
    assert row["local_ended_at"] == "2026-01-18 18:10:00"


def test_csv_is_safe_in_a_spreadsheet(as_alice, alice, history):
    """No cell is taken for a formula, whatever was written into it."""
    starts = tuple("=+-@\t\r\n＝＋－＠")
    for number, start in enumerate(starts):
        FocusSessionFactory(
            user=alice,
            created_at=NOON - timedelta(days=1, hours=number),
            done=True,
            label=LabelFactory(user=alice, name=f"{start}1"),
            note=f'{start}HYPERLINK("https://evil.test","a")',
        )
    text = export(as_alice, "?format=csv").decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(rows) == 3 + len(starts)
    for row in rows:
        assert not [cell for cell in row.values() if cell.startswith(starts)]
    assert sum(row["note"].startswith("'") for row in rows) == len(starts)
    # Only there: in JSON what was written is what is given back.
    notes = [session["note"] for session in everything(as_alice)["sessions"]]
    assert not [note for note in notes if note.startswith("'")]


@pytest.mark.parametrize(
    ("planned", "status", "minutes"), [(25, "completed", 25), (None, "abandoned", 0)]
)
def test_export_shows_an_overdue_session_as_ended(
    as_alice, alice, planned, status, minutes
):
    session = FocusSessionFactory(user=alice, created_at=NOON, duration_min=planned)
    exported = [
        everything(as_alice)["sessions"],
        list(csv.DictReader(io.StringIO(export(as_alice, "?format=csv").decode()))),
    ]
    for (row,) in exported:
        assert (row["status"], int(row["focus_min"])) == (status, minutes)
        assert row["ended_at"] == stamp(session.deadline)


@pytest.mark.parametrize(
    ("query", "content_type", "name"),
    [
        ("", "application/json", "focusguard-2026-01-18.json"),
        ("?format=json", "application/json", "focusguard-2026-01-18.json"),
        (
            "?format=csv",
            "text/csv; charset=utf-8",
            "focusguard-sessions-2026-01-18.csv",
        ),
    ],
)
def test_export_is_a_file(time_machine, sign_in, alice, query, content_type, name):
    time_machine.move_to(NOON, tick=False)
    answer = sign_in(alice).get(URL + query)
    assert answer.headers["Content-Type"] == content_type
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["Cache-Control"] == "no-store"
    body = b"".join(answer.streaming_content)
    assert int(answer.headers["Content-Length"]) == len(body)


@pytest.mark.parametrize("query", ["?format=xml", "?format=", "?format=csv&format=csv"])
def test_export_knows_two_formats(as_alice, query):
    assert refusal(as_alice.get(URL + query)) == (400, "INVALID_PARAMETER")


def test_export_is_for_the_signed_in(anonymous):
    assert anonymous.get(URL).status_code == 401


def test_head_tells_the_length_and_sends_nothing(as_alice):
    bearer = {"Authorization": f"Bearer {as_alice.signed_in.access_token}"}
    answer = Client().head(URL, headers=bearer)
    assert answer.status_code == 200
    assert int(answer.headers["Content-Length"]) > 0
    assert answer.getvalue() == b""


def test_a_fault_on_the_way_sends_no_half_document(as_alice, monkeypatch):
    def fail(user_id):
        yield {"id": 1}
        raise OSError("the disk is full")

    monkeypatch.setattr(documents.sections, "sessions", fail)
    as_alice.raise_request_exception = False
    answer = as_alice.get(URL + "?format=csv")
    assert refusal(answer) == (500, "INTERNAL_ERROR")


def test_a_second_export_at_once_is_told_to_come_again(as_alice, alice, bob, sign_in):
    with key_held_elsewhere(f"export:{alice.pk}"):
        for query in ("", "?format=csv"):
            answer = as_alice.get(URL + query)
            assert refusal(answer) == (429, "EXPORT_RUNNING")
            assert answer.headers["Retry-After"] == "2"
        assert everything(sign_in(bob))["user"]["username"] == bob.username
    assert everything(as_alice)["user"]["username"] == alice.username


def test_an_export_waits_for_no_place_in_its_worker(as_alice, monkeypatch):
    monkeypatch.setattr(turns, "_places", BoundedSemaphore(1))
    with turns._places:
        answer = as_alice.get(URL)
        assert refusal(answer) == (503, "EXPORT_BUSY")
        assert answer.headers["Retry-After"] == "2"
    assert everything(as_alice)
    # Refused or made, an export gives its place back.
    assert everything(as_alice)


@pytest.mark.parametrize("counters", ["counters", "counters-postgres"])
def test_exports_have_a_limit_of_their_own(
    as_alice, alice, bob, sign_in, settings, counters
):
    settings.RATE_LIMIT_ENABLED, settings.RATE_LIMIT_PER_MINUTE = True, 10_000
    settings.RATELIMIT_USE_CACHE = counters
    with key_held_elsewhere(f"export:{alice.pk}"):
        # What is refused for another reason does not count.
        assert as_alice.get(URL).status_code == 429
    for _ in range(turns.LIMIT):
        assert everything(as_alice)
    answer = as_alice.get(URL)
    assert refusal(answer) == (429, "EXPORT_RATE_LIMITED")
    assert 0 < int(answer.headers["Retry-After"]) <= turns.WINDOW
    assert everything(sign_in(bob))
    assert as_alice.get("/api/users/me").status_code == 200


def test_a_counter_that_was_lost_refuses_no_export(as_alice, settings):
    settings.RATE_LIMIT_ENABLED = True
    settings.RATELIMIT_USE_CACHE = "counters-postgres"
    assert everything(as_alice)
    RateCounter.objects.all().delete()
    assert everything(as_alice)


def test_statements_do_not_grow_with_the_rows(
    as_alice, alice, django_assert_num_queries
):
    for count in (1, 50):
        many_sessions(alice, count, since=NOON)
        # The token, two locks between two savepoints, nineteen kinds of rows, and the
        # names of the labels for two of them.
        with django_assert_num_queries(26):
            export(as_alice)
        FocusSession.objects.all().delete()


def test_memory_does_not_grow_with_the_rows(db):
    peaks = []
    for count in (2_000, 6_000):
        user = UserFactory()
        many_sessions(user, count, since=NOON)
        tracemalloc.start()
        documents.json_document(user.pk, NOON, picture={}).close()
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0]
