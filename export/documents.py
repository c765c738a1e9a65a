"""A user's data as one file, JSON or CSV, of one moment and in constant memory.

The whole file is made before the first byte is sent. So the database is held for as
long as it takes to read, not for as long as a slow client takes to download; a fault
is a clean 503 and never half a document that looks whole; and the length is known.
"""

import csv
import io
import tempfile
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import IO, Any
from zoneinfo import ZoneInfo

from rest_framework.utils.encoders import JSONEncoder

from accounts.user_lock import lock_user
from accounts.zones import zone_named
from export import sections
from export.turns import turn

# The times once more by the session's own zone, which no spreadsheet would work out.
CSV_FIELDS = (*sections.SESSION_FIELDS, "local_created_at", "local_ended_at")

# What a spreadsheet takes for the beginning of a formula, in full width too.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

IN_MEMORY = 256 * 1024  # bytes; what is larger goes through a temporary file


def json_document(
    user_id: uuid.UUID, now: datetime, *, picture: sections.Row
) -> IO[bytes]:
    """Write the whole export as `{"exported_at", "user", "stats", …, "devices": […], …}`."""
    return _written(user_id, lambda text: _write_json(text, user_id, now, picture))


def csv_document(user_id: uuid.UUID, now: datetime) -> IO[bytes]:
    """The sessions (RFC 4180), a header and then a line for each.

    UTF-8 without a byte order mark, which programs would read as part of the header.
    No cell is a formula, whatever was written into a note.
    """
    return _written(user_id, lambda text: _write_csv(text, user_id, now))


def _written(user_id: uuid.UUID, write: Callable[[IO[str]], None]) -> IO[bytes]:
    """Let `write` fill a file while nothing of the user can change.

    ExportBusy, ExportRunning, ExportRateLimited: see `turns`.
    """
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (returned)
    try:
        with turn(user_id):
            lock_user(user_id)
            text = io.TextIOWrapper(file, encoding="utf-8", newline="")
            write(text)
            text.detach()
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def _write_json(
    text: IO[str], user_id: uuid.UUID, now: datetime, picture: sections.Row
) -> None:
    encode = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    text.write(f'{{"exported_at":{encode(now)}')
    text.write(f',"user":{encode(sections.user_row(user_id))}')
    text.write(f',"stats":{encode(sections.stats_row(user_id))}')
    text.write(f',"preferences":{encode(sections.preferences_row(user_id))}')
    for name, value in picture.items():
        text.write(f',"{name}":{encode(value)}')
    for name, rows in sections.lists(user_id, now):
        text.write(f',"{name}":[')
        text.writelines(_separated(encode(row) for row in rows))
        text.write("]")
    text.write("}\n")


def _separated(items: Iterator[str]) -> Iterator[str]:
    for position, item in enumerate(items):
        yield f",\n{item}" if position else item


def _write_csv(text: IO[str], user_id: uuid.UUID, now: datetime) -> None:
    writer = csv.writer(text)
    writer.writerow(CSV_FIELDS)
    for row in sections.sessions(user_id, now):
        cells = [_cell(value) for value in row.values()]
        zone = zone_named(row["timezone"])
        local = (_wall_clock(row[name], zone) for name in ("created_at", "ended_at"))
        writer.writerow([*cells, *local])


def _wall_clock(moment: datetime | None, zone: ZoneInfo) -> str:
    """Say what the clock on the wall showed, as spreadsheets read a time."""
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M:%S}" if moment else ""


def _cell(value: Any) -> Any:
    """Times as everywhere else, UTC ending in Z; what people wrote, as text.

    A spreadsheet runs a cell that begins as a formula does, and one that somebody was
    talked into labelling `=HYPERLINK(…)` sends the others along.
    """
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value
