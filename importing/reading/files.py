"""A file as a whole: its rows, what is wrong with the others, and the order of its dates."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from importing.reading.columns import Header, Role, header_of
from importing.reading.csv_records import Record, records_of
from importing.reading.decoding import text_of
from importing.reading.moments import BOTH, Day, Order
from importing.reading.reasons import FileFault, FileRefused, LineFault, LineRefused
from importing.reading.told_rows import Row, Written, counted, row_of, written

MOST_ROWS = 20_000

# A line and why it is not taken.
Fault = tuple[int, LineFault]


@dataclass(frozen=True, slots=True)
class Reading:
    """The rows of a file by an order of its dates, and the lines that are none so."""

    rows: list[Row]
    faults: list[Fault]


@dataclass(slots=True)
class File:
    """A file as it was written: `read` makes rows of it, by one order or the other."""

    header: Header
    count: int = 0
    skipped: int = 0
    _lines: list[Written] = field(default_factory=list)
    _faults: list[Fault] = field(default_factory=list)
    # Which orders all dates bear, and whether it makes a difference to any.
    _orders: frozenset[Order] = BOTH
    _depends: bool = False
    _points: bool = True

    @property
    def order(self) -> Order | None:
        """Return the order of its dates; None where it has to be asked for.

        It is the one that all of them bear. Where they bear both, or some bear the one
        and some the other, nothing tells; but between points the day comes first.
        """
        if len(self._orders) == 1:
            (order,) = self._orders
            return order
        if not self._depends or (self._points and self._orders):
            return Order.DAY_FIRST
        return None

    def read(self, order: Order, zone: ZoneInfo, now: datetime) -> Reading:
        """Return its rows by an order; what was wrong from the start is wrong by both."""
        rows, faults = [], [*self._faults]
        for line in self._lines:
            try:
                rows.append(row_of(line, order, zone, now))
            except LineRefused as refused:
                faults.append((line.line, refused.fault))
        return Reading([*counted(rows)], sorted(faults))

    def add(self, record: Record) -> None:
        """Take in another record."""
        self.count += 1
        try:
            line = _written(record, self.header)
        except LineRefused as refused:
            self._faults.append((record.line, refused.fault))
            return
        if line is None:
            self.skipped += 1
            return
        self._lines.append(line)
        for day in line.when.days:
            self._notice(day)

    def _notice(self, day: Day) -> None:
        self._orders &= day.orders
        if day.depends or day.orders != BOTH:
            self._depends = True
            self._points = self._points and day.usually_day_first


def file_of(raw: bytes, source: str | None = None) -> File:
    """Read a file as far as that needs no zone, no clock and no order of dates.

    `source` is the program that wrote it, else its header tells. FileRefused.
    """
    text = text_of(raw)
    header = header_of(text, source)
    file = File(header)
    for record in _rows(text, header):
        if file.count == MOST_ROWS:
            raise FileRefused(FileFault.TOO_MANY_ROWS)
        file.add(record)
    if not file.count:
        raise FileRefused(FileFault.EMPTY)
    return file


def _rows(text: str, header: Header) -> Iterator[Record]:
    records = records_of(text, header.delimiter)
    return (record for record in records if record.line > header.line)


def _written(record: Record, header: Header) -> Written | None:
    cells = record.cells
    if cells is None:
        raise LineRefused(LineFault.UNREADABLE)
    # Programs end a line with another delimiter, and leave out cells that are empty.
    if any(cell.strip() for cell in islice(cells, header.columns, None)):
        raise LineRefused(LineFault.COLUMNS)
    known: dict[Role, str] = {
        role: cells[place] if place < len(cells) else ""
        for role, place in header.places.items()
    }
    return written(record.line, known)
