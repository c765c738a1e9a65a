"""Imports in the background: the dry run of a file, its rows, their undoing."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from accounts import services as account_services
from importing import services, steps
from importing.exceptions import DayFirstNeeded, ImportNotReady, ImportRunning
from importing.models import Import, Status
from importing.tests import files
from importing.tests.factories import ImportFactory
from sessions_app.models import Entry, Label
from sessions_app.models.label import Color
from sessions_app.tests.factories import FocusSessionFactory
from stats import proof
from stats.services import rebuild_stats
from tests.harness.clock import NOON

pytestmark = pytest.mark.django_db

NEXT_YEAR = NOON.replace(year=NOON.year + 1)


@pytest.fixture(autouse=True)
def _later(time_machine):
    """The files are of 2026, and of the past."""
    time_machine.move_to(NEXT_YEAR, tick=False)


@pytest.fixture(autouse=True)
def _figures_hold():
    yield
    assert proof.prove(found=lambda line: None).holds


def received(user, raw, **how):
    return services.receive(user_id=user.pk, raw=raw, zone="Europe/Berlin", **how)


def tried(user, raw, **how):
    """Upload a file and let it be tried; return the import as it stands."""
    new = received(user, raw, **how)
    steps.read(new.pk)
    new.refresh_from_db()
    return new


def applied(user, raw, **how):
    ready = tried(user, raw, **how)
    services.apply(user_id=user.pk, import_id=ready.pk)
    steps.apply(ready.pk)
    ready.refresh_from_db()
    return ready


def undone(found):
    services.undo(user_id=found.user_id, import_id=found.pk)
    steps.undo(found.pk)
    found.refresh_from_db()
    return found


def told(user):
    """List (at in UTC or day, minutes, label, note) of the user's entries, oldest first."""
    entries = Entry.objects.for_user(user.pk).select_related("label")
    return [
        (
            f"{entry.at:%Y-%m-%d %H:%M}" if entry.ended_at else str(entry.local_date),
            entry.minutes,
            entry.label.name if entry.label else None,
            entry.note,
        )
        for entry in entries.order_by("at", "id")
    ]


def lines(faults):
    return {fault["line"]: fault["reason"] for fault in faults}


def test_dry_run_tells_what_would_become_of_a_file(alice):
    ready = tried(alice, files.FOREST)
    assert (ready.status, ready.source) == (Status.READY, "forest")
    assert ready.report == {
        "fault": None,
        "rows": 3,
        "accepted": 2,
        "duplicates": 0,
        "skipped": 1,
        "rejected_count": 0,
        "rejected": [],
        "first_date": "2026-01-21",
        "last_date": "2026-01-29",
        "minutes": 55,
        "labels": ["Study"],
        "shortened": 0,
        "ignored_columns": ["tree type"],
        "ambiguous_dates": False,
        "readings": None,
    }
    assert not Entry.objects.exists()
    assert not Label.objects.exists()


def test_applied_rows_are_entries_with_their_labels(alice):
    done = applied(alice, files.GENERIC)
    assert done.status == Status.APPLIED
    assert done.applied_at == NEXT_YEAR
    assert done.raw is None
    assert done.outcome == {
        "accepted": 2,
        "duplicates": 0,
        "rejected_count": 0,
        "rejected": [],
    }
    assert told(alice) == [
        ("2026-01-02 08:00", 25, "Study", "Chapter 3"),
        ("2026-01-02 10:00", 25, None, ""),
    ]
    entry = Entry.objects.first()
    assert (entry.source, entry.import_id) == ("import", done.pk)
    assert entry.timezone == "Europe/Berlin"


def test_a_label_that_is_there_is_taken_whatever_its_case(alice):
    study = Label.objects.create(
        user=alice, name="STUDY", color=Color.TEAL, created_at=NOON
    )
    applied(alice, files.GENERIC)
    assert Label.objects.get() == study
    assert Entry.objects.filter(label=study).count() == 1


@pytest.mark.parametrize(
    "raw", [files.FOREST, files.POMOFOCUS, files.SUPER_PRODUCTIVITY, files.GENERIC]
)
def test_a_file_that_is_imported_twice_adds_nothing(alice, raw):
    first = applied(alice, raw)
    before = told(alice)
    again = tried(alice, raw)
    assert again.report["duplicates"] == first.report["accepted"]
    assert again.report["accepted"] == again.report["minutes"] == 0
    services.apply(user_id=alice.pk, import_id=again.pk)
    steps.apply(again.pk)
    again.refresh_from_db()
    assert again.outcome["duplicates"] == first.outcome["accepted"]
    assert told(alice) == before


