"""The way back from a provider: whose flow it is, who has signed in, what follows."""

import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from enum import StrEnum
from functools import partial

from django.utils import timezone

from accounts.devices.one_door import (
    Method,
    SecondFactorNeeded,
    SignIn,
    complete_sign_in,
)
from accounts.exceptions import InvalidCredentials
from accounts.models import User
from focusguard.provider_settings import Provider
from identity.exceptions import FlowInvalid
from identity.flows import services as flows
from identity.models import AuthFlow, LinkedIdentity
from identity.providers import flow_secrets
from identity.providers.configured import redirect_uri
from identity.providers.exceptions import ProviderAway, ProviderRefused
from identity.providers.starting import binding_of
from identity.providers.vouching import github_accounts, openid_connect
from identity.providers.vouching.bounded_http import conversation
from identity.providers.vouching.vouched import Vouched
from mail import services as mail_services
from mail.addresses import is_mailable

logger = logging.getLogger(__name__)

# For a name that somebody has to think of.
FINISH_LIVES = timedelta(minutes=10)


class Fault(StrEnum):
    """The reasons that a browser is sent back with, in the address of a page."""

    FLOW_INVALID = "OAUTH_FLOW_INVALID"
    REFUSED = "OAUTH_REFUSED"
    CANCELLED = "OAUTH_CANCELLED"
    ACCOUNT_EXISTS = "OAUTH_ACCOUNT_EXISTS"
    EMAIL_UNVERIFIED = "OAUTH_EMAIL_UNVERIFIED"
    AWAY = "PROVIDER_AWAY"


class NotLetIn(Exception):
    """A callback that signed in nobody and linked nothing; `is_link` says what was meant."""

    def __init__(self, fault: Fault, *, is_link: bool = False) -> None:
        self.fault = fault
        self.is_link = is_link
        super().__init__(fault)


@dataclass(frozen=True, slots=True)
class Answer:
    """The query that a provider has a browser bring back; anything may stand there."""

    state: str
    code: str
    error: str
    issuer: str


class Step(StrEnum):
    """The pages on which somebody goes on, signed in by nobody yet."""

    SECOND_FACTOR = "/sign-in?step=second-factor"
    SIGN_UP = "/sign-up?step=finish"
    LINK = "/you?step=link"


@dataclass(frozen=True, slots=True)
class NextStep:
    """A page, and the token of the flow that goes on there, for the cookie alone."""

    step: Step
    flow_token: str


def come_back(
    *, provider: Provider, answer: Answer, cookies: Sequence[str]
) -> SignIn | NextStep:
    """Go on with the flow that a browser comes back to. NotLetIn.

    The flow is claimed before the provider is asked, so that of fifty who bring one code
    one asks, and outside of any transaction: a provider that hangs holds no lock.
    """
    flow = _claimed(provider, answer.state, cookies)
    is_link = flow.kind == flows.Kind.OAUTH_LINK
    if answer.error:
        cancelled = answer.error == "access_denied"
        fault = Fault.CANCELLED if cancelled else Fault.REFUSED
        raise NotLetIn(fault, is_link=is_link)
    try:
        who = conversation(partial(_ask, provider, flow, answer))
    except ProviderRefused as refused:
        logger.warning("%s vouched for nobody: %s", provider.id, refused)
        raise NotLetIn(Fault.REFUSED, is_link=is_link) from refused
    except ProviderAway as error:
        raise NotLetIn(Fault.AWAY, is_link=is_link) from error
    if is_link:
        return NextStep(Step.LINK, _token_to_finish(provider, who, flow.user))
    return _sign_in(provider, who)


def vouched_in(flow: AuthFlow) -> Vouched:
    """Return who a flow to finish is about."""
    return Vouched(**flow.claims)


def _claimed(provider: Provider, state: str, cookies: Sequence[str]) -> AuthFlow:
    """Take the open flow of a state, in the browser that began it. NotLetIn.

    Another browser's try changes nothing: whoever it was meant for goes on.
    """
    flow_id = flow_secrets.read_state(state, provider.id)
    flow = flow_id and (
        AuthFlow.objects.open(timezone.now())
        .filter(
            pk=flow_id,
            provider=provider.id,
            kind__in=[flows.Kind.OAUTH_SIGN_IN, flows.Kind.OAUTH_LINK],
            binding__in=[binding_of(secret) for secret in cookies],
        )
        .select_related("user")
        .first()
    )
    if not flow:
        raise NotLetIn(Fault.FLOW_INVALID)
    try:
        flows.claim(flow)
    except FlowInvalid as error:
        raise NotLetIn(Fault.FLOW_INVALID) from error
    return flow


def _ask(provider: Provider, flow: AuthFlow, answer: Answer) -> Vouched:
    redirect = redirect_uri(provider)
    if provider.is_github:
        return github_accounts.who_signed_in(
            provider, flow.pk, redirect, code=answer.code
        )
    return openid_connect.who_signed_in(
        provider, flow.pk, redirect, code=answer.code, issuer=answer.issuer
    )


def _sign_in(provider: Provider, who: Vouched) -> SignIn | NextStep:
    known = LinkedIdentity.objects.filter(issuer=who.issuer, subject=who.subject)
    identity = known.select_related("user").first()
    if identity is None:
        _require_newcomer(who)
        return NextStep(Step.SIGN_UP, _token_to_finish(provider, who, None))
    known.update(last_used_at=timezone.now(), email=who.email)
    try:
        return complete_sign_in(
            user=identity.user,
            method=Method.PROVIDER,
            still=LinkedIdentity.objects.filter(pk=identity.pk).exists,
        )
    except SecondFactorNeeded as needed:
        return NextStep(Step.SECOND_FACTOR, needed.step.flow_token)
    except InvalidCredentials as error:
        # One answer: that an account was closed is told to nobody.
        raise NotLetIn(Fault.REFUSED) from error


def _require_newcomer(who: Vouched) -> None:
    """Refuse whose address has an account, or cannot be proven. NotLetIn.

    An account is never found by the address that a provider tells: it may have been
    anybody's. Who owns both signs in and links.
    """
    if who.email and User.objects.identified_by(who.email).exists():
        raise NotLetIn(Fault.ACCOUNT_EXISTS)
    sends_mail = mail_services.is_on()
    # What the provider has not verified our own mail does, as after any registration.
    can_be_proven = who.email_verified or sends_mail
    if sends_mail and not is_mailable(who.email):
        can_be_proven = False
    if not who.email or not can_be_proven:
        raise NotLetIn(Fault.EMAIL_UNVERIFIED)


def _token_to_finish(provider: Provider, who: Vouched, user: User | None) -> str:
    flow = flows.issue(
        flows.Kind.OAUTH_FINISH,
        lives=FINISH_LIVES,
        user=user,
        provider=provider.id,
        claims=asdict(who),
    )
    return flows.token_of(flow)
