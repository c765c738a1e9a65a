"""The answer of the web process where a socket was meant (docs/contract.md, Socket)."""

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from focusguard.api.views import ApiViewSet
from realtime.exceptions import RealtimeUnavailable, UpgradeRequired

# Without Valkey there are no live updates until somebody configures it.
RETRY_SECONDS = 300


class SocketViewSet(ApiViewSet):
    """`/api/ws`, asked of gunicorn: a proxy that does not know the realtime process.

    It costs nothing to answer, and a page that looks for its socket again and again is
    not to spend its requests on that: nobody is asked who they are, and nothing counted.
    """

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = ()
    takes_any_query = True

    @extend_schema(exclude=True)
    def retrieve(self, request: Request) -> Response:
        if not settings.REDIS_URL:
            raise RealtimeUnavailable(retry_after=RETRY_SECONDS)
        self.headers["Upgrade"] = "websocket"
        raise UpgradeRequired
