"""HTTPS or nothing, for programs."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from focusguard.api.errors import envelope


class HttpsMiddleware:
    """Refuse a program's request over HTTP, where a person's page is sent to HTTPS.

    A program that is redirected works, and goes on sending its token in the clear
    (ASVS 5.0, 4.1.2).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            settings.SECURE_SSL_REDIRECT
            and not request.is_secure()
            and request.path_info.startswith("/api/")
        ):
            message = "Use https://; renew whatever this request sent in the clear."
            body = envelope(403, code="HTTPS_REQUIRED", message=message)
            return JsonResponse(body, status=403)
        return self.get_response(request)
