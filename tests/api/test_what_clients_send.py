"""Headers, hosts and cookies as clients that nobody here wrote send and want them."""

import http.cookiejar
import urllib.request

import pytest
import time_machine
from django.conf import settings as django_settings
from django.utils import timezone

from accounts.tests.factories import PASSWORD
from tests.harness.answers import refusal

pytestmark = pytest.mark.django_db

ME, LOGIN, REFRESH = "/api/users/me", "/api/auth/login", "/api/auth/refresh"
INVALID = 'Bearer error="invalid_token", error_description="{}"'


def message_of(answer):
    return answer.json()["detail"]["message"]


@pytest.mark.parametrize(
    "form",
    [
        *("bearer {}", "BEARER {}", "bEaReR {}", "Bearer   {}", "bearer\t{}"),
        *("Bearer {} ", "  Bearer {}", "Bearer\t \t{}\t"),
    ],
)
def test_a_bearer_token_is_one_in_any_writing(alice, sign_in, anonymous, form):
    token = sign_in(alice).signed_in.access_token
    sent = {"HTTP_AUTHORIZATION": form.format(token)}
    assert anonymous.get(ME, **sent).json()["username"] == "alice_focus"
    assert anonymous.post("/api/auth/logout", **sent).status_code == 204


@pytest.mark.parametrize(
    "form",
    [
        *("Bearer", "bearer ", "Bearer {0} {0}", "Bearer {0},Bearer {0}", "{0}"),
        *("Token {0}", "JWT {0}", "Bearer, {0}", "Bearer: {0}", "Bearer={0}"),
    ],
)
def test_what_is_no_bearer_token_is_told_what_to_send(alice, sign_in, anonymous, form):
    token = sign_in(alice).signed_in.access_token
    answer = anonymous.get(ME, HTTP_AUTHORIZATION=form.format(token))
    assert refusal(answer)[0] == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert token not in answer.content.decode()
    if "," not in form:
        assert "Bearer, a space and one access token" in message_of(answer)


@pytest.mark.parametrize("path", [ME, "/api/sessions", "/api/stats/me"])
@pytest.mark.parametrize("scheme", ["Basic", "basic", "BASIC"])
def test_who_sends_basic_is_told_what_to_send(anonymous, path, scheme):
    answer = anonymous.get(path, HTTP_AUTHORIZATION=f"{scheme} ZGVtbzpkZW1v")
    assert refusal(answer) == (401, "NOT_AUTHENTICATED")
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert "Basic is not taken here" in message_of(answer)
    assert "~/.netrc" in message_of(answer)
    assert "ZGVt" not in message_of(answer)


def test_basic_beside_what_needs_no_token_is_nothing(anonymous, alice):
    sent = {"HTTP_AUTHORIZATION": "Basic ZGVtbzpkZW1v"}
    body = {"username": "alice_focus", "password": PASSWORD}
    signed_in = anonymous.post(LOGIN, body, **sent)
    assert signed_in.status_code == 200
    body = {"refresh_token": signed_in.json()["refresh_token"]}
    assert anonymous.post(REFRESH, body, **sent).status_code == 200


def test_a_token_that_is_refused_is_told_so_in_the_header(alice, sign_in, anonymous):
    device = sign_in(alice).signed_in
    with time_machine.travel(
        timezone.now() + django_settings.ACCESS_TOKEN_LIFETIME * 2
    ):
        expired = anonymous.get(ME, HTTP_AUTHORIZATION=f"Bearer {device.access_token}")
    assert refusal(expired) == (401, "TOKEN_EXPIRED")
    assert expired.headers["WWW-Authenticate"] == INVALID.format(
        "The token has expired."
    )
    anonymous.post("/api/auth/logout", {"refresh_token": device.refresh_token})
    for token in ("x", device.access_token, device.refresh_token):
        answer = anonymous.get(ME, HTTP_AUTHORIZATION=f"bearer {token}")
        assert refusal(answer) == (401, "TOKEN_INVALID")
        assert answer.headers["WWW-Authenticate"] == INVALID.format(
            "The token is invalid or was revoked; sign in again."
        )


