"""A streak that forgives: what protects it, what ends it, and that more is never less."""

import random
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from stats import moves
from stats.kept import FREEZE, MOST_ENERGY, kept, standing
from stats.moves import Focus, at_home, fold_log
from stats.streaks import fold
from tests.model.reference import kept_by_days

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
FIRST = date(2026, 11, 2)  # a Monday
MARKS = "#.o"


def nothing(day):
    return None


def day_of(number):
    """Return a day of November 2026."""
    return date(2026, 11, number)


def span(first, last):
    return [day_of(number) for number in range(first, last + 1)]


def weekend(day):
    return "rest" if day.weekday() >= 5 else None


# the worked examples


@pytest.mark.parametrize(
    ("today", "length", "freezes", "frozen", "last_chance"),
    [
        (15, 14, 2, [], 18),
        (16, 14, 2, [], 18),
        (17, 14, 1, [16], 18),
        (18, 14, 0, [16, 17], 18),
        (19, 0, 0, [], None),
        (30, 0, 0, [], None),
    ],
)
def test_fourteen_days_last_two_missed_ones(
    today, length, freezes, frozen, last_chance
):
    run = kept(span(2, 15), nothing, day_of(today))
    assert (run.length, run.best, run.freezes) == (length, 14, freezes)
    assert run.protected == tuple((day_of(number), FREEZE) for number in frozen)
    assert run.last_chance == (last_chance and day_of(last_chance))


def test_days_of_rest_neither_end_a_run_nor_add_to_it():
    workdays = [day for day in span(2, 20) if not weekend(day)]
    run = kept(workdays, weekend, day_of(21))
    assert (run.length, run.freezes, run.last_chance) == (15, 2, day_of(25))
    rested = [(day_of(number), "rest") for number in (7, 8, 14, 15)]
    assert run.protected == tuple(rested)
    assert kept(workdays, nothing, day_of(21)).length == 5


def test_a_day_that_arrives_late_gives_its_freeze_back():
    days = [*span(2, 8), day_of(10)]
    spent = kept(days, nothing, day_of(10))
    assert (spent.length, spent.freezes, spent.frozen) == (8, 0, {day_of(9)})
    back = kept([*days, day_of(9)], nothing, day_of(10))
    assert (back.length, back.freezes, back.frozen) == (9, 1, frozenset())


def test_what_was_frozen_before_a_run_ended_is_known_and_protects_no_more():
    run = kept([*span(2, 8), day_of(20)], nothing, day_of(20))
    assert run.frozen == {day_of(9)}
    assert (run.length, run.best, run.protected) == (1, 7, ())


def test_nothing_is_kept_without_focus():
    run = kept([], weekend, day_of(20))
    assert (run.length, run.best, run.freezes, run.last_chance) == (0, 0, 0, None)


def test_what_comes_after_today_is_not_counted():
    assert kept(span(2, 12), nothing, day_of(4)).length == 3


def test_a_run_that_is_off_for_ever_has_no_last_chance():
    assert kept(span(2, 3), lambda day: "away", day_of(9)).last_chance is None


@pytest.mark.parametrize(
    ("focused", "to_next"), [(1, 6), (6, 1), (7, 7), (13, 1), (14, None), (40, None)]
)
def test_days_to_the_next_freeze(focused, to_next):
    days = [FIRST + n * DAY for n in range(focused)]
    assert kept(days, nothing, days[-1]).focused_days_to_next == to_next


# any history


class History:
    """A text of days: `#` focus, `o` off, `.` neither; today comes after the last."""

    def __init__(self, marks):
        self.marks = marks
        self.today = FIRST + len(marks) * DAY

    def days(self, mark):
        return {FIRST + n * DAY for n, one in enumerate(self.marks) if one == mark}

    def fold(self, rule=kept):
        off = self.days("o")
        return rule(
            self.days("#"), lambda day: "away" if day in off else None, self.today
        )

    def with_more(self, rng):
        """Return it with focus, or a day off, where there was nothing."""
        place = rng.choice([n for n, mark in enumerate(self.marks) if mark == "."])
        return History(self.marks[:place] + rng.choice("#o") + self.marks[place + 1 :])


def random_history(rng):
    weights = rng.choice([(8, 1, 1), (5, 1, 0), (20, 1, 1), (1, 1, 1)])
    return History("".join(rng.choices(MARKS, weights, k=rng.randint(1, 60))))


def figures(run):
    return run.length, run.best, run.freezes


def require_more_is_never_less(rule, count, rng):
    for _ in range(count):
        before = random_history(rng)
        if "." not in before.marks:
            continue
        after = before.with_more(rng)
        less = zip(figures(before.fold(rule)), figures(after.fold(rule)), strict=True)
        assert all(one <= other for one, other in less), (before.marks, after.marks)


def every_seventh_day(days, off, today):
    """The usual rule: a freeze at every seventh day, lost where two are held."""
    length = best = freezes = 0
    day = min(days, default=today)
    while day < today:
        if day in days:
            length += 1
            if length % 7 == 0:
                freezes = min(2, freezes + 1)
            best = max(best, length)
        elif not off(day):
            if freezes:
                freezes -= 1
            else:
                length = 0
        day += DAY
    return SimpleNamespace(length=length, best=best, freezes=freezes)


