"""The last step of a newcomer, and of who links an account, in a page of ours."""

import re
import unicodedata

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import audit, services
from accounts.devices.one_door import Method, SecondStep, SignIn
from accounts.models import USERNAME_PATTERN, User
from accounts.user_lock import lock_user
from focusguard.db.constraints import violated_constraint
from identity import way_in_notices
from identity.exceptions import FlowInvalid
from identity.flows import services as flows
from identity.models import AuthFlow, LinkedIdentity
from identity.providers.coming_back import vouched_in
from identity.providers.configured import name_of, provider_named
from identity.providers.exceptions import IdentityTaken
from identity.providers.vouching.vouched import Vouched
from identity.second_factor.first_step import methods_of


def flow_of(token: str) -> AuthFlow:
    """Return the open flow that a cookie goes on with. FlowInvalid."""
    try:
        return flows.find(token, flows.Kind.OAUTH_FINISH)
    except FlowInvalid:
        return flows.find(token, flows.Kind.SECOND_FACTOR)


def step_of(flow: AuthFlow) -> str:
    """Name what a flow waits for: `second_factor`, `link` or `sign_up`."""
    if flow.kind == flows.Kind.SECOND_FACTOR:
        return "second_factor"
    return "sign_up" if flow.user_id is None else "link"


def what_waits(flow: AuthFlow) -> dict[str, str]:
    """Say what a flow is about, for the page that asks for the rest.

    Who links sees which account it is before they say yes.
    """
    step = step_of(flow)
    if step == "second_factor":
        return {"step": step, "provider": "", "name": "", "email": "", "username": ""}
    who, provider = vouched_in(flow), provider_named(flow.provider)
    return {
        "step": step,
        "provider": provider.id,
        "name": provider.name,
        "email": who.email,
        "username": free_name_like(who) if step == "sign_up" else "",
    }


def second_step(flow: AuthFlow) -> SecondStep:
    """Return what a sign-in by password answers where it waits for a second factor."""
    assert flow.user is not None
    left = flow.expires_at - timezone.now()
    return SecondStep(
        flow_token=flows.token_of(flow),
        methods=methods_of(flow.user),
        expires_in=max(0, int(left.total_seconds())),
    )


def free_name_like(who: Vouched) -> str:
    """Return a username that is free at this moment; empty where none comes to mind."""
    for said in (who.name, who.email.partition("@")[0]):
        plain = unicodedata.normalize("NFKD", said).encode("ascii", "ignore").decode()
        name = re.sub(r"[^A-Za-z0-9_-]+", "_", plain).strip("_-")[:40]
        if not USERNAME_PATTERN.fullmatch(name):
            continue
        for candidate in (name, *(f"{name}{number}" for number in range(2, 6))):
            if not User.objects.identified_by(candidate).exists():
                return candidate
    return ""


def sign_up(*, flow: AuthFlow, username: str, timezone: str = "UTC") -> SignIn:
    """Open the account of a newcomer. FlowInvalid; UsernameTaken, EmailTaken.

    It has no password. Where the provider vouches for the address it is proven; else our
    letter asks for that. A name that is taken leaves the flow as it was.
    """
    who = vouched_in(flow)
    user = User(username=username, email=who.email, timezone=timezone)
    user.set_unusable_password()
    with transaction.atomic():
        flows.claim(flow)
        signed_in = services.open_account(
            user=user, method=Method.PROVIDER, is_proven=who.email_verified
        )
        _link(user, who)
    return signed_in


def link(*, flow: AuthFlow, user: User) -> LinkedIdentity:
    """Link the account of a flow to the user who began it. FlowInvalid; IdentityTaken.

    One that is linked already is what was wanted.
    """
    if flow.user_id != user.pk:
        raise FlowInvalid
    who = vouched_in(flow)
    with transaction.atomic():
        locked = lock_user(user.pk)
        flows.claim(flow)
        known = LinkedIdentity.objects.filter(
            issuer=who.issuer, subject=who.subject, user=locked
        ).first()
        if known is not None:
            return known
        made = _link(locked, who)
        way_in_notices.tell(
            way_in_notices.IDENTITY_LINKED, locked, detail=name_of(made)
        )
    return made


def _link(user: User, who: Vouched) -> LinkedIdentity:
    now = timezone.now()
    try:
        with transaction.atomic():
            made = LinkedIdentity.objects.create(
                user=user,
                issuer=who.issuer,
                subject=who.subject,
                email=who.email,
                created_at=now,
                last_used_at=now,
            )
    except IntegrityError as error:
        if violated_constraint(error) == "identities_issuer_subject_unique":
            raise IdentityTaken from error
        raise
    audit.record(audit.Kind.IDENTITY_LINKED, user_id=user.pk, method=Method.PROVIDER)
    return made