def test_a_refresh_token_that_is_refused_is_told_so_too(alice, sign_in, anonymous):
    device = sign_in(alice).signed_in
    for token in ("x", device.access_token):
        answer = anonymous.post(REFRESH, {"refresh_token": token})
        assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


def test_who_sent_no_token_is_told_of_no_invalid_one(anonymous, alice):
    wrong = {"username": "alice_focus", "password": "not it at all"}
    for answer in (
        anonymous.get(ME),
        anonymous.get(ME, HTTP_AUTHORIZATION=""),
        anonymous.get(ME, HTTP_AUTHORIZATION="Bearer"),
        anonymous.get(ME, HTTP_AUTHORIZATION="bearer "),
        anonymous.post(LOGIN, wrong),
        anonymous.post(REFRESH, {}),
    ):
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_who_refreshes_without_a_refresh_token_is_told_what_to_send(alice, sign_in):
    answer = sign_in(alice).post(REFRESH)
    assert refusal(answer) == (401, "NOT_AUTHENTICATED")
    assert "An access token refreshes nothing" in message_of(answer)


@pytest.fixture
def local_mode(settings):
    settings.LOCAL_MODE, settings.REFRESH_COOKIE_SECURE = True, False


@pytest.mark.parametrize("secure", [False, True])
def test_in_local_mode_the_cookie_follows_the_scheme(
    local_mode, anonymous, alice, secure
):
    body = {"username": "alice_focus", "password": PASSWORD}
    given = anonymous.post(LOGIN, body, secure=secure)
    origin = {"Origin": f"http{'s' * secure}://testserver"}
    renewed = anonymous.post(REFRESH, headers=origin, secure=secure)
    ended = anonymous.post("/api/auth/logout", headers=origin, secure=secure)
    for answer in (given, renewed, ended):
        assert bool(answer.cookies["refresh_token"]["secure"]) is secure


def test_a_cookie_for_other_sites_is_always_secure(
    local_mode, anonymous, alice, settings
):
    settings.REFRESH_COOKIE_SAMESITE = "None"
    body = {"username": "alice_focus", "password": PASSWORD}
    assert anonymous.post(LOGIN, body).cookies["refresh_token"]["secure"]


def test_the_cookie_of_local_mode_comes_back_from_a_library(
    local_mode, anonymous, alice
):
    body = {"username": "alice_focus", "password": PASSWORD}
    cookie = anonymous.post(LOGIN, body).cookies["refresh_token"].OutputString()
    jar = http.cookiejar.CookieJar()
    ours = "http://127.0.0.1:8000/api/auth/refresh"

    class Answer:
        def info(self):
            headers = http.client.HTTPMessage()
            headers["Set-Cookie"] = cookie
            return headers

    jar.extract_cookies(Answer(), urllib.request.Request(ours))
    again = urllib.request.Request(ours)
    jar.add_cookie_header(again)
    assert again.get_header("Cookie").startswith("refresh_token=")


FOREIGN = ["192.168.1.20:8000", "focus.local", "[2001:db8::1]:8000", "a b", "x" * 500]


@pytest.mark.parametrize("host", FOREIGN)
@pytest.mark.parametrize("path", [ME, "/nothing", "/admin/", "/docs"])
def test_in_local_mode_a_foreign_host_is_told_by_name(
    local_mode, anonymous, settings, path, host
):
    settings.ALLOWED_HOSTS = ["localhost", "[::1]"]
    answer = anonymous.get(path, headers={"Host": host})
    assert answer.status_code == 400
    said = answer.content.decode()
    assert host[:50] in said
    assert "ALLOWED_HOSTS" in said
    assert "localhost, [::1]" in said


