"""Dates and times as programs write them, strictly: what could mean two days is not guessed.

`03/04/2026` is read by an order, day or month first, which all lines of a file have to
bear. Everything else says itself which number is what.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum
from zoneinfo import ZoneInfo

from importing.reading.reasons import LineFault, LineRefused


class Order(StrEnum):
    """The order of the numbers in `03/04/2026`."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


BOTH = frozenset(Order)

YEAR_FIRST = r"(?P<y>[0-9]{4})(?P<sep>[-/.])(?P<m>[0-9]{1,2})(?P=sep)(?P<d>[0-9]{1,2})"
PACKED = r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})"
YEAR_LAST = r"(?P<a>[0-9]{1,2})(?P<sep>[-/.])(?P<b>[0-9]{1,2})(?P=sep)(?P<y>[0-9]{4})"
WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? )?"
NAMED = (
    WEEKDAY + r"(?:(?P<d>[0-9]{1,2})(?:st|nd|rd|th)? (?P<name>[a-z]{3,9})\.?|"
    r"(?P<name2>[a-z]{3,9})\.? (?P<d2>[0-9]{1,2})(?:st|nd|rd|th)?),? (?P<y>[0-9]{4})"
)
TIME = r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]{1,9})?)?(?: ?(?P<half>[ap])\.?m\.?)?"
OFFSET = r"(?P<offset>z|utc|gmt|(?:gmt|utc)?[+-][0-9]{2}:?[0-9]{2})"

TIMES = re.compile(TIME)
DATES = tuple(map(re.compile, (YEAR_FIRST, PACKED, YEAR_LAST, NAMED)))
# "Thu Jan 21 14:49:13 GMT-05:00 2016": the year behind the time.
YEAR_BEHIND = re.compile(
    WEEKDAY
    + rf"(?P<day>[a-z]{{3,9}} [0-9]{{1,2}}) {TIME}(?: {OFFSET})? (?P<year>[0-9]{{4}})"
)
MOMENT = re.compile(rf"(?P<day>.+?)(?:[t ]|, ){TIME}(?: ?{OFFSET})?")
MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)


@dataclass(frozen=True, slots=True)
class Day:
    """A date as it was written, by each order that it bears."""

    readings: dict[Order, date]
    # Points stand between numbers where the day comes first.
    usually_day_first: bool = False

    def by(self, order: Order) -> date:
        """Return the date by an order; LineRefused where it bears the other alone."""
        if order not in self.readings:
            raise LineRefused(LineFault.DATE)
        return self.readings[order]

    @property
    def orders(self) -> frozenset[Order]:
        """Return the orders that it bears; both where they come to the same."""
        return frozenset(self.readings)

    @property
    def depends(self) -> bool:
        """Tell whether the order makes a difference."""
        return len(set(self.readings.values())) > 1


@dataclass(frozen=True, slots=True)
class Moment:
    """A date and a time as they were written, with an offset where one was."""

    day: Day
    at: time
    offset: timezone | None = None

    def in_utc(self, order: Order, zone: ZoneInfo, *, fold: int = 0) -> datetime:
        """Return the instant; of a time that exists twice the first, unless `fold` is 1.

        LineRefused for a time that the zone's clocks skipped.
        """
        naive = datetime.combine(self.day.by(order), self.at)
        return instant_of(naive, self.offset or zone, fold=fold)


def instant_of(
    naive: datetime, zone: ZoneInfo | timezone, *, fold: int = 0
) -> datetime:
    """Return the instant of a time by the clock of a zone; LineRefused if it was skipped."""
    try:
        instant = naive.replace(tzinfo=zone, fold=fold).astimezone(UTC)
        told = instant.astimezone(zone).replace(tzinfo=None, fold=0)
    except OverflowError as error:  # the first and the last day of the calendar
        raise LineRefused(LineFault.DATE) from error
    if told != naive:
        raise LineRefused(LineFault.TIME_SKIPPED)
    return instant


def day_of(text: str) -> Day:
    """Read a date; LineRefused where it is none, or not written in a known way."""
    text = text.strip().lower()
    for form in DATES:
        if found := form.fullmatch(text):
            return _day(found.groupdict())
    raise LineRefused(LineFault.DATE)


def time_of(text: str) -> time:
    """Read a time of the day, of 24 hours or with am and pm; LineRefused."""
    found = TIMES.fullmatch(text.strip().lower())
    if not found:
        raise LineRefused(LineFault.TIME)
    return _time(found.groupdict())


def moment_of(text: str) -> Moment:
    """Read a date with its time, and with its offset if there is one; LineRefused."""
    text = " ".join(text.lower().split())
    if behind := YEAR_BEHIND.fullmatch(text):
        parts = behind.groupdict()
        day = day_of(f"{parts['day']} {parts['year']}")
    elif found := MOMENT.fullmatch(text):
        parts = found.groupdict()
        day = day_of(parts["day"])
    else:
        raise LineRefused(LineFault.TIME)
    return Moment(day, _time(parts), _offset(parts["offset"]))


def _day(parts: dict[str, str | None]) -> Day:
    year = int(parts["y"] or 0)
    if "a" in parts:
        first, second = int(parts["a"] or 0), int(parts["b"] or 0)
        said = {Order.DAY_FIRST: (second, first), Order.MONTH_FIRST: (first, second)}
        readings = {
            order: day
            for order, (month, number) in said.items()
            if (day := _date(year, month, number))
        }
        pointed = parts["sep"] == "."
    else:
        month = _month(parts)
        number = int(parts.get("d") or parts.get("d2") or 0)
        day = _date(year, month, number)
        readings = dict.fromkeys(Order, day) if day else {}
        pointed = False
    if not readings:
        raise LineRefused(LineFault.DATE)
    return Day(readings, pointed)


def _month(parts: dict[str, str | None]) -> int:
    if parts.get("m"):
        return int(parts["m"] or 0)
    name = parts.get("name") or parts.get("name2") or ""
    # Whole, or its first three letters; four of them in "Sept".
    for number, month in enumerate(MONTHS, start=1):
        if name in (month, month[:3]) or (name == "sept" and number == 9):
            return number
    return 0


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _time(parts: dict[str, str | None]) -> time:
    hour, minute = int(parts["hour"] or 0), int(parts["minute"] or 0)
    if half := parts["half"]:
        if not 1 <= hour <= 12:
            raise LineRefused(LineFault.TIME)
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return time(hour, minute, int(parts["second"] or 0))
    except ValueError as error:
        raise LineRefused(LineFault.TIME) from error


def _offset(text: str | None) -> timezone | None:
    if text is None:
        return None
    digits = text.removeprefix("gmt").removeprefix("utc").replace(":", "")
    if digits in ("", "z"):
        return UTC
    ahead = timedelta(hours=int(digits[1:3]), minutes=int(digits[3:5]))
    if ahead > timedelta(hours=15) or int(digits[3:5]) > 59:
        raise LineRefused(LineFault.TIME)
    return timezone(-ahead if digits[0] == "-" else ahead)
