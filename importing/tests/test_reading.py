"""Files as programs write them, and the zoo of those that are wrong: no database."""

import codecs
import gzip
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from importing.reading import files as reading_files
from importing.reading.files import Fault, file_of
from importing.reading.moments import Order
from importing.reading.reasons import FileFault, FileRefused
from importing.reading.told_rows import Row
from importing.tests import files

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


@dataclass
class Reading:
    rows: list
    faults: list


def read(raw, *, source=None, zone=BERLIN, order=None):
    file = file_of(raw, source)
    lines = list(file.read(order or file.order or Order.DAY_FIRST, zone, NOW))
    return Reading(
        [line for line in lines if isinstance(line, Row)],
        [line for line in lines if isinstance(line, Fault)],
    )


def rows(raw, **how):
    """List (at in UTC or date, minutes, label, note) of the rows of a file without faults."""
    reading = read(raw, **how)
    assert reading.faults == []
    return [(when(row), row.minutes, row.label, row.note) for row in reading.rows]


def when(row):
    return f"{row.at:%Y-%m-%d %H:%M:%S}" if row.timed else str(row.local_date)


def faults(raw, **how):
    return {line: fault.value for line, fault in read(raw, **how).faults}


def test_forest():
    """Trees that were given up are not taken, and a tree without a tag has no label."""
    assert rows(files.FOREST) == [
        ("2026-01-21 19:49:13", 25, "", "Reading"),
        ("2026-01-29 19:49:13", 30, "Study", ""),
    ]
    assert file_of(files.FOREST).skipped == 1


def test_toggl():
    reading = read(files.TOGGL)
    assert [(when(row), row.minutes, row.label, row.note) for row in reading.rows] == [
        ("2026-01-05 08:00:00", 90, "Bridge", "Inspection, east"),
        ("2026-01-05 22:30:00", 40, "", ""),
    ]
    assert [line for line, _ in reading.faults] == [3]  # 00:10 AM is no time


def test_toggl_without_an_end():
    raw = b"Start date,Start time,Duration\n2026-01-05,09:00:00,00:25:30\n"
    assert rows(raw) == [("2026-01-05 08:00:00", 25, "", "")]


def test_pomofocus():
    """Two pomodoros of one task and day are two, and known again by their number."""
    assert rows(files.POMOFOCUS) == [
        ("2026-03-01", 25, "Thesis", "Chapter 3"),
        ("2026-03-01", 25, "Thesis", "Chapter 3"),
        ("2026-03-02", 50, "Thesis", ""),
    ]
    keys = [row.key("pomofocus") for row in read(files.POMOFOCUS).rows]
    assert len(set(keys)) == 3
    assert keys == [row.key("pomofocus") for row in read(files.POMOFOCUS).rows]


def test_super_productivity():
    """Less worked than lies between its times: there were pauses, so it is of the day."""
    assert rows(files.SUPER_PRODUCTIVITY) == [
        ("2026-04-17", 150, "Work", "one | two"),
        ("2026-04-17 11:00:00", 20, "Work", "three"),
        ("2026-04-17 21:50:00", 30, "", "four"),
        ("2026-04-18", 65, "Work", "five"),
    ]


def test_own_columns():
    assert rows(files.GENERIC) == [
        ("2026-01-02 08:00:00", 25, "Study", "Chapter 3"),
        ("2026-01-02 10:00:00", 25, "", ""),
    ]
    assert rows(b"minutes,START\n90 min,2026-01-02 09:00") == [
        ("2026-01-02 08:00:00", 90, "", "")
    ]


def test_columns_that_nobody_knows_are_named():
    header = file_of(b"date,minutes,Mood,Place\n2026-01-02,25,good,home").header
    assert header.ignored == ["mood", "place"]


