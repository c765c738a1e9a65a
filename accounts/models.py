"""People, the devices that they are signed in on, and what happened to both."""

import datetime as dt
import math
import re
import uuid
from contextlib import suppress
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import OpClass
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Now, Upper
from django.utils import timezone
from uuid_utils.compat import uuid7

from accounts.mailboxes import (
    FORM,
    canonical_identifier,
    canonical_mailbox,
)
from accounts.mailboxes import MAX_LENGTH as MAILBOX_LENGTH
from accounts.passwords.writes import hash_written_knowingly
from accounts.preferences.bounds import RANGES, WORDS
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
        """Those whom others may see."""
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
    # Of before mailboxes had one form: its e-mail is another spelling of somebody
    # else's, or none that we would take today. It stays as it is until it is changed.
    shares_mailbox = models.BooleanField(
        default=False, db_default=False, editable=False
    )
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
        """What is no record any more of who was signed in, and from where."""
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


class MailLinkQuerySet(models.QuerySet["MailLink"]):
    def open(self, now: dt.datetime) -> "MailLinkQuerySet":
        """Those that still do what they were sent for. Own columns only: a guard."""
        return self.filter(used_at=None, expires_at__gt=now)

    def outdated(self) -> "MailLinkQuerySet":
        """What expired a day ago: one that is gone is answered as one that expired."""
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


def _word_out_of(name: str, default: str) -> "models.CharField[str, str]":
    return models.CharField(
        max_length=8,
        choices=[(word, word) for word in WORDS[name]],
        default=default,
        db_default=default,
    )


def _number(default: int) -> "models.PositiveSmallIntegerField[int, int]":
    return models.PositiveSmallIntegerField(default=default, db_default=default)


def _switch(default: bool) -> "models.BooleanField[bool, bool]":
    return models.BooleanField(default=default, db_default=default)


class Preferences(models.Model):
    """How somebody likes their rounds, their pages and to be told; no row: the defaults.

    Typed columns, so that the rules are the database's, and one that is added is there
    at once for everybody. Not of `users`, a row that is locked and watched.
    """

    user = models.OneToOneField(
        User,
        # The migration writes the key: checked at once, cascading in the database.
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        primary_key=True,
        related_name="preferences",
    )
    language = _word_out_of("language", "auto")
    theme = _word_out_of("theme", "auto")
    week_start = _word_out_of("week_start", "mon")
    clock = _word_out_of("clock", "auto")
    # In minutes, as the two breaks.
    focus_min = _number(25)
    short_break_min = _number(5)
    long_break_min = _number(15)
    rounds = _number(4)
    breaks = _switch(True)
    auto_start = _switch(False)
    bell = _switch(True)
    ambient = _word_out_of("ambient", "none")
    volume = _number(40)
    # One of the garden's, which stands above; none: the person is asked each time.
    species = models.CharField(  # noqa: DJ001  (none is no name)
        max_length=32, null=True, blank=True
    )
    shortcuts = _switch(True)
    season = _word_out_of("season", "auto")
    friends_see = _switch(True)
    show_awards = _switch(False)
    notify_end = _switch(False)
    notify_streak = _switch(False)
    onboarded_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "preferences"
        verbose_name_plural = "preferences"
        constraints = [
            *(
                models.CheckConstraint(
                    condition=Q((f"{name}__in", words)),
                    name=f"preferences_{name}_known",
                )
                for name, words in WORDS.items()
            ),
            *(
                models.CheckConstraint(
                    condition=Q((f"{name}__range", bounds)),
                    name=f"preferences_{name}_range",
                )
                for name, bounds in RANGES.items()
            ),
            models.CheckConstraint(
                condition=~Q(species=""), name="preferences_species_named"
            ),
        ]

    def __str__(self) -> str:
        return str(self.user_id)


class SecurityEventQuerySet(models.QuerySet["SecurityEvent"]):
    def outdated(self) -> "SecurityEventQuerySet":
        """What may be deleted, by the database's clock: the table's guard has it."""
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
