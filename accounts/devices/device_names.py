"""The name of a device, in the few words that the dashboard has for it too.

`dashboard/src/format.ts` is its twin; `device-names.json` beside that holds both.
"""

import re

# The first that matches: Edge and Opera call themselves Chrome, and Chrome Safari.
BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone|iPad", "iOS"),
    ("Mac OS X", "macOS"),
    ("Windows", "Windows"),
    ("Linux", "Linux"),
)
LONGEST = 40
UNKNOWN = "Unknown device"


def device_name(user_agent: str) -> str:
    """Return what a browser is and what it runs on: "Firefox on Windows"."""
    browser = _first(BROWSERS, user_agent)
    system = _first(SYSTEMS, user_agent)
    if browser and system:
        return f"{browser} on {system}"
    return browser or system or user_agent[:LONGEST] or UNKNOWN


def _first(names: tuple[tuple[str, str], ...], user_agent: str) -> str | None:
    return next((name for sign, name in names if re.search(sign, user_agent)), None)
