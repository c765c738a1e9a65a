"""The rules of entries: free time only, days of 1440 minutes, one verdict a telling."""

import random
import uuid
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import User
from focusguard.api.exceptions import DomainError, FieldsRefused
from garden.models import Plant
from garden.services import plant_for_session
from sessions_app import services as sessions
from sessions_app.entries import services
from sessions_app.entries.exceptions import (
    ClientIdReused,
    EntryNotFound,
    TimeTaken,
    TooManyEntries,
)
from sessions_app.entries.tellings import Telling
from sessions_app.labels.services import delete_label
from sessions_app.models import Entry, FocusSession
from sessions_app.tests.factories import (
    FocusSessionFactory,
    LabelFactory,
)
from stats.models import UserStats
from stats.proof import accounts, prove
from tests.harness.clock import NOON, after

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_overlaps")]

SECOND = timedelta(seconds=1)
YESTERDAY = date(2026, 1, 17)
MORNING = datetime(2026, 1, 17, 8, tzinfo=UTC)


def tell(user, at=None, minutes=30, *, now=NOON, **more):
    telling = Telling(at=at, minutes=minutes, **more)
    return services.tell(user_id=user.pk, telling=telling, now=now)


def tell_day(user, minutes, day=YESTERDAY, **more):
    return tell(user, minutes=minutes, local_date=day, **more)


def refused(error, *args, **kwargs):
    """Return what the refusal names."""
    count = Entry.objects.count()
    with pytest.raises(error) as no:
        tell(*args, **kwargs)
    assert Entry.objects.count() == count
    return no.value.errors


def words(user, *tellings, now=NOON):
    verdicts = services.add(user_id=user.pk, tellings=tellings, now=now)
    return [verdict.word for verdict in verdicts]


@pytest.fixture
def nothing_overlaps(db):
    """Prove after each test what the database cannot hold itself."""
    yield
    (batch,) = accounts(batch_size=10)
    assert not any(account.overlaps for account in batch)


# telling


def test_entry_is_what_was_told(alice):
    alice.timezone = "Europe/Berlin"
    alice.save()
    label = LabelFactory(user=alice)
    at = datetime(2026, 1, 16, 23, 30, tzinfo=UTC)
    entry = tell(alice, at, 45, label_id=label.pk, note="On paper", source="offline")
    entry.refresh_from_db()
    assert (entry.at, entry.ended_at) == (at, at + timedelta(minutes=45))
    assert (entry.minutes, entry.local_date) == (45, YESTERDAY)
    assert (entry.timezone, entry.created_at) == ("Europe/Berlin", NOON)
    assert (entry.label_id, entry.note) == (label.pk, "On paper")
    assert (entry.source, entry.client_id) == ("offline", None)


@pytest.mark.parametrize("seconds", [-1, 0])
def test_time_that_touches_a_session_is_free(alice, seconds):
    """Before and after, exactly and by a second."""
    FocusSessionFactory(user=alice, created_at=MORNING, done=True)
    tell(alice, MORNING - timedelta(minutes=30) + seconds * SECOND)
    tell(alice, MORNING + timedelta(minutes=25) - seconds * SECOND)
    assert Entry.objects.count() == 2


@pytest.mark.parametrize("beside", ["session", "entry"])
@pytest.mark.parametrize(
    ("start", "minutes"),
    [
        (timedelta(minutes=-30) + SECOND, 30),
        (timedelta(minutes=25) - SECOND, 30),
        (timedelta(), 25),
        (timedelta(minutes=5), 1),
        (timedelta(hours=-5), 600),
    ],
    ids=["its first second", "its last second", "all", "within", "around"],
)
def test_time_that_a_record_takes_is_refused(alice, beside, start, minutes):
    if beside == "session":
        record = FocusSessionFactory(user=alice, created_at=MORNING, done=True)
    else:
        record = tell(alice, MORNING, 25)
    names = refused(TimeTaken, alice, MORNING + start, minutes)
    assert names == {"record_id": [str(record.pk)]}


