"""HEAD answers are GET answers without their body (RFC 9110, section 9.3.2)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase


class HeadMiddleware:
    """Drop the body of a HEAD answer; its headers, the length among them, stay.

    Outside every middleware that measures the body, and before the server, which
    would warn of each.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == 304:
            # Not that of the empty body: a cache would take it for the kept answer's.
            del response.headers["Content-Length"]
        if request.method == "HEAD":
            if isinstance(response, HttpResponse):
                response.content = b""
            elif isinstance(response, StreamingHttpResponse):
                response.streaming_content = ()
        return response
