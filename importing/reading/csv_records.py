"""The records of a CSV text with their lines, each by itself.

Python's reader takes everything up to the next quote for one cell where a quote is
missing, which may be the rest of the file, and raises for a cell of 128 KiB. So a record
is read from a bounded piece of the text, strictly, and where that fails its first line is
broken and the next one begins anew.
"""

import csv
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
    """The lines of a text one by one, of which the last ones can be given back.

    Only \n ends a line, and each is cut out of the text when it is its turn: a file has
    up to two million of them.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self.next_number = 1

    def take(self) -> str:
        """Return the next line with its end; nothing after the last."""
        end = self._text.find("\n", self._at) + 1 or len(self._text)
        line = self._text[self._at : end]
        self._at = end
        self.next_number += 1
        return line

    def give_back(self, lines: list[str]) -> None:
        self._at -= sum(map(len, lines))
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
        if not line:
            raise StopIteration
        self.taken.append(line)
        self._characters += len(line)
        if self._characters > MOST_CHARACTERS:
            raise StopIteration
        return line


def records_of(text: str, delimiter: str) -> Iterator[Record]:
    """Read the records of a text whose lines end with \\n, blank lines left out."""
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
