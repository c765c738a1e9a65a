"""Signing in by a provider, and linked accounts, over HTTP (docs/contract.md, Providers)."""

from typing import Any

from django.conf import settings
from rest_framework.exceptions import Throttled
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.devices.answers import second_step_answer, token_answer
from accounts.devices.authentication import signed_in_user
from accounts.devices.one_door import SignIn
from accounts.devices.proving import require_proof
from accounts.devices.refresh_cookie import require_our_origin, set_refresh_cookie
from accounts.exceptions import TokenMissing
from accounts.models import User
from focusguard.api.views import ApiViewSet, parse_id
from focusguard.web.client_address import address_bucket
from identity.exceptions import FlowInvalid
from identity.models import AuthFlow, LinkedIdentity
from identity.providers import finishing, linked, schema, starting
from identity.providers.coming_back import Answer, Fault, NotLetIn, come_back
from identity.providers.configured import provider_named
from identity.providers.flow_cookie import (
    clear_flow_cookie,
    flow_cookies,
    set_flow_cookie,
)
from identity.providers.serializers import (
    FinishSerializer,
    LinkedIdentityListSerializer,
    LinkedIdentitySerializer,
    StartedSerializer,
    StartSerializer,
)


class StartViewSet(ApiViewSet):
    """`POST /auth/oauth/{provider}/start`: to everybody; to link, to who is signed in."""

    permission_classes = (AllowAny,)
    serializer_class = StartedSerializer

    @schema.start
    def start(self, request: Request, provider: str) -> Response:
        body = StartSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        known = provider_named(provider)
        require_our_origin(request, BY_BROWSER)
        user = _who_links(request) if body.validated_data["intent"] == "link" else None
        started = starting.start(
            provider=known, client=address_bucket(request), user=user
        )
        response = Response({"authorization_url": started.authorization_url})
        set_flow_cookie(request, response, started.cookie)
        return response


class CallbackViewSet(ApiViewSet):
    """`GET /auth/oauth/{provider}/callback`: 303 to a page, whatever happened.

    A browser comes by itself, and a person reads what follows: never JSON.
    """

    authentication_classes = ()
    permission_classes = (AllowAny,)
    # Providers add what they like: scope, session_state, authuser.
    takes_any_query = True

    @schema.callback
    def callback(self, request: Request, provider: str) -> Response:
        known = provider_named(provider)
        if request.method == "HEAD":
            # It would take the code and sign in, for what reads nothing of it.
            return _see("/sign-in")
        asked = request.query_params
        answer = Answer(
            state=asked.get("state", ""),
            code=asked.get("code", ""),
            error=asked.get("error", ""),
            issuer=asked.get("iss", ""),
        )
        try:
            came = come_back(
                provider=known, answer=answer, cookies=flow_cookies(request)
            )
        except NotLetIn as refused:
            return _not_let_in(request, refused)
        if isinstance(came, SignIn):
            response = _see("/")
            set_refresh_cookie(request, response, came)
            clear_flow_cookie(request, response)
            return response
        response = _see(came.step)
        set_flow_cookie(request, response, came.flow_token)
        return response

    def handle_exception(self, exc: Exception) -> Any:
        if isinstance(exc, Throttled):
            return _not_let_in(self.request, NotLetIn(Fault.AWAY))
        return super().handle_exception(exc)


class FinishViewSet(ApiViewSet):
    """`GET` and `POST /auth/oauth/finish`: what waits for a browser, and the last step."""

    permission_classes = (AllowAny,)
    serializer_class = FinishSerializer

    @schema.waiting
    def waiting(self, request: Request) -> Response:
        return Response(finishing.what_waits(_flow(request)))

    @schema.finish
    def finish(self, request: Request) -> Response:
        body = FinishSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        require_our_origin(request, BY_BROWSER)
        flow = _flow(request)
        match finishing.step_of(flow):
            case "second_factor":
                # The page goes on as after a password; nothing is used up by asking.
                return second_step_answer(finishing.second_step(flow))
            case "link":
                made = finishing.link(flow=flow, user=_signed_in(request))
                response = Response(LinkedIdentitySerializer(made).data, status=201)
            case _:
                sign_in = finishing.sign_up(flow=flow, **body.require_username())
                response = token_answer(request, sign_in, status=201)
        clear_flow_cookie(request, response)
        return response

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        if response.status_code == 201 and "id" in response.data:
            base, _, _ = request.path.rpartition("/oauth/")
            made = f"{base}/identities/{response.data['id']}"
            response["Location"] = request.build_absolute_uri(made)
        return response


class LinkedIdentityViewSet(ApiViewSet):
    """`GET /auth/identities`, `DELETE /auth/identities/{id}`."""

    serializer_class = LinkedIdentityListSerializer

    @schema.list_identities
    def list(self, request: Request) -> Response:
        user = signed_in_user(request)
        mine = LinkedIdentity.objects.for_user(user).order_by("id")
        return Response(
            {
                "has_password": user.has_usable_password(),
                "identities": LinkedIdentitySerializer(mine, many=True).data,
            }
        )

    @schema.unlink_identity
    def destroy(self, request: Request, identity_id: str) -> Response:
        asked = parse_id(identity_id)
        require_proof(request)
        linked.unlink(user=signed_in_user(request), identity_id=asked)
        return Response(status=204)


BY_BROWSER = "This is for a browser on a page of ours, which says so by its Origin."


def _who_links(request: Request) -> User:
    user = _signed_in(request)
    require_proof(request)
    return user


def _signed_in(request: Request) -> User:
    if not request.user.is_authenticated:
        raise TokenMissing("Send the access token of who links: Authorization: Bearer.")
    return signed_in_user(request)


def _flow(request: Request) -> AuthFlow:
    """Return the flow that the browser's cookie goes on with. FlowInvalid."""
    for token in flow_cookies(request):
        try:
            return finishing.flow_of(token)
        except FlowInvalid:
            continue
    raise FlowInvalid


def _not_let_in(request: Request, refused: NotLetIn) -> Response:
    page = "/you" if refused.is_link else "/sign-in"
    response = _see(f"{page}?error={refused.fault}")
    # Whoever comes with somebody else's state ends nothing that this browser began.
    if refused.fault not in (Fault.FLOW_INVALID, Fault.AWAY):
        clear_flow_cookie(request, response)
    return response


def _see(page: str) -> Response:
    """Send the browser to a page, and let it tell nobody from where it comes."""
    headers = {
        "Location": f"{settings.DASHBOARD_URL}{page}",
        "Referrer-Policy": "no-referrer",
    }
    return Response(status=303, headers=headers)