@pytest.mark.parametrize(
    ("source", "raw"),
    [
        ("forest", files.FOREST),
        ("toggl", files.TOGGL),
        ("pomofocus", files.POMOFOCUS),
        ("super_productivity", files.SUPER_PRODUCTIVITY),
        ("generic", files.GENERIC),
        ("generic", files.DAYS),
    ],
)
def test_the_header_names_the_program(source, raw):
    assert file_of(raw).header.source == source
    assert file_of(raw, source).header.source == source
    other = "toggl" if source != "toggl" else "forest"
    with pytest.raises(FileRefused, match=FileFault.UNKNOWN_COLUMNS):
        file_of(raw, other)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_line_ends_and_delimiters(encoding, ends, delimiter):
    lines = ["date,minutes,note", "2026-01-02,25,Café 🌱", "", "2026-01-03,50,"]
    text = ends.join(lines).replace(",", delimiter)
    assert rows(text.encode(encoding)) == [
        ("2026-01-02", 25, "", "Café 🌱"),
        ("2026-01-03", 50, "", ""),
    ]


def test_utf_16_of_the_other_end_and_a_told_delimiter():
    raw = codecs.BOM_UTF16_BE + "sep=;\ndate;minutes\n2026-01-02;25".encode("utf-16-be")
    assert rows(raw) == [("2026-01-02", 25, "", "")]


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b"", FileFault.EMPTY),
        (b" \r\n\n", FileFault.EMPTY),
        (b"\xef\xbb\xbf", FileFault.EMPTY),
        (b"date,minutes\n", FileFault.EMPTY),
        (b"date,minutes\n\n,\n", FileFault.EMPTY),
        # Without a time, or the test would have another name in each process.
        (gzip.compress(files.DAYS, mtime=0), FileFault.NOT_TEXT),
        (b"PK\x03\x04\x14\x00\x06\x00", FileFault.NOT_TEXT),
        (b"date,minutes\n2026-01-02,2\x005", FileFault.NOT_TEXT),
        ("date,minutes,note\n2026-01-02,25,Café".encode("latin-1"), FileFault.NOT_TEXT),
        ("date,minutes\n2026-01-02,25".encode("utf-16-le"), FileFault.NOT_TEXT),
        (codecs.BOM_UTF16_LE + b"\x00\xd8a\x00", FileFault.NOT_TEXT),
        (codecs.BOM_UTF16_LE + b"a", FileFault.NOT_TEXT),
        (b"date\n2026-01-02", FileFault.UNKNOWN_COLUMNS),
        (b"25\n30", FileFault.UNKNOWN_COLUMNS),
        (b"note,label\na,b", FileFault.UNKNOWN_COLUMNS),
        (b'{"date": 1}', FileFault.UNKNOWN_COLUMNS),
        (b'"' * 2 * 1024 * 1024, FileFault.UNKNOWN_COLUMNS),
        (b"date,minutes,Minutes\n2026-01-02,25,50", FileFault.DOUBLE_COLUMN),
        (b"date,minutes,DATE \n2026-01-02,25,50", FileFault.DOUBLE_COLUMN),
    ],
)
def test_file_of_which_nothing_can_be_taken(raw, fault):
    with pytest.raises(FileRefused) as refused:
        file_of(raw)
    assert refused.value.fault == fault


def test_file_with_too_many_rows_is_refused_as_a_whole(monkeypatch):
    assert reading_files.MOST_ROWS == 20_000
    monkeypatch.setattr(reading_files, "MOST_ROWS", 20)
    lines = [b"date,minutes", *[b"2026-01-02,1"] * 20]
    assert file_of(b"\n".join(lines)).count == 20
    with pytest.raises(FileRefused, match=FileFault.TOO_MANY_ROWS):
        file_of(b"\n".join([*lines, b"2026-01-02,1"]))


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("2026-01-02,25,a,b", "columns"),
        ('2026-01-02,25,"open', "unreadable"),
        ('2026-01-02,25,"a"b', "unreadable"),
        (f"2026-01-02,25,{'x' * 20_000}", "unreadable"),
        (f"2026-01-02,{'1' * 100},", "unreadable"),
        ("2026-02-30,25,", "date"),
        ("2026-1-2T,25,", "date"),
        ("02/01,25,", "date"),
        ("02/01/26,25,", "date"),
        ("٢٠٢٦-٠١-٠٢,25,", "date"),
        (",25,", "date"),
        ("2026-01-02,,", "length"),
        ("2026-01-02,-25,", "length"),
        ("2026-01-02,+25,", "length"),
        ("2026-01-02,1e3,", "length"),
        ("2026-01-02,1_0,", "length"),
        ("2026-01-02,٢٥,", "length"),
        ("2026-01-02,NaN,", "length"),
        ('2026-01-02,"1,440",', "length"),
        ("2026-01-02,=25,", "length"),
        ("2026-01-02,0,", "too_short"),
        ("2026-01-02,0.5,", "too_short"),
        ("2026-01-02,721,", "too_long"),
        ("2026-01-02,99999,", "too_long"),
        ("2026-11-27,25,", "in_the_future"),
        ("9999-12-31,25,", "in_the_future"),
        ("2016-11-25,25,", "too_old"),
        ("0001-01-01,25,", "too_old"),
    ],
)
def test_line_that_is_not_taken_leaves_the_others_theirs(line, fault):
    raw = f"date,minutes,note\n2026-01-02,25,\n{line}\n2026-01-04,25,\n".encode()
    assert faults(raw) == {3: fault}
    assert [str(row.local_date) for row in read(raw).rows] == [
        "2026-01-02",
        "2026-01-04",
    ]


