"""The user: who signs in, with XP, a level, and a zone that decides the day."""

import datetime as dt
import math
import re
from contextlib import suppress
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.indexes import OpClass
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Upper
from uuid_utils.compat import uuid7

from accounts.mailboxes import (
    FORM,
    canonical_identifier,
    canonical_mailbox,
)
from accounts.mailboxes import MAX_LENGTH as MAILBOX_LENGTH
from accounts.passwords.writes import hash_written_knowingly
from accounts.zones import zone_named

USERNAME_PATTERN = re.compile(r"\A[A-Za-z0-9_-]{3,50}\Z")
XP_PER_LEVEL_SQUARED = 50


def level_for_xp(xp: int) -> int:
    """Return max(1, ⌊√(xp / 50)⌋), which gives the examples of the seed.

    Integers only, so that no rounding can promote anybody.
    """
    return max(1, math.isqrt(xp // XP_PER_LEVEL_SQUARED))


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> "UserQuerySet":
        return self.filter(is_active=True)

    def findable(self) -> "UserQuerySet":
        """Users whom others may see."""
        return self.active().filter(awaits_verification=False)

    def identified_by(self, identifier: str) -> "UserQuerySet":
        """Match a username or an e-mail, without regard to case and spelling.

        A username cannot contain an @, so an identifier is never both.
        """
        typed = Lower(models.Value(identifier))
        if "@" not in identifier:
            return self.alias(name=Lower("username")).filter(name=typed)
        by_email = self.alias(name=Lower("email"))
        mailbox = canonical_identifier(identifier)
        if mailbox == identifier.lower():
            return by_email.filter(name=typed)
        # Who came with this very spelling before mailboxes had one form comes first.
        return by_email.filter(Q(name=typed) | Q(name=mailbox)).order_by(
            F("shares_mailbox").desc()
        )


# A base class that is made by a call has no type.
class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]  # a base that is made as it is named
    def get_by_natural_key(self, username: str | None) -> "User":
        """Find who signs in with this username or e-mail (ModelBackend asks here)."""
        user: User | None = self.identified_by(username or "").first()
        if user is None:
            raise self.model.DoesNotExist
        return user

    def create_user(
        self, username: str, email: str, password: str | None = None, **fields: Any
    ) -> "User":
        user: User = self.model(
            username=username, email=canonical_mailbox(email), **fields
        )
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(
        self, username: str, email: str, password: str | None = None, **fields: Any
    ) -> "User":
        return self.create_user(
            username, email, password, is_staff=True, is_superuser=True, **fields
        )


class User(AbstractBaseUser, PermissionsMixin):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(
        max_length=50,
        validators=[RegexValidator(USERNAME_PATTERN, "Use 3 to 50 of A-Z a-z 0-9 _ -")],
    )
    email = models.EmailField(max_length=MAILBOX_LENGTH)
    # When a link that was mailed to this very address came back; a trigger takes it
    # away with the address.
    email_verified_at = models.DateTimeField(null=True, editable=False)
    # Where they want their mail from now on, once a link has come back from there.
    pending_email = models.EmailField(  # noqa: DJ001  (none is no text)
        max_length=MAILBOX_LENGTH, null=True, editable=False
    )
    # Where EMAIL_VERIFICATION is `required`: until the address is verified they stand on
    # no board, and nobody finds them.
    awaits_verification = models.BooleanField(
        default=False, db_default=False, editable=False
    )
    # Whether a second factor is asked for beside the first: `identity` writes it with the
    # rows that say by what, so that no sign-in has to look for them.
    second_factor = models.BooleanField(default=False, db_default=False, editable=False)
    # Of before mailboxes had one form: its e-mail is another spelling of somebody
    # else's, or none that we would take today. It stays as it is until it is changed.
    shares_mailbox = models.BooleanField(
        default=False, db_default=False, editable=False
    )
    # The name of their picture, of 128 random bits, and no key: the file is a store's.
    # `pictures` writes it; a trigger of its notes what was here before.
    picture_id = models.UUIDField(null=True, editable=False)
    lvl = models.PositiveIntegerField("level", default=1)
    xp_points = models.PositiveIntegerField("XP", default=0)
    timezone = models.CharField(
        max_length=64, default="UTC", help_text="IANA name; it says when a day begins."
    )
    leaderboard_visible = models.BooleanField(default=True)
    weekly_report = models.BooleanField(
        default=False, db_default=False, help_text="A letter each Monday, if verified."
    )
    is_active = models.BooleanField("active", default=True)
    is_staff = models.BooleanField("staff", default=False)
    # How often the user was signed out everywhere: an admin session is of one epoch.
    session_epoch = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    # How often a device of theirs was ended: who waited for the user's lock sees by it
    # that the device that asks may have ended meanwhile.
    sign_outs = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    # Signing in must work while Postgres only reads, so it writes no row of the user.
    last_login = None

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]

    class Meta:
        db_table = "users"
        constraints = [
            models.UniqueConstraint(Lower("username"), name="users_username_unique"),
            models.UniqueConstraint(Lower("email"), name="users_email_unique"),
            models.CheckConstraint(
                condition=Q(username__regex=r"^[A-Za-z0-9_-]{3,50}$"),
                name="users_username_form",
            ),
            # With the unique index above it: one mailbox, one account.
            models.CheckConstraint(
                condition=Q(email__regex=FORM) | Q(shares_mailbox=True),
                name="users_email_form",
            ),
            models.CheckConstraint(
                condition=Q(pending_email__regex=FORM),
                name="users_pending_email_form",
            ),
            models.CheckConstraint(
                condition=Q(awaits_verification=False) | Q(email_verified_at=None),
                name="users_awaiting_is_unverified",
            ),
            models.CheckConstraint(condition=Q(lvl__gte=1), name="users_lvl_positive"),
            models.CheckConstraint(
                condition=Q(xp_points__gte=0), name="users_xp_not_negative"
            ),
        ]
        indexes = [
            # The XP board: the page, and how many stand above a score.
            models.Index(
                F("xp_points").desc(),
                F("id"),
                name="users_xp_board",
                condition=Q(is_active=True, leaderboard_visible=True, xp_points__gt=0),
            ),
            # queue_weekly_reports: where it is Monday morning.
            models.Index(
                fields=["timezone", "id"],
                name="users_weekly_report",
                condition=Q(weekly_report=True, is_active=True),
            ),
            # The admin's list, newest first.
            models.Index(F("created_at").desc(), F("id").desc(), name="users_newest"),
            # The admin's search by the start of a name or an address, in any case.
            models.Index(
                OpClass(Upper("username"), name="text_pattern_ops"),
                name="users_username_prefix",
            ),
            models.Index(
                OpClass(Upper("email"), name="text_pattern_ops"),
                name="users_email_prefix",
            ),
        ]

    def __str__(self) -> str:
        return self.username

    def check_password(self, raw_password: str | None) -> bool:
        """Check a password; a hash of an older cost is replaced on the way.

        Django's own writes the new hash whatever the row says by then, and so brings
        an old password back that was changed while it was being checked.
        """

        def upgrade(password: str | None) -> None:
            weaker, self.password = self.password, make_password(password)
            with hash_written_knowingly():
                User.objects.filter(pk=self.pk, password=weaker).update(
                    password=self.password
                )

        return check_password(raw_password, self.password, upgrade)

    def get_session_auth_hash(self) -> str:
        """Return what an admin session must hold; Django's, and the epoch after it.

        In the first epoch it is Django's own, so that an upgrade signs nobody out.
        """
        return f"{super().get_session_auth_hash()}{self.session_epoch or ''}"

    @property
    def mailbox(self) -> str:
        """The e-mail address as it is shown: in the one form, where it has one."""
        if self.shares_mailbox:
            with suppress(ValidationError):
                return canonical_mailbox(self.email)
        return self.email

    @property
    def email_verified(self) -> bool:
        return self.email_verified_at is not None

    @property
    def zone(self) -> ZoneInfo:
        return zone_named(self.timezone)

    def local_date(self, moment: dt.datetime) -> dt.date:
        """Return the calendar day of `moment` where the user lives."""
        return self.local_time(moment).date()

    def local_time(self, moment: dt.datetime) -> dt.datetime:
        """Return what calendar and clock show at `moment` where the user lives."""
        return moment.astimezone(self.zone)
