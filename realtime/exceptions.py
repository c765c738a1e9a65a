"""The refusals of a socket before it is one (docs/contract.md, Socket)."""

from focusguard.api.exceptions import DomainError


class RealtimeUnavailable(DomainError):
    status_code = 503
    code = "REALTIME_UNAVAILABLE"
    message = "There are no live updates here at this moment; ask again by and by."


class UpgradeRequired(DomainError):
    status_code = 426
    code = "UPGRADE_REQUIRED"
    message = "This is a WebSocket, which the realtime process serves; see the docs."


class SocketOriginRefused(DomainError):
    status_code = 403
    code = "ORIGIN_REFUSED"
    message = "A page opens this only from our own origins; a program sends no Origin."


class TooManyHandshakes(DomainError):
    status_code = 429
    code = "RATE_LIMITED"
    message = "Many sockets from your address wait for their first message."
