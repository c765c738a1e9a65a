"""The origin of the request being served (address and agent), for the security events."""

from contextvars import ContextVar
from dataclasses import dataclass

from django.http import HttpRequest

from focusguard.web.client_address import client_address

USER_AGENT_LENGTH = 256


@dataclass(frozen=True, slots=True)
class Origin:
    """A client's address, and what it says it is."""

    address: str | None = None
    user_agent: str = ""


# The request being served; None in a command.
serving: ContextVar[HttpRequest | None] = ContextVar("serving", default=None)


def current_origin() -> Origin:
    """Return the origin of the request being served; an empty one for a command."""
    request = serving.get()
    if request is None:
        return Origin()
    # What no text column can hold is left out, not a reason to refuse.
    agent = request.META.get("HTTP_USER_AGENT", "").replace("\0", "")
    return Origin(client_address(request), agent[:USER_AGENT_LENGTH])
