"""Writes to accounts, with every rule that spans rows."""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, transaction
from django.db.models import CASCADE, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from accounts import audit
from accounts.by_mail import mail_limits, notices, verification
from accounts.by_mail.mail_links import Kind, end_links
from accounts.devices import ending
from accounts.devices.one_door import Method, SignIn, open_first_device
from accounts.exceptions import EmailTaken, TokenInvalid, UsernameTaken, WrongPassword
from accounts.models import AuthSession, User, level_for_xp
from accounts.passwords.login_limits import counting_check
from accounts.passwords.writes import hash_written_knowingly
from accounts.selectors import SET_XP
from accounts.signals import (
    Withdrawal,
    account_deleted,
    devices_ended,
    profile_changed,
    trust_withdrawn,
)
from accounts.user_lock import lock_user
from focusguard.api.exceptions import DomainError
from focusguard.db.constraints import violated_constraint
from mail import services as mail_services

PROFILE_FIELDS = frozenset(
    {"username", "email", "timezone", "leaderboard_visible", "weekly_report"}
)

# A statement of this many rows takes half a second on a slow machine.
DELETED_AT_ONCE = 2_000


def register(
    *, username: str, email: str, password: str, timezone: str = "UTC"
) -> SignIn:
    """Create a user and sign the device in. UsernameTaken, EmailTaken.

    The password is hashed before the names are looked at, so that the time taken
    tells nothing about who exists.
    """
    user = User(
        username=username,
        email=email,
        timezone=timezone,
        password=make_password(password),
    )
    return open_account(user=user)


@transaction.atomic
def open_account(
    *, user: User, method: Method = Method.PASSWORD, is_proven: bool = False
) -> SignIn:
    """Store a user whose password is hashed, or unusable where they came by `method`.

    UsernameTaken, EmailTaken. Where the address `is_proven` by whom we trust in that, no
    letter asks for it.
    """
    address = verification.proven() if is_proven else verification.unproven()
    for field, value in address.items():
        setattr(user, field, value)
    with _names_unique(user):
        user.save(force_insert=True)
    if not is_proven:
        verification.welcome(user)
    return open_first_device(user=user, method=method)


def asks_for_address(user: User, changes: dict[str, Any]) -> bool:
    """Tell whether these changes have a letter sent to another address: a way in."""
    return mail_services.is_on() and _other_mailbox(user, changes) is not None


def update_profile(
    *,
    user: User,
    changes: dict[str, Any],
    active_only: bool = True,
    by: User | None = None,
) -> User:
    """Change any of `PROFILE_FIELDS`. UsernameTaken, EmailTaken; MailRateLimited.

    A new time zone holds from the next session on; days of the past stay as they
    were (docs/design.md, rule 6). Staff also change deactivated accounts. Where mail
    is sent, a user's new address is pending until they have proven it.
    """
    unknown = changes.keys() - PROFILE_FIELDS
    if unknown:
        raise ValueError(f"not a profile field: {', '.join(sorted(unknown))}")
    if not changes:
        return user
    with _counting_letter(user, changes, by), transaction.atomic():
        user = lock_user(user.pk, active_only=active_only)
        old = user.email
        wanted = _other_mailbox(user, changes)
        if wanted is None:
            _write_profile(user, _spelled(user, changes), by)
        elif by is None and mail_services.is_on():
            changes = {name: changes[name] for name in changes if name != "email"}
            _require_untaken(user, changes.get("username", user.username), wanted)
            _write_profile(user, changes, by)
            verification.ask_for_change(user=user, address=wanted)
        else:
            changes = changes | {"shares_mailbox": False} | verification.unproven()
            _write_profile(user, changes, by)
            verification.follow_change(user=user, old=old)
    return user


def _other_mailbox(user: User, changes: dict[str, Any]) -> str | None:
    """Return the address that these changes want, if it is of another mailbox."""
    wanted: str | None = changes.get("email")
    if wanted is None or not verification.is_change(user, wanted):
        return None
    return wanted


def _counting_letter(
    user: User, changes: dict[str, Any], by: User | None
) -> AbstractContextManager[None]:
    """Count the letter to another address, if a user asks for one; staff ask for none."""
    if by is None and asks_for_address(user, changes):
        return mail_limits.counting_change(own=user.email, typed=str(changes["email"]))
    return nullcontext()


