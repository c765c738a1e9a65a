"""Proofs of an address and resets of a password, over HTTP (docs/contract.md, Mail)."""

from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.by_mail import password_reset, schema, verification
from accounts.by_mail.serializers import (
    AddressProofSerializer,
    ForgottenPasswordSerializer,
    PasswordResetSerializer,
    ProvenAddressSerializer,
)
from accounts.devices.authentication import signed_in_user
from focusguard.api.views import ApiViewSet
from focusguard.web.client_address import address_bucket


class OpenByMailViewSet(ApiViewSet):
    """Routes for people who are not signed in: `/auth/email/confirm`,
    `/auth/password/forgot`, `/auth/password/reset`.

    Links are followed by POST alone: what reads mail before people do follows with GET.
    """

    authentication_classes = ()
    permission_classes = (AllowAny,)
    serializer_class = ProvenAddressSerializer

    @schema.confirm_email
    def confirm(self, request: Request) -> Response:
        body = AddressProofSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        user = verification.confirm(token=body.validated_data["token"])
        return Response(ProvenAddressSerializer(user).data)

    @schema.forgot_password
    def forgot(self, request: Request) -> Response:
        body = ForgottenPasswordSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        password_reset.ask(
            typed=body.validated_data["email"], client=address_bucket(request)
        )
        return Response({}, status=202)

    @schema.reset_password
    def reset(self, request: Request) -> Response:
        body = PasswordResetSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        password_reset.reset(
            link=body.link, new_password=body.validated_data["new_password"]
        )
        return Response(status=204)


class OwnAddressViewSet(ApiViewSet):
    """`POST /auth/email/verification` and `DELETE /users/me/pending-email`."""

    serializer_class = ProvenAddressSerializer

    @schema.send_verification
    def send(self, request: Request) -> Response:
        verification.send_again(user=signed_in_user(request))
        return Response({}, status=202)

    @schema.withdraw_email_change
    def withdraw(self, request: Request) -> Response:
        verification.withdraw_change(user=signed_in_user(request))
        return Response(status=204)
