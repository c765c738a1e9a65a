"""The errors of what people tell (docs/contract.md, Entries)."""

from typing import ClassVar

from focusguard.api.exceptions import DomainError, NotFound


class EntryNotFound(NotFound):
    code = "ENTRY_NOT_FOUND"
    message = "Entry not found"


class TimeTaken(DomainError):
    """The time is another record's, or the day has no minutes left."""

    code = "TIME_TAKEN"
    message = "This time is taken by another record."
    example_errors: ClassVar = {"record_id": ["01949d2e-7a10-7c3f-8d52-3f1e2a4b5c6d"]}


class TooManyEntries(DomainError):
    code = "TOO_MANY_ENTRIES"
    message = "There are 50,000 entries already; delete some first."


class ClientIdReused(DomainError):
    code = "CLIENT_ID_REUSED"
    message = "Another entry was sent with this client_id; make a new one."
    example_errors: ClassVar = {"record_id": ["01949d2e-7a10-7c3f-8d52-3f1e2a4b5c6d"]}