def test_session_takes_the_minutes_that_it_was_credited(alice):
    """The session was completed 10 minutes and 40 seconds after its start."""
    session = sessions.start_session(user_id=alice.pk, duration_min=25, now=MORNING)
    sessions.complete_session(
        user_id=alice.pk,
        session_id=session.pk,
        now=MORNING + timedelta(minutes=10, seconds=40),
    )
    refused(TimeTaken, alice, MORNING + timedelta(minutes=10) - SECOND)
    tell(alice, MORNING + timedelta(minutes=10))


def test_session_that_runs_takes_its_time_until_now(alice):
    running = sessions.start_session(
        user_id=alice.pk, duration_min=25, now=after(minutes=-10)
    )
    names = refused(TimeTaken, alice, after(minutes=-12), 12)
    assert names == {"record_id": [str(running.pk)]}
    tell(alice, after(minutes=-40), 30)


@pytest.mark.parametrize("planned", [25, None], ids=["planned", "open"])
def test_time_of_a_session_that_was_given_up_is_free(alice, planned):
    session = sessions.start_session(
        user_id=alice.pk, duration_min=planned, now=MORNING
    )
    sessions.abandon_session(
        user_id=alice.pk, session_id=session.pk, now=MORNING + timedelta(minutes=20)
    )
    tell(alice, MORNING, 20)


def test_planned_session_past_its_deadline_takes_its_plan_unsettled(alice):
    """The session has ended, and is shown as completed (ADR 24)."""
    left = sessions.start_session(user_id=alice.pk, duration_min=25, now=MORNING)
    names = refused(TimeTaken, alice, MORNING + timedelta(minutes=24))
    assert names == {"record_id": [str(left.pk)]}
    tell(alice, MORNING + timedelta(minutes=25))
    # Its minutes are of the day too: 25, 30 and 720 of 1440.
    tell_day(alice, 720)
    assert "minutes" in refused(TimeTaken, alice, minutes=666, local_date=YESTERDAY)
    tell_day(alice, 665)


def test_open_session_that_was_left_takes_nothing_unsettled(alice):
    """The session has ended, and is shown as abandoned."""
    sessions.start_session(user_id=alice.pk, now=MORNING)
    deadline = MORNING + timedelta(hours=4)
    refused(TimeTaken, alice, MORNING, now=deadline - SECOND)
    tell(alice, MORNING, now=deadline)
    sessions.start_session(user_id=alice.pk, now=deadline)


def test_session_of_0_minutes_takes_nothing(alice):
    FocusSessionFactory(user=alice, created_at=MORNING, done=True, focus_min=0)
    tell(alice, MORNING - timedelta(minutes=10))


def test_longest_records_are_seen(alice):
    FocusSessionFactory(user=alice, created_at=MORNING, duration_min=480, done=True)
    refused(TimeTaken, alice, MORNING + timedelta(minutes=480) - SECOND, 1)
    day = MORNING - timedelta(days=3)
    tell(alice, day, 720)
    refused(TimeTaken, alice, day + timedelta(minutes=720) - SECOND, 1)
    tell(alice, day + timedelta(minutes=720), 1)


def test_time_of_somebody_else_is_free(alice, bob):
    FocusSessionFactory(user=bob, created_at=MORNING, done=True)
    tell(bob, MORNING + timedelta(hours=1))
    tell(alice, MORNING)
    tell(alice, MORNING + timedelta(hours=1))


def test_minutes_of_a_mere_day_are_in_nobodys_way(alice):
    tell_day(alice, 60)
    tell_day(alice, 60)
    tell(alice, MORNING.replace(hour=12), 60)


