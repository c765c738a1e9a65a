"""Both servers together: up, down, for a while, and the environment that names them."""

import contextlib
import os
from collections.abc import Iterator, Mapping

from local import keys, postgres, valkey
from local.file_locks import locked, shared
from local.places import Places

# What local mode sets, unless the environment has it already.
DEFAULTS = {
    "FOCUSGUARD_LOCAL": "true",
    "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
    "ALLOWED_ORIGINS": "http://localhost:5173,http://localhost:3000",
    "SECURE_SSL_REDIRECT": "false",
}


def up(places: Places, *, keep: bool = False) -> list[str]:
    """Start what the environment does not name; return the names of the started.

    With `keep` they stay up until `down`, whoever uses them in the meantime. Safe to
    call from two places at once. LocalError.
    """
    places.make()
    started = []
    with locked(places.servers_lock):
        keys.kept(places)
        if not postgres.running(places) and not valkey.running(places):
            # Whoever asked to keep them meant servers that are gone.
            places.kept_up.unlink(missing_ok=True)
        if "DATABASE_URL" not in os.environ and postgres.start(places):
            started.append("PostgreSQL")
        if "REDIS_URL" not in os.environ and valkey.start(places):
            started.append("Valkey")
        if keep:
            places.kept_up.touch()
    return started


def down(places: Places) -> list[str]:
    """Stop what runs; return the names of the stopped."""
    if not places.root.exists():
        return []
    stopped = []
    with locked(places.servers_lock):
        places.kept_up.unlink(missing_ok=True)
        if valkey.stop(places):
            stopped.append("Valkey")
        if postgres.stop(places):
            stopped.append("PostgreSQL")
    return stopped


@contextlib.contextmanager
def in_use(places: Places) -> Iterator[Mapping[str, str]]:
    """Have the servers up for a while and yield the environment that names them.

    `make run` and `make test` may overlap: the last to leave stops the servers,
    unless they were asked to stay up. LocalError.
    """
    places.make()
    with shared(places.users_lock) as part:
        try:
            up(places)
            yield {**os.environ, **environment(places)}
        finally:
            if part.alone() and not places.kept_up.exists():
                down(places)


def environment(places: Places) -> Mapping[str, str]:
    """Return the variables of local mode; what the environment has already wins."""
    places.make()
    with locked(places.servers_lock):
        secrets = keys.kept(places)
    ours = {
        **DEFAULTS,
        "DATABASE_URL": postgres.url(places),
        "REDIS_URL": valkey.url(places),
        "SECRET_KEY": secrets["SECRET_KEY"],
        "JWT_SECRET_KEY": secrets["JWT_SECRET_KEY"],
    }
    return {name: os.environ.get(name, value) for name, value in ours.items()}
