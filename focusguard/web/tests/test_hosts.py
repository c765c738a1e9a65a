"""A probe is answered whatever host it names; everything else only under ours."""

import pytest
from rest_framework.test import APIClient

from tests.harness.answers import refusal

pytestmark = pytest.mark.django_db

PROBES = ["/health", "/health/live"]
# Of a probe by address, of a load balancer, of HTTP/1.0 (none), and of a stranger.
HOSTS = ["127.0.0.1:8000", "10.0.0.11:8000", "[::1]:8000", "", "evil.test", "a b", "%"]


@pytest.fixture
def client(settings):
    """A client in production: one host is served, over HTTPS."""
    settings.ALLOWED_HOSTS = ["api.focusguard.example"]
    settings.SECURE_SSL_REDIRECT = True
    # What WSGI says where no host was sent: the address that gunicorn listens on.
    return APIClient(SERVER_NAME="0.0.0.0")


def ask(client, path, host, **options):
    headers = {"HTTP_HOST": host} if host else {}
    return client.get(path, **headers, **options)


@pytest.mark.parametrize("path", PROBES)
@pytest.mark.parametrize("host", HOSTS)
def test_probe_is_answered_whatever_the_host(client, path, host):
    assert ask(client, path, host).status_code == 200
    assert client.head(path, HTTP_HOST=host or "0.0.0.0").status_code == 200


@pytest.mark.parametrize("path", ["/api/garden/species", "/healthy", "/health/lives"])
@pytest.mark.parametrize("host", HOSTS)
def test_everything_else_wants_a_host_of_ours(client, path, host):
    answer = ask(client, path, host, secure=True)
    assert refusal(answer) == (400, "BAD_REQUEST")


@pytest.mark.parametrize(
    ("path", "secure"),
    [("/api/garden/species", True), ("/", True), ("/admin/", True), ("/", False)],
)
def test_foreign_host_is_one_line_of_the_log(client, path, secure, caplog):
    """Caught: a traceback for each request of whoever scans the internet."""
    client.get(path, HTTP_HOST="evil.test", secure=secure)
    (line,) = caplog.records
    assert line.exc_info is None
    assert line.status == 400
    assert "host 'evil.test' is not in ALLOWED_HOSTS" in line.getMessage()


@pytest.mark.parametrize("host", ["a b", "x" * 500 + ".test", "\u00fc.test\x1b[2J"])
def test_what_a_stranger_calls_us_breaks_no_line(client, host, caplog):
    client.get("/api/garden/species", HTTP_HOST=host, secure=True)
    (line,) = caplog.records
    said = line.getMessage()
    assert said.isascii()
    assert said.isprintable()
    assert len(said) < 250


def test_refused_method_of_a_probe_is_refused_as_one(client):
    answer = client.post("/health", HTTP_HOST="127.0.0.1:8000")
    assert refusal(answer) == (405, "METHOD_NOT_ALLOWED")
