"""The errors of the history (docs/contract.md, History)."""

from focusguard.api.exceptions import NotFound


class RecordNotFound(NotFound):
    code = "RECORD_NOT_FOUND"
    message = "Record not found"
