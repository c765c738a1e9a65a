"""The account elsewhere that somebody signs in by."""

from typing import ClassVar

from django.db import models
from uuid_utils.compat import uuid7

from accounts.mailboxes import MAX_LENGTH as MAILBOX_LENGTH
from accounts.models import User
from focusguard.provider_settings import Provider


class LinkedIdentityQuerySet(models.QuerySet["LinkedIdentity"]):
    def for_user(self, user: User) -> "LinkedIdentityQuerySet":
        return self.filter(user=user)

    def usable(self, providers: dict[str, Provider]) -> "LinkedIdentityQuerySet":
        """Identities whose provider people can still be sent to."""
        return self.filter(issuer__in=[one.issuer for one in providers.values()])


class LinkedIdentity(models.Model):
    """An account at a provider, by the issuer and the subject that it has there.

    Never by its address: that can be given to another, and need not have been theirs.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="identities")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    email = models.CharField(
        max_length=MAILBOX_LENGTH,
        blank=True,
        default="",
        help_text="Its address there, as it was last: to tell it by, and for nothing else.",
    )
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField()

    objects: ClassVar[models.Manager["LinkedIdentity"]] = (
        LinkedIdentityQuerySet.as_manager()
    )

    class Meta:
        db_table = "identities"
        verbose_name = "linked account"
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "subject"], name="identities_issuer_subject_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issuer} {self.subject}"
