"""What a person can mend; told in one line, without a traceback."""


class LocalError(Exception):
    """Something on this machine is in the way; the message says what to do."""
