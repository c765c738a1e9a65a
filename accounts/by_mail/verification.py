"""Proofs of an address: who follows a link that was mailed there reads its mail."""

from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from uuid_utils.compat import uuid7

from accounts import audit
from accounts.by_mail import mail_limits, notices
from accounts.by_mail.mail_links import Kind, end_links, find_link, lock_and_use
from accounts.exceptions import EmailAlreadyVerified, EmailTaken, LinkInvalid, MailOff
from accounts.mailboxes import canonical_identifier
from accounts.models import MailLink, User
from accounts.signals import profile_changed
from accounts.user_lock import lock_user
from focusguard.db.constraints import violated_constraint
from mail import services as mail_services

VERIFY_ADDRESS = "verify_address"
CHANGE_ADDRESS = "change_address"


def unproven() -> dict[str, Any]:
    """Return what stands on the row of a user whose address nobody has proven."""
    return {
        "email_verified_at": None,
        "pending_email": None,
        "awaits_verification": settings.EMAIL_VERIFICATION == "required",
    }


def proven() -> dict[str, Any]:
    """Return what stands there once somebody has."""
    return {"email_verified_at": timezone.now(), "awaits_verification": False}


def welcome(user: User) -> None:
    """Queue the letter to a new user, in the transaction of the registration."""
    if mail_services.is_on() and mail_limits.may_welcome(user.email):
        ask_for_proof(user)


def ask_for_proof(user: User) -> None:
    """Queue the letter whose link proves the present address of a user."""
    mail_services.queue(
        kind=VERIFY_ADDRESS, key=f"{VERIFY_ADDRESS} {uuid7()}", user_id=user.pk
    )


def send_again(*, user: User) -> None:
    """Queue the letter to the address that a user has yet to prove, once more.

    That is the pending one, where there is one. MailOff; MailRateLimited;
    EmailAlreadyVerified; EmailTaken where somebody else has had the pending one since.
    """
    require_mail()
    counting = mail_limits.counting_resent(own=user.email, pending=user.pending_email)
    with counting, transaction.atomic():
        user = lock_user(user.pk)
        if user.pending_email is not None:
            _require_untaken(user, user.pending_email)
            _ask_pending(user, user.pending_email)
        elif user.email_verified:
            raise EmailAlreadyVerified
        else:
            end_links(user, kinds=[Kind.VERIFY])
            ask_for_proof(user)


def is_change(user: User, address: str) -> bool:
    """Tell whether this is another mailbox, and not the same in another spelling."""
    return canonical_identifier(user.email) != address.lower()


def ask_for_change(*, user: User, address: str) -> None:
    """Let a locked user have another address once they have proven it.

    The old one stays until then, and hears of it.
    """
    _ask_pending(user, address)
    notices.tell(notices.ADDRESS_CHANGE_ASKED, user, address=user.email)
    audit.record(audit.Kind.EMAIL_CHANGE_ASKED, user_id=user.pk)


def follow_change(*, user: User, old: str) -> None:
    """See to what follows where a locked user has another address unproven.

    Staff gave it, or no mail is sent.
    """
    end_links(user)
    notices.tell(notices.ADDRESS_CHANGED, user, address=old)
    ask_for_proof(user)


def _require_untaken(user: User, address: str) -> None:
    """Mail nobody a link that cannot work, in the name of somebody they do not know."""
    if User.objects.identified_by(address).exclude(pk=user.pk).exists():
        raise EmailTaken


def _ask_pending(user: User, address: str) -> None:
    user.pending_email = address
    user.save(update_fields=["pending_email", "updated_at"])
    profile_changed.send(sender=User, user_id=user.pk)
    end_links(user, kinds=[Kind.CHANGE])
    mail_services.queue(
        kind=CHANGE_ADDRESS,
        key=f"{CHANGE_ADDRESS} {uuid7()}",
        user_id=user.pk,
        address=address,
    )


@transaction.atomic
def withdraw_change(*, user: User) -> None:
    """Take back that a user wants another address; nothing if they want none."""
    user = lock_user(user.pk)
    if user.pending_email is not None:
        user.pending_email = None
        user.save(update_fields=["pending_email", "updated_at"])
        profile_changed.send(sender=User, user_id=user.pk)
        end_links(user, kinds=[Kind.CHANGE])


def confirm(*, token: str) -> User:
    """Take the proof of an address, and return the user with it.

    LinkInvalid; EmailTaken where somebody else has had the address since, and then the
    link stays as it was.
    """
    link = find_link(token, [Kind.VERIFY, Kind.CHANGE])
    with transaction.atomic():
        user = lock_and_use(link)
        if link.kind == Kind.VERIFY:
            _verify(user, link)
        else:
            _change(user, link)
    return user


def _verify(user: User, link: MailLink) -> None:
    if not proves(link, user) or user.email_verified:
        raise LinkInvalid
    _write(user, proven())
    audit.record(audit.Kind.EMAIL_VERIFIED, user_id=user.pk)


def _change(user: User, link: MailLink) -> None:
    """Give a user the address that they asked for, from the one that they had then.

    Caught: a link that names the new address alone, and silently takes back what was
    changed meanwhile.
    """
    old = user.email
    if user.pending_email != link.address or old.lower() != link.from_address.lower():
        raise LinkInvalid
    changes = {"email": link.address, "pending_email": None, "shares_mailbox": False}
    try:
        with transaction.atomic():
            _write(user, changes | proven())
    except IntegrityError as error:
        if violated_constraint(error) == "users_email_unique":
            raise EmailTaken from error
        raise
    end_links(user)
    audit.record(audit.Kind.EMAIL_CHANGED, user_id=user.pk)
    notices.tell(notices.ADDRESS_CHANGED, user, address=old)


def proves(link: MailLink, user: User) -> bool:
    """Tell whether it was the present mailbox that a link was sent to."""
    return user.email.lower() == link.address.lower()


def _write(user: User, changes: dict[str, Any]) -> None:
    for field, value in changes.items():
        setattr(user, field, value)
    user.save(update_fields=[*changes, "updated_at"])
    profile_changed.send(sender=User, user_id=user.pk)


def require_mail() -> None:
    """Refuse what needs a mail where none is sent. MailOff."""
    if not mail_services.is_on():
        raise MailOff
