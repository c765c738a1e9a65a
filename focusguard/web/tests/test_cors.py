"""CORS: pages of `ALLOWED_ORIGINS`, spelt exactly so, may read our answers."""

import pytest
from rest_framework.test import APIClient

pytestmark = [pytest.mark.django_db, pytest.mark.row("A24")]

ALLOWED = "https://app.focusguard.test"


@pytest.fixture(autouse=True)
def _origins(settings):
    settings.ALLOWED_ORIGINS = settings.CORS_ALLOWED_ORIGINS = [ALLOWED]


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "https://evil.test",
        "https://app.focusguard.test.evil.test",
        "https://evil-app.focusguard.test",
        "https://evilapp.focusguard.test",
        "https://sub.app.focusguard.test",
        "https://focusguard.test",
        "https://app.focusguard.test:8443",
        "http://app.focusguard.test",
        "https://app.focusguard.test.",
        "https://app.focusguard.test@evil.test",
        "https://evil.test#https://app.focusguard.test",
        "https://app.focus\tguard.test",
        "https://APP.focusguard.test",
        "https://app.focusguard.test/",
        "https://app_focusguard.test",
        "*",
    ],
)
def test_another_origin_reads_nothing(as_alice, origin):
    for answer in (
        as_alice.get("/api/users/me", headers={"Origin": origin}),
        as_alice.options(
            "/api/users/me",
            headers={"Origin": origin, "Access-Control-Request-Method": "PUT"},
        ),
    ):
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert "Access-Control-Allow-Credentials" not in answer.headers


def answers(as_alice, anonymous, settings):
    """Give an answer of each kind that a page may get."""
    yield 200, as_alice.get("/api/users/me", headers={"Origin": ALLOWED})
    yield 401, anonymous.get("/api/users/me", headers={"Origin": ALLOWED})
    yield 404, as_alice.get("/api/nowhere", headers={"Origin": ALLOWED})
    settings.RATE_LIMIT_ENABLED, settings.RATE_LIMIT_PER_MINUTE = True, 0
    yield 429, as_alice.get("/api/users/me", headers={"Origin": ALLOWED})


def test_an_allowed_origin_reads_every_answer(as_alice, anonymous, settings):
    for status, answer in answers(as_alice, anonymous, settings):
        assert answer.status_code == status
        assert answer.headers["Access-Control-Allow-Origin"] == ALLOWED
        assert answer.headers["Access-Control-Allow-Credentials"] == "true"
        assert "origin" in answer.headers["Vary"].lower()


def test_an_allowed_origin_reads_a_fault_of_ours_too(alice, sign_in, monkeypatch):
    client: APIClient = sign_in(alice, raise_request_exception=False)
    monkeypatch.setattr("accounts.views.UserSerializer", None)
    answer = client.get("/api/users/me", headers={"Origin": ALLOWED})
    assert answer.status_code == 500
    assert answer.headers["Access-Control-Allow-Origin"] == ALLOWED


ASKED_BY_LIBRARIES = [
    *("traceparent", "tracestate", "baggage", "sentry-trace", "if-none-match"),
    *("prefer", "authorization", "content-type", "idempotency-key", "x-request-id"),
    *("cache-control", "pragma", "b3", "newrelic", "x-datadog-trace-id"),
    *("x-datadog-parent-id", "x-datadog-origin", "x-datadog-sampling-priority"),
]
READ_BY_LIBRARIES = [
    *("Date", "Location", "ETag", "WWW-Authenticate", "Retry-After", "RateLimit"),
    *("RateLimit-Policy", "X-Request-ID", "Idempotent-Replayed", "Content-Disposition"),
]
SPEAKING_JSON = [
    *("/api/users/me", "/api/nowhere", "/api", "/nowhere", "/health", "/health/live"),
    *("/openapi.json", "/asyncapi.json", "/users/me", "/api/v1/garden", "/"),
]


def listed(answer, header):
    return {name.strip().lower() for name in answer.headers[header].split(",")}


@pytest.mark.parametrize("path", SPEAKING_JSON)
def test_a_preflight_allows_what_libraries_add(anonymous, path):
    answer = anonymous.options(
        path,
        headers={
            "Origin": ALLOWED,
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": ",".join(ASKED_BY_LIBRARIES),
        },
    )
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == ALLOWED
    assert listed(answer, "Access-Control-Allow-Headers") >= set(ASKED_BY_LIBRARIES)


@pytest.mark.parametrize("path", SPEAKING_JSON)
def test_every_path_that_speaks_json_lets_a_page_read(anonymous, path):
    answer = anonymous.get(path, headers={"Origin": ALLOWED})
    assert answer.headers["Access-Control-Allow-Origin"] == ALLOWED
    assert listed(answer, "Access-Control-Expose-Headers") >= {
        name.lower() for name in READ_BY_LIBRARIES
    }


def test_a_page_reads_why_plain_http_and_a_foreign_host_are_refused(as_alice, settings):
    settings.SECURE_SSL_REDIRECT = True
    refused = [as_alice.get("/api/users/me", headers={"Origin": ALLOWED})]
    settings.SECURE_SSL_REDIRECT = False
    foreign = {"Origin": ALLOWED, "Host": "elsewhere.test"}
    refused.append(as_alice.get("/api/users/me", headers=foreign))
    assert [answer.status_code for answer in refused] == [403, 400]
    for answer in refused:
        assert answer.headers["Access-Control-Allow-Origin"] == ALLOWED


@pytest.mark.parametrize("path", ["/admin/", "/admin"])
def test_the_staffs_site_is_no_other_pages(anonymous, path):
    answer = anonymous.get(path, headers={"Origin": ALLOWED})
    assert "Access-Control-Allow-Origin" not in answer.headers
