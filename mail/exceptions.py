"""Why a mail is not sent again."""

from focusguard.api.exceptions import DomainError


class CannotSendAgain(DomainError):
    code = "CANNOT_SEND_AGAIN"
    message = "Only what was sent or has failed can be sent again."


class AddressErased(CannotSendAgain):
    message = "The address was typed, and erased when the mail had ended."
