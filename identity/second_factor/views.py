"""Second factors over HTTP (docs/contract.md, Ways in)."""

from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.devices.answers import token_answer
from accounts.devices.authentication import signed_in_user
from accounts.devices.proving import device_of, require_proof
from focusguard.api.views import ApiViewSet
from focusguard.web.client_address import address_bucket
from identity.second_factor import schema, second_step, services
from identity.second_factor.judgement import Answer
from identity.second_factor.serializers import (
    CodeSerializer,
    FlowSerializer,
    OptionsSerializer,
    SecondStepBodySerializer,
    SetupSerializer,
    StateSerializer,
)


class SecondStepViewSet(ApiViewSet):
    """`POST /auth/second-factor` and its options: open, by the token of a flow."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    serializer_class = OptionsSerializer

    @schema.second_step
    def finish(self, request: Request) -> Response:
        body = SecondStepBodySerializer(data=request.data)
        body.is_valid(raise_exception=True)
        sent = dict(body.validated_data)
        sign_in = second_step.finish(
            flow_token=sent.pop("flow_token"),
            answer=Answer(**sent),
            address=address_bucket(request),
        )
        return token_answer(request, sign_in)

    @schema.second_step_options
    def options_of_passkey(self, request: Request) -> Response:
        body = FlowSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        flow_token = body.validated_data["flow_token"]
        public_key = second_step.passkey_options(flow_token=flow_token)
        return Response({"flow_token": flow_token, "public_key": public_key})


class SecondFactorViewSet(ApiViewSet):
    """The user's own second factor: what it is, set up, confirmed, removed."""

    serializer_class = StateSerializer

    @schema.state
    def retrieve(self, request: Request) -> Response:
        state = services.state_of(signed_in_user(request))
        return Response(StateSerializer(state).data)

    @schema.begin_totp
    def begin(self, request: Request) -> Response:
        services.require_on()
        require_proof(request)
        setup = services.begin_totp(user=signed_in_user(request))
        return Response(SetupSerializer(setup).data, status=201)

    @schema.confirm_totp
    def confirm(self, request: Request) -> Response:
        require_proof(request)
        body = CodeSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        codes = services.confirm_totp(
            user=signed_in_user(request),
            device_id=device_of(request),
            code=body.validated_data["code"],
            address=address_bucket(request),
        )
        return Response({"recovery_codes": codes})

    @schema.remove_totp
    def remove(self, request: Request) -> Response:
        require_proof(request)
        services.remove_totp(user=signed_in_user(request))
        return Response(status=204)

    @schema.make_recovery_codes
    def make_codes(self, request: Request) -> Response:
        require_proof(request)
        codes = services.make_recovery_codes(user=signed_in_user(request))
        return Response({"recovery_codes": codes}, status=201)
