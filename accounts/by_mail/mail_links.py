"""Links in mails: made when the mail is sent, followed by POST, good once.

A link is the id of its row and an HMAC over kind, id and address. Neither the table nor
the outbox holds the HMAC, so a copy of the database opens nothing; and a mail that is
sent again carries the same link.
"""

import uuid
from collections.abc import Collection
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.exceptions import LinkInvalid, TokenInvalid
from accounts.models import MailLink, User
from accounts.user_lock import lock_user
from focusguard.web.signed_ids import mac_of, signed, split

Kind = MailLink.Kind

LIVES = {
    Kind.VERIFY: timedelta(hours=24),
    Kind.CHANGE: timedelta(hours=24),
    Kind.RESET: timedelta(hours=1),
}


def token_of(link: MailLink) -> str:
    """Return what a mail carries, in the fragment of its URL."""
    return signed(link.pk, _mac(link))


def link_for_mail(
    *,
    kind: MailLink.Kind,
    mail_id: uuid.UUID,
    user: User,
    address: str,
    from_address: str = "",
) -> tuple[MailLink, bool] | None:
    """Return the link that a mail carries, and whether it was made just now.

    The user is locked. Others of its kind end with it. None where the mail's link has
    ended: the mail was sent before, and something has overtaken it since.
    """
    known = MailLink.objects.filter(mail_id=mail_id).first()
    now = timezone.now()
    if known is not None:
        is_open = known.used_at is None and known.expires_at > now
        return (known, False) if is_open else None
    end_links(user, kinds=[kind])
    made = MailLink.objects.create(
        kind=kind,
        user=user,
        mail_id=mail_id,
        address=address,
        from_address=from_address,
        created_at=now,
        expires_at=now + LIVES[kind],
    )
    return made, True


def find_link(token: str, kinds: Collection[MailLink.Kind]) -> MailLink:
    """Return the link that a token is of, with its user, as far as it is open.

    LinkInvalid, which says nothing else: of an unknown one, a used, an old, one of
    another kind. Whoever acts on it locks the user and then asks `use_link`.
    """
    parts = split(token)
    if parts is None:
        raise LinkInvalid
    link_id, mac = parts
    links = MailLink.objects.open(timezone.now()).select_related("user")
    link = links.filter(pk=link_id, kind__in=kinds).first()
    if link is None or not constant_time_compare(mac, _mac(link)):
        raise LinkInvalid
    return link


def lock_and_use(link: MailLink) -> User:
    """Lock the link's user, take the link, and return the user. LinkInvalid.

    One statement judges and takes, so that of fifty who hold the same link one has it.
    """
    try:
        user = lock_user(link.user_id)
    except TokenInvalid as error:
        raise LinkInvalid from error
    now: datetime = timezone.now()
    if not MailLink.objects.open(now).filter(pk=link.pk).update(used_at=now):
        raise LinkInvalid
    return user


def end_links(user: User, *, kinds: Collection[MailLink.Kind] = tuple(Kind)) -> None:
    """End the user's open links: what they were sent for has been overtaken."""
    links = MailLink.objects.filter(user=user, kind__in=kinds, used_at=None)
    links.update(used_at=timezone.now())


def _mac(link: MailLink) -> bytes:
    return mac_of("accounts.mail_links", link.kind, link.pk.hex, link.address)