def test_a_longer_export_adds_what_is_new(alice):
    applied(alice, files.POMOFOCUS)
    again = applied(alice, files.POMOFOCUS + b"20260301,Thesis,Chapter 3,25\n")
    assert (again.outcome["accepted"], again.outcome["duplicates"]) == (1, 3)
    assert len(told(alice)) == 4


def test_an_import_is_undone_as_a_whole_and_can_come_again(alice):
    """Caught: keys that outlive their rows, by which all are duplicates."""
    applied(alice, files.POMOFOCUS)
    by_hand = told(alice)
    second = applied(alice, files.GENERIC)
    assert undone(second).status == Status.UNDONE
    assert second.undone_at == NEXT_YEAR
    assert told(alice) == by_hand
    assert [label.name for label in Label.objects.all()] == ["Thesis"]
    assert applied(alice, files.GENERIC).outcome["accepted"] == 2


def test_labels_that_are_used_otherwise_stay_when_an_import_is_undone(alice):
    done = applied(alice, files.GENERIC)
    study = Label.objects.get()
    FocusSessionFactory(user=alice, label=study)
    undone(done)
    assert Label.objects.get() == study


def test_undoing_leaves_other_entries_and_other_users(alice, bob):
    applied(bob, files.GENERIC)
    before = told(bob)
    done = applied(alice, files.DAYS)
    Entry.objects.filter(import_id=done.pk).first().delete()
    undone(done)
    assert told(alice) == []
    assert told(bob) == before


def test_rows_whose_time_is_taken_are_refused_by_the_dry_run_and_after(alice):
    """A session of 10:00 to 10:25 in Berlin; touching it is fine."""
    FocusSessionFactory(
        user=alice, created_at=datetime(2026, 1, 2, 9, tzinfo=UTC), done=True
    )
    rebuild_stats(user_id=alice.pk)
    times = ("09:50 10:05", "09:40 10:00", "10:24 10:50", "10:25 10:50")
    pairs = [pair.split() for pair in times]
    lines_ = [f"2026-01-02 {start},2026-01-02 {end}" for start, end in pairs]
    done = applied(alice, "\n".join(["start,end", *lines_]).encode())
    for found in (done.report, done.outcome):
        assert found["accepted"] == 2
        assert lines(found["rejected"]) == {2: "time_taken", 4: "time_taken"}


def test_rows_that_overlap_in_the_file_itself(alice):
    raw = (
        b"start,end\n2026-01-02 09:00,2026-01-02 10:00\n"
        b"2026-01-02 09:30,2026-01-02 10:30\n2026-01-02 10:00,2026-01-02 10:30\n"
    )
    done = applied(alice, raw)
    for found in (done.report, done.outcome):
        assert (found["accepted"], lines(found["rejected"])) == (2, {3: "time_taken"})


def test_a_day_has_no_more_minutes_than_it_has(alice):
    raw = (
        b"date,minutes\n2026-01-02,720\n2026-01-02,700\n2026-01-02,21\n2026-01-02,20\n"
    )
    done = applied(alice, raw)
    for found in (done.report, done.outcome):
        assert (found["accepted"], lines(found["rejected"])) == (3, {4: "time_taken"})


def test_labels_beyond_the_hundred_are_refused_by_their_rows(alice):
    for n in range(99):
        Label.objects.create(user=alice, name=f"l{n}", color=Color.RED, created_at=NOON)
    raw = (
        b"date,minutes,label\n2026-01-02,25,new\n2026-01-02,25,one more\n"
        b"2026-01-02,25,L5\n2026-01-02,25,NEW\n"
    )
    done = applied(alice, raw)
    for found in (done.report, done.outcome):
        assert found["accepted"] == 3
        assert lines(found["rejected"]) == {3: "too_many_labels"}
    assert Label.objects.count() == 100


def test_names_that_differ_by_case_are_one_label(alice):
    """Room for two is room for two: a second spelling takes none."""
    for n in range(98):
        Label.objects.create(user=alice, name=f"l{n}", color=Color.RED, created_at=NOON)
    raw = (
        "date,minutes,label\n2026-01-02,25,Äther\n2026-01-02,25,äTHER\n2026-01-02,25,x\n"
    ).encode()
    done = applied(alice, raw)
    for found in (done.report, done.outcome):
        assert (found["accepted"], found["rejected_count"]) == (3, 0)
    assert done.report["labels"] == ["Äther", "x"]
    assert Label.objects.filter(name__in=["Äther", "x"]).count() == 2


