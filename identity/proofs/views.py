"""`POST /auth/proof` (docs/contract.md, Ways in)."""

from rest_framework.request import Request
from rest_framework.response import Response

from accounts.devices.authentication import signed_in_user
from accounts.devices.proving import device_of
from focusguard.api.views import ApiViewSet
from focusguard.web.client_address import address_bucket
from identity.proofs import schema, services
from identity.proofs.serializers import ProofSerializer
from identity.second_factor.judgement import Answer


class ProofViewSet(ApiViewSet):
    """The proof by who is signed in: 204, and good for ten minutes."""

    serializer_class = ProofSerializer

    @schema.prove
    def prove(self, request: Request) -> Response:
        body = ProofSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        sent = dict(body.validated_data)
        user, device_id = signed_in_user(request), device_of(request)
        address = address_bucket(request)
        password, flow_token = sent.pop("password", None), sent.pop("flow_token", None)
        if password is not None:
            services.prove_by_password(
                user=user, device_id=device_id, password=password, address=address
            )
        else:
            services.prove_by_factor(
                user=user,
                device_id=device_id,
                answer=Answer(**sent),
                flow_token=flow_token,
                address=address,
            )
        return Response(status=204)

    @schema.prove_options
    def options_of_passkey(self, request: Request) -> Response:
        return Response(services.passkey_options(user=signed_in_user(request)))
