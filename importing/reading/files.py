"""A file as a whole: its rows, what is wrong with the others, and the order of its dates."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import NamedTuple
from zoneinfo import ZoneInfo

from importing.reading.columns import Header, Role, header_of
from importing.reading.csv_records import Record, records_of
from importing.reading.decoding import text_of
from importing.reading.moments import BOTH, Day, Order
from importing.reading.reasons import FileFault, FileRefused, LineFault, LineRefused
from importing.reading.told_rows import Repeats, Row, Written, row_of, written

MOST_ROWS = 20_000


class Fault(NamedTuple):
    """A line that is not taken, and why."""

    line: int
    reason: LineFault


class File:
    """A file that has been looked through once; `read` makes rows of it, by an order.

    It keeps the text and not what was read: 20,000 lines as they were written would
    take ten times as much memory.
    """

    def __init__(self, text: str, header: Header) -> None:
        self._text = text
        self.header = header
        self.count = 0
        self.skipped = 0
        # Which orders all dates bear, and whether it makes a difference to any.
        self._orders: frozenset[Order] = BOTH
        self._depends = False
        self._points = True
        self._look_through()

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

    def read(
        self, order: Order, zone: ZoneInfo, now: datetime
    ) -> Iterator[Row | Fault]:
        """Yield its rows by an order, in a zone, as of a moment; and what is none."""
        number = Repeats()
        for record in _rows(self._text, self.header):
            try:
                line = _written(record, self.header)
                if line is not None:
                    yield number.given(row_of(line, order, zone, now))
            except LineRefused as refused:
                yield Fault(record.line, refused.fault)

    def _look_through(self) -> None:
        for record in _rows(self._text, self.header):
            if self.count == MOST_ROWS:
                raise FileRefused(FileFault.TOO_MANY_ROWS)
            self.count += 1
            try:
                line = _written(record, self.header)
            except LineRefused:
                continue
            if line is None:
                self.skipped += 1
                continue
            for day in line.when.days:
                self._notice(day)
        if not self.count:
            raise FileRefused(FileFault.EMPTY)

    def _notice(self, day: Day) -> None:
        self._orders &= day.orders
        if day.depends or day.orders != BOTH:
            self._depends = True
            self._points = self._points and day.usually_day_first


def file_of(raw: bytes, source: str | None = None) -> File:
    """Look through a file, which needs no zone, no clock and no order of dates.

    `source` is the program that wrote it, else its header tells. FileRefused.
    """
    text = text_of(raw)
    return File(text, header_of(text, source))


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
