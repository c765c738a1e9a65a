"""The errors of a session's life (docs/contract.md, Focus sessions)."""

from typing import ClassVar

from focusguard.api.exceptions import DomainError, NotFound


class SessionNotFound(NotFound):
    code = "SESSION_NOT_FOUND"
    message = "Session not found"


class ActiveSessionExists(DomainError):
    code = "ACTIVE_SESSION_EXISTS"
    message = "A session is running; complete or abandon it first."
    example_errors: ClassVar = {"session_id": ["01949d2e-7a10-7c3f-8d52-3f1e2a4b5c6d"]}


class SessionFinished(DomainError):
    code = "SESSION_FINISHED"
    message = "The session is over."
