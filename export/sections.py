"""The sections of an export: rows of plain values, read from the tables."""

import base64
import uuid
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from accounts.appearance.shown_pictures import are_kept
from accounts.models import AuthSession, MailLink, Preferences, SecurityEvent, User
from garden.models import Plant
from identity.models import ApiToken, LinkedIdentity, Passkey, RecoveryCode, TotpSecret
from importing.models import Import
from mail.models import OutboxMail
from pictures.stores import store
from sessions_app.models import Entry, FocusSession, Label
from stats.models import DayOff, FocusPlan, UserStats
from stats.plan.goals import names_of

Row = dict[str, Any]

# Rows that are in memory at a time.
CHUNK = 1000

USER_FIELDS = (
    *("id", "username", "email", "email_verified_at", "pending_email", "timezone"),
    *("lvl", "xp_points", "second_factor"),
    *("leaderboard_visible", "weekly_report", "is_staff", "created_at", "updated_at"),
)
# All of them but whose they are.
PREFERENCE_FIELDS = tuple(
    field.attname
    for field in Preferences._meta.concrete_fields
    if not field.primary_key
)
# Not the ids of the tokens: they are ours.
DEVICE_FIELDS = (
    *("id", "method", "created_at", "last_used_at", "proved_at", "expires_at"),
    *("revoked_at", "revoked_reason", "user_agent", "ip"),
)
IDENTITY_FIELDS = (*("id", "issuer", "subject", "email", "created_at", "last_used_at"),)
# Not the key nor its id: they are what this host knows it by.
PASSKEY_FIELDS = (
    *("id", "name", "rp_id", "sign_count", "backed_up", "transports"),
    *("created_at", "last_used_at"),
)
SESSION_FIELDS = (
    *("id", "duration_min", "status", "focus_min", "local_date", "timezone"),
    *("created_at", "ended_at", "label", "note"),
)
ENTRY_FIELDS = (
    *("id", "client_id", "at", "ended_at", "minutes", "local_date", "timezone"),
    *("source", "import_id", "created_at", "label", "note"),
)
LABEL_FIELDS = ("id", "name", "color", "archived_at", "created_at")
PLANT_FIELDS = (
    *("id", "session_id", "plant_num", "plant_type", "growth_stage", "state"),
    "created_at",
)
PLAN_FIELDS = ("from_date", "daily_min", "weekly_min", "weekdays")
DAY_OFF_FIELDS = ("day", "kind")
STATS_FIELDS = (
    *("total_focus_min", "total_sessions", "streak_length", "best_streak"),
    *("last_focus_date", "streak_zone", "streak_until", "updated_at"),
)
# Neither the secret nor what tells a code: a file that is lost must open nothing.
TOTP_FIELDS = ("created_at", "confirmed_at")
RECOVERY_FIELDS = ("created_at", "used_at")
# Not their digests: they are ours.
API_TOKEN_FIELDS = (
    *("id", "name", "prefix", "scopes", "created_at", "expires_at"),
    *("last_used_on", "revoked_at"),
)
EVENT_FIELDS = ("at", "kind", "method", "device_id", "address", "user_agent")
LINK_FIELDS = ("kind", "address", "from_address", "created_at", "expires_at", "used_at")
# Not the text of the file, which is theirs already, and gone within a day.
IMPORT_FIELDS = (
    *("id", "source", "zone", "day_first", "status", "report", "outcome"),
    *("created_at", "applied_at", "undone_at"),
)
MAIL_FIELDS = ("kind", "address", "data", "created_at", "state", "ended_at")


def user_row(user_id: uuid.UUID) -> Row:
    """The account itself."""
    row: Row = User.objects.values(*USER_FIELDS).get(pk=user_id)
    return row


def picture(user: User) -> Row:
    """The file of the picture, as a data URL; no such section where none are kept.

    PicturesAway where its store is: a file that lacks it would look whole.
    """
    if not are_kept():
        return {}
    file = store().get(user.picture_id) if user.picture_id else None
    shown = file and f"data:image/webp;base64,{base64.b64encode(file).decode()}"
    return {"picture": shown}


