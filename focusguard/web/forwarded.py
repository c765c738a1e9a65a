"""X-Forwarded-For and its kin, believed as far as the proxies are ours.

Whoever reaches the port can write `X-Forwarded-For` and `X-Forwarded-Proto`. They are
believed from the addresses of `TRUSTED_PROXY_NETWORKS`, and from a Unix socket, which
the rights of its file guard. `Forwarded`, `X-Real-IP`, `X-Forwarded-Host` and `-Port`
are never read.
"""

import ipaddress
import logging
from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse

logger = logging.getLogger(__name__)

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# Of proxies that are not ours, so that a log names each of them once.
_ignored: set[str] = set()
MOST_NAMED = 100


class ForwardedMiddleware:
    """Keep `X-Forwarded-Proto` where a proxy of ours wrote it: its own word, the last.

    Django takes the first of several, which is the client's where a proxy adds to what
    it was sent.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.TRUSTED_PROXIES and (
            said := request.META.pop("HTTP_X_FORWARDED_PROTO", None)
        ):
            peer = request.META.get("REMOTE_ADDR", "")
            if is_trusted(peer):
                last = said.rpartition(",")[2].strip().lower()
                request.META["HTTP_X_FORWARDED_PROTO"] = last
            else:
                _tell(peer)
        return self.get_response(request)


def believed_address(peer: str, forwarded: str) -> Address | None:
    """Return the client's address: the first that is no proxy of ours.

    From the socket on, each proxy of ours is asked whom it had before it: the last entry
    of `X-Forwarded-For` is the word of the peer, the one before that of the next proxy,
    at most `TRUSTED_PROXIES` of them. None for a Unix socket of which nothing is said.
    """
    address = parse_address(peer)
    entries = forwarded.split(",") if forwarded else []
    for _ in range(settings.TRUSTED_PROXIES):
        if not entries or not is_trusted(str(address) if address else peer):
            break
        before = parse_address(entries.pop())
        if before is None:
            break
        address = before
    return address


def parse_address(text: str) -> Address | None:
    """Read an address, also one with a port, in brackets, or IPv4 written as IPv6."""
    text = text.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        # A zone (fe80::1%eth0) says something to its own machine alone.
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    # A socket of both kinds tells IPv4 so; all of it would be one /64.
    return getattr(address, "ipv4_mapped", None) or address


def is_trusted(peer: str) -> bool:
    """Tell whether a peer is a proxy of ours; an empty one is at a Unix socket."""
    return not peer or _is_in(settings.TRUSTED_PROXY_NETWORKS, peer)


@lru_cache(maxsize=1024)
def _is_in(networks: tuple[Network, ...], peer: str) -> bool:
    address = parse_address(peer)
    return address is not None and any(address in network for network in networks)


def _tell(peer: str) -> None:
    if peer not in _ignored and len(_ignored) < MOST_NAMED:
        _ignored.add(peer)
        logger.warning(
            "forwarded headers of %s are ignored: it is not in TRUSTED_PROXY_NETWORKS",
            peer,
        )
