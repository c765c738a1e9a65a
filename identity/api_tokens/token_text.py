"""The text of an API token: made once, told once, known again by its digest.

`fgp_`, 32 random bytes in base 62, and six characters of their CRC-32. By the prefix a
scanner finds one that was pushed to a repository; by the sum a typing error, or one of
ten thousand guesses, is told from a token without a question to the database.
"""

import hashlib
import re
import secrets
import string
import zlib

PREFIX = "fgp_"
SECRET_BYTES = 32
SECRET_LENGTH = 43
SUM_LENGTH = 6
# As much as a list shows: it tells tokens apart, and leaves 208 of 256 bits unsaid.
SHOWN_LENGTH = len(PREFIX) + 8

FORM = re.compile(rf"\A{PREFIX}[0-9A-Za-z]{{{SECRET_LENGTH + SUM_LENGTH}}}\Z")
DIGITS = string.digits + string.ascii_uppercase + string.ascii_lowercase


def new_token() -> str:
    """Make a token that nobody can guess."""
    secret = int.from_bytes(secrets.token_bytes(SECRET_BYTES))
    begun = PREFIX + _base62(secret, SECRET_LENGTH)
    return begun + _sum(begun)


def is_token(text: str) -> bool:
    """Tell whether a text can be a token at all: its form, and its sum."""
    if not FORM.match(text):
        return False
    return text.endswith(_sum(text[:-SUM_LENGTH]))


def digest_of(token: str) -> bytes:
    """Return what is stored of a token.

    A plain SHA-256 is enough: there is nothing to guess in 256 random bits, and a slow
    hash would cost each request what it costs a sign-in.
    """
    return hashlib.sha256(token.encode()).digest()


def _sum(text: str) -> str:
    return _base62(zlib.crc32(text.encode()), SUM_LENGTH)


def _base62(number: int, length: int) -> str:
    digits = []
    for _ in range(length):
        number, digit = divmod(number, len(DIGITS))
        digits.append(DIGITS[digit])
    return "".join(reversed(digits))
