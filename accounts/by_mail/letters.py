"""The letters that accounts send, made when they are sent."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from accounts import audit
from accounts.by_mail import notices, password_reset, verification
from accounts.by_mail.mail_links import LIVES, Kind, link_for_mail, token_of
from accounts.models import MailLink, User
from accounts.selectors import LOCKED_ACTIVE_USER
from focusguard.web.origin import Origin
from mail.addresses import is_mailable
from mail.letters import Letter, register
from mail.links import dashboard_url
from mail.models import OutboxMail

NOTICES = {
    notices.NEW_PLACE: "A new sign-in to your FocusGuard account",
    notices.PASSWORD_CHANGED: "Your FocusGuard password was changed",
    notices.PASSWORD_RESET: "Your FocusGuard password was reset",
    notices.ADDRESS_CHANGE_ASKED: "Another address for your FocusGuard account",
    notices.ADDRESS_CHANGED: "Your FocusGuard address was changed",
}


class Notice(NamedTuple):
    """The subject of a notice, its template, and the sentence that it fills that with."""

    subject: str
    template: str
    sentence: str


# By kind, with those of the apps above.
_notices: dict[str, Notice] = {}
# What an app above knows and a notice of accounts tells, by kind.
_additions: dict[str, Callable[[User], dict[str, Any]]] = {}


def register_letters() -> None:
    """Tell the sender how to make each of them."""
    register(verification.VERIFY_ADDRESS, verify_address)
    register(verification.CHANGE_ADDRESS, change_address)
    register(password_reset.RESET_PASSWORD, reset_password)
    for kind, subject in NOTICES.items():
        register_notice(kind, subject)


def register_notice(
    kind: str, subject: str, *, template: str = "", sentence: str = ""
) -> None:
    """Tell the sender how to make a notice of an app: `notices.tell` queues it.

    Its text is the template of its kind, or another that says the `sentence`, with the
    time, the browser and the network, and what was queued as its `detail`.
    """
    _notices[kind] = Notice(subject, template or kind, sentence)
    register(kind, notice)


def add_to_notice(kind: str, told: Callable[[User], dict[str, Any]]) -> None:
    """Let an app above say what a notice tells beside its facts, when it is made."""
    _additions[kind] = told


def verify_address(mail: OutboxMail) -> Letter | None:
    """The letter that asks whether an address is its user's."""
    user = LOCKED_ACTIVE_USER.first(user_id=mail.user_id)
    if user is None or user.email_verified or not is_mailable(user.email):
        return None
    made = link_for_mail(
        kind=Kind.VERIFY, mail_id=mail.pk, user=user, address=user.email
    )
    subject = "Confirm your address for FocusGuard"
    return _with_link(made, "/verify", subject, "verify_address", user)


def change_address(mail: OutboxMail) -> Letter | None:
    """The letter that asks whether an address is to be a user's from now on."""
    user = LOCKED_ACTIVE_USER.first(user_id=mail.user_id)
    if user is None or user.pending_email != mail.address:
        return None
    made = link_for_mail(
        kind=Kind.CHANGE,
        mail_id=mail.pk,
        user=user,
        address=mail.address,
        from_address=user.email,
    )
    subject = "Confirm your new address for FocusGuard"
    return _with_link(made, "/verify", subject, "change_address", user)


def reset_password(mail: OutboxMail) -> Letter | None:
    """The letter that lets somebody who typed an address set a new password.

    It goes to the address that is stored: what was typed may be another mailbox that
    only looks like it.
    """
    known = User.objects.active().identified_by(mail.address)
    user_id = known.values_list("pk", flat=True).first()
    user = LOCKED_ACTIVE_USER.first(user_id=user_id) if user_id else None
    if user is None or not is_mailable(user.email):
        return None
    made = link_for_mail(
        kind=Kind.RESET, mail_id=mail.pk, user=user, address=user.email
    )
    if made is not None and made[1]:
        _record_asked(user, mail)
    return _with_link(
        made, "/reset", "Set a new FocusGuard password", "reset_password", user, mail
    )


def notice(mail: OutboxMail) -> Letter | None:
    """The letter that says what happened to an account."""
    user = User.objects.filter(pk=mail.user_id).first()
    to = mail.address or (user.email if user else "")
    if user is None or not is_mailable(to):
        return None
    told = _notices[mail.kind]
    said = {"sentence": told.sentence, "detail": mail.data.get("detail", "")}
    if adds := _additions.get(mail.kind):
        said |= adds(user)
    return Letter(
        to=to,
        subject=told.subject,
        template=told.template,
        context=_facts(user, mail) | said,
    )


def _with_link(
    made: tuple[MailLink, bool] | None,
    page: str,
    subject: str,
    template: str,
    user: User,
    mail: OutboxMail | None = None,
) -> Letter | None:
    if made is None:
        return None
    link, _ = made
    context = {
        "username": user.username,
        "link": dashboard_url(page, token_of(link)),
        "hours": round(LIVES[Kind(link.kind)].total_seconds() / 3600),
    }
    if mail is not None:
        context |= _facts(user, mail)
    return Letter(to=link.address, subject=subject, template=template, context=context)


def _facts(user: User, mail: OutboxMail) -> dict[str, Any]:
    at = datetime.fromisoformat(mail.data["at"]).astimezone(user.zone)
    return {
        "username": user.username,
        "at": f"{at:%d %B %Y, %H:%M} ({user.timezone})",
        "browser": mail.data["browser"],
        "network": mail.data["network"],
    }


def _record_asked(user: User, mail: OutboxMail) -> None:
    """Write that a reset was asked for, once it is known of whom, from where it was."""
    audit.record(
        audit.Kind.PASSWORD_RESET_ASKED,
        user_id=user.pk,
        origin=Origin(mail.data["address"], mail.data["user_agent"]),
        request_id=mail.data["request_id"],
    )