def _spelled(user: User, changes: dict[str, Any]) -> dict[str, Any]:
    """Return changes that want no other mailbox, with the address as it is stored."""
    # Another case at most; a spelling that is shared stays as it is.
    if changes.get("email") is not None and user.shares_mailbox:
        return changes | {"email": user.email}
    return changes


def _write_profile(user: User, changes: dict[str, Any], by: User | None) -> None:
    """Store fields of a locked user. UsernameTaken, EmailTaken."""
    if user.email != changes.get("email", user.email):
        audit.record(audit.Kind.EMAIL_CHANGED, user_id=user.pk, by=by)
    for field, value in changes.items():
        setattr(user, field, value)
    if changes:
        with _names_unique(user):
            user.save(update_fields=[*changes, "updated_at"])
        profile_changed.send(sender=User, user_id=user.pk)


def change_password(
    *,
    user: User,
    current_password: str,
    new_password: str,
    keep_device_id: uuid.UUID | None,
    address: str,
) -> None:
    """Set a new password and end every device but `keep_device_id`.

    WrongPassword; LoginRateLimited after too many of them, as at the login;
    TokenInvalid when the device was signed out while the passwords were hashed.
    """
    with counting_check(user.pk, address):
        if not user.check_password(current_password):
            audit.record_failure(audit.Kind.PASSWORD_REFUSED, user_id=user.pk)
            raise WrongPassword
    new_hash = make_password(new_password)
    with transaction.atomic():
        # Hashing takes a while: what was true before it is looked at again.
        locked = lock_user(user.pk)
        if locked.session_epoch != user.session_epoch or not (
            keep_device_id is None
            or AuthSession.objects.live().filter(pk=keep_device_id).exists()
        ):
            raise TokenInvalid
        if locked.password != user.password:
            raise WrongPassword
        write_password(locked, new_hash, keep_device_id=keep_device_id)


def set_password(*, user: User, new_password: str) -> None:
    """Set a password for an operator, also of a deactivated account; end every device.

    TokenInvalid when the user is gone.
    """
    new_hash = make_password(new_password)
    with transaction.atomic():
        write_password(
            lock_user(user.pk, active_only=False),
            new_hash,
            # Who has lost their password may have lost it to somebody.
            why=Withdrawal.SIGNED_OUT_EVERYWHERE,
        )


def write_password(
    user: User,
    new_hash: str,
    *,
    keep_device_id: uuid.UUID | None = None,
    event: audit.Kind = audit.Kind.PASSWORD_CHANGED,
    notice: str = notices.PASSWORD_CHANGED,
    why: Withdrawal = Withdrawal.PASSWORD_CHANGED,
) -> None:
    """Store a hash for a locked user, with all that follows from it.

    It ends what the one whom it may be changed against has asked for by mail: a reset,
    and another address, by which they would have the account back.
    """
    user.password = new_hash
    user.pending_email = None
    with hash_written_knowingly():
        user.save(update_fields=["password", "pending_email", "updated_at"])
    end_links(user, kinds=[Kind.RESET, Kind.CHANGE])
    ending.revoke_devices(
        user=user,
        reason=AuthSession.RevokedReason.PASSWORD,
        keep_device_id=keep_device_id,
    )
    trust_withdrawn.send(sender=User, user_id=user.pk, why=why)
    audit.record(event, user_id=user.pk, device_id=keep_device_id)
    notices.tell(notice, user)


def set_xp(*, user_id: uuid.UUID, xp: int) -> None:
    """Store a user's XP and the level that follows from it."""
    SET_XP.run(
        user_id=user_id,
        xp_points=xp,
        lvl=level_for_xp(xp),
        updated_at=timezone.now(),
    )


@transaction.atomic
def delete_account(
    *, user: User, active_only: bool = True, by: User | None = None
) -> None:
    """Remove the user and everything that is theirs; staff also deactivated ones.

    The admin's log names whom and whose rows staff acted on, so those lines go too.
    What stays is an event that says when, and nothing of whom.
    """
    locked = lock_user(user.pk, active_only=active_only)
    _delete_what_is_of(locked)
    locked.delete()
    devices_ended.send(sender=User, user_id=user.pk)
    account_deleted.send(sender=User, user_id=user.pk, picture_id=locked.picture_id)
    LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk)
    ).delete()
    mail_services.forget(address=locked.email)
    audit.record(audit.Kind.ACCOUNT_DELETED, user_id=None, by=by)