def test_more_focus_and_more_days_off_never_lower_anything():
    require_more_is_never_less(kept, 1000, random.Random(1))


def test_the_usual_rule_of_freezes_lowers_a_streak_by_more_focus():
    """The usual rule is seen failing here, so that the test above is known to catch it."""
    fewer, more = ".####################.#..", "#####################.#.."
    assert History(fewer).fold(every_seventh_day).length == 21
    assert History(more).fold(every_seventh_day).length == 0
    assert History(more).fold().length >= History(fewer).fold().length
    with pytest.raises(AssertionError):
        require_more_is_never_less(every_seventh_day, 20_000, random.Random(1))


def require_the_naive_rules(count, rng):
    for _ in range(count):
        history = random_history(rng)
        focused, off = history.days("#"), history.days("o")
        run = history.fold()
        naive = kept_by_days(focused, dict.fromkeys(off, "away"), history.today)
        assert figures(run) == naive[:3], history.marks
        assert dict(run.protected) == naive[3], history.marks
        assert run.last_chance == naive[4], history.marks
        assert 0 <= run.energy <= MOST_ENERGY
        # Never below the streak of the boards, which nothing protects.
        strict = fold(focused)
        assert run.length >= strict.current(history.today)
        assert run.best >= strict.best


def test_fold_equals_the_naive_rules():
    require_the_naive_rules(600, random.Random(2))


@pytest.mark.slow
def test_ten_thousand_histories_equal_the_naive_rules():
    rng = random.Random()
    require_the_naive_rules(10_000, rng)
    require_more_is_never_less(kept, 10_000, rng)


def test_order_of_arrival_is_nothing():
    rng = random.Random(3)
    for _ in range(50):
        history = random_history(rng)
        days = [*history.days("#"), *history.days("#")]
        rng.shuffle(days)
        assert kept(days, nothing, history.today) == kept(
            sorted(days), nothing, history.today
        )


# the moment at which it is over


# Clocks that change at midnight, by half an hour, and not at all.
ZONES = [
    ("America/Santiago", date(2026, 9, 5)),
    ("America/Santiago", date(2026, 4, 4)),
    ("Africa/Cairo", date(2026, 4, 23)),
    ("Asia/Beirut", date(2026, 3, 28)),
    ("Australia/Lord_Howe", date(2026, 4, 4)),
    ("Europe/Berlin", date(2026, 3, 28)),
    ("America/Havana", date(2026, 10, 31)),
    ("Pacific/Kiritimati", date(2026, 1, 17)),
    ("Asia/Kathmandu", date(2026, 1, 17)),
]


@pytest.mark.parametrize(("zone", "changed"), ZONES)
@pytest.mark.parametrize("before", range(4))
@pytest.mark.parametrize("count", [1, 7, 14])
def test_a_streak_lives_until_its_moment_and_not_at_it(zone, changed, before, count):
    """Caught: midnight in UTC, and a last day of 24 hours whatever its zone says."""
    last = changed - before * DAY
    days = [last - n * DAY for n in range(count)]
    strict = at_home(fold(days), zone)

    def told(moment):
        today = moment.astimezone(ZoneInfo(zone)).date()
        return standing(kept(days, nothing, today), strict, moment, zone)

    now = moves.midnight(last, zone)
    over = told(now).at_risk_until
    assert over == moves.midnight(last + (2 + count // 7) * DAY, zone)
    assert told(over - SECOND) == (count, count, over)
    assert told(over) == (0, count, None)


def test_a_journey_lowers_no_kept_streak_below_the_strict_one():
    """From Honolulu's Monday to Auckland's Wednesday: Tuesday did not happen."""

    def focus(day, hour, zone):
        local = datetime(2026, 1, day, hour, tzinfo=ZoneInfo(zone))
        return Focus(local.astimezone(UTC), local.date(), zone)

    log = [focus(day, 20, "Pacific/Honolulu") for day in (10, 11, 12)]
    log += [focus(day, 9, "Pacific/Auckland") for day in (14, 15)]
    today = date(2026, 1, 15)
    run = kept([one.day for one in log], nothing, today)
    assert run.length == 2
    strict = fold_log(log)
    told = standing(run, strict, log[-1].at, "Pacific/Auckland")
    assert (told.length, told.best) == (5, 5)
    assert told.at_risk_until == moves.midnight(today + 2 * DAY, "Pacific/Auckland")


def test_a_run_of_the_strict_streak_lives_on_in_a_zone_that_is_ahead():
    """On Monday evening in Samoa it is Wednesday in Kiritimati."""
    at = datetime(2026, 1, 13, 8, 0, tzinfo=UTC)
    zone = "Pacific/Pago_Pago"
    day = at.astimezone(ZoneInfo(zone)).date()
    strict = fold_log([Focus(at, day, zone)])
    now = datetime(2026, 1, 14, 10, 30, tzinfo=UTC)
    there = "Pacific/Kiritimati"
    today = now.astimezone(ZoneInfo(there)).date()
    assert today == day + 3 * DAY
    run = kept([day], nothing, today)
    assert run.length == 0
    assert standing(run, strict, now, there) == (1, 1, strict.until)
    assert standing(run, strict, strict.until, there) == (0, 1, None)
