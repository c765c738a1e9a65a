"""Lengths of time as programs write them, in seconds."""

import re
from decimal import Decimal

from importing.reading.reasons import LineFault, LineRefused

CLOCK = re.compile(r"([0-9]{1,3}):([0-5][0-9])(?::([0-5][0-9]))?")
UNITS = re.compile(
    r"(?:(?P<h>[0-9]{1,3}(?:[.,][0-9]{1,2})?) ?h(?:ours?|rs?)?)?[ ,]*"
    r"(?:(?P<m>[0-9]{1,5}) ?m(?:in(?:ute)?s?)?)?[ ,]*"
    r"(?:(?P<s>[0-9]{1,5}) ?s(?:ec(?:ond)?s?)?)?"
)
# A comma or point before three digits may group thousands.
NUMBER = re.compile(r"[0-9]{1,5}(?:[.,](?:[0-9]{1,2}|[0-9]{4,9}))?")


def seconds_of(text: str, *, number_is_minutes: bool) -> int:
    """Read `1:30`, `01:30:00`, `2h 30m`, `90 min`; a bare number where it is minutes.

    A clock has hours first. LineRefused for anything else: a number that may be
    hours, milliseconds or thousands is not guessed at.
    """
    text = text.strip().lower()
    if clock := CLOCK.fullmatch(text):
        hours, minutes, seconds = (int(part or 0) for part in clock.groups())
        return hours * 3600 + minutes * 60 + seconds
    if number_is_minutes and NUMBER.fullmatch(text):
        return int(Decimal(text.replace(",", ".")) * 60)
    units = UNITS.fullmatch(text)
    if text and units and any(units.groups()):
        parts = {
            unit: Decimal((said or "0").replace(",", "."))
            for unit, said in units.groupdict().items()
        }
        return int(parts["h"] * 3600 + parts["m"] * 60 + parts["s"])
    raise LineRefused(LineFault.LENGTH)
