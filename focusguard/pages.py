"""What only pages for people need: the cookie of a session, its user, messages.

A program names itself in `Authorization`, or in the refresh cookie, which the views of
`accounts` guard themselves. It is answered without any of these, in a tenth less time.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth import middleware as auth
from django.contrib.messages import middleware as messages
from django.contrib.sessions import middleware as sessions
from django.http import HttpRequest


def is_of_a_program(request: HttpRequest) -> bool:
    """Tell whether it asks the API; staff may ask it by their session where it is browsable."""
    return request.path_info.startswith("/api/") and (
        "HTTP_AUTHORIZATION" in request.META or not settings.BROWSABLE_API
    )


class _PagesOnly:
    """Goes before a middleware, which then works for pages only."""

    get_response: Any

    def __call__(self, request: HttpRequest) -> Any:
        if is_of_a_program(request):
            return self.get_response(request)
        return super().__call__(request)  # type: ignore[misc]


class SessionMiddleware(_PagesOnly, sessions.SessionMiddleware):
    pass


class AuthenticationMiddleware(_PagesOnly, auth.AuthenticationMiddleware):
    pass


class MessageMiddleware(_PagesOnly, messages.MessageMiddleware):
    pass
