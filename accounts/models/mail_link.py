"""The link of a mail: what it proves or opens, and until when."""

import datetime as dt
import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.mailboxes import MAX_LENGTH as MAILBOX_LENGTH
from accounts.models.user import User


class MailLinkQuerySet(models.QuerySet["MailLink"]):
    def open(self, now: dt.datetime) -> "MailLinkQuerySet":
        """Links that still do what they were sent for. Own columns only: a guard."""
        return self.filter(used_at=None, expires_at__gt=now)

    def outdated(self) -> "MailLinkQuerySet":
        """Links that expired a day ago: a missing one is answered as an expired one."""
        return self.filter(expires_at__lt=timezone.now() - dt.timedelta(days=1))


class MailLink(models.Model):
    """A link that was mailed, made when the mail was sent.

    It opens nothing: what the mail holds beside the id is an HMAC (`mail_links`).
    """

    class Kind(models.TextChoices):
        VERIFY = "verify", "verifies the address"
        CHANGE = "change", "changes the address"
        RESET = "reset", "resets the password"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=8, choices=Kind)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="mail_links")
    # Of the outbox: a mail that is sent again has the same link. No key: a mail is
    # forgotten on a day of its own.
    mail_id = models.UUIDField(unique=True, editable=False)
    address = models.EmailField(
        max_length=MAILBOX_LENGTH, help_text="Where it was sent, and what it proves."
    )
    from_address = models.EmailField(
        max_length=MAILBOX_LENGTH,
        blank=True,
        default="",
        help_text="Of a change: the address that it replaces.",
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(
        null=True, blank=True, help_text="Used, or ended by what came after it."
    )

    objects: ClassVar[models.Manager["MailLink"]] = MailLinkQuerySet.as_manager()

    class Meta:
        db_table = "mail_links"
        constraints = [
            models.CheckConstraint(
                condition=Q(Q(kind="change"), ~Q(from_address=""))
                | Q(~Q(kind="change"), from_address=""),
                name="mail_links_change_has_from",
            ),
        ]
        indexes = [
            # prune_mail_links: what expired longest ago.
            models.Index(F("expires_at"), name="mail_links_expiry"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