def _delete_what_is_of(user: User) -> None:
    """Delete the rows that point at a user, some thousands a statement.

    Django would read all rows that others point at and name each of them to Postgres,
    which refuses more than 65,535. The keys between these tables are judged by the
    statement and not by COMMIT, or that would take longer than a statement may.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    # Apps import those before them alone, so what points goes before what it points at.
    for relation in reversed(User._meta.related_objects):
        if relation.on_delete is CASCADE:
            model = relation.related_model
            rows = model._base_manager.filter(**{relation.field.name: user.pk})
            _forget_what_staff_did_with(rows)
            # Read first and then named: joined to the subquery, 2,000 rows took minutes
            # where Postgres had no statistics yet and compared each row with each.
            some = rows.order_by().values_list("pk", flat=True)[:DELETED_AT_ONCE]
            while keys := list(some.all()):
                model._base_manager.filter(pk__in=keys)._raw_delete(rows.db)


def _forget_what_staff_did_with(rows: QuerySet[Any]) -> None:
    """Delete the lines of the admin's log about rows that are about to go."""
    LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(rows.model),
        object_id__in=rows.values_list(Cast("pk", TextField())),
    ).delete()


@transaction.atomic
def deactivate_user(*, user: User, by: User | None = None) -> None:
    """Close an account for staff: signed out everywhere, and no way back in."""
    user = lock_user(user.pk)
    user.is_active = False
    user.save(update_fields=["is_active", "updated_at"])
    ending.revoke_devices(user=user, reason=AuthSession.RevokedReason.STAFF)
    end_links(user)
    trust_withdrawn.send(sender=User, user_id=user.pk, why=Withdrawal.DEACTIVATED)
    audit.record(audit.Kind.DEACTIVATED, user_id=user.pk, by=by)


@transaction.atomic
def reactivate_user(*, user: User, by: User | None = None) -> None:
    """Open a deactivated account again; its devices have to sign in anew."""
    user = lock_user(user.pk, active_only=False)
    user.is_active = True
    user.save(update_fields=["is_active", "updated_at"])
    audit.record(audit.Kind.REACTIVATED, user_id=user.pk, by=by)


@transaction.atomic
def set_staff_access(
    *, user: User, is_staff: bool, groups: Iterable[Group], by: User | None = None
) -> None:
    """Say whether an account may enter the admin, and with whose permissions."""
    user = lock_user(user.pk, active_only=False)
    user.is_staff = is_staff
    user.save(update_fields=["is_staff", "updated_at"])
    user.groups.set(groups)
    audit.record(audit.Kind.STAFF_ACCESS_CHANGED, user_id=user.pk, by=by)


@contextmanager
def _names_unique(user: User) -> Iterator[None]:
    """Let the unique indexes judge: a look beforehand would lose every race."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        match violated_constraint(error):
            case "users_username_unique":
                raise _taken(user, UsernameTaken) from error
            case "users_email_unique":
                raise _taken(user, EmailTaken) from error
        raise


def _require_untaken(user: User, username: str, wanted: str) -> None:
    """Say at once that somebody has the address; the unique index judges its proof."""
    renamed = User(pk=user.pk, username=username, email=wanted)
    if User.objects.identified_by(wanted).exclude(pk=user.pk).exists():
        raise _taken(renamed, EmailTaken)


def _taken(user: User, found: type[DomainError]) -> DomainError:
    """Say of both names which are taken: an index stops at the first."""
    taken = {
        kind: kind is found
        or User.objects.identified_by(name).exclude(pk=user.pk).exists()
        for kind, name in ((UsernameTaken, user.username), (EmailTaken, user.email))
    }
    told = [kind for kind, is_taken in taken.items() if is_taken]
    return found(
        " ".join(kind.message for kind in told),
        errors={str(kind.field): [kind.message] for kind in told},
    )
