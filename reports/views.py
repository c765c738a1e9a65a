"""The end of the weekly report, over HTTP (docs/contract.md, Mail)."""

from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from focusguard.api.views import ApiViewSet
from reports import schema, services


class StopReportViewSet(ApiViewSet):
    """`POST /mail/unsubscribe/{token}`: 204, and 204 again; open to everybody.

    By POST alone: what reads mail before people do follows its links with GET. The body
    is not looked at, so that no mail program's idea of one keeps a report going.
    """

    authentication_classes = ()
    permission_classes = (AllowAny,)
    serializer_class = Serializer

    @schema.stop_weekly_report
    def stop(self, request: Request, token: str) -> Response:
        services.stop_weekly_report(token=token)
        return Response(status=204)
