"""The client's address of a request, as far as it can be believed."""

import ipaddress

from django.http import HttpRequest
from rest_framework.request import Request

from focusguard.web.forwarded import believed_address


def client_address(request: HttpRequest | Request) -> str | None:
    """Return the client's IP address, or None where there is none (a Unix socket).

    The address is the socket's, or what our own proxies say (`forwarded`).
    """
    address = believed_address(
        request.META.get("REMOTE_ADDR", ""),
        request.META.get("HTTP_X_FORWARDED_FOR", ""),
    )
    return None if address is None else str(address)


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
