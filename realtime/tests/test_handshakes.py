"""Handshakes: from where a socket may be opened, and how many wait for their token."""

from contextlib import ExitStack, nullcontext

import pytest
from websockets.exceptions import InvalidStatus

from focusguard.api.exceptions import HttpsRequired
from realtime.serving.bounds_of_sockets import UNPROVEN_PER_ADDRESS
from realtime.serving.handshakes import Handshake
from tests.live.harness.realtime import running_realtime
from tests.live.harness.stack import ALLOWED_ORIGIN


def refused(realtime, path="/api/ws", **options):
    """Return status and code of a handshake that is refused."""
    with pytest.raises(InvalidStatus) as caught, realtime.open(path=path, **options):
        pass
    response = caught.value.response
    assert response.headers["Content-Type"] == "application/json"
    return response.status_code, realtime.code_of(response.body)


def test_page_of_ours_a_page_that_is_allowed_and_a_program_may(realtime):
    own = f"http://127.0.0.1:{realtime.port}"
    # The web process of the local mode: see settings.WEB_PORT.
    for origin in (None, own, ALLOWED_ORIGIN, "http://127.0.0.1:8000"):
        with realtime.open(origin=origin) as socket:
            socket.say(type="ping")
            assert socket.end() == (4400, "BAD_MESSAGE")


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "null",
        f"{ALLOWED_ORIGIN}.evil.example",
        f"{ALLOWED_ORIGIN}:8443",
        ALLOWED_ORIGIN.upper(),
        "http://127.0.0.1:8443",
        "https://127.0.0.1:8000",
    ],
)
def test_page_of_somebody_else_may_not(realtime, origin):
    assert refused(realtime, origin=origin) == (403, "ORIGIN_REFUSED")


def test_foreign_host_is_refused(realtime):
    headers = {"Host": "evil.example"}
    assert refused(realtime, additional_headers=headers) == (400, "BAD_REQUEST")


@pytest.mark.parametrize(
    ("says", "error"), [("http", HttpsRequired), ("https", None), (None, HttpsRequired)]
)
def test_plain_http_is_refused_as_it_is_by_the_api(settings, says, error):
    settings.SECURE_SSL_REDIRECT = True
    settings.TRUSTED_PROXIES = 1
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.ALLOWED_HOSTS = ["focus.example"]
    headers = [(b"host", b"focus.example")]
    headers += [(b"x-forwarded-proto", says.encode())] if says else []
    handshake = Handshake(
        {"client": ("127.0.0.1", 1), "query_string": b"", "headers": headers}
    )
    with pytest.raises(error) if error else nullcontext():
        handshake.judge()


def test_token_in_the_address_is_refused(realtime):
    assert refused(realtime, path="/api/ws?token=x") == (400, "INVALID_PARAMETER")
    assert "token=x" not in realtime.log


@pytest.mark.parametrize("path", ["/", "/api/ws/", "/api/v2/ws", "/api/sessions"])
def test_other_paths_are_no_sockets(realtime, path):
    assert refused(realtime, path=path) == (404, "ROUTE_NOT_FOUND")


def test_versioned_path_is_the_same_socket(realtime, device):
    with realtime.open(path="/api/v1/ws") as socket:
        socket.say(type="auth", token=device.access_token)
        assert socket.hear("session")["seq"] == 1


@pytest.mark.parametrize(
    ("path", "status"), [("/api/ws", 426), ("/health/live", 200), ("/api/x", 404)]
)
def test_plain_request_is_answered(realtime, path, status):
    assert realtime.get(path)[0] == status


def test_address_waits_with_few_sockets(realtime, device):
    with ExitStack() as stack:
        for _ in range(UNPROVEN_PER_ADDRESS):
            last = stack.enter_context(realtime.open())
        assert refused(realtime) == (429, "RATE_LIMITED")
        # Who says who they are makes room.
        last.say(type="auth", token=device.access_token)
        last.hear("ready")
        stack.enter_context(realtime.open())
    assert realtime.waits_for(0)


def test_full_process_sends_clients_elsewhere(device, tmp_path):
    with running_realtime(tmp_path, REALTIME_MAX_SOCKETS="1") as realtime:
        with realtime.sign_in(device.access_token):
            assert refused(realtime) == (503, "REALTIME_UNAVAILABLE")
        assert realtime.waits_for(0)
        with realtime.sign_in(device.access_token):
            pass
