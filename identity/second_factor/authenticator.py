"""Codes of an authenticator app (RFC 6238), each taken once.

A code is good for the step before, this one and the next (30 s each), so that a phone's
clock may be a little off; whose step was taken is not taken again, nor one before it.
"""

import logging
import re
import time

from accounts.models import User
from identity.models import TotpSecret
from identity.second_factor.sealing import Unopenable, unseal

logger = logging.getLogger(__name__)

FORM = re.compile(r"[0-9]{6}")
ISSUER = "FocusGuard"


def new_secret() -> str:
    """Return 160 random bits in base32, as apps take them."""
    import pyotp

    return pyotp.random_base32()


def uri_of(secret: str, user: User) -> str:
    """Return what the QR code says."""
    import pyotp

    return pyotp.TOTP(secret).provisioning_uri(name=user.username, issuer_name=ISSUER)


def take_code(totp: TotpSecret, typed: str) -> bool:
    """Take a code of a secret; one statement judges its step and takes it.

    Caught: a step that is read, compared and then stored (9 of 16 racers passed with
    one code).
    """
    step = _step_of(totp, re.sub(r"\s", "", typed))
    if step is None:
        return False
    before = TotpSecret.objects.filter(pk=totp.pk, last_step__lt=step)
    return bool(before.update(last_step=step))


def _step_of(totp: TotpSecret, code: str) -> int | None:
    import pyotp
    from pyotp.exceptions import OTPVerificationError

    if not FORM.fullmatch(code):
        return None
    try:
        secret = unseal(bytes(totp.secret)).decode()
    except Unopenable:
        logger.error("no key of ENCRYPTION_KEYS opens the secret of %s", totp.pk)
        return None
    try:
        return pyotp.TOTP(secret).verify_and_get_timecode(
            code, for_time=time.time(), valid_window=1
        )
    except OTPVerificationError:
        return None
