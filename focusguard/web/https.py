"""HTTPS or nothing, for programs."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from focusguard.api.errors.outside import envelope_answer
from focusguard.api.exceptions import HttpsRequired


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
            and (request.path_info + "/").startswith("/api/")
        ):
            return envelope_answer(
                403, code=HttpsRequired.code, message=HttpsRequired.message
            )
        return self.get_response(request)
