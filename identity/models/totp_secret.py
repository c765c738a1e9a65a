"""The secret that a user's authenticator app shares with us."""

from django.db import models

from accounts.models import User


class TotpSecret(models.Model):
    """A secret of RFC 6238, sealed; it is asked for once it was confirmed."""

    user = models.OneToOneField(
        User, primary_key=True, on_delete=models.CASCADE, related_name="totp"
    )
    # Sealed under ENCRYPTION_KEYS: see identity.second_factor.sealing.
    secret = models.BinaryField()
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    # The step of time whose code was taken last: none of it or before is taken again.
    last_step = models.BigIntegerField(default=-1)

    class Meta:
        db_table = "totps"
        verbose_name = "authenticator app"

    def __str__(self) -> str:
        return str(self.pk)
