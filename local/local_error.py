"""An error that a person can mend; told in one line, without a traceback."""

import errno
import os

PROXIES = ("https_proxy", "http_proxy", "all_proxy")  # in either case

# Room that is missing, in the words of this system.
NO_ROOM = {os.strerror(number) for number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)}
NOT_OURS = (errno.EROFS, errno.EACCES, errno.EPERM)


class LocalError(Exception):
    """A fault of this machine; the message says what to do."""


def proxy_hint() -> str:
    """Name the variables of a proxy, which may be what a download failed at."""
    named = [
        name for name, url in os.environ.items() if url and name.lower() in PROXIES
    ]
    if not named:
        return ""
    return f" It goes through the proxy of {', '.join(named)}: does that answer?"


def sentence(error: LocalError | OSError) -> str:
    """Say what was met, and what to do about it where that is known."""
    said = str(error)
    if isinstance(error, OSError) and error.strerror:
        where = f"{os.fsdecode(error.filename)}: " if error.filename else ""
        said = f"{where}{error.strerror}."
        if error.errno in NOT_OURS:
            said += " A checkout is started where it may be written: see .local/ in it."
    if any(words in said for words in NO_ROOM):
        said += " Make room on the disk, and start again: nothing has to be removed."
    return said