def test_a_label_is_one_line_that_can_be_seen(alice):
    done = applied(alice, 'date,minutes,label\n2026-01-02,25,"a\x07\u202eb"\n'.encode())
    assert done.report["labels"] == ["a b"]


def test_a_row_that_is_refused_makes_no_label(alice):
    raw = b"date,minutes,label\n2026-01-02,720,a\n2026-01-02,720,b\n2026-01-02,20,c\n"
    done = applied(alice, raw)
    assert done.report["labels"] == ["a", "b"]
    assert {label.name for label in Label.objects.all()} == {"a", "b"}


def test_ambiguous_dates_are_shown_both_ways_and_have_to_be_told(alice):
    ready = tried(alice, files.days("03/04/2026", "03/05/2026"))
    assert ready.report["ambiguous_dates"]
    readings = ready.report["readings"]
    assert [
        (order, shown["first_date"], shown["last_date"])
        for order, shown in readings.items()
    ] == [
        ("day_first", "2026-04-03", "2026-05-03"),
        ("month_first", "2026-03-04", "2026-03-05"),
    ]
    with pytest.raises(DayFirstNeeded):
        services.apply(user_id=alice.pk, import_id=ready.pk)
    services.apply(user_id=alice.pk, import_id=ready.pk, day_first=False)
    steps.apply(ready.pk)
    assert [day for day, *_ in told(alice)] == ["2026-03-04", "2026-03-05"]
    # Answered as done, the other order would be taken for the one that holds.
    with pytest.raises(ImportNotReady):
        services.apply(user_id=alice.pk, import_id=ready.pk, day_first=True)
    services.apply(user_id=alice.pk, import_id=ready.pk, day_first=False)


def test_lines_that_are_not_taken_are_told_of_each_order(alice):
    """Caught: dates read month first were counted as refused, and nobody told which."""
    ready = tried(alice, files.days("11/25/2025", "03/04/2025", "25/11/2025"))
    assert {
        order: shown["rejected"] for order, shown in ready.report["readings"].items()
    } == {
        "day_first": [{"line": 2, "reason": "date"}],
        "month_first": [{"line": 4, "reason": "date"}],
    }
    assert ready.report["rejected"] == [{"line": 2, "reason": "date"}]


def test_an_order_that_was_told_with_the_file_needs_no_other(alice):
    done = applied(alice, files.days("03/04/2026"), day_first=True)
    assert not done.report["ambiguous_dates"]
    assert [day for day, *_ in told(alice)] == ["2026-04-03"]


def test_file_of_which_nothing_can_be_taken_has_failed(alice):
    failed = tried(alice, b"\x1f\x8b\x08")
    assert (failed.status, failed.raw) == (Status.FAILED, None)
    assert failed.report["fault"] == "not_text"
    with pytest.raises(ImportNotReady):
        services.apply(user_id=alice.pk, import_id=failed.pk)
    assert tried(alice, files.DAYS).status == Status.READY


def test_steps_are_harmless_to_repeat(alice):
    done = applied(alice, files.GENERIC)
    for step in (steps.read, steps.apply, steps.undo):
        step(done.pk)
    done.refresh_from_db()
    assert done.status == Status.APPLIED
    assert len(told(alice)) == 2


class Killed(BaseException):
    pass


@pytest.fixture
def killed_after(monkeypatch):
    """Let a step be killed when so many of its transactions have been committed."""

    def arrange(count, what="_apply_some"):
        done = []
        some = getattr(steps, what)

        def counted(*args):
            if len(done) == count:
                raise Killed
            done.append(1)
            return some(*args)

        monkeypatch.setattr(steps, what, counted)

    return arrange


def test_an_import_that_was_killed_goes_on_where_it_was(
    alice, monkeypatch, killed_after
):
    """Caught: rows that are told as duplicates, since the one before had added them."""
    monkeypatch.setattr(steps, "AT_A_TIME", 10)
    ready = tried(alice, files.many(55))
    services.apply(user_id=alice.pk, import_id=ready.pk)
    with monkeypatch.context() as patch:
        killed_after(2)
        with pytest.raises(Killed):
            steps.apply(ready.pk)
        patch.undo()
    monkeypatch.undo()
    ready.refresh_from_db()
    assert ready.position == ready.outcome["accepted"] == Entry.objects.count() == 20
    steps.apply(ready.pk)
    ready.refresh_from_db()
    assert ready.status == Status.APPLIED
    assert (ready.outcome["accepted"], ready.outcome["duplicates"]) == (55, 0)


