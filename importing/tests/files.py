"""Files as programs write them, and as nobody should."""

FOREST = b"""Start Time,End Time,Tag,Note,Tree Type,Is Success
2026-01-21T14:49:13.000-0500,2026-01-21T15:14:13.000-0500,Unset,Reading,Cedar,True
2026-01-28T15:20:27.000-0500,2026-01-28T15:34:23.000-0500,Study,,Cedar,False
Thu Jan 29 14:49:13 GMT-05:00 2026,Thu Jan 29 15:19:13 GMT-05:00 2026,Study,,Oak,True
"""
TOGGL = """\ufeffUser,Email,Client,Project,Task,Description,Billable,Start date,\
Start time,End date,End time,Duration,Tags,Amount ()
A,a@b.c,,Bridge,,"Inspection, east",No,2026-01-05,09:00:00,2026-01-05,10:30:00,01:30:00,,
A,a@b.c,,,,,No,2026-01-05,11:30:00 PM,2026-01-06,00:10:00 AM,00:40:00,,
A,a@b.c,,,,,No,2026-01-05,11:30:00 PM,2026-01-06,12:10:00 AM,00:40:00,,
""".encode()
POMOFOCUS = b"""date,project,task,minutes
20260301,Thesis,Chapter 3,25
20260301,Thesis,Chapter 3,25
20260302,Thesis,,50
"""
SUPER_PRODUCTIVITY = b"""Date;Start;End;Worked;Titles;Project
2026-04-17;09:00;12:00;2h 30m;one | two;Work;
2026-04-17;13:00;13:20;20m;three;Work;
2026-04-17;23:50;0:20;;four;;
2026-04-18;;;1h 5m;five;Work;
"""
GENERIC = b"""start,end,label,note
2026-01-02 09:00,2026-01-02 09:25,Study,Chapter 3
2026-01-02T10:00Z,2026-01-02T10:25Z,,
"""
DAYS = b"date,minutes\n2026-01-02,25\n2026-01-03,50\n"


def days(*dates, delimiter=","):
    """Return a file of 25 minutes on each of these dates, however they are written."""
    lines = [f"date{delimiter}minutes", *(f"{date}{delimiter}25" for date in dates)]
    return "\n".join(lines).encode()


def many(count, *, label="Study"):
    """Return a file of so many rows of five minutes, each free of the others."""
    lines = ["start,end,label,note"]
    for n in range(count):
        day, hour, minute = 1 + n // 200 % 28, n // 10 % 20, n % 10 * 6
        month, year = 1 + n // 5600 % 12, 2025
        start = f"{year}-{month:02}-{day:02} {hour:02}:{minute:02}"
        end = f"{year}-{month:02}-{day:02} {hour:02}:{minute + 5:02}"
        lines.append(f"{start},{end},{label},row {n}")
    return "\n".join(lines).encode()
