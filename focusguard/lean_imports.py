"""Imports that are left out of every process: optional halves of libraries.

PyJWT imports cryptography for algorithms that no token of ours has (all are HMAC), and
Django REST framework imports requests for a client of tests. Both would take 15 MB of
each web worker. What needs them imports them where it needs them: passkeys, providers
and sealed secrets.
"""

import importlib
import sys

LEFT_OUT = ("cryptography", "requests")
# Import what is left out if it is there, and do without if not.
TAKERS = ("jwt.algorithms", "redis.utils", "rest_framework.compat")


def leave_out() -> None:
    """Let these packages be missing while Django starts."""
    for name in LEFT_OUT:
        # Python's own mark of a module that is not to be imported.
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # typed as modules alone


def allow() -> None:
    """Let these packages be imported again; their takers have decided without."""
    for taker in TAKERS:
        importlib.import_module(taker)
    for name in LEFT_OUT:
        if sys.modules.get(name, sys) is None:
            del sys.modules[name]