def test_an_import_that_is_undone_while_it_is_applied(alice, monkeypatch):
    monkeypatch.setattr(steps, "AT_A_TIME", 10)
    ready = tried(alice, files.many(55))
    services.apply(user_id=alice.pk, import_id=ready.pk)
    some = steps._apply_some

    def undo_in_between(*args):
        more = some(*args)
        if Entry.objects.count() == 20:
            services.undo(user_id=alice.pk, import_id=ready.pk)
        return more

    monkeypatch.setattr(steps, "_apply_some", undo_in_between)
    steps.apply(ready.pk)
    assert Entry.objects.count() == 20
    steps.undo(ready.pk)
    ready.refresh_from_db()
    assert ready.status == Status.UNDONE
    assert told(alice) == []
    assert not Label.objects.exists()


def test_a_file_that_kills_its_worker_is_given_up(alice, monkeypatch):
    new = received(alice, files.DAYS)

    def kill(*args):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(steps, "file_of", kill)
        for _ in range(steps.MOST_TRIES):
            with pytest.raises(Killed):
                steps.read(new.pk)
    steps.read(new.pk)
    new.refresh_from_db()
    assert (new.status, new.report["fault"]) == (Status.FAILED, "given_up")


def test_what_was_applied_of_a_file_that_was_given_up_can_be_undone(alice):
    done = applied(alice, files.DAYS)
    Import.objects.filter(pk=done.pk).update(status=Status.FAILED, applied_at=None)
    assert undone(done).status == Status.UNDONE
    assert told(alice) == []


@pytest.mark.parametrize("status", [Status.READING, Status.READY])
def test_an_import_that_made_nothing_is_undone_at_once(alice, status):
    waiting = ImportFactory(user=alice, status=status)
    services.undo(user_id=alice.pk, import_id=waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.raw) == (Status.UNDONE, None)
    for step in (steps.read, steps.apply, steps.undo):
        step(waiting.pk)
    waiting.refresh_from_db()
    assert waiting.status == Status.UNDONE


def test_an_import_is_not_undone_beside_another_that_has_not_ended(alice):
    done = applied(alice, files.DAYS)
    other = ImportFactory(user=alice)
    with pytest.raises(ImportRunning) as running:
        services.undo(user_id=alice.pk, import_id=done.pk)
    assert running.value.errors == {"import_id": [str(other.pk)]}


def test_an_account_that_is_deleted_takes_its_import_along(alice):
    ready = tried(alice, files.DAYS)
    services.apply(user_id=alice.pk, import_id=ready.pk)
    account_services.delete_account(user=alice)
    for step in (steps.read, steps.apply, steps.undo):
        step(ready.pk)
    assert not Import.objects.exists()
    assert not Entry.objects.exists()


def test_a_deactivated_account_gets_what_it_asked_for(alice):
    ready = tried(alice, files.DAYS)
    services.apply(user_id=alice.pk, import_id=ready.pk)
    account_services.deactivate_user(user=alice)
    steps.apply(ready.pk)
    assert len(told(alice)) == 2


def test_entries_move_no_figure_of_others_eyes(alice):
    before = (alice.xp_points, alice.updated_at)
    applied(alice, files.FOREST)
    alice.refresh_from_db()
    assert (alice.xp_points, alice.updated_at) == before


def test_a_row_of_this_moment_is_judged_as_of_when_its_file_came(
    alice, time_machine, monkeypatch
):
    """Caught: a row that was yet to come, and then shifts the others by one."""
    monkeypatch.setattr(steps, "AT_A_TIME", 1)
    soon = timezone.now() + timedelta(minutes=1)
    raw = (
        f"start,minutes\n{soon:%Y-%m-%dT%H:%MZ},1\n2026-01-02 09:00,25\n"
        "2026-01-02 10:00,25\n"
    ).encode()
    ready = tried(alice, raw)
    services.apply(user_id=alice.pk, import_id=ready.pk)
    time_machine.shift(timedelta(hours=1))
    steps.apply(ready.pk)
    ready.refresh_from_db()
    assert ready.outcome["accepted"] == ready.report["accepted"] == 2
