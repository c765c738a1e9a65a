"""The OpenAPI document says what is served: all of it, and nothing else."""

import re

import pytest
from django.urls import get_resolver
from rest_framework.test import APIClient

from tests.answers import refusal
from tests.operations import API, DOCUMENT, OPERATIONS, resolve
from tests.worlds import NOWHERE

pytestmark = pytest.mark.django_db

OPEN = {
    "POST /api/auth/register",
    "POST /api/auth/login",
    "POST /api/auth/refresh",
    "GET /health",
    "GET /health/live",
}
METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}
IDS = NOWHERE | {"days": 7}
PATHS = sorted({operation.path for operation in OPERATIONS})


def allowed(path):
    return {operation.method for operation in OPERATIONS if operation.path == path}


def routes(patterns, prefix=""):
    """Walk the URLconf: (path as the document writes it, its view)."""
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern.url_patterns, path)
        else:
            yield re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", f"/{path}"), pattern.callback


ROUTES = [
    (path, view)
    for path, view in routes(get_resolver().url_patterns)
    if path.startswith(("/api/", "/health"))
]


def test_every_route_is_documented_and_every_document_served():
    served = {path for path, _ in ROUTES if not path.startswith("/api/v1/")}
    assert served == set(PATHS)


def test_version_1_has_the_same_routes():
    v1 = {path.replace("/api/v1/", "/api/") for path, _ in ROUTES if "/v1/" in path}
    assert v1 == {path for path in PATHS if path.startswith("/api/")}


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_operation_is_explained_with_an_example(operation):
    assert operation.spec["summary"]
    assert len(operation.spec["tags"]) == 1
    (success,) = [status for status in operation.spec["responses"] if status < "300"]
    content = operation.spec["responses"][success].get("content", {})
    assert bool(content) == (success != "204")
    for media in content.values():
        assert media["examples"]
    if operation.takes_body:
        assert operation.spec["requestBody"]["content"].keys() == {"application/json"}
        body = operation.spec["requestBody"]["content"]["application/json"]
        assert body["examples"]
        assert operation.body_schema["additionalProperties"] is False


@pytest.mark.row("I14")
@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_every_error_is_in_the_one_envelope_with_an_example(operation):
    for status, answer in operation.spec["responses"].items():
        if status < "400" or operation.path.startswith("/health"):
            continue
        media = answer["content"]["application/json"]
        assert resolve(media["schema"]) == resolve(
            {"$ref": "#/components/schemas/Error"}
        )
        for example in media["examples"].values():
            detail = example["value"]["detail"]
            assert str(detail["status_code"]) == status
            assert detail["error_code"].isupper()
        assert ("Retry-After" in answer.get("headers", {})) == (
            status in ("429", "503")
        )


@pytest.mark.row("Z06")
def test_open_operations_are_these_and_no_others():
    assert {str(operation) for operation in OPERATIONS if operation.is_open} == OPEN


@pytest.mark.row("Z06")
@pytest.mark.parametrize("operation", API, ids=str)
def test_a_stranger_is_asked_to_sign_in_wherever_it_is_not_open(anonymous, operation):
    answer = anonymous.generic(operation.method, operation.path.format(**IDS))
    if str(operation) in OPEN - {"POST /api/auth/refresh"}:
        assert answer.status_code == 422
    else:
        assert answer.status_code == 401
        assert refusal(answer)[1] == "NOT_AUTHENTICATED"
        assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.row("I13")
@pytest.mark.parametrize("base", ["/api/", "/api/v1/"])
@pytest.mark.parametrize("path", PATHS)
def test_other_methods_are_refused_with_those_that_are_there(path, base):
    client = APIClient()
    address = path.format(**IDS).replace("/api/", base, 1)
    there = allowed(path)
    for method in METHODS - there:
        answer = client.generic(method, address)
        assert refusal(answer) == (405, "METHOD_NOT_ALLOWED"), method
        named = set(answer.headers["Allow"].split(", "))
        assert named - {"HEAD"} == there
        assert ("HEAD" in named) == ("GET" in there)


@pytest.mark.row("I13")
@pytest.mark.parametrize("method", ["BREW", "PROPFIND"])
def test_unknown_methods_are_refused_too(as_alice, method):
    answer = as_alice.generic(method, "/api/users/me")
    assert refusal(answer) == (405, "METHOD_NOT_ALLOWED")


@pytest.mark.row("I13")
@pytest.mark.parametrize(
    "header",
    ["X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method"],
)
def test_a_method_is_not_overridden_by_a_header(as_alice, alice, header):
    answer = as_alice.post(
        "/api/users/me", {"_method": "DELETE"}, headers={header: "DELETE"}
    )
    assert answer.status_code == 405
    alice.refresh_from_db()


@pytest.mark.row("I14")
@pytest.mark.parametrize(
    "path",
    [
        "/api",
        "/api/",
        "/api/v2/users/me",
        "/api/users/me/",
        "/api//users/me",
        "/nothing",
    ],
)
def test_unknown_routes_are_404_in_the_envelope(anonymous, path):
    assert refusal(anonymous.get(path)) == (404, "ROUTE_NOT_FOUND")


def test_document_is_served_as_it_is_made(anonymous):
    served = anonymous.get("/openapi.json").json()
    assert served["paths"].keys() == DOCUMENT["paths"].keys()
