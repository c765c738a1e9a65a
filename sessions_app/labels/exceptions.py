"""The errors of labels (docs/contract.md, Labels)."""

from typing import ClassVar

from focusguard.api.errors.envelope import MESSAGES
from focusguard.api.exceptions import DomainError, NotFound

UNKNOWN = "You have no such label."
MAX_LABELS = 100


class NoSuchLabel(DomainError):
    """The label that a body names is not there, or is somebody else's."""

    status_code = 422
    code, message = MESSAGES[422]
    example_errors: ClassVar = {"label_id": [UNKNOWN]}

    def __init__(self) -> None:
        super().__init__(f"label_id: {UNKNOWN}", errors={"label_id": [UNKNOWN]})


class LabelNotFound(NotFound):
    code = "LABEL_NOT_FOUND"
    message = "Label not found"


class LabelNameTaken(DomainError):
    code = "LABEL_NAME_TAKEN"
    message = "Another label of yours has this name."
    field = "name"


class TooManyLabels(DomainError):
    code = "TOO_MANY_LABELS"
    message = f"There are {MAX_LABELS} labels already; delete one first."
