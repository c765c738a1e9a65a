"""Middlewares for pages alone: the cookie of a session, its user, messages.

A program names itself in `Authorization`, or in the refresh cookie, which the views of
`accounts` guard themselves. It is answered without any of these, in a tenth less time.
"""

import re
from typing import Any

from django.conf import settings
from django.contrib.auth import middleware as auth
from django.contrib.messages import middleware as messages
from django.contrib.sessions import middleware as sessions
from django.http import HttpRequest

from focusguard.web.cookies import values_of

# As django.middleware.csrf makes them.
SECRET = re.compile(r"[A-Za-z0-9]{32}")


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
        return super().__call__(request)  # type: ignore[misc]  # the next class of a mix-in


class SessionMiddleware(_PagesOnly, sessions.SessionMiddleware):
    """Find the session, and the secret of the forms, among cookies of sibling hosts.

    Over HTTPS none can set ours, by their `__Host-`; this is for where that is not had.
    """

    def process_request(self, request: HttpRequest) -> None:
        sessions_, secrets = (
            values_of(request, name)
            for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)
        )
        if len(sessions_) > 1:
            store = self.SessionStore()
            ours = next(filter(store.exists, sessions_), sessions_[-1])
            request.COOKIES[settings.SESSION_COOKIE_NAME] = ours
        if len(secrets) > 1:
            ours = next(filter(SECRET.fullmatch, reversed(secrets)), secrets[-1])
            request.COOKIES[settings.CSRF_COOKIE_NAME] = ours
        super().process_request(request)


class AuthenticationMiddleware(_PagesOnly, auth.AuthenticationMiddleware):
    pass


class MessageMiddleware(_PagesOnly, messages.MessageMiddleware):
    pass
