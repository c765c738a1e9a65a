"""Signing in and out, devices, and the profile (docs/contract.md, Auth and Users)."""

from typing import Any, ClassVar

from django.utils import timezone
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import exceptions as errors
from accounts import schema, selectors, services
from accounts.devices import auth_services
from accounts.devices.answers import (
    answer_body,
    body_token_answer,
    second_step_answer,
    token_answer,
)
from accounts.devices.authentication import DeviceTokenAuthentication, signed_in_user
from accounts.devices.one_door import SecondFactorNeeded
from accounts.devices.proving import device_of, require_proof
from accounts.devices.refresh_cookie import (
    clear_refresh_cookie,
    refresh_cookie,
    set_refresh_cookie,
)
from accounts.devices.tokens import AccessToken, Claims, RefreshToken, read_token
from accounts.models import AuthSession, User
from accounts.registrations import Attempt, register_once
from accounts.serializers import (
    DeviceListSerializer,
    DeviceSerializer,
    LoginSerializer,
    PasswordChangeSerializer,
    ProfileUpdateSerializer,
    PublicProfileSerializer,
    RefreshSerializer,
    RegisterSerializer,
    TokenAnswerSerializer,
    UserSerializer,
)
from focusguard.api.idempotency import REPLAYED, fingerprint_of, key_of
from focusguard.api.pagination import PageQuerySerializer
from focusguard.api.scopes import Scope
from focusguard.api.views import ApiViewSet, parse_id
from focusguard.web.client_address import address_bucket

WHAT_REFRESHES = (
    "Send the refresh token: the cookie, or refresh_token in the body. "
    "An access token refreshes nothing."
)


class SignInViewSet(ApiViewSet):
    """`POST /auth/register`, `/auth/login`, `/auth/refresh`: open to everybody.

    201 or 200 with the token answer and the refresh cookie.
    """

    authentication_classes = ()
    permission_classes = (AllowAny,)
    serializer_class = TokenAnswerSerializer

    @schema.register
    def register(self, request: Request) -> Response:
        key = key_of(request)
        body = RegisterSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        if key is None:
            sign_in = services.register(**body.validated_data)
            repeated = False
        else:
            try:
                sign_in, repeated = register_once(
                    attempt=_attempt(request, key), **body.validated_data
                )
            except SecondFactorNeeded as needed:
                return second_step_answer(needed.step)
        response = token_answer(request, sign_in, status=201)
        if repeated:
            self.headers |= REPLAYED
        base, _, _ = request.path.rpartition("/auth/")
        made = f"{base}/users/{sign_in.user.pk}"
        response["Location"] = request.build_absolute_uri(made)
        return response

    @schema.login
    def login(self, request: Request) -> Response:
        body = LoginSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        try:
            sign_in = auth_services.log_in(
                identifier=body.validated_data["username"],
                password=body.validated_data["password"],
                address=address_bucket(request),
            )
        except SecondFactorNeeded as needed:
            return second_step_answer(needed.step)
        return token_answer(request, sign_in)

    @schema.refresh_tokens
    def refresh(self, request: Request) -> Response:
        raw_token = _token_in_body(request)
        if raw_token is not None:
            return body_token_answer(auth_services.rotate(raw_token=raw_token))
        raw_token = refresh_cookie(request)
        if raw_token is None:
            raise errors.TokenMissing(WHAT_REFRESHES)
        sign_in = auth_services.rotate(raw_token=raw_token)
        response = Response(answer_body(sign_in))
        set_refresh_cookie(request, response, sign_in)
        return response


class SignOutViewSet(ApiViewSet):
    """`POST /auth/logout`: 204, and 204 again, with any token that we signed.

    The device ends that the token names, also when the token itself was revoked.
    """

    authentication_classes = ()
    permission_classes = (AllowAny,)
    serializer_class = RefreshSerializer

    def get_authenticate_header(self, request: Request) -> str:
        # Without authenticators DRF answers a malformed Authorization with 403.
        return "Bearer"

    @schema.logout
    def logout(self, request: Request) -> Response:
        auth_services.log_out(claims=_presented_claims(request))
        response = Response(status=204)
        clear_refresh_cookie(request, response)
        return response


