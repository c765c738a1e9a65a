"""The records of a CSV text with their lines, each by itself.

Python's reader takes everything up to the next quote for one cell where a quote is
missing, which may be the rest of the file, and raises for a cell of 128 KiB. So a record
is read from a bounded piece of the text, strictly, and where that fails its first line is
broken and the next one begins anew.
"""

import csv
import io
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

# A note may have line ends in it; a note of 500 characters has not more than these.
MOST_LINES = 50
MOST_CHARACTERS = 16 * 1024


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of a record and the line that it begins in; None where it is broken."""

    line: int
    cells: list[str] | None


class _Lines:
    """The lines of a text one by one, of which a few can be given back."""

    def __init__(self, text: str) -> None:
        # Line ends of all kinds, and of no other characters than those.
        self._file = io.StringIO(text, newline=None)
        self._given_back: deque[str] = deque()
        self.next_number = 1

    def take(self) -> str | None:
        line = self._given_back.popleft() if self._given_back else self._file.readline()
        if not line:
            return None
        self.next_number += 1
        return line

    def give_back(self, lines: list[str]) -> None:
        self._given_back.extendleft(reversed(lines))
        self.next_number -= len(lines)


class _Piece:
    """The lines that one record may have, for the csv reader to take from."""

    def __init__(self, lines: _Lines) -> None:
        self._lines = lines
        self.taken: list[str] = []
        self._characters = 0

    def __iter__(self) -> "_Piece":
        return self

    def __next__(self) -> str:
        if len(self.taken) == MOST_LINES:
            raise StopIteration
        line = self._lines.take()
        if line is None:
            raise StopIteration
        self.taken.append(line)
        self._characters += len(line)
        if self._characters > MOST_CHARACTERS:
            raise StopIteration
        return line


def records_of(text: str, delimiter: str) -> Iterator[Record]:
    """Read the records, blank lines left out."""
    lines = _Lines(text)
    while True:
        number = lines.next_number
        piece = _Piece(lines)
        try:
            cells = next(csv.reader(piece, delimiter=delimiter, strict=True), None)
        except csv.Error:
            cells = None
        if not piece.taken:
            return
        if cells is None:
            lines.give_back(piece.taken[1:])
            yield Record(number, None)
        elif any(cell.strip() for cell in cells):
            yield Record(number, cells)
