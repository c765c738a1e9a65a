"""Whom a request comes from, as far as that can be believed."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest
from rest_framework.request import Request


def client_address(request: HttpRequest | Request) -> str | None:
    """Return the client's IP address, or None where there is none (a Unix socket).

    The address is the socket's. With `TRUSTED_PROXIES=n` it is the n-th entry of
    `X-Forwarded-For` from the right: the one that the outermost of our own proxies
    wrote. Whatever stands left of it is the client's word and is ignored.
    """
    candidates = [request.META.get("REMOTE_ADDR", "")]
    hops = settings.TRUSTED_PROXIES
    if hops:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if len(forwarded) >= hops:
            candidates.insert(0, forwarded[-hops].strip())
    for candidate in candidates:
        try:
            address = ipaddress.ip_address(candidate)
        except ValueError:
            continue
        # A socket of both kinds tells IPv4 so; all of it would be one /64.
        return str(getattr(address, "ipv4_mapped", None) or address)
    return None


def address_bucket(request: HttpRequest | Request) -> str:
    """Return what limits count by: the IPv4 address, or the /64 that holds the IPv6.

    One customer is given a whole /64, so a single IPv6 address limits nobody.
    """
    return bucket_of(client_address(request))


def bucket_of(address: str | None) -> str:
    """Return the same of an address that was kept."""
    if address is None:
        return "local"
    if ":" in address:
        return str(ipaddress.ip_network(f"{address}/64", strict=False))
    return address
