"""The outbox: a row for each mail that is to be sent, written with what it tells."""

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from uuid_utils.compat import uuid7

from mail.addresses import MAX_LENGTH

MAX_TRIES = 8


class OutboxMailQuerySet(models.QuerySet["OutboxMail"]):
    def waiting(self) -> "OutboxMailQuerySet":
        return self.filter(state=OutboxMail.State.WAITING)

    def due(self) -> "OutboxMailQuerySet":
        """Mails that a sender may take now, by the clock of the database."""
        return self.waiting().filter(due_at__lte=Now())

    def ended_before(self, moment: dt.datetime) -> "OutboxMailQuerySet":
        return self.filter(ended_at__lt=moment)

    def outdated(
        self, kept_for: dt.timedelta = dt.timedelta(days=30)
    ) -> "OutboxMailQuerySet":
        """Mails past their retention, which tells what was sent to whom."""
        return self.ended_before(timezone.now() - kept_for)


class OutboxMail(models.Model):
    """A mail by its kind and facts; what it says is made when it is sent.

    So nothing that stands here opens an account. The address of a mail to nobody in
    particular is what somebody typed, and is erased when the mail has ended.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        SENT = "sent", "sent"
        DROPPED = "dropped", "dropped: not due any more"
        FAILED = "failed", "failed"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=200, help_text="One mail has one key, ever.")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="mails",
        help_text="Who it is to; empty where somebody typed an address.",
    )
    address = models.CharField(
        max_length=MAX_LENGTH,
        blank=True,
        help_text="Empty: the address that the user has when it is sent.",
    )
    # Ids and facts, never a secret.
    data = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()
    # A sender that takes a row moves this: one that dies leaves it due again.
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    reason = models.CharField(
        max_length=200, blank=True, help_text="Why the last try did not send it."
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["OutboxMail"]] = OutboxMailQuerySet.as_manager()

    class Meta:
        db_table = "mail_outbox"
        verbose_name = "mail"
        constraints = [
            models.UniqueConstraint(fields=["key"], name="mail_outbox_key_unique"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "sent", "dropped", "failed"]),
                name="mail_outbox_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", ended_at=None)
                | (~Q(state="waiting") & Q(ended_at__isnull=False)),
                name="mail_outbox_ended_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(user__isnull=False) | ~Q(address=""),
                name="mail_outbox_to_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting") | Q(user__isnull=False) | Q(address=""),
                name="mail_outbox_typed_address_erased",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["dropped", "failed"]) | ~Q(reason=""),
                name="mail_outbox_ended_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(kind="") & ~Q(key=""), name="mail_outbox_named"
            ),
            models.CheckConstraint(
                condition=Q(tries__lte=MAX_TRIES), name="mail_outbox_tries_bounded"
            ),
        ]
        indexes = [
            # What is due: of senders, and of the sweep.
            models.Index(
                F("due_at"), name="mail_outbox_due", condition=Q(state="waiting")
            ),
            # prune_mail.
            models.Index(
                F("ended_at"),
                name="mail_outbox_ended",
                condition=Q(ended_at__isnull=False),
            ),
            # The admin's lists of a state and of a kind, newest first.
            models.Index(F("state"), F("id").desc(), name="mail_outbox_state"),
            models.Index(F("kind"), F("id").desc(), name="mail_outbox_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.created_at:%Y-%m-%d %H:%M:%S}"
