"""The dashboard's page says where its socket is, and may connect to it."""

import re

import pytest
from django.conf import settings as configured
from django.core.exceptions import ImproperlyConfigured

from focusguard.environment import Environment

built = pytest.mark.skipif(
    not configured.HAS_DASHBOARD, reason="the dashboard was not built"
)


def told(client, **headers):
    """Return what the page says, and what its policy lets it connect to."""
    answer = client.get("/", **headers)
    (address,) = re.findall(
        r'<meta name="focusguard-realtime" content="([^"]*)"', answer.content.decode()
    )
    (sources,) = re.findall(
        r"connect-src ([^;]*)", answer.headers["Content-Security-Policy"]
    )
    return address, sources.split()


@built
def test_without_valkey_there_is_no_socket(client, settings):
    settings.REDIS_URL = ""
    assert told(client) == ("", ["'self'"])


@built
def test_behind_a_proxy_it_is_at_the_same_origin(client, settings):
    settings.REDIS_URL, settings.LOCAL_MODE = "redis://somewhere", False
    assert told(client) == ("/api/ws", ["'self'"])


@built
@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("localhost:8000", "ws://localhost:8001/api/ws"),
        ("127.0.0.1", "ws://127.0.0.1:8001/api/ws"),
        ("[::1]:8000", "ws://[::1]:8001/api/ws"),
    ],
)
def test_in_local_mode_it_is_at_a_port_of_its_own(client, settings, host, address):
    settings.REDIS_URL, settings.LOCAL_MODE = "redis://somewhere", True
    settings.REALTIME_PORT = 8001
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
    assert told(client, HTTP_HOST=host) == (address, ["'self'", address])


@built
def test_address_that_is_configured_is_taken(client, settings):
    settings.REDIS_URL = "redis://somewhere"
    settings.REALTIME_URL = "wss://live.focusguard.test/api/ws"
    assert told(client) == (
        settings.REALTIME_URL,
        ["'self'", settings.REALTIME_URL],
    )


@built
def test_page_without_a_process_for_its_socket_asks_by_itself(client, settings):
    """Caught: a browser tried again and again, and said so in its console."""
    settings.REDIS_URL, settings.REALTIME_URL = "redis://somewhere", "none"
    assert told(client)[0] == ""


@pytest.mark.parametrize(
    "said",
    [
        *("", "none", "/api/ws", "/live", "wss://live.example.com/api/ws"),
        *("ws://127.0.0.1:8001/api/ws", "ws://[::1]:8001/api/ws"),
    ],
)
def test_path_or_url_of_a_socket_is_read(monkeypatch, tmp_path, said):
    monkeypatch.setenv("REALTIME_URL", said)
    assert Environment(tmp_path).socket_address("REALTIME_URL") == said


@pytest.mark.parametrize(
    "said",
    [
        *("api/ws", "//evil.example/ws", "https://live.example.com/api/ws"),
        *("wss://", "wss://a b/ws", "wss://user@live.example.com/ws"),
        # Whatever ends a source of the policy, or the attribute that it stands in.
        *("/ws; script-src *", "/ws *", '/ws">', "wss://live.example.com/ws,https:"),
    ],
)
def test_address_that_is_none_stops_the_start(monkeypatch, tmp_path, said):
    monkeypatch.setenv("REALTIME_URL", said)
    with pytest.raises(ImproperlyConfigured, match=r"^REALTIME_URL must be .*$"):
        Environment(tmp_path).socket_address("REALTIME_URL")
