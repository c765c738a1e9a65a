"""`GET /auth/ways` (docs/contract.md, Ways in)."""

from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from focusguard.api.views import ApiViewSet
from identity.ways import schema, services
from identity.ways.serializers import WaysSerializer


class WaysViewSet(ApiViewSet):
    """The ways in, open to everybody."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    serializer_class = WaysSerializer

    @schema.ways_in
    def retrieve(self, request: Request) -> Response:
        return Response(services.offered())
