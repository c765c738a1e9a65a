"""Time zones of the demo's people: most live in a few, some in every odd one."""

from functools import cache
from itertools import accumulate

from accounts.models import User

WEIGHTS: dict[str, int] = {
    "America/New_York": 90,
    "America/Chicago": 55,
    "America/Los_Angeles": 60,
    "America/Denver": 20,
    "America/Toronto": 25,
    "America/Sao_Paulo": 50,
    "America/Mexico_City": 35,
    "America/Bogota": 18,
    "America/Argentina/Buenos_Aires": 18,
    "America/Santiago": 10,
    "Europe/London": 70,
    "Europe/Paris": 45,
    "Europe/Berlin": 60,
    "Europe/Madrid": 35,
    "Europe/Amsterdam": 25,
    "Europe/Warsaw": 25,
    "Europe/Stockholm": 18,
    "Europe/Istanbul": 25,
    "Europe/Kyiv": 15,
    "Africa/Lagos": 25,
    "Africa/Cairo": 15,
    "Africa/Nairobi": 12,
    "Africa/Johannesburg": 12,
    "Asia/Dubai": 12,
    "Asia/Karachi": 18,
    "Asia/Kolkata": 95,
    "Asia/Dhaka": 15,
    "Asia/Bangkok": 18,
    "Asia/Jakarta": 35,
    "Asia/Singapore": 20,
    "Asia/Manila": 25,
    "Asia/Shanghai": 40,
    "Asia/Seoul": 35,
    "Asia/Tokyo": 45,
    "Australia/Sydney": 25,
    "Pacific/Auckland": 10,
    "UTC": 20,
    # Half and quarter hours, both sides of the date line, half an hour of DST, DST
    # at midnight, DST around Ramadan.
    "America/St_Johns": 3,
    "America/Havana": 3,
    "Africa/Casablanca": 5,
    "Asia/Tehran": 8,
    "Asia/Kabul": 3,
    "Asia/Kathmandu": 6,
    "Asia/Yangon": 4,
    "Australia/Adelaide": 5,
    "Australia/Eucla": 1,
    "Australia/Lord_Howe": 1,
    "Pacific/Chatham": 1,
    "Pacific/Kiritimati": 1,
    "Pacific/Pago_Pago": 1,
    "Pacific/Marquesas": 1,
}
NAMES = tuple(WEIGHTS)
CUMULATIVE = tuple(accumulate(WEIGHTS.values()))


@cache
def resident(zone: str) -> User:
    """Return somebody who lives in `zone`, never saved: their days are its days."""
    return User(timezone=zone)
