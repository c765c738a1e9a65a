"""Where the request being served comes from, for whoever writes it down."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.http import HttpRequest

from focusguard.api.client_address import client_address

USER_AGENT_LENGTH = 256


@dataclass(frozen=True, slots=True)
class Origin:
    """A client's address, and what it says it is."""

    address: str | None = None
    user_agent: str = ""


_origin: ContextVar[Origin] = ContextVar("origin", default=Origin())  # noqa: B039  (frozen)


def current_origin() -> Origin:
    """Return the origin of the request being served; an empty one for a command."""
    return _origin.get()


@contextmanager
def coming_from(request: HttpRequest) -> Iterator[None]:
    """Make the request's client the current origin for the block."""
    # What no text column can hold is left out, not a reason to refuse.
    agent = request.headers.get("User-Agent", "").replace("\0", "")
    token = _origin.set(Origin(client_address(request), agent[:USER_AGENT_LENGTH]))
    try:
        yield
    finally:
        _origin.reset(token)