@pytest.mark.parametrize(
    ("start", "end", "fault"),
    [
        ("2026-01-02 25:00", "2026-01-02 26:00", "time"),
        ("2026-01-02", "2026-01-03", "time"),
        ("2026-01-02 09:00", "2026-01-02 08:59", "ends_before_start"),
        ("2026-01-02 09:00", "2026-01-02 09:00:59", "too_short"),
        ("2026-01-02 09:00", "2026-01-02 21:01", "too_long"),
        ("2026-11-26 12:50", "2026-11-26 13:10", "in_the_future"),
        ("2026-03-29 02:30", "2026-03-29 04:00", "time_skipped"),
        ("2026-03-29 01:30", "2026-03-29 02:30", "time_skipped"),
        ("2026-01-02 09:00 +99:00", "2026-01-02 10:00", "time"),
        ("", "2026-01-02 10:00", "time"),
        ("2026-01-02 09:00", "", "length"),
        ("0001-01-01 00:00", "0001-01-01 00:30", "date"),
    ],
)
def test_times_that_cannot_be(start, end, fault):
    assert faults(f"start,end\n{start},{end}".encode()) == {2: fault}


def test_a_missing_quote_eats_no_other_line():
    raw = (
        b'date,minutes,note\n2026-01-02,25,"open\n2026-01-03,25,"x"\n2026-01-04,25,y\n'
    )
    assert faults(raw) == {2: "unreadable"}
    assert [row.line for row in read(raw).rows] == [3, 4]


def test_a_note_may_have_lines_and_a_line_is_that_of_its_beginning():
    raw = b'date,minutes,note\n2026-01-02,25,"two\r\nlines ""here"""\n2026-01-03,x,\n'
    (row,) = read(raw).rows
    assert row.note == 'two\nlines "here"'
    assert faults(raw) == {4: "length"}


def test_texts_are_taken_as_text_and_cut_to_fit():
    label, note = "l" * 41, '=HYPERLINK("http://a")' + "n" * 500
    text = f'date;minutes;label;note\n2026-01-02;25;{label};"{note.replace(chr(34), chr(34) * 2)}"'
    raw = (text + "\n2026-01-03;25;  A \u200b  B ;ok").encode()
    cut, whole = read(raw).rows
    assert (cut.label, cut.note, cut.cut) == (label[:40], note[:500], True)
    assert (whole.label, whole.note, whole.cut) == ("A \u200b B", "ok", False)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        *(("25", 25), ("25.9", 25), ('"25,5"', 25), ("2h 30m", 150), ("2h30m", 150)),
        *(("1:30", 90), ("01:30:59", 90), ("90 min", 90), ("1 hour 5 minutes", 65)),
        *(("1.5h", 90), ('"1,5 h"', 90), ("3600s", 60), ("2 hrs", 120)),
    ],
)
def test_lengths(text, minutes):
    assert rows(f"date,minutes\n2026-01-02,{text}".encode()) == [
        ("2026-01-02", minutes, "", "")
    ]


def test_a_bare_number_may_be_anything_where_it_is_not_minutes():
    raw = b"Date;Worked;Titles\n2026-01-02;9000000;a\n2026-01-02;2.5;b\n"
    assert faults(raw) == {2: "length", 3: "length"}


