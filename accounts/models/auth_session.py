"""The device that a user is signed in on, and the state of its refresh token."""

import datetime as dt
import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from uuid_utils.compat import uuid7

from accounts.models.user import User


class AuthSessionQuerySet(models.QuerySet["AuthSession"]):
    def live(self) -> "AuthSessionQuerySet":
        return self.filter(revoked_at=None)

    def for_user(self, user: User) -> "AuthSessionQuerySet":
        return self.filter(user=user)

    def signed_in(self, user: User) -> "AuthSessionQuerySet":
        """The user's devices that can still refresh."""
        return self.live().for_user(user).filter(expires_at__gt=timezone.now())

    def ended_before(self, moment: dt.datetime) -> "AuthSessionQuerySet":
        return self.filter(Q(expires_at__lt=moment) | Q(revoked_at__lt=moment))

    def outdated(
        self, kept_for: dt.timedelta = dt.timedelta(days=90)
    ) -> "AuthSessionQuerySet":
        """Devices past their retention, which tells who was signed in, and from where."""
        return self.ended_before(timezone.now() - kept_for)


class AuthSession(models.Model):
    """A signed-in device. Its id is the `sid` claim of every token it holds.

    Only token ids are kept: without the signing key they are worth nothing.
    """

    class RevokedReason(models.TextChoices):
        LOGOUT = "logout", "signed out"
        LOGOUT_ALL = "logout_all", "signed out everywhere"
        REUSE = "reuse", "a spent refresh token came back"
        PASSWORD = "password", "the password changed"
        STAFF = "staff", "ended by staff"
        LIMIT = "limit", "made room for newer devices"

    class Repeated(models.IntegerChoices):
        """The ways in which the newest pair of tokens was answered once more (ADR 30)."""

        NEVER = 0
        AT_ONCE = 1
        APART = 2

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="auth_sessions"
    )
    # The refresh token that counts, and the one that it was given for.
    current_jti = models.UUIDField(default=uuid.uuid4)
    previous_jti = models.UUIDField(null=True, blank=True)
    # Whether anything of the newest pair was used: then its answer was not lost.
    confirmed = models.BooleanField(default=True, db_default=True)
    # How often the newest pair was given anew for an answer that was lost.
    issue = models.PositiveIntegerField(default=0, db_default=0)
    # Of each pair that was given anew, the first access token that counts.
    given_anew = ArrayField(models.UUIDField(), null=True, blank=True)
    repeated = models.PositiveSmallIntegerField(
        choices=Repeated, default=Repeated.NEVER, db_default=Repeated.NEVER
    )
    # Of how many pairs in a row, up to this one, that was so, apart.
    repeats = models.PositiveSmallIntegerField(default=0, db_default=0)
    # The way in: `one_door.Method`.
    method = models.CharField(max_length=16, default="password", db_default="password")
    # When who holds it last proved who they are, by a sign-in or `POST /auth/proof`.
    proved_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(help_text="Sign-in or last refresh.")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_reason = models.CharField(
        max_length=16, choices=RevokedReason, default="", blank=True
    )
    # Of the sign-in or the last refresh, as `last_used_at`.
    user_agent = models.CharField(max_length=256, default="", blank=True)
    ip = models.GenericIPAddressField(null=True, blank=True)

    objects: ClassVar[models.Manager["AuthSession"]] = AuthSessionQuerySet.as_manager()

    class Meta:
        db_table = "auth_sessions"
        verbose_name = "device"
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_reason="")
                | (Q(revoked_at__isnull=False) & ~Q(revoked_reason="")),
                name="auth_sessions_revoked_with_reason",
            ),
        ]
        indexes = [
            # prune_auth_sessions: what ended longest ago.
            models.Index(F("expires_at"), name="auth_sessions_expiry"),
            models.Index(
                F("revoked_at"),
                name="auth_sessions_revoked",
                condition=Q(revoked_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
