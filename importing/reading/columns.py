"""The columns of a file: its header names the program that wrote it, and what is where."""

from dataclasses import dataclass
from enum import StrEnum, auto

from importing.reading.csv_records import records_of
from importing.reading.reasons import FileFault, FileRefused

DELIMITERS = (",", ";", "\t", "|")
# What spreadsheets write before the header to tell the delimiter.
SEPARATOR = "sep="
# What a report shows of names that nobody knows.
IGNORED_SHOWN, LONGEST_SHOWN = 20, 40


class Role(StrEnum):
    """The meaning of a column."""

    START = auto()
    END = auto()
    DATE = auto()
    START_TIME = auto()
    END_DATE = auto()
    END_TIME = auto()
    MINUTES = auto()
    LENGTH = auto()
    LABEL = auto()
    NOTE = auto()
    SUCCESS = auto()


@dataclass(frozen=True, slots=True)
class Source:
    """A program by the names of its columns, and by those that it is told by.

    `known_by`: all names of one of these groups must be there.
    """

    name: str
    roles: dict[str, Role]
    known_by: tuple[frozenset[str], ...]

    def wrote(self, names: set[str]) -> bool:
        return any(group <= names for group in self.known_by)


def _groups(*groups: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(group.split(", ")) for group in groups)


# The particular ones first: a header of Pomofocus would do for a generic one.
SOURCES = (
    Source(
        "forest",
        {
            "start time": Role.START,
            "end time": Role.END,
            "tag": Role.LABEL,
            "note": Role.NOTE,
            "is success": Role.SUCCESS,
        },
        _groups("start time, end time, is success"),
    ),
    Source(
        "toggl",
        {
            "start date": Role.DATE,
            "start time": Role.START_TIME,
            "end date": Role.END_DATE,
            "stop date": Role.END_DATE,
            "end time": Role.END_TIME,
            "stop time": Role.END_TIME,
            "duration": Role.LENGTH,
            "project": Role.LABEL,
            "description": Role.NOTE,
        },
        _groups(
            "start date, start time, end date, end time",
            "start date, start time, stop date, stop time",
            "start date, start time, duration",
        ),
    ),
    Source(
        "super_productivity",
        {
            "date": Role.DATE,
            "start": Role.START_TIME,
            "end": Role.END_TIME,
            "worked": Role.LENGTH,
            "titles": Role.NOTE,
            "project": Role.LABEL,
        },
        _groups("date, worked", "date, start, end"),
    ),
    Source(
        "pomofocus",
        {
            "date": Role.DATE,
            "project": Role.LABEL,
            "task": Role.NOTE,
            "minutes": Role.MINUTES,
        },
        _groups("date, minutes, project", "date, minutes, task"),
    ),
    Source(
        "generic",
        {
            "start": Role.START,
            "end": Role.END,
            "date": Role.DATE,
            "minutes": Role.MINUTES,
            "label": Role.LABEL,
            "note": Role.NOTE,
        },
        _groups("start, end", "start, minutes", "date, minutes"),
    ),
)
NAMES = tuple(source.name for source in SOURCES)


@dataclass(frozen=True, slots=True)
class Header:
    """The head of a file: its program, delimiter, columns; `line` is where it stands."""

    source: str
    delimiter: str
    line: int
    columns: int
    places: dict[Role, int]
    ignored: list[str]


def header_of(text: str, source: str | None = None) -> Header:
    """Read the first record of a text, by the delimiter with which it makes sense.

    FileRefused where no program that is known (or not `source`) writes such columns, or
    where one of them is there twice: Python's own reader would keep the last of the two.
    """
    delimiters: tuple[str, ...] = DELIMITERS
    skipped = 0
    # Not a line of it, which may be all of it.
    first = text[:10].partition("\n")[0].rstrip(" ")
    if first.lower().startswith(SEPARATOR):
        told = first[len(SEPARATOR) :]
        delimiters = (told,) if told in DELIMITERS else DELIMITERS
        skipped = 1
    wanted = [known for known in SOURCES if source in (None, known.name)]
    for delimiter in delimiters:
        records = records_of(text, delimiter)
        for _ in range(skipped):
            next(records, None)
        record = next(records, None)
        if record is None or record.cells is None:
            continue
        names = [_plain(cell) for cell in record.cells]
        for known in wanted:
            if known.wrote(set(names)):
                return _header(known, delimiter, record.line, names)
    raise FileRefused(FileFault.UNKNOWN_COLUMNS)


def _header(source: Source, delimiter: str, line: int, names: list[str]) -> Header:
    places: dict[Role, int] = {}
    ignored = []
    for place, name in enumerate(names):
        role = source.roles.get(name)
        if role is None:
            if name:
                ignored.append(name[:LONGEST_SHOWN])
        elif role in places:
            raise FileRefused(FileFault.DOUBLE_COLUMN)
        else:
            places[role] = place
    return Header(
        source.name, delimiter, line, len(names), places, ignored[:IGNORED_SHOWN]
    )


def _plain(name: str) -> str:
    """Return a name of a column without case, quotes around it and odd blanks."""
    return " ".join(name.replace("\ufeff", "").casefold().split()).strip("'\"")
