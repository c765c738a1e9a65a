"""What the life of a session forbids (contract.md, Focus sessions)."""

from focusguard.api.exceptions import DomainError, NotFound


class SessionNotFound(NotFound):
    code = "SESSION_NOT_FOUND"
    message = "Session not found"


class ActiveSessionExists(DomainError):
    code = "ACTIVE_SESSION_EXISTS"
    message = "A session is running; complete or abandon it first."


class SessionFinished(DomainError):
    code = "SESSION_FINISHED"
    message = "The session is over."
