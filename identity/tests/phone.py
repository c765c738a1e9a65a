"""The phone of a user: an authenticator app, made by the library that apps are held to."""

import time

import pyotp

from identity.models import TotpSecret

KEYS = ["kP2v-9sXq_Lw7RzT0cYhBn4EoUi8MdFa", "Zr8-mQ1tVb5_Xs0JcWd7GfKp3NyLhAe2"]


class Phone:
    """Shows the code of now, and of the steps around it."""

    def __init__(self, secret):
        self._totp = pyotp.TOTP(secret)

    def code(self, *, steps=0):
        return self._totp.at(int(time.time()), counter_offset=steps)


def set_up(client):
    """Add an app over the API; return the phone and its recovery codes.

    The step of the first code is put back, so that the next code may be of now.
    """
    begun = client.post("/api/auth/totp")
    assert begun.status_code == 201, begun.content
    phone = Phone(begun.json()["secret"])
    confirmed = client.post("/api/auth/totp/confirm", {"code": phone.code()})
    assert confirmed.status_code == 200, confirmed.content
    TotpSecret.objects.update(last_step=0)
    return phone, confirmed.json()["recovery_codes"]
