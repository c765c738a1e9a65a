"""`POST /auth/password` (docs/contract.md, Providers)."""

from rest_framework.request import Request
from rest_framework.response import Response

from accounts.devices.authentication import signed_in_user
from accounts.devices.proving import device_of, require_proof
from focusguard.api.views import ApiViewSet
from identity.first_password import schema, services
from identity.first_password.serializers import FirstPasswordSerializer


class FirstPasswordViewSet(ApiViewSet):
    """The password of who has none: 204, and the other devices are signed out."""

    serializer_class = FirstPasswordSerializer

    @schema.set_first_password
    def create(self, request: Request) -> Response:
        body = FirstPasswordSerializer(data=request.data, context={"request": request})
        body.is_valid(raise_exception=True)
        require_proof(request)
        services.set_first_password(
            user=signed_in_user(request),
            new_password=body.validated_data["new_password"],
            keep_device_id=device_of(request),
        )
        return Response(status=204)
