"""The IANA time zones that a user may live in."""

from zoneinfo import available_timezones

# Names that stand for the machine, not for a place.
NOT_A_PLACE = {"Factory", "localtime", "posixrules"}
ZONE_NAMES = frozenset(available_timezones() - NOT_A_PLACE)
