"""What a person can mend; told in one line, without a traceback."""

import os

PROXIES = (
    "HTTPS_PROXY",
    "https_proxy",
    "HTTP_PROXY",
    "http_proxy",
    "ALL_PROXY",
    "all_proxy",
)


class LocalError(Exception):
    """Something on this machine is in the way; the message says what to do."""


def proxy_hint() -> str:
    """Name the variables of a proxy, which may be what a download failed at."""
    named = [name for name in PROXIES if os.environ.get(name)]
    if not named:
        return ""
    return f" It goes through the proxy of {', '.join(named)}: does that answer?"
