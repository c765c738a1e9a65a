"""Why a file, or a line of it, is not taken: words for programs, out of a fixed list."""

from enum import StrEnum


class FileFault(StrEnum):
    """Why nothing of a file can be taken."""

    EMPTY = "empty"
    NOT_TEXT = "not_text"
    UNKNOWN_COLUMNS = "unknown_columns"
    DOUBLE_COLUMN = "double_column"
    TOO_MANY_ROWS = "too_many_rows"
    # Its worker died over it, again and again.
    GIVEN_UP = "given_up"
    # Nobody applied it while its text was kept.
    EXPIRED = "expired"


class LineFault(StrEnum):
    """Why a line is not taken."""

    UNREADABLE = "unreadable"
    COLUMNS = "columns"
    DATE = "date"
    TIME = "time"
    TIME_SKIPPED = "time_skipped"
    LENGTH = "length"
    SUCCESS = "success"
    ENDS_BEFORE_START = "ends_before_start"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    IN_THE_FUTURE = "in_the_future"
    TOO_OLD = "too_old"
    TIME_TAKEN = "time_taken"
    TOO_MANY_LABELS = "too_many_labels"
    TOO_MANY_ENTRIES = "too_many_entries"


FILE_FAULTS = [fault.value for fault in FileFault]
LINE_FAULTS = [fault.value for fault in LineFault]


class FileRefused(Exception):
    """A file of which nothing can be taken."""

    def __init__(self, fault: FileFault) -> None:
        super().__init__(fault)
        self.fault = fault


class LineRefused(Exception):
    """A line that is not taken; the others may be."""

    def __init__(self, fault: LineFault) -> None:
        super().__init__(fault)
        self.fault = fault
