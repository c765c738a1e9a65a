"""The key of a registration, so that its retry finds the account that it opened."""

from django.db import models
from django.db.models import F

from accounts.models.user import User


class RegistrationKey(models.Model):
    """The account that an `Idempotency-Key` of `POST /auth/register` has opened.

    It opens nothing: a retry proves itself by the password, which is not in the
    fingerprint, or a copy of this table would let it be guessed without bcrypt.
    """

    key = models.CharField(max_length=255, primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    # No foreign key: the device may be gone, and the account is still that of the key.
    device_id = models.UUIDField()
    fingerprint = models.BinaryField(
        max_length=32, help_text="Of the body without its password."
    )
    created_at = models.DateTimeField()

    class Meta:
        db_table = "registration_keys"
        indexes = [
            # Each new one takes some that are forgotten out.
            models.Index(F("created_at"), name="registration_keys_age"),
        ]

    def __str__(self) -> str:
        return self.key