@pytest.mark.parametrize(
    "text",
    [
        *("2026-03-04", "2026/3/4", "2026.03.04", "20260304", "4 Mar 2026"),
        *('"Mar 4, 2026"', "4th March 2026", '"Wednesday, 4 March 2026"', "04.03.2026"),
    ],
)
def test_dates_that_say_what_they_are(text):
    raw = f"date,minutes\n{text},25".encode()
    assert file_of(raw).order is not None
    assert [str(row.local_date) for row in read(raw).rows] == ["2026-03-04"]


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        (["03/04/2026"], None),
        (["03-04-2026", "05-06-2026"], None),
        (["03/04/2026", "13/04/2026"], Order.DAY_FIRST),
        (["03/04/2026", "04/13/2026"], Order.MONTH_FIRST),
        (["03/03/2026"], Order.DAY_FIRST),
        # Both ways at once: nobody wrote that, and nothing tells.
        (["04/13/2026", "13/04/2026"], None),
        (["03.04.2026"], Order.DAY_FIRST),
        (["03.04.2026", "04.13.2026"], Order.MONTH_FIRST),
        (["2026-03-04", "no date"], Order.DAY_FIRST),
    ],
)
def test_the_order_of_dates_is_the_one_that_all_bear(dates, order):
    assert file_of(files.days(*dates)).order == order


def test_dates_are_read_by_either_order():
    raw = files.days("03/04/2026")
    for order, day in (
        (Order.DAY_FIRST, date(2026, 4, 3)),
        (Order.MONTH_FIRST, date(2026, 3, 4)),
    ):
        assert [row.local_date for row in read(raw, order=order).rows] == [day]
    raw = files.days("03/04/2026", "13/04/2026")
    assert faults(raw, order=Order.MONTH_FIRST) == {3: "date"}


def test_of_a_time_that_exists_twice_the_first_is_meant():
    raw = (
        b"start,end\n2026-10-25 02:30,2026-10-25 02:40\n"
        b"2026-10-25 02:50,2026-10-25 02:10\n2026-10-25 01:50,2026-10-25 03:00\n"
    )
    assert [(when(row), row.minutes) for row in read(raw).rows] == [
        ("2026-10-25 00:30:00", 10),
        ("2026-10-25 00:50:00", 20),
        ("2026-10-24 23:50:00", 130),
    ]


def test_the_day_is_that_of_the_zone_of_the_import():
    raw = b"start,minutes\n2026-01-02T23:30Z,25"
    assert read(raw).rows[0].local_date == date(2026, 1, 3)
    honolulu = ZoneInfo("Pacific/Honolulu")
    assert read(raw, zone=honolulu).rows[0].local_date == date(2026, 1, 2)


def test_a_key_is_of_the_program_the_time_and_the_texts():
    row = Row(2, NOW, True, 25, NOW.date(), "a", "b", False)
    others = [
        Row(9, NOW, True, 25, NOW.date(), "a", "c", False),
        Row(9, NOW, True, 26, NOW.date(), "a", "b", False),
        Row(9, NOW, False, 25, NOW.date(), "a", "b", False),
        Row(9, NOW, False, 25, NOW.date(), "a", "b", False, 1),
        Row(9, NOW, True, 25, NOW.date(), "ab", "", False),
    ]
    same = Row(9, NOW, True, 25, NOW.date(), "a", "b", True)
    assert row.key("toggl") == same.key("toggl") != row.key("forest")
    assert len({one.key("toggl") for one in [row, *others]}) == 6


@pytest.mark.parametrize(
    "rest",
    [
        b'"' * 2_000_000,
        b'"\n' * 100_000,
        b'"a,\n' * 50_000,
        b" ," * 1_000_000,
        (b"2026-01-02,1h" + b" " * 8000 + b"x\n") * 250,
        (b"2026-01-02," + b"1h " * 5000 + b"\n") * 130,
        ("2026-01-02 " + "a" * 16_000 + ",1\n").encode() * 125,
    ],
    ids=["quotes", "open quotes", "open cells", "cells", "blanks", "units", "letters"],
)
def test_hostile_files_come_to_an_end(rest):
    """A pattern that tried each way to split a cell would take days."""
    try:
        assert read(b"date,minutes\n" + rest).rows == []
    except FileRefused as refused:
        assert refused.fault in (FileFault.TOO_MANY_ROWS, FileFault.EMPTY)
