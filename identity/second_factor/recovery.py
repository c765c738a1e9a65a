"""Recovery codes: ten at a time, each taken once."""

import hashlib
import re
import secrets

from django.utils import timezone

from accounts.models import User
from identity.models import RecoveryCode

COUNT = 10
# Crockford's: nothing in it is read for something else, and what is typed anyway is
# taken for what was meant.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 16  # of 5 bits each
MEANT = str.maketrans("oil", "011")
BETWEEN = re.compile(r"[\s-]+")


def make_codes(user: User) -> list[str]:
    """Make new codes of a locked user in the place of the old; shown once, here."""
    codes = [
        "".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(COUNT)
    ]
    now = timezone.now()
    forget_codes(user)
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, digest=_digest(user, code), created_at=now)
        for code in codes
    )
    return ["-".join(re.findall("....", code)) for code in codes]


def take_recovery_code(user: User, typed: str) -> bool:
    """Take one of the user's codes; one statement judges and takes it."""
    code = BETWEEN.sub("", typed).lower().translate(MEANT)
    unused = RecoveryCode.objects.unused(user)
    taken = unused.filter(digest=_digest(user, code)).update(used_at=timezone.now())
    return bool(taken)


def forget_codes(user: User) -> None:
    """Delete all codes of the user, used ones too."""
    RecoveryCode.objects.filter(user=user).delete()


def codes_left(user: User) -> int:
    """Count the codes that are still good."""
    return RecoveryCode.objects.unused(user).count()


def _digest(user: User, code: str) -> bytes:
    return hashlib.sha256(user.pk.bytes + code.encode()).digest()
