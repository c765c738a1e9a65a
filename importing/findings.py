"""The report on a file and its outcome: counts, lines, labels, days."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from importing.reading.files import Fault, File
from importing.reading.moments import Order
from importing.reading.reasons import FileFault, LineFault
from importing.reading.told_rows import Row

# So many lines are named; the count says how many there are.
LINES_NAMED = 100


@dataclass(slots=True)
class Tally:
    """Rows as they are judged, one after the other."""

    accepted: int = 0
    duplicates: int = 0
    minutes: int = 0
    shortened: int = 0
    first_date: str | None = None
    last_date: str | None = None
    # By the name as the database folds it: two spellings are one label.
    labels: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def accept(self, row: Row) -> None:
        day = row.local_date.isoformat()
        self.accepted += 1
        self.minutes += row.minutes
        self.shortened += row.cut
        self.first_date = min(self.first_date or day, day)
        self.last_date = max(self.last_date or day, day)

    def repeat(self) -> None:
        self.duplicates += 1

    def refuse(self, row: Row, fault: LineFault) -> None:
        self.faults.append(Fault(row.line, fault))

    @property
    def figures(self) -> dict[str, Any]:
        """Return what differs by the order in which dates are read."""
        return {
            "accepted": self.accepted,
            "duplicates": self.duplicates,
            "rejected_count": len(self.faults),
            "first_date": self.first_date,
            "last_date": self.last_date,
            "minutes": self.minutes,
            "rejected": named(self.faults),
        }


def report_of(file: File, tallies: dict[Order, Tally]) -> dict[str, Any]:
    """Write the report of a dry run: of each order where nothing tells which it is.

    The first of the two is what the report itself shows.
    """
    return _report(file.count, file.skipped, file.header.ignored, tallies)


def _report(
    count: int, skipped: int, ignored: list[str], tallies: dict[Order, Tally]
) -> dict[str, Any]:
    tally = next(iter(tallies.values()))
    both = {order.value: tallies[order].figures for order in tallies}
    return {
        "fault": None,
        "rows": count,
        **tally.figures,
        "skipped": skipped,
        "labels": [*tally.labels.values()],
        "shortened": tally.shortened,
        "ignored_columns": ignored,
        "ambiguous_dates": len(both) > 1,
        "readings": both if len(both) > 1 else None,
    }


def failure(fault: FileFault, report: dict[str, Any] | None = None) -> dict[str, Any]:
    """Write the report of a file of which nothing can be taken."""
    return (report or EMPTY) | {"fault": fault.value}


def named(faults: Iterable[Fault]) -> list[dict[str, Any]]:
    """Name the first lines that are not taken, and why."""
    first = sorted(faults)[:LINES_NAMED]
    return [{"line": line, "reason": reason.value} for line, reason in first]


EMPTY = _report(0, 0, [], {Order.DAY_FIRST: Tally()})

NOTHING_YET: dict[str, Any] = {
    "accepted": 0,
    "duplicates": 0,
    "rejected_count": 0,
    "rejected": [],
}


def with_more(outcome: dict[str, Any] | None, tally: Tally) -> dict[str, Any]:
    """Add what came of some more rows to what came of those before."""
    before = outcome or NOTHING_YET
    lines = [*before["rejected"], *named(tally.faults)]
    return {
        "accepted": before["accepted"] + tally.accepted,
        "duplicates": before["duplicates"] + tally.duplicates,
        "rejected_count": before["rejected_count"] + len(tally.faults),
        "rejected": lines[:LINES_NAMED],
    }
