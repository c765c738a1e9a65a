"""Handshakes of sockets, judged by the rules of every request before they are taken."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse

from focusguard.api.exceptions import DomainError, HttpsRequired, InvalidParameter
from focusguard.web.client_address import bucket_of, client_address
from focusguard.web.forwarded import ForwardedMiddleware
from realtime.exceptions import SocketOriginRefused


class HostRefused(DomainError):
    """The `Host` is none of ours."""

    status_code = 400
    code = "BAD_REQUEST"
    message = "The request cannot be read."


class Handshake:
    """The request that would become a socket."""

    def __init__(self, scope: Mapping[str, Any]) -> None:
        self._request = HttpRequest()
        self._request.META = _meta(scope)
        # It keeps what our own proxies say, and drops what others do.
        ForwardedMiddleware(lambda request: HttpResponse())(self._request)
        address = client_address(self._request)
        # Of a Unix socket nothing is known: its proxy counts, or nobody.
        self.address = None if address is None else bucket_of(address)

    @property
    def bearer(self) -> str | None:
        """The token of a program, which may send a header. No cookie is ever read."""
        said = self._request.META.get("HTTP_AUTHORIZATION", "").split()
        return said[1] if len(said) == 2 and said[0].lower() == "bearer" else None

    def judge(self) -> None:
        """Raise the DomainError that refuses it, if any does."""
        if self._request.META["QUERY_STRING"]:
            # An address is in every log on its way.
            raise InvalidParameter(
                "There is nothing to say in the address; the first message is "
                '{"type": "auth", "token": "…"}.'
            )
        if settings.SECURE_SSL_REDIRECT and not self._request.is_secure():
            raise HttpsRequired
        try:
            host = self._request.get_host()
        except DisallowedHost as error:
            raise HostRefused from error
        origin = self._request.META.get("HTTP_ORIGIN")
        if origin is not None and origin not in self._own_origins(host):
            raise SocketOriginRefused

    def _own_origins(self, host: str) -> set[str]:
        own = {f"{self._request.scheme}://{host}", *settings.ALLOWED_ORIGINS}
        if settings.LOCAL_MODE:
            # The page comes from the web process, which has a port of its own there.
            name = urlsplit(f"//{host}").hostname or ""
            name = f"[{name}]" if ":" in name else name
            own.add(f"http://{name}:{settings.WEB_PORT}")
        return own


def _meta(scope: Mapping[str, Any]) -> dict[str, Any]:
    """Write what Django reads of a request, as a WSGI server would."""
    peer, here = scope.get("client"), scope.get("server") or ("localhost", None)
    meta = {
        "REMOTE_ADDR": peer[0] if peer else "",
        "SERVER_NAME": here[0],
        "SERVER_PORT": str(here[1] or 80),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
    }
    for name, value in scope["headers"]:
        # X_Forwarded_For would pass for what only our proxies may write.
        if b"_" in name:
            continue
        key = f"HTTP_{name.decode('latin-1').upper().replace('-', '_')}"
        text = value.decode("latin-1")
        meta[key] = f"{meta[key]},{text}" if key in meta else text
    return meta
