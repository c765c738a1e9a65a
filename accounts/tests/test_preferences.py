"""Preferences: one row, written field by field; no row, and the defaults hold."""

import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import services
from accounts.models import Preferences
from accounts.preferences.bounds import RANGES, WORDS
from accounts.preferences.serializers import SpeciesField
from accounts.tests.factories import UserFactory
from garden import species
from sessions_app.focus_time import MAX_PLANNED_MINUTES
from tests.harness.answers import refusal
from tests.harness.clock import NOON, after
from tests.harness.database import breaks
from tests.harness.statements import statements

URL = "/api/users/me/preferences"

pytestmark = pytest.mark.django_db

DEFAULTS = {
    "language": "auto",
    "theme": "auto",
    "week_start": "mon",
    "clock": "auto",
    "focus_min": 25,
    "short_break_min": 5,
    "long_break_min": 15,
    "rounds": 4,
    "breaks": True,
    "auto_start": False,
    "bell": True,
    "ambient": "none",
    "volume": 40,
    "species": None,
    "shortcuts": True,
    "season": "auto",
    "friends_see": True,
    "show_awards": False,
    "notify_end": False,
    "notify_streak": False,
    "onboarded_at": None,
}


@pytest.fixture
def at_noon(time_machine, db, sign_in):
    """Register a user at noon, and sign it in."""
    time_machine.move_to(NOON, tick=False)
    return sign_in(UserFactory())


def patch(client, **changes):
    answer = client.patch(URL, changes)
    assert answer.status_code == 200, answer.content
    return answer.json()


def stamp(moment):
    return moment.isoformat().replace("+00:00", "Z")


def test_defaults_hold_since_the_day_of_the_account(at_noon, time_machine):
    time_machine.move_to(after(minutes=5), tick=False)
    expected = DEFAULTS | {"updated_at": stamp(NOON)}
    assert at_noon.get(URL).json() == expected
    assert not Preferences.objects.exists()


def test_what_is_left_out_stays(at_noon, time_machine):
    time_machine.move_to(after(minutes=5), tick=False)
    first = patch(at_noon, focus_min=50, theme="dark", species="Rose")
    expected = DEFAULTS | {"focus_min": 50, "theme": "dark", "species": "Rose"}
    assert first == expected | {"updated_at": stamp(after(minutes=5))}
    time_machine.move_to(after(minutes=6), tick=False)
    second = patch(at_noon, species=None, breaks=False)
    expected |= {"species": None, "breaks": False}
    assert second == expected | {"updated_at": stamp(after(minutes=6))}
    assert at_noon.get(URL).json() == second


def test_the_database_has_the_same_defaults(alice):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO preferences (user_id, updated_at) VALUES (%s, now())",
            [alice.pk],
        )
    kept = Preferences.objects.get()
    assert {name: getattr(kept, name) for name in DEFAULTS} == DEFAULTS


def test_a_write_touches_its_own_columns_alone(as_alice):
    """Caught: a row that is saved as a whole."""
    patch(as_alice, theme="dark")
    with CaptureQueriesContext(connection) as asked:
        patch(as_alice, clock="24h")
    (written,) = (query["sql"] for query in asked if query["sql"].startswith("UPDATE"))
    assert re.findall(r'"(\w+)" = ', written.partition(" WHERE ")[0]) == [
        "clock",
        "updated_at",
    ]


def test_onboarding_is_done_once(at_noon, time_machine):
    assert patch(at_noon, onboarded=True)["onboarded_at"] == stamp(NOON)
    time_machine.move_to(after(minutes=5), tick=False)
    assert patch(at_noon, onboarded=True)["onboarded_at"] == stamp(NOON)
    assert patch(at_noon, onboarded=False)["onboarded_at"] is None
    later = stamp(after(minutes=5))
    assert patch(at_noon, onboarded=True)["onboarded_at"] == later


@pytest.mark.parametrize(
    "changes",
    [
        {"unknown": 1},
        {"onboarded_at": "2026-01-18T12:00:00Z"},
        {"updated_at": "2026-01-18T12:00:00Z"},
        {"user_id": "a1111111-1111-1111-1111-111111111111"},
        {"theme": "blue"},
        {"theme": None},
        {"volume": None},
        {"breaks": "true"},
        {"breaks": 1},
        {"focus_min": "25"},
        {"focus_min": 25.0},
        {"focus_min": True},
        {"species": "Triffid"},
        {"species": ""},
        {"species": 7},
        *({name: bounds[0] - 1} for name, bounds in RANGES.items()),
        *({name: bounds[1] + 1} for name, bounds in RANGES.items()),
    ],
    ids=str,
)
def test_bad_preferences_are_refused_and_nothing_is_written(as_alice, changes):
    answer = as_alice.patch(URL, {"language": "de"} | changes)
    assert refusal(answer) == (422, "VALIDATION_ERROR")
    assert answer.json()["detail"]["errors"].keys() == changes.keys()
    assert not Preferences.objects.exists()


def test_a_change_of_nothing_is_refused(as_alice):
    assert refusal(as_alice.patch(URL, {})) == (422, "VALIDATION_ERROR")
    assert not Preferences.objects.exists()


def test_every_word_and_every_bound_is_taken(as_alice):
    for name, words in WORDS.items():
        for word in words:
            assert patch(as_alice, **{name: word})[name] == word
    for name, bounds in RANGES.items():
        for number in bounds:
            assert patch(as_alice, **{name: number})[name] == number
    for name in (name for name, value in DEFAULTS.items() if type(value) is bool):
        for value in (True, False):
            assert patch(as_alice, **{name: value})[name] is value


def test_bounds_are_those_of_the_apps_above():
    assert RANGES["focus_min"] == (1, MAX_PLANNED_MINUTES)
    assert [*SpeciesField().choices] == [kind.name for kind in species.ALL]


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        *(({name: "nonsense"}, f"preferences_{name}_known") for name in WORDS),
        *(
            ({name: most + 1}, f"preferences_{name}_range")
            for name, (_, most) in RANGES.items()
        ),
        ({"rounds": 1}, "preferences_rounds_range"),
        ({"species": ""}, "preferences_species_named"),
    ],
    ids=str,
)
def test_preferences_table_refuses(alice, change, constraint):
    with breaks(constraint):
        Preferences.objects.create(user=alice, updated_at=NOON, **change)


def test_preferences_of_nobody_are_refused_at_once():
    with breaks("preferences_user"):
        Preferences.objects.create(user_id=uuid.UUID(int=7), updated_at=NOON)


def test_a_deleted_account_keeps_no_preferences(as_alice, alice):
    patch(as_alice, theme="dark")
    services.delete_account(user=alice)
    assert not Preferences.objects.exists()
    assert refusal(as_alice.patch(URL, {"theme": "light"})) == (401, "TOKEN_INVALID")
    assert not Preferences.objects.exists()


def test_preferences_are_ones_own(as_alice, as_bob):
    patch(as_alice, theme="dark")
    assert as_bob.get(URL).json()["theme"] == "auto"


def test_preferences_queries(as_alice, django_assert_num_queries):
    # The device with its user; the row.
    assert statements(as_alice, URL) == 2
    for _ in range(2):
        # The device with its user; SAVEPOINT; the user's lock; the row; INSERT or
        # UPDATE; RELEASE.
        with django_assert_num_queries(6):
            as_alice.patch(URL, {"theme": "dark"})