class AccountViewSet(ApiViewSet):
    """The signed-in user's own account: read, changed, deleted."""

    serializer_class = UserSerializer
    token_scopes: ClassVar[Any] = {"retrieve": Scope.PROFILE_READ}

    @schema.logout_everywhere
    def logout_all(self, request: Request) -> Response:
        auth_services.log_out_everywhere(user=signed_in_user(request))
        response = Response(status=204)
        clear_refresh_cookie(request, response)
        return response

    @schema.get_profile
    def retrieve(self, request: Request) -> Response:
        return Response(UserSerializer(signed_in_user(request)).data)

    @schema.who_am_i
    def who(self, request: Request) -> Response:
        return self.retrieve(request)

    @schema.update_profile
    def update(self, request: Request) -> Response:
        return self._change(request)

    @schema.patch_profile
    def partial_update(self, request: Request) -> Response:
        return self._change(request)

    def _change(self, request: Request) -> Response:
        body = ProfileUpdateSerializer(data=request.data, context={"request": request})
        body.is_valid(raise_exception=True)
        if services.asks_for_address(signed_in_user(request), body.validated_data):
            require_proof(request)
        user = services.update_profile(
            user=signed_in_user(request), changes=body.validated_data
        )
        return Response(UserSerializer(user).data)

    @schema.delete_account
    def destroy(self, request: Request) -> Response:
        if signed_in_user(request).second_factor:
            require_proof(request)
        services.delete_account(user=signed_in_user(request))
        response = Response(status=204)
        clear_refresh_cookie(request, response)
        return response

    @schema.change_password
    def change_password(self, request: Request) -> Response:
        body = PasswordChangeSerializer(data=request.data, context={"request": request})
        body.is_valid(raise_exception=True)
        services.change_password(
            user=signed_in_user(request),
            **body.validated_data,
            keep_device_id=device_of(request),
            address=address_bucket(request),
        )
        return Response(status=204)


class DeviceViewSet(ApiViewSet):
    """`GET /auth/devices`, `DELETE /auth/devices/{id}`: where the user is signed in."""

    serializer_class = DeviceListSerializer
    query_shapes: ClassVar[Any] = {"list": (PageQuerySerializer,)}

    @schema.list_devices
    def list(self, request: Request) -> Response:
        user = signed_in_user(request)
        page = selectors.OWN_DEVICES.page(request, user_id=user.pk, now=timezone.now())
        context = {"device_id": device_of(request)}
        return Response(
            {
                "devices": DeviceSerializer(page.rows, many=True, context=context).data,
                "total": AuthSession.objects.signed_in(user).count(),
                "next": page.next,
                "previous": page.previous,
            }
        )

    @schema.logout_device
    def destroy(self, request: Request, device_id: str) -> Response:
        auth_services.log_out_device(
            user=signed_in_user(request), device_id=parse_id(device_id)
        )
        return Response(status=204)


class PublicProfileViewSet(ApiViewSet):
    """`GET /users/{user_id}`: id, username, level and XP of whom others may see."""

    serializer_class = PublicProfileSerializer
    token_scopes: ClassVar[Any] = {"retrieve": Scope.BOARDS_READ}

    @schema.get_public_profile
    def retrieve(self, request: Request, user_id: str) -> Response:
        user = User.objects.findable().filter(pk=parse_id(user_id)).first()
        if user is None:
            raise errors.UserNotFound
        return Response(PublicProfileSerializer(user).data)


def _attempt(request: Request, key: str) -> Attempt:
    body: Any = request.data
    asked = {name: value for name, value in body.items() if name != "password"}
    return Attempt(
        key=key,
        fingerprint=fingerprint_of("register", asked),
        address=address_bucket(request),
    )


def _token_in_body(request: Request) -> str | None:
    body = RefreshSerializer(data=request.data)
    body.is_valid(raise_exception=True)
    token: str | None = body.validated_data.get("refresh_token")
    return token


def _presented_claims(request: Request) -> Claims:
    """Read the token of the body, the `Authorization` header or the cookie."""
    raw_token = _token_in_body(request)
    if raw_token is None:
        scheme = DeviceTokenAuthentication()
        header = scheme.get_header(request)
        bearer = scheme.get_raw_token(header) if header else None
        if bearer is not None:
            return read_token(AccessToken, bearer)[1]
        raw_token = refresh_cookie(request)
    if raw_token is None:
        raise errors.TokenMissing
    return read_token(RefreshToken, raw_token)[1]