def stats_row(user_id: uuid.UUID) -> Row | None:
    """The totals; None before the first credited session."""
    rows = UserStats.objects.filter(pk=user_id).values(*STATS_FIELDS)
    row: Row | None = rows.first()
    return row


def preferences_row(user_id: uuid.UUID) -> Row | None:
    """The preferences that were set; None where everything is left as it comes."""
    rows = Preferences.objects.filter(pk=user_id).values(*PREFERENCE_FIELDS)
    row: Row | None = rows.first()
    return row


def sessions(user_id: uuid.UUID, now: datetime) -> Iterator[Row]:
    """Every session as of now, the oldest first."""
    rows = FocusSession.objects.for_user(user_id).order_by("created_at", "id")
    for row in _labelled(user_id, _rows(rows, SESSION_FIELDS)):
        if row["status"] == FocusSession.Status.ACTIVE:
            shown = FocusSession(**row | {"label": None}).as_of(now)
            row |= {
                name: getattr(shown, name)
                for name in ("status", "focus_min", "ended_at")
            }
        yield row


def plans(user_id: uuid.UUID) -> Iterator[Row]:
    """The plans, and from which day on, with the names of weekdays."""
    rows = FocusPlan.objects.filter(user=user_id).order_by("from_date")
    for row in _rows(rows, PLAN_FIELDS):
        yield row | {"weekdays": names_of(row["weekdays"])}


def lists(user_id: uuid.UUID, now: datetime) -> Iterator[tuple[str, Iterator[Row]]]:
    """The name and the rows of everything that the user has several of."""
    devices = AuthSession.objects.filter(user=user_id).order_by("id")
    yield "devices", _rows(devices, DEVICE_FIELDS)
    identities = LinkedIdentity.objects.filter(user=user_id).order_by("id")
    yield "identities", _rows(identities, IDENTITY_FIELDS)
    apps = TotpSecret.objects.filter(user=user_id)
    yield "authenticator_apps", _rows(apps, TOTP_FIELDS)
    codes = RecoveryCode.objects.filter(user=user_id).order_by("created_at", "id")
    yield "recovery_codes", _rows(codes, RECOVERY_FIELDS)
    passkeys = Passkey.objects.for_user(user_id).order_by("id")
    yield "passkeys", _rows(passkeys, PASSKEY_FIELDS)
    api_tokens = ApiToken.objects.for_user(user_id).order_by("id")
    yield "api_tokens", _rows(api_tokens, API_TOKEN_FIELDS)
    labels = Label.objects.for_user(user_id).order_by("id")
    yield "labels", _rows(labels, LABEL_FIELDS)
    yield "sessions", sessions(user_id, now)
    entries = Entry.objects.for_user(user_id).order_by("at", "id")
    yield "entries", _labelled(user_id, _rows(entries, ENTRY_FIELDS))
    yield "plans", plans(user_id)
    days_off = DayOff.objects.filter(user=user_id).order_by("day")
    yield "days_off", _rows(days_off, DAY_OFF_FIELDS)
    imports = Import.objects.for_user(user_id).order_by("created_at", "id")
    yield "imports", _rows(imports, IMPORT_FIELDS)
    plants = Plant.objects.for_user(user_id).order_by("plant_num")
    yield "plants", _rows(plants, PLANT_FIELDS)
    events = SecurityEvent.objects.filter(user=user_id).order_by("at", "id")
    yield "security_events", _rows(events, EVENT_FIELDS)
    links = MailLink.objects.filter(user=user_id).order_by("created_at", "id")
    yield "mail_links", _rows(links, LINK_FIELDS)
    mails = OutboxMail.objects.filter(user=user_id).order_by("id")
    yield "mails", _rows(mails, MAIL_FIELDS)


def _labelled(user_id: uuid.UUID, rows: Iterator[Row]) -> Iterator[Row]:
    """Put the name of its label into each row: a line of CSV stands by itself."""
    names = dict(Label.objects.for_user(user_id).values_list("pk", "name"))
    for row in rows:
        yield row | {"label": names.get(row["label"])}


def _rows(rows: "QuerySet[Any]", fields: tuple[str, ...]) -> Iterator[Row]:
    return rows.values(*fields).iterator(chunk_size=CHUNK)
