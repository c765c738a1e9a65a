"""Whose word about the client is believed."""

import logging
from ipaddress import ip_network

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import RequestFactory

from focusguard.environment import Environment
from focusguard.web import forwarded
from focusguard.web.client_address import address_bucket, client_address
from tests.harness.answers import refusal

STRANGER, PROXY, CDN, CLIENT = "203.0.113.7", "10.0.0.10", "10.9.0.1", "198.51.100.1"


@pytest.fixture
def proxies(settings):
    """Set how many proxies stand in front; they are 10.0.0.0/8 and one of IPv6."""
    settings.TRUSTED_PROXY_NETWORKS = (
        ip_network("10.0.0.0/8"),
        ip_network("2001:db8::10"),
    )
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

    def count(number):
        settings.TRUSTED_PROXIES = number

    count(1)
    return count


def asked(peer, **headers):
    return RequestFactory().get("/", REMOTE_ADDR=peer, headers=headers)


def address(peer, forwarded_for=None):
    headers = {"X-Forwarded-For": forwarded_for} if forwarded_for is not None else {}
    return client_address(asked(peer, **headers))


def scheme(peer, proto):
    seen = []
    middleware = forwarded.ForwardedMiddleware(
        lambda request: seen.append(request.scheme) or HttpResponse()
    )
    middleware(asked(peer, **{"X-Forwarded-Proto": proto}))
    return seen[0]


@pytest.mark.parametrize("peer", [PROXY, "2001:db8::10", "::ffff:10.0.0.10", ""])
def test_a_proxy_of_ours_is_believed(proxies, peer):
    """At its address, at IPv4 written as IPv6, and at a Unix socket."""
    assert address(peer, CLIENT) == CLIENT
    assert scheme(peer, "https") == "https"
    assert scheme(peer, "http") == "http"


@pytest.mark.parametrize("peer", [STRANGER, "2001:db8::11", "::ffff:203.0.113.7"])
def test_a_stranger_is_not(proxies, peer):
    """Caught: a port that is published to everybody, where each guess at a password
    brings an address of its own.
    """
    own = peer.removeprefix("::ffff:")
    for said in (CLIENT, f"{CLIENT}, {PROXY}", PROXY, "127.0.0.1"):
        assert address(peer, said) == own
    assert scheme(peer, "https") == "http"


def test_nobody_is_where_there_are_no_proxies(proxies):
    proxies(0)
    assert address(PROXY, CLIENT) == PROXY


@pytest.mark.parametrize(
    ("peer", "said", "expected"),
    [
        # All of them in a row: the outermost tells whom it had before it.
        (PROXY, f"{CLIENT}, {CDN}", CLIENT),
        (PROXY, f"forged, {CLIENT}, {CDN}", CLIENT),
        (PROXY, f"{CLIENT},{CDN}", CLIENT),
        # Somebody who goes round the first is a stranger to the second.
        (PROXY, f"forged, {STRANGER}", STRANGER),
        (PROXY, STRANGER, STRANGER),
        (STRANGER, f"{CLIENT}, {CDN}", STRANGER),
        # No deeper than there are proxies.
        (PROXY, f"{CLIENT}, 10.0.0.12, {CDN}", "10.0.0.12"),
        (PROXY, "", PROXY),
    ],
)
def test_two_proxies_are_believed_one_after_the_other(proxies, peer, said, expected):
    proxies(2)
    assert address(peer, said) == expected


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("198.51.100.1:443", CLIENT),
        ("[2001:db8::1]:443", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ('"[2001:db8::1]:443"', "2001:db8::1"),
        ("2001:DB8:0::1", "2001:db8::1"),
        ("::ffff:198.51.100.1", CLIENT),
        ("fe80::1%eth0", "fe80::1"),
        (" 198.51.100.1\t", CLIENT),
    ],
)
def test_entries_are_read_in_every_form_that_proxies_write(proxies, entry, expected):
    assert address(PROXY, f"192.0.2.1, {entry}") == expected


@pytest.mark.parametrize(
    "entry",
    ["", "unknown", "_hidden", "for=192.0.2.1", "1.2.3", "[", "%", "\x00", "١.١.١.١"],
)
def test_an_entry_that_is_no_address_leaves_the_proxys_own(proxies, entry):
    assert address(PROXY, f"{CLIENT}, {entry}") == PROXY


@pytest.mark.parametrize(
    "header", ["X-Real-IP", "Forwarded", "X-Forwarded-Host", "Via"]
)
def test_other_headers_are_read_from_nobody(proxies, header):
    request = asked(PROXY, **{header: f"for={CLIENT};proto=https;host=evil.test"})
    assert client_address(request) == PROXY
    assert request.get_host() == "testserver"
    assert request.scheme == "http"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("https, http", "http"),
        ("http,https", "https"),
        ("HTTPS", "https"),
        ("wss", "http"),
        ("", "http"),
    ],
)
def test_of_several_schemes_the_last_proxys_counts(proxies, said, expected):
    assert scheme(PROXY, said) == expected


def test_addresses_of_ipv4_written_as_ipv6_are_told_apart(proxies):
    buckets = {
        address_bucket(asked(PROXY, **{"X-Forwarded-For": f"::ffff:198.51.100.{n}"}))
        for n in (1, 2)
    }
    assert buckets == {"198.51.100.1", "198.51.100.2"}
    assert address_bucket(asked("")) == "local"


def test_a_stranger_is_named_once(proxies, caplog, monkeypatch):
    monkeypatch.setattr(forwarded, "_ignored", set())
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            scheme(STRANGER, "https")
    assert [record.getMessage() for record in caplog.records] == [
        f"forwarded headers of {STRANGER} are ignored: it is not in "
        "TRUSTED_PROXY_NETWORKS"
    ]


@pytest.mark.django_db
def test_a_strangers_https_is_not_taken_for_one(proxies, anonymous, settings):
    settings.SECURE_SSL_REDIRECT = True
    headers = {"X-Forwarded-Proto": "https"}
    url = "/api/garden/species"
    answer = anonymous.get(url, headers=headers, REMOTE_ADDR=STRANGER)
    assert refusal(answer) == (403, "HTTPS_REQUIRED")
    answer = anonymous.get(url, headers=headers, REMOTE_ADDR=PROXY)
    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("10.0.0.10", ["10.0.0.10/32"]),
        ("10.0.0.0/8, ::1", ["10.0.0.0/8", "::1/128"]),
        ("", []),
    ],
)
def test_networks_are_read_from_the_environment(tmp_path, monkeypatch, said, expected):
    monkeypatch.setenv("TRUSTED_PROXY_NETWORKS", said)
    read = Environment(tmp_path).networks("TRUSTED_PROXY_NETWORKS", default=["::1"])
    assert [str(network) for network in read] == expected


@pytest.mark.parametrize("said", ["*", "10.0.0.10/8", "nginx", "10.0.0", "10.0.0.1/33"])
def test_what_is_no_network_is_named_in_one_line(tmp_path, monkeypatch, said):
    monkeypatch.setenv("TRUSTED_PROXY_NETWORKS", said)
    with pytest.raises(
        ImproperlyConfigured, match=r"^TRUSTED_PROXY_NETWORKS must be .*$"
    ):
        Environment(tmp_path).networks("TRUSTED_PROXY_NETWORKS", default=[])
