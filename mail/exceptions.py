"""Why a mail is not sent again."""


class CannotSendAgain(Exception):
    """A refusal, in words for the staff. No answer of the API, and so no code of it."""
