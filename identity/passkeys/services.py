"""Adding, naming and removing the passkeys of who is signed in."""

import os
import uuid
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.user_lock import lock_user
from focusguard.db.constraints import violated_constraint
from identity import way_in_notices as notices
from identity import ways_in
from identity.flows import services as flows
from identity.flows.services import Kind
from identity.models import AuthFlow, Passkey
from identity.passkeys import ceremony
from identity.passkeys.exceptions import (
    MAX_PASSKEYS,
    PasskeyKnown,
    PasskeyNotFound,
    PasskeyNotMade,
    PasskeysOff,
    TooManyPasskeys,
)
from identity.passkeys.relying_party import RelyingParty, relying_party

# A ceremony of a person who looks for their phone.
LIVES = timedelta(minutes=5)
CHALLENGE_BYTES = 32


def require_on() -> RelyingParty:
    """Return who asks for passkeys. PasskeysOff where nobody does."""
    party = relying_party()
    if party is None:
        raise PasskeysOff
    return party


def new_challenge() -> bytes:
    """Return bytes that nobody could have had signed before."""
    return os.urandom(CHALLENGE_BYTES)


def known(passkeys: Iterable[Passkey]) -> list[ceremony.Known]:
    """Return passkeys as browsers are told of them."""
    return [
        ceremony.Known(bytes(one.credential_id), one.transports) for one in passkeys
    ]


def count(user_id: uuid.UUID) -> int:
    """Count the passkeys by which a user can sign in, here and now."""
    party = relying_party()
    if party is None:
        return 0
    return Passkey.objects.for_user(user_id).at(party.id).count()


@transaction.atomic
def begin_adding(*, user: User) -> tuple[AuthFlow, dict[str, Any]]:
    """Begin to add a passkey: the flow, and what its browser is asked for.

    PasskeysOff, TooManyPasskeys.
    """
    party = require_on()
    user = lock_user(user.pk)
    _require_room(user, party)
    flow = flows.issue(
        Kind.PASSKEY_ADD, lives=LIVES, user=user, challenge=new_challenge()
    )
    options = ceremony.creation_options(
        party=party,
        user_handle=user.pk.bytes,
        username=user.username,
        challenge=bytes(flow.challenge or b""),
        known=known(Passkey.objects.for_user(user.pk).at(party.id)),
    )
    return flow, options


def add(
    *, user: User, flow_token: str, credential: dict[str, Any], name: str
) -> Passkey:
    """Add the passkey that was made in a flow of the user's own.

    PasskeysOff, FlowInvalid, PasskeyNotMade, TooManyPasskeys, PasskeyKnown. A flow whose
    passkey was refused has ended: its challenge was seen.
    """
    party = require_on()
    flow = flows.find(flow_token, Kind.PASSKEY_ADD, user=user)
    try:
        made = ceremony.verify_made(
            credential, party=party, challenge=bytes(flow.challenge or b"")
        )
    except ceremony.NotProven as error:
        flows.claim(flow)
        raise PasskeyNotMade from error
    with transaction.atomic():
        user = lock_user(user.pk)
        flows.claim(flow)
        _require_room(user, party)
        passkey = Passkey(
            user=user,
            credential_id=made.credential_id,
            public_key=made.public_key,
            rp_id=party.id,
            sign_count=made.sign_count,
            name=name,
            backed_up=made.backed_up,
            transports=made.transports,
            created_at=timezone.now(),
        )
        _store(passkey)
        audit.record(audit.Kind.PASSKEY_ADDED, user_id=user.pk)
        notices.tell(notices.PASSKEY_ADDED, user)
    return passkey


@transaction.atomic
def rename(*, user: User, passkey_id: uuid.UUID, name: str) -> Passkey:
    """Give a passkey of the user another name. PasskeyNotFound."""
    lock_user(user.pk)
    passkey = _own(user, passkey_id)
    passkey.name = name
    passkey.save(update_fields=["name"])
    return passkey


@transaction.atomic
def remove(*, user: User, passkey_id: uuid.UUID) -> None:
    """Remove a passkey of the user. PasskeyNotFound, LastWayIn.

    Devices that were signed in by it stay signed in; the list of devices ends them.
    """
    user = lock_user(user.pk)
    passkey = _own(user, passkey_id)
    party = relying_party()
    if party is not None and passkey.rp_id == party.id:
        ways_in.require_another(user)
    passkey.delete()
    audit.record(audit.Kind.PASSKEY_REMOVED, user_id=user.pk)
    notices.tell(notices.PASSKEY_REMOVED, user)


def forget_all(*, user_id: uuid.UUID) -> None:
    """Take every passkey of a locked user: whoever made the account may be somebody else."""
    for _ in range(Passkey.objects.for_user(user_id).delete()[0]):
        audit.record(audit.Kind.PASSKEY_REMOVED, user_id=user_id)


def _own(user: User, passkey_id: uuid.UUID) -> Passkey:
    passkey = Passkey.objects.for_user(user.pk).filter(pk=passkey_id).first()
    if passkey is None:
        raise PasskeyNotFound
    return passkey


def _require_room(locked: User, party: RelyingParty) -> None:
    if Passkey.objects.for_user(locked.pk).at(party.id).count() >= MAX_PASSKEYS:
        raise TooManyPasskeys


def _store(passkey: Passkey) -> None:
    """Let the unique index judge whether it was added before, to any account."""
    try:
        with transaction.atomic():
            passkey.save(force_insert=True)
    except IntegrityError as error:
        if violated_constraint(error) == "passkeys_credential_once":
            raise PasskeyKnown from error
        raise
