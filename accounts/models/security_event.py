"""The record of what happened to an account; nothing changes a row of it."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import F
from django.db.models.functions import Now
from uuid_utils.compat import uuid7

from accounts.models.user import User


class SecurityEventQuerySet(models.QuerySet["SecurityEvent"]):
    def outdated(self) -> "SecurityEventQuerySet":
        """Events past their retention, by the database's clock: the table's guard has it."""
        return self.filter(at__lt=Now() - SecurityEvent.KEPT_FOR)


class SecurityEvent(models.Model):
    """A security event of an account, written once and never changed.

    A trigger refuses every UPDATE, and a DELETE within `KEPT_FOR`; only the database's
    own cascade takes a deleted user's events along.
    """

    KEPT_FOR = dt.timedelta(days=90)

    class Kind(models.TextChoices):
        REGISTERED = "registered", "registered"
        SIGNED_IN = "signed_in", "signed in"
        SIGN_IN_FAILED = "sign_in_failed", "sign-in failed"
        TOKEN_REPEATED = "token_repeated", "refresh answered once more"
        TOKEN_REUSED = "token_reused", "spent refresh token came back"
        SIGNED_OUT = "signed_out", "device signed out"
        SIGNED_OUT_EVERYWHERE = "signed_out_everywhere", "signed out everywhere"
        PASSWORD_CHANGED = "password_changed", "password changed"
        PASSWORD_REFUSED = "password_refused", "current password wrong"
        EMAIL_CHANGED = "email_changed", "e-mail changed"
        EMAIL_CHANGE_ASKED = "email_change_asked", "change of e-mail asked for"
        EMAIL_VERIFIED = "email_verified", "e-mail verified"
        PASSWORD_RESET_ASKED = "password_reset_asked", "password reset asked for"
        PASSWORD_RESET = "password_reset", "password reset by mail"
        TOTP_ADDED = "totp_added", "authenticator app added"
        TOTP_REMOVED = "totp_removed", "authenticator app removed"
        RECOVERY_CODES_MADE = "recovery_codes_made", "recovery codes made"
        RECOVERY_CODE_USED = "recovery_code_used", "recovery code used"
        SECOND_FACTOR_FAILED = "second_factor_failed", "second factor wrong"
        SECOND_FACTOR_RESET = "second_factor_reset", "second factor reset by staff"
        PASSKEY_ADDED = "passkey_added", "passkey added"
        PASSKEY_REMOVED = "passkey_removed", "passkey removed"
        PASSKEY_CLONED = "passkey_cloned", "passkey whose counter went back"
        IDENTITY_LINKED = "identity_linked", "account elsewhere linked"
        IDENTITY_UNLINKED = "identity_unlinked", "account elsewhere unlinked"
        API_TOKEN_MADE = "api_token_made", "API token made"
        API_TOKEN_REVOKED = "api_token_revoked", "API token revoked"
        PICTURE_CHANGED = "picture_changed", "picture changed"
        STAFF_SIGNED_IN = "staff_signed_in", "signed in to this site"
        STAFF_ACCESS_CHANGED = "staff_access_changed", "staff access changed"
        DEACTIVATED = "deactivated", "deactivated"
        REACTIVATED = "reactivated", "activated again"
        ACCOUNT_DELETED = "account_deleted", "account deleted"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField()
    kind = models.CharField(max_length=24, choices=Kind)
    # The migration writes these keys: checked at once, cascading in the database.
    user = models.ForeignKey(
        User,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="security_events",
        help_text="Whose account; empty for an unknown name and a deleted account.",
    )
    actor = models.ForeignKey(
        User,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        help_text="The member of staff who did it; empty: the user's own doing.",
    )
    # No key: devices are forgotten earlier than events.
    device_id = models.UUIDField(null=True)
    address = models.GenericIPAddressField(null=True)
    user_agent = models.CharField(max_length=256, default="", blank=True)
    # The way in or the factor that it is about, where there is one.
    method = models.CharField(max_length=16, default="", db_default="", blank=True)
    request_id = models.CharField(max_length=128)

    objects: ClassVar[models.Manager["SecurityEvent"]] = (
        SecurityEventQuerySet.as_manager()
    )

    class Meta:
        db_table = "security_events"
        indexes = [
            # prune_security_events, and the admin's calendar.
            models.Index(F("at").desc(), F("id").desc(), name="security_events_newest"),
            # The admin's filter by kind.
            models.Index(F("kind"), F("at").desc(), name="security_events_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M:%S}"
