"""The IANA time zones that a user may live in."""

from functools import cache
from zoneinfo import ZoneInfo, available_timezones

# Names that stand for the machine, not for a place.
NOT_A_PLACE = {"Factory", "localtime", "posixrules"}
ZONE_NAMES = frozenset(available_timezones() - NOT_A_PLACE)

# ZoneInfo keeps eight of its zones and reads the others from disk, each time.
zone_named = cache(ZoneInfo)

# The form of such a name, for who cannot ask the list.
ZONE_FORM = r"^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$"