def test_a_day_has_1440_minutes_credited_and_told(alice):
    FocusSessionFactory(user=alice, created_at=MORNING, duration_min=60, done=True)
    tell(alice, MORNING.replace(hour=9), 720)
    tell_day(alice, 660)
    full = {"minutes": ["The day has no more than 1440, all told."]}
    assert refused(TimeTaken, alice, minutes=1, local_date=YESTERDAY) == full
    assert refused(TimeTaken, alice, MORNING.replace(hour=1), 1) == full
    # The next day is another.
    tell_day(alice, 720, day=date(2026, 1, 18))


def test_what_cannot_be_is_refused_at_its_field(alice, bob):
    label = LabelFactory(user=bob)
    names = refused(FieldsRefused, alice, NOON, label_id=label.pk)
    assert names.keys() == {"at", "label_id"}
    names = refused(FieldsRefused, alice, MORNING, label_id=uuid.uuid4())
    assert names.keys() == {"label_id"}


def test_50_000_entries_are_all(alice, monkeypatch):
    monkeypatch.setattr("sessions_app.entries.room.MAX_ENTRIES", 2)
    tell_day(alice, 1)
    assert words(
        alice,
        Telling(local_date=YESTERDAY, minutes=1),
        Telling(local_date=YESTERDAY, minutes=1),
    ) == ["accepted", "rejected"]
    refused(TooManyEntries, alice, MORNING)
    entry = Entry.objects.first()
    services.change_entry(
        user_id=alice.pk, entry_id=entry.pk, changes={"minutes": 2}, now=NOON
    )


# many at once


def named(name=None, at=MORNING, minutes=30, **more):
    return Telling(client_id=name or uuid.uuid4(), at=at, minutes=minutes, **more)


def test_each_telling_is_judged_by_those_before_it(alice):
    two_free = named(at=MORNING), named(at=MORNING + timedelta(minutes=30))
    between = named(at=MORNING + timedelta(minutes=15))
    assert words(alice, *two_free, between) == ["accepted", "accepted", "rejected"]
    more = (
        named(at=MORNING + timedelta(hours=2), minutes=720),
        Telling(local_date=YESTERDAY, minutes=660),
    )
    assert words(alice, *more, Telling(local_date=YESTERDAY, minutes=1)) == [
        *("accepted", "accepted", "rejected")
    ]


def test_what_is_sent_again_is_a_duplicate(alice):
    label = LabelFactory(user=alice)
    sent = [
        named(label_id=label.pk, note="ü", source="offline"),
        Telling(client_id=uuid.uuid4(), local_date=YESTERDAY, minutes=5),
    ]
    first = services.add(user_id=alice.pk, tellings=sent, now=NOON)
    again = services.add(user_id=alice.pk, tellings=sent, now=after(days=4000))
    assert [verdict.word for verdict in first] == ["accepted"] * 2
    assert [verdict.word for verdict in again] == ["duplicate"] * 2
    assert [one.entry.pk for one in again] == [one.entry.pk for one in first]
    assert words(alice, *sent, *sent) == ["duplicate"] * 4


def test_what_is_sent_twice_at_once_is_a_duplicate(alice):
    one = named()
    assert words(alice, one, one) == ["accepted", "duplicate"]


