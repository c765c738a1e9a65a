"""Passkeys over HTTP (docs/contract.md, Passkeys)."""

from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.devices.answers import token_answer
from accounts.devices.authentication import signed_in_user
from accounts.devices.proving import require_proof
from focusguard.api.views import ApiViewSet, parse_id
from focusguard.web.client_address import address_bucket
from identity.flows.services import token_of
from identity.models import Passkey
from identity.passkeys import schema, services, sign_in
from identity.passkeys.serializers import (
    CeremonySerializer,
    PasskeyAddSerializer,
    PasskeyListSerializer,
    PasskeySerializer,
    PasskeySignInSerializer,
    PasskeyUpdateSerializer,
)


class PasskeySignInViewSet(ApiViewSet):
    """`POST /auth/passkey/options` and `/auth/passkey`: signing in without a name.

    200 with the token answer and the refresh cookie, or one 401 whatever was wrong.
    """

    authentication_classes = ()
    permission_classes = (AllowAny,)
    serializer_class = CeremonySerializer

    @schema.begin_passkey_sign_in
    def begin(self, request: Request) -> Response:
        flow, options = sign_in.begin(client=address_bucket(request))
        return Response({"flow_token": token_of(flow), "public_key": options})

    @schema.sign_in_by_passkey
    def sign_in(self, request: Request) -> Response:
        body = PasskeySignInSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        return token_answer(request, sign_in.sign_in(**body.validated_data))


class OwnPasskeysViewSet(ApiViewSet):
    """`/auth/passkeys`: those of who is signed in; somebody else's id is 404.

    To add one and to remove one takes a fresh proof. It is asked for as adding begins
    and not as it ends: between the two a person looks for their phone.
    """

    serializer_class = PasskeyListSerializer

    @schema.begin_adding_passkey
    def begin(self, request: Request) -> Response:
        services.require_on()
        require_proof(request)
        flow, options = services.begin_adding(user=signed_in_user(request))
        return Response({"flow_token": token_of(flow), "public_key": options})

    @schema.add_passkey
    def create(self, request: Request) -> Response:
        body = PasskeyAddSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        passkey = services.add(user=signed_in_user(request), **body.validated_data)
        return Response(PasskeySerializer(passkey).data, status=201)

    @schema.list_passkeys
    def list(self, request: Request) -> Response:
        passkeys = Passkey.objects.for_user(signed_in_user(request).pk).order_by("id")
        return Response({"passkeys": PasskeySerializer(passkeys, many=True).data})

    @schema.rename_passkey
    def partial_update(self, request: Request, passkey_id: str) -> Response:
        target = parse_id(passkey_id)
        body = PasskeyUpdateSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        passkey = services.rename(
            user=signed_in_user(request), passkey_id=target, **body.validated_data
        )
        return Response(PasskeySerializer(passkey).data)

    @schema.remove_passkey
    def destroy(self, request: Request, passkey_id: str) -> Response:
        target = parse_id(passkey_id)
        require_proof(request)
        services.remove(user=signed_in_user(request), passkey_id=target)
        return Response(status=204)
