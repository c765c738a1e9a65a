"""Phases as a pure function; `tests/model` says them a second time."""

import json
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from sessions_app.rhythm import Break, Ended, Left, Phase, Rhythm, phase
from tests.harness.clock import NOON

USUAL = Rhythm(
    focus_min=25, short_break_min=5, long_break_min=15, rounds=4, breaks=True
)


def at(clock):
    return datetime.combine(NOON, time.fromisoformat(clock), NOON.tzinfo)


def minutes(count):
    return timedelta(minutes=count)


def kept(clock, planned=25):
    return ended(clock, planned, planned)


def ended(clock, credited, planned=25):
    """A session that was completed after so many minutes."""
    began = at(clock)
    return Ended(began, began + minutes(credited), planned, credited, given_up=False)


def given_up(clock, spent, planned=25):
    began = at(clock)
    return Ended(began, began + minutes(spent), planned, 0, given_up=True)


def now(log, clock, rhythm=USUAL, running=None):
    return phase(log, running and at(running), rhythm, at(clock))


def short(since, until, *, over=False):
    return Break("short", at(since), at(until), over)


def long(since, until, *, over=False):
    return Break("long", at(since), at(until), over)


FOUR = [kept("09:00"), kept("09:30"), kept("10:00"), kept("10:31")]
EARLY = [kept("09:00"), ended("09:30", 12)]
AND_THE_REST = [*EARLY, kept("09:50", 13)]


# The dashboard's phases tick on between two answers, and are tested by the same table.
CASES = json.loads(Path(__file__).with_name("cases.json").read_text())


def told(moment):
    """Return the phase that a line of the table tells."""
    pause, left = moment.get("break"), moment.get("left")
    return Phase(
        moment["phase"],
        moment["round"],
        pause and Break(pause[0], at(pause[1]), at(pause[2]), pause[3]),
        left and Left(left[0], at(left[1])),
    )


@pytest.mark.parametrize(
    ("log", "moment"),
    [
        pytest.param(case["log"], moment, id=f"{case['about']}, {moment['now']}")
        for case in CASES
        for moment in case["at"]
    ],
)
def test_phase_of_a_log(log, moment):
    done = [ended(one["began"], one["credited"], one["planned"]) for one in log]
    assert now(done, moment["now"]) == told(moment)


@pytest.mark.parametrize(
    ("log", "running", "number"),
    [
        ([], "09:00", 1),
        ([kept("09:00")], "09:30", 2),
        ([kept("09:00")], "10:00", 2),
        ([kept("09:00")], "10:01", 1),
        (EARLY, "09:50", 2),
        (EARLY, "10:12", 2),
        (EARLY, "10:13", 1),
        (AND_THE_REST, "10:10", 3),
        (FOUR, "11:00", 1),
        (FOUR[1:], "11:00", 4),
        ([given_up("09:00", 10)], "09:12", 1),
    ],
)
def test_round_that_runs(log, running, number):
    found = now(log, "12:00", running=running)
    assert found == Phase("focus", number)


def test_round_is_what_a_start_at_this_moment_would_begin():
    for log in (FOUR, EARLY, AND_THE_REST, [kept("09:00"), given_up("09:35", 3)]):
        for later in range(200):
            moment = log[-1].ended + minutes(later)
            told = phase(log, None, USUAL, moment).round
            assert phase(log, moment, USUAL, moment).round == told


def test_what_was_given_up_is_no_round_and_ends_the_break():
    log = [kept("09:00"), given_up("09:27", 1)]
    assert now(log, "09:28") == Phase("idle", 2)
    assert now(log, "10:00", running="10:00") == Phase("focus", 2)


def test_time_in_a_session_that_was_given_up_keeps_no_round_alive():
    """Open ones are given up after four hours that nobody has to have been there."""
    log = [kept("09:00"), given_up("09:30", 240, planned=None)]
    assert now(log, "13:31") == Phase("idle", 1)


def test_what_is_left_ends_with_the_next_session():
    assert now([*EARLY, given_up("09:50", 2)], "09:53") == Phase("idle", 2)


@pytest.mark.parametrize(
    ("credited", "name"), [(24, "idle"), (25, "break"), (240, "break")]
)
def test_an_open_session_is_a_round_from_the_minutes_of_one_on(credited, name):
    log = [ended("09:00", credited, planned=None)]
    found = phase(log, None, USUAL, log[0].ended)
    assert (found.name, found.left) == (name, None)


def test_a_break_that_was_cut_short_may_still_be_taken_as_a_whole():
    """Twelve of the minutes of a long break were worked: a start soon after goes on."""
    rhythm = Rhythm(25, 60, 60, 4, breaks=True)
    log = [kept("09:00"), ended("09:30", 12)]
    assert now(log, "10:40", rhythm, running="10:40") == Phase("focus", 2)


def test_rounds_begin_anew_after_a_gap_and_not_before():
    """The counter of a long break that knew no gap: the fourth was days later."""
    log = [kept("06:00"), kept("06:30"), kept("07:00"), kept("09:00")]
    assert now(log, "09:26") == Phase("break", 2, short("09:25", "09:30"))


def test_without_breaks_rounds_are_counted_and_nothing_follows_them():
    rhythm = Rhythm(25, 5, 15, 4, breaks=False)
    log = [kept("09:00")]
    assert now(log, "09:26", rhythm) == Phase("idle", 2)
    assert now(log, "09:55", rhythm) == Phase("idle", 2)
    assert now(log, "09:56", rhythm) == Phase("idle", 1)


def test_a_changed_rhythm_holds_for_the_break_that_runs():
    two = Rhythm(25, 5, 60, 2, breaks=True)
    log = [kept("09:00"), kept("09:30")]
    assert now(log, "09:56", two) == Phase("break", 1, long("09:55", "10:55"))