@pytest.mark.parametrize("host", FOREIGN)
def test_elsewhere_nobody_hears_which_hosts_are_served(anonymous, settings, host):
    settings.LOCAL_MODE, settings.ALLOWED_HOSTS = False, ["api.focusguard.test"]
    answer = anonymous.get(ME, headers={"Host": host})
    assert refusal(answer) == (400, "BAD_REQUEST")
    assert "focusguard.test" not in message_of(answer)


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8000", "localhost.", "127.0.0.1:1", "[::1]:8150"]
)
def test_our_own_names_are_served_with_any_port(as_alice, settings, host):
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
    assert as_alice.get(ME, headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/api/users/me/", "/api/users/me"),
        ("/api//users//me", "/api/users/me"),
        ("//api/sessions/", "/api/sessions"),
        ("/api/v1/garden/species/", "/api/v1/garden/species"),
        ("/users/me", "/api/users/me"),
        ("/API/Users/Me", "/api/users/me"),
        ("/leaderboard/xp/", "/api/leaderboard/xp"),
        ("/api/api/users/me", "/api/users/me"),
        ("/api/api/v1/sessions", "/api/v1/sessions"),
        ("/api/health", "/health"),
        ("/api/openapi.json", "/openapi.json"),
        ("/api/asyncapi.json", "/asyncapi.json"),
        ("/api/v1/openapi.json", "/openapi.json"),
        ("/api/v1/health/live", "/health/live"),
        ("/API/V1/Sessions/", "/api/v1/sessions"),
        ("/v1/users/me", "/api/v1/users/me"),
        ("/api/v1/api/v1/sessions", "/api/v1/sessions"),
        ("/api/v1/api/sessions", "/api/v1/sessions"),
        ("/Docs", "/docs"),
    ],
)
def test_an_unknown_path_names_the_one_that_is_meant(anonymous, path, meant):
    answer = anonymous.get(path)
    assert refusal(answer) == (404, "ROUTE_NOT_FOUND")
    assert f"Was {meant} meant?" in message_of(answer)


@pytest.mark.parametrize(
    "path",
    [
        "/api/nothing",
        "/api/admin",
        "/api/v2/users/me",
        "/nothing/at/all",
        "/" + "x" * 3000,
    ],
)
def test_an_unknown_path_that_means_nothing_names_none(anonymous, path):
    assert message_of(anonymous.get(path)) == "There is no such route."


def test_ipv4_clients_of_a_socket_of_both_kinds_are_counted_each(anonymous, settings):
    settings.RATE_LIMIT_ENABLED, settings.RATE_LIMIT_PER_MINUTE = True, 1
    statuses = [
        anonymous.get(ME, REMOTE_ADDR=f"::ffff:192.0.2.{host}").status_code
        for host in (1, 1, 2)
    ]
    assert statuses == [401, 429, 401]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("from=2026-1-1", "from: Write it as YYYY-MM-DD."),
        ("to=2026-01-9", "to: Write it as YYYY-MM-DD."),
        ("from=2026-01-01T00:00:00Z", "from: Write it as YYYY-MM-DD."),
        ("from=", "from: Write it as YYYY-MM-DD."),
        ("to=2026-02-30", "to: There is no such date."),
        ("from=2026-01-20&to=2026-01-19", "to: It is before from."),
        ("limit=1_0", "limit: Write it in digits only."),
        ("limit=ten", "limit: Write it in digits only."),
        # As Python's requests writes a boolean of its own.
        ("completed=True", "completed: Write true or false."),
        ("completed=1", "completed: Write true or false."),
        ("status=COMPLETED", "status: Write active, completed or abandoned."),
        ("status=%00", "status: Write active, completed or abandoned."),
    ],
)
def test_a_parameter_in_another_form_is_told_its_own(as_alice, query, wanted):
    answer = as_alice.get(f"/api/sessions?{query}")
    assert refusal(answer) == (400, "INVALID_PARAMETER")
    assert message_of(answer) == wanted
