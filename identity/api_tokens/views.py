"""API tokens over HTTP (docs/contract.md, API tokens)."""

from rest_framework.request import Request
from rest_framework.response import Response

from accounts.devices.authentication import signed_in_user
from accounts.devices.proving import device_of, require_proof
from focusguard.api.views import ApiViewSet, parse_id
from identity.api_tokens import schema, services
from identity.api_tokens.exceptions import ApiTokenNotFound
from identity.api_tokens.serializers import (
    ApiTokenCreateSerializer,
    ApiTokenSerializer,
)
from identity.models import ApiToken, ApiTokenQuerySet


class ApiTokenViewSet(ApiViewSet):
    """`/auth/api-tokens`: the user's own; somebody else's id is 404.

    No token of a program comes here: one that makes others would have no end.
    """

    serializer_class = ApiTokenSerializer

    def get_queryset(self) -> ApiTokenQuerySet:
        user = signed_in_user(self.request)
        tokens: ApiTokenQuerySet = ApiToken.objects.for_user(user.pk).unrevoked()
        return tokens

    @schema.list_api_tokens
    def list(self, request: Request) -> Response:
        tokens = self.get_queryset().order_by("id")
        return Response({"api_tokens": ApiTokenSerializer(tokens, many=True).data})

    # Never kept for a retry (Idempotency-Key): the answer would lie there with the token.
    @schema.create_api_token
    def create(self, request: Request) -> Response:
        require_proof(request)
        body = ApiTokenCreateSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        made = services.make_token(
            user_id=signed_in_user(request).pk,
            device_id=device_of(request),
            **body.validated_data,
        )
        shown = ApiTokenSerializer(made.token).data
        return Response({**shown, "token": made.text}, status=201)

    @schema.get_api_token
    def retrieve(self, request: Request, api_token_id: str) -> Response:
        token = self.get_queryset().filter(pk=parse_id(api_token_id)).first()
        if token is None:
            raise ApiTokenNotFound
        return Response(ApiTokenSerializer(token).data)

    @schema.delete_api_token
    def destroy(self, request: Request, api_token_id: str) -> Response:
        services.revoke_token(
            user_id=signed_in_user(request).pk,
            token_id=parse_id(api_token_id),
            device_id=device_of(request),
        )
        return Response(status=204)
