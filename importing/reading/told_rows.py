"""Rows of a file as entries that a person tells: a time or a day, minutes, label, note."""

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from focusguard.api.serializers.names import UNSEEN
from focusguard.api.serializers.strict import trimmed
from importing.reading.columns import Role
from importing.reading.lengths import seconds_of
from importing.reading.moments import (
    Day,
    Moment,
    Order,
    day_of,
    instant_of,
    moment_of,
    time_of,
)
from importing.reading.reasons import LineFault, LineRefused
from sessions_app.entries.tellings import is_yet_to_come, ten_years_before
from sessions_app.models.entry import MAX_MINUTES
from sessions_app.models.label import NAME_LENGTH, NOTE_LENGTH

# No date, time or length is longer, and a pattern may take long over what is.
LONGEST_CELL = 64
TAKEN = {"true", "yes", "1"}
NOT_TAKEN = {"false", "no", "0"}
# What Forest writes where a tree has no tag.
NO_LABEL = {"unset"}
NOON = time(12)
TELLING_WHEN = frozenset(Role) - {Role.LABEL, Role.NOTE, Role.SUCCESS}

Cells = Mapping[Role, str]


@dataclass(frozen=True, slots=True)
class When:
    """The time of a line as it was written: its dates are not read by an order yet.

    Without a start it is of a day as a whole. `wraps`: the end has no date of its own,
    and may be of the next day.
    """

    day: Day
    start: Moment | None = None
    end: Moment | None = None
    wraps: bool = False
    seconds: int | None = None

    @property
    def days(self) -> list[Day]:
        return [self.day, self.end.day] if self.end else [self.day]


