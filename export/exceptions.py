"""Why an export has to wait."""

from focusguard.api.exceptions import DomainError


class ExportRunning(DomainError):
    status_code = 429
    code = "EXPORT_RUNNING"
    message = "An export of this account is being made; ask again when it has come."


class ExportRateLimited(DomainError):
    status_code = 429
    code = "EXPORT_RATE_LIMITED"
    message = "Too many exports; try again later."


class ExportBusy(DomainError):
    status_code = 503
    code = "EXPORT_BUSY"
    message = "Other exports are being made; try again in a moment."