@pytest.mark.parametrize(
    "other",
    [
        {"minutes": 31},
        {"at": MORNING + SECOND},
        {"at": None, "local_date": YESTERDAY},
        {"note": "other"},
        {"source": "offline"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_name_of_another_content_is_refused(alice, other):
    """A phone that was cloned."""
    name = uuid.uuid4()
    (first,) = services.add(user_id=alice.pk, tellings=[named(name)], now=NOON)
    (again,) = services.add(user_id=alice.pk, tellings=[named(name, **other)], now=NOON)
    assert isinstance(again.refusal, ClientIdReused)
    assert again.refusal.errors == {"record_id": [str(first.entry.pk)]}


def test_name_of_a_refused_telling_is_free(alice):
    name = uuid.uuid4()
    assert words(alice, named(name, at=NOON), named(name)) == ["rejected", "accepted"]


def test_names_are_those_of_a_user(alice, bob):
    one = named()
    assert words(alice, one) == words(bob, one) == ["accepted"]


def test_a_mere_day_is_known_again_after_a_move(alice):
    """Its noon would be another one now."""
    one = Telling(client_id=uuid.uuid4(), local_date=YESTERDAY, minutes=5)
    assert words(alice, one) == ["accepted"]
    User.objects.filter(pk=alice.pk).update(timezone="Pacific/Kiritimati")
    assert words(alice, one) == ["duplicate"]


def test_a_telling_is_known_again_after_its_label_went(alice):
    label = LabelFactory(user=alice)
    one = named(label_id=label.pk)
    assert words(alice, one) == ["accepted"]
    delete_label(user_id=alice.pk, label_id=label.pk)
    assert words(alice, one) == ["duplicate"]


def test_row_of_a_file_is_told_once(alice):
    row = {"source": "import", "import_id": uuid.uuid4(), "import_key": b"\x01" * 32}
    one = Telling(at=MORNING, minutes=30, **row)
    assert words(alice, one, one) == ["accepted", "duplicate"]
    # Whatever became of it, and whichever import it comes by.
    Entry.objects.update(note="seen")
    row["import_id"] = uuid.uuid4()
    assert words(alice, Telling(at=MORNING, minutes=30, **row)) == ["duplicate"]


def test_day_of_a_telling_may_be_another_zones(alice):
    late = datetime(2026, 1, 16, 23, 30, tzinfo=UTC)
    entry = tell(alice, late, timezone="Europe/Berlin")
    assert (entry.local_date, entry.timezone) == (YESTERDAY, "Europe/Berlin")


def test_nothing_told_is_nothing_asked(alice):
    assert words(alice) == []


# correcting


@pytest.fixture
def entry(alice):
    return tell(alice, MORNING, 30)


def change(entry, *, now=NOON, **changes):
    return services.change_entry(
        user_id=entry.user_id, entry_id=entry.pk, changes=changes, now=now
    )


def test_entry_may_take_its_own_time(entry):
    changed = change(entry, minutes=45)
    changed.refresh_from_db()
    assert changed.ended_at == MORNING + timedelta(minutes=45)
    moved = change(entry, at=MORNING + timedelta(minutes=10))
    assert (moved.minutes, moved.local_date) == (45, YESTERDAY)


def test_entry_gets_and_loses_its_times(entry):
    day = change(entry, local_date=date(2026, 1, 16))
    day.refresh_from_db()
    assert (day.at, day.ended_at) == (datetime(2026, 1, 16, 12, tzinfo=UTC), None)
    timed = change(entry, at=MORNING)
    timed.refresh_from_db()
    assert (timed.ended_at, timed.minutes) == (MORNING + timedelta(minutes=30), 30)


def test_entry_is_not_moved_onto_another_record(alice, entry):
    other = tell(alice, MORNING + timedelta(minutes=30), 30)
    for changes in ({"minutes": 31}, {"at": MORNING + SECOND}):
        with pytest.raises(TimeTaken) as no:
            change(entry, **changes)
        assert no.value.errors == {"record_id": [str(other.pk)]}
    before = Entry.objects.values().get(pk=entry.pk)
    assert before["minutes"] == 30
    tell_day(alice, 720)
    with pytest.raises(TimeTaken):
        change(entry, local_date=YESTERDAY, minutes=720)
    assert Entry.objects.values().get(pk=entry.pk) == before


def test_correction_is_refused_at_its_field(entry, bob):
    for changes, name in (
        ({"at": NOON}, "at"),
        ({"local_date": date(2026, 1, 19)}, "local_date"),
        ({"label_id": LabelFactory(user=bob).pk}, "label_id"),
    ):
        with pytest.raises(FieldsRefused) as no:
            change(entry, **changes)
        assert no.value.errors.keys() == {name}
    with pytest.raises(FieldsRefused) as no:
        change(entry, minutes=31, now=MORNING + timedelta(minutes=30))
    assert no.value.errors.keys() == {"minutes"}


def test_words_of_an_entry_are_changed_whatever_its_time(entry, alice):
    """Ten years later its time could not be told any more."""
    label = LabelFactory(user=alice)
    later = after(days=4000)
    changed = change(entry, label_id=label.pk, note="kept", now=later)
    changed.refresh_from_db()
    assert (changed.label_id, changed.note) == (label.pk, "kept")
    assert change(entry, label_id=None, now=later).label_id is None


def test_day_of_an_entry_stays_in_the_zone_where_it_was_told(entry):
    User.objects.filter(pk=entry.user_id).update(timezone="Asia/Tokyo")
    late = datetime(2026, 1, 17, 22, tzinfo=UTC)
    assert change(entry, at=late).local_date == YESTERDAY


def test_entry_of_somebody_else_is_not_found(entry, bob):
    for act in (
        lambda **target: services.change_entry(**target, changes={"note": ""}),
        services.delete_entry,
    ):
        with pytest.raises(EntryNotFound):
            act(user_id=bob.pk, entry_id=entry.pk)
    assert Entry.objects.get() == entry


def test_deleted_entry_frees_its_time(entry, alice):
    services.delete_entry(user_id=alice.pk, entry_id=entry.pk)
    with pytest.raises(EntryNotFound):
        services.delete_entry(user_id=alice.pk, entry_id=entry.pk)
    tell(alice, MORNING)


# what entries do not move


def figures(user):
    """Return the figures of a user that others see, or that were earned."""
    row = User.objects.values("xp_points", "lvl").get(pk=user.pk)
    stats = UserStats.objects.filter(pk=user.pk).values().get()
    del stats["user_id"], stats["updated_at"]
    plants = Plant.objects.for_user(user.pk).order_by("plant_num")
    return row, stats, list(plants.values_list("plant_num", "growth_stage", "state"))


def focus_a_while(user, now):
    session = sessions.start_session(user_id=user.pk, duration_min=25, now=now)
    plant_for_session(
        user_id=user.pk, session_id=session.pk, plant_type="Rose", now=now
    )
    sessions.complete_session(
        user_id=user.pk, session_id=session.pk, now=now + timedelta(minutes=20)
    )


@pytest.mark.parametrize("operations", [80, pytest.param(1000, marks=pytest.mark.slow)])
def test_figures_are_as_without_entries(alice, bob, operations):
    """Bob does what Alice does, but tells nothing."""
    by_chance = random.Random(operations)  # reproducible
    now = NOON

    def telling():
        when = now - timedelta(minutes=by_chance.randrange(5000))
        times = (
            {"at": when} if by_chance.random() < 0.7 else {"local_date": when.date()}
        )
        return named(minutes=by_chance.randrange(1, 721), **{"at": None} | times)

    def some_entry():
        return by_chance.choice([*Entry.objects.all()] or [Entry(id=uuid.uuid4())])

    def act():
        kind = by_chance.randrange(4)
        if kind == 0:
            services.tell(user_id=alice.pk, telling=telling(), now=now)
        elif kind == 1:
            several = [telling() for _ in range(by_chance.randrange(1, 9))]
            services.add(user_id=alice.pk, tellings=several, now=now)
        elif kind == 2:
            told = telling()
            changes = {"at": told.at} if told.at else {"local_date": told.local_date}
            services.change_entry(
                user_id=alice.pk,
                entry_id=some_entry().pk,
                changes=changes | {"minutes": told.minutes},
                now=now,
            )
        else:
            services.delete_entry(user_id=alice.pk, entry_id=some_entry().pk)

    for step in range(operations):
        now += timedelta(minutes=by_chance.randrange(90))
        with suppress(DomainError):
            act()
        if step % 20 == 0:
            for user in (alice, bob):
                focus_a_while(user, now)
            now += timedelta(minutes=20)
    assert Entry.objects.exists()
    assert figures(alice) == figures(bob)
    assert FocusSession.objects.for_user(alice.pk).count() == -(-operations // 20)
    assert prove(found=print).holds
