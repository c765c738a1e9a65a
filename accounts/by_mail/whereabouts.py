"""The place of a sign-in: a browser of a family, in a network."""

import ipaddress
from dataclasses import dataclass

# The first that a User-Agent names; most name others whom they descend from as well.
FAMILIES = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
# One for all, or a new name each time would be a mail each time.
ANOTHER = "another program"
NOWHERE = "this machine"
# IPv4 addresses of one customer change within these, and one customer has a /64 of IPv6.
PREFIXES = {4: 24, 6: 64}


@dataclass(frozen=True, slots=True)
class Place:
    """The marks that tell a sign-in from a new place from one of every day."""

    browser: str
    network: str


def place_of(user_agent: str, address: str | None) -> Place:
    """Return the place that an agent and an address are of."""
    return Place(_family(user_agent), _network(address))


def _family(user_agent: str) -> str:
    for mark, family in FAMILIES:
        if mark in user_agent:
            return family
    return ANOTHER


def _network(address: str | None) -> str:
    if address is None:
        return NOWHERE
    version = ipaddress.ip_address(address).version
    network = ipaddress.ip_network(f"{address}/{PREFIXES[version]}", strict=False)
    return str(network)