@dataclass(frozen=True, slots=True)
class Written:
    """A line as it was written. `cut`: a text of it was longer than we keep."""

    line: int
    when: When
    label: str
    note: str
    cut: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A line that may become an entry. `at` of a day without times is its noon."""

    line: int
    at: datetime
    timed: bool
    minutes: int
    local_date: date
    label: str
    note: str
    cut: bool
    # The how manieth of its day among rows that are equal to it, from 0 on.
    repeat: int = 0

    def key(self, source: str) -> bytes:
        """Digest what makes it the same row in another file of the same program.

        Two pomodoros of a day without times are two lines alike: they are counted. Two
        with one start are one.
        """
        when = self.at.isoformat() if self.timed else self.local_date.isoformat()
        told = [source, when, str(self.minutes), self.label, self.note]
        told += [] if self.timed else [str(self.repeat)]
        return hashlib.sha256("\0".join(told).encode()).digest()


def written(line: int, cells: Cells) -> Written | None:
    """Read the cells of a line; None for one that does not count; LineRefused."""
    if Role.SUCCESS in cells and not _succeeded(cells[Role.SUCCESS]):
        return None
    label, label_cut = _label(cells.get(Role.LABEL, ""))
    note, note_cut = _note(cells.get(Role.NOTE, ""))
    if label.lower() in NO_LABEL and Role.SUCCESS in cells:
        label = ""
    return Written(line, _when(cells), label, note, label_cut or note_cut)


def row_of(told: Written, order: Order, zone: ZoneInfo, now: datetime) -> Row:
    """Make a row of a line by an order of dates, in a zone; LineRefused."""
    at, seconds = _start_and_length(told.when, order, zone)
    minutes = _minutes(seconds)
    today = now.astimezone(zone).date()
    if at is None:
        day = told.when.day.by(order)
        yet_to_come = is_yet_to_come(day, minutes, zone, now)
    else:
        day = at.astimezone(zone).date()
        yet_to_come = at + timedelta(minutes=minutes) > now
    if yet_to_come:
        raise LineRefused(LineFault.IN_THE_FUTURE)
    if day < ten_years_before(today):
        raise LineRefused(LineFault.TOO_OLD)
    return Row(
        line=told.line,
        at=at or _noon(day, zone),
        timed=at is not None,
        minutes=minutes,
        local_date=day,
        label=told.label,
        note=told.note,
        cut=told.cut,
    )


class Repeats:
    """Numbers the rows of a day that are equal to each other."""

    def __init__(self) -> None:
        self._seen: Counter[bytes] = Counter()

    def given(self, row: Row) -> Row:
        """Return the next row with its number."""
        if row.timed:
            return row
        key = row.key("")
        number = self._seen[key]
        self._seen[key] += 1
        return replace(row, repeat=number) if number else row


def _succeeded(text: str) -> bool:
    said = text.strip().lower()
    if said in TAKEN:
        return True
    if said in NOT_TAKEN:
        return False
    raise LineRefused(LineFault.SUCCESS)


def _label(text: str) -> tuple[str, bool]:
    """Return the name of a label as the API takes it, and whether it was cut to fit."""
    # Two keyboards write one é in two ways.
    seen = unicodedata.normalize("NFC", UNSEEN.sub(" ", text))
    text = trimmed(" ".join(seen.split()))
    return trimmed(text[:NAME_LENGTH]), len(text) > NAME_LENGTH


def _note(text: str) -> tuple[str, bool]:
    text = trimmed(text)
    return trimmed(text[:NOTE_LENGTH]), len(text) > NOTE_LENGTH


def _when(cells: Cells) -> When:
    """Read when it was, from whichever columns say so."""
    said = {role: cell for role, cell in cells.items() if cell.strip()}
    if any(len(said.get(role, "")) > LONGEST_CELL for role in TELLING_WHEN):
        raise LineRefused(LineFault.UNREADABLE)
    seconds = _length(said)
    if Role.START in said:
        start = moment_of(said[Role.START])
        end = moment_of(said[Role.END]) if Role.END in said else None
        return _timed(start, end, seconds)
    if Role.DATE not in said:
        raise LineRefused(LineFault.TIME if Role.START in cells else LineFault.DATE)
    day = day_of(said[Role.DATE])
    if Role.START_TIME in said:
        return _of_a_day(day, said, seconds)
    if seconds is None:
        raise LineRefused(LineFault.LENGTH)
    return When(day, seconds=seconds)


def _of_a_day(day: Day, said: Cells, seconds: int | None) -> When:
    """Read times that stand beside their dates."""
    start = Moment(day, time_of(said[Role.START_TIME]))
    if Role.END_TIME not in said:
        return _timed(start, None, seconds)
    wraps = Role.END_DATE not in said
    end_day = day if wraps else day_of(said[Role.END_DATE])
    end = Moment(end_day, time_of(said[Role.END_TIME]))
    return _timed(start, end, seconds, wraps=wraps)


def _length(said: Cells) -> int | None:
    if Role.MINUTES in said:
        return seconds_of(said[Role.MINUTES], number_is_minutes=True)
    if Role.LENGTH in said:
        return seconds_of(said[Role.LENGTH], number_is_minutes=False)
    return None


def _timed(
    start: Moment, end: Moment | None, seconds: int | None, *, wraps: bool = False
) -> When:
    if end is None and seconds is None:
        raise LineRefused(LineFault.LENGTH)
    return When(start.day, start, end, wraps, seconds)


def _start_and_length(
    when: When, order: Order, zone: ZoneInfo
) -> tuple[datetime | None, int]:
    """Return when it began and its seconds; no beginning where it is of a day.

    Nor where less was worked than lies between start and end: there were pauses, and
    nobody says when.
    """
    if when.start is None:
        return None, when.seconds or 0
    at = when.start.in_utc(order, zone)
    if when.end is None:
        return at, when.seconds or 0
    between = (_end(when, at, order, zone) - at) // timedelta(seconds=1)
    if when.seconds is not None and when.seconds <= between - 60:
        return None, when.seconds
    return at, between


def _end(when: When, at: datetime, order: Order, zone: ZoneInfo) -> datetime:
    """Return the end of what began `at`; LineRefused where it is before that."""
    assert when.end is not None
    ends = when.end.in_utc(order, zone)
    if ends <= at:
        # The second of two times that the clock shows when it is set back.
        ends = when.end.in_utc(order, zone, fold=1)
    if ends < at and when.wraps:
        naive = datetime.combine(when.day.by(order), when.end.at) + timedelta(days=1)
        ends = instant_of(naive, when.end.offset or zone)
    if ends < at:
        raise LineRefused(LineFault.ENDS_BEFORE_START)
    return ends


def _minutes(seconds: int) -> int:
    minutes = seconds // 60
    if minutes < 1:
        raise LineRefused(LineFault.TOO_SHORT)
    if minutes > MAX_MINUTES:
        raise LineRefused(LineFault.TOO_LONG)
    return minutes


def _noon(day: date, zone: ZoneInfo) -> datetime:
    """Return the noon of a day as an instant; no zone's clocks ever skipped one alone."""
    return datetime.combine(day, NOON, tzinfo=zone).astimezone(UTC)
