"""The errors of imports (docs/contract.md, Imports)."""

from typing import ClassVar

from focusguard.api.errors.envelope import MESSAGES
from focusguard.api.exceptions import DomainError, NotFound

AN_ID = "01949d2e-7a10-7c3f-8d52-3f1e2a4b5c6d"


class ImportNotFound(NotFound):
    code = "IMPORT_NOT_FOUND"
    message = "Import not found"


class ImportRunning(DomainError):
    """The user has an import that has not ended."""

    code = "IMPORT_RUNNING"
    message = "Another import has not ended; apply it or delete it first."
    example_errors: ClassVar = {"import_id": [AN_ID]}


class ImportNotReady(DomainError):
    """An import that waits for something else than it was asked."""

    code = "IMPORT_NOT_READY"
    message = "The import is not ready to be applied."


class ImportRateLimited(DomainError):
    status_code = 429
    code = "IMPORT_RATE_LIMITED"
    message = "There were five imports in a day; try again later."


class DayFirstNeeded(DomainError):
    """Its dates can be read in two ways, and nobody has said in which."""

    status_code = 422
    code, message = MESSAGES[422]
    example_errors: ClassVar = {
        "day_first": ["Its dates can be read in two ways; say which."]
    }

    def __init__(self) -> None:
        (told,) = self.example_errors["day_first"]
        super().__init__(f"day_first: {told}", errors=self.example_errors)


class CsvNeeded(DomainError):
    """The body is of another media type, or packed."""

    status_code = 415
    code = MESSAGES[415][0]
    message = "A file is taken as text/csv in UTF-8 or UTF-16, uncompressed."
