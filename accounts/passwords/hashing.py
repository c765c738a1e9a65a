"""Password hashing that leaves the processor, and the threads, to others."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from django.contrib.auth.hashers import BCryptSHA256PasswordHasher

from accounts.exceptions import HashingBusy

# In each worker process. What hashes at once shares the processor with every read;
# what waits holds a thread that could serve one. Five is also how many guesses at one
# account may be checked, so an honest owner is never turned away by a single guesser.
AT_ONCE = 2
AT_ONCE_OR_WAITING = 5

_admitted = BoundedSemaphore(AT_ONCE_OR_WAITING)
_hashing = BoundedSemaphore(AT_ONCE)


class CappedBCryptHasher(BCryptSHA256PasswordHasher):
    """bcrypt of the SHA-256, a few at a time. HashingBusy (503) beyond.

    Under every way to a password: the API's, the admin's and the commands'.
    """

    def encode(self, password: str, salt: str) -> str:
        with _slot():
            return super().encode(password, salt)


@contextmanager
def _slot() -> Iterator[None]:
    if not _admitted.acquire(blocking=False):
        raise HashingBusy(retry_after=1)
    try:
        with _hashing:
            yield
    finally:
        _admitted.release()
