"""Resets of a password that nobody remembers, by a link in a mail."""

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F
from uuid_utils.compat import uuid7

from accounts import audit, services
from accounts.by_mail import mail_limits, notices
from accounts.by_mail.mail_links import lock_and_use
from accounts.by_mail.verification import proven, proves, require_mail
from accounts.exceptions import LinkInvalid
from accounts.models import MailLink, User
from accounts.signals import Withdrawal
from focusguard.web.origin import current_origin
from focusguard.web.request_log import current_request_id
from mail import services as mail_services

RESET_PASSWORD = "reset_password"  # noqa: S105  (the kind of a letter)


def ask(*, typed: str, client: str) -> None:
    """Queue a mail to whoever has an address. MailOff; MailRateLimited.

    Nobody is looked up here, so that what is answered, asked of the database and taken
    of time tells nothing of who exists: who it is is seen when the mail is sent, and
    then it goes to the address that is stored.
    """
    require_mail()
    origin = current_origin()
    asked = {
        "address": origin.address,
        "user_agent": origin.user_agent,
        "request_id": current_request_id(),
    }
    with mail_limits.counting_forgotten(typed=typed, client=client):
        mail_services.queue(
            kind=RESET_PASSWORD,
            key=f"{RESET_PASSWORD} {uuid7()}",
            address=typed,
            data=notices.facts() | asked,
        )


def reset(*, link: MailLink, new_password: str) -> None:
    """Set a password by a link, and end all that was there before it.

    LinkInvalid; HashingBusy. Nobody is signed in by it. Whoever reads the mail of an
    address has proven it: what somebody else began there, who never had, ends too.
    """
    new_hash = make_password(new_password)
    with transaction.atomic():
        user = lock_and_use(link)
        if not proves(link, user):
            raise LinkInvalid
        proof = {} if user.email_verified else proven() | {"weekly_report": False}
        if proof:
            audit.record(audit.Kind.EMAIL_VERIFIED, user_id=user.pk)
        User.objects.filter(pk=user.pk).update(
            session_epoch=F("session_epoch") + 1, **proof
        )
        services.write_password(
            user,
            new_hash,
            event=audit.Kind.PASSWORD_RESET,
            notice=notices.PASSWORD_RESET,
            why=Withdrawal.FIRST_PROVEN if proof else Withdrawal.PASSWORD_RESET,
        )
