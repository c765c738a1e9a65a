"""The OpenAPI document says what is served: all of it, and nothing else."""

import inspect
import re

import pytest
from django.conf import settings
from django.urls import get_resolver
from rest_framework import serializers
from rest_framework.test import APIClient

from accounts.zones import ZONE_NAMES
from focusguard.api.errors.envelope import MESSAGES
from focusguard.api.errors.refusals import REFUSALS
from focusguard.api.exceptions import DomainError
from tests.harness.answers import refusal
from tests.harness.valid_requests import API, DOCUMENT, OPERATIONS, resolve
from tests.harness.worlds import IDS

pytestmark = pytest.mark.django_db

OPEN = {
    "POST /api/auth/register",
    "POST /api/auth/login",
    "POST /api/auth/refresh",
    "GET /api/auth/ways",
    "POST /api/auth/oauth/{provider}/start",
    "GET /api/auth/oauth/{provider}/callback",
    "GET /api/auth/oauth/finish",
    "POST /api/auth/oauth/finish",
    "POST /api/auth/second-factor",
    "POST /api/auth/second-factor/options",
    "POST /api/auth/passkey",
    "POST /api/auth/passkey/options",
    "POST /api/auth/email/confirm",
    "POST /api/auth/password/forgot",
    "POST /api/auth/password/reset",
    "POST /api/mail/unsubscribe/{token}",
    "GET /api/pictures/{picture_name}.webp",
    "GET /api",
    "GET /health",
    "GET /health/live",
}
METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}
# Open, and still nothing for who comes with nothing.
NOTHING_THERE = {
    "POST /api/auth/passkey/options": 409,
    "GET /api/pictures/{picture_name}.webp": 404,
    "GET /api/auth/oauth/{provider}/callback": 404,
    "GET /api/auth/oauth/finish": 401,
    "POST /api/auth/oauth/finish": 403,
}
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


# A WebSocket, which another kind of document tells of.
SOCKET = "/api/ws"
ROUTES = [
    (path, view)
    for path, view in routes(get_resolver().url_patterns)
    if path.startswith(("/api", "/health"))
]


def test_every_route_is_documented_and_every_document_served():
    served = {path for path, _ in ROUTES if not re.match("/api/v1(/|$)", path)}
    # The index is the base path, with a slash or without.
    assert served == {*PATHS, "/api/", SOCKET}


def test_version_1_has_the_same_routes():
    v1 = {path.replace("/api/v1", "/api") for path, _ in ROUTES if "/v1" in path}
    told = {path for path in PATHS if path.startswith("/api")}
    assert v1 == {"/api/", SOCKET, *told}


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_operation_is_explained_with_an_example(operation):
    assert operation.spec["summary"]
    assert len(operation.spec["tags"]) == 1
    successes = [status for status in operation.spec["responses"] if status < "300"]
    # A first factor that was right is answered in two ways (ADR 60).
    assert len(successes) == (not operation.is_for_browsers) or operation.path in (
        "/api/auth/login",
        "/api/auth/register",
        "/api/auth/oauth/finish",
    )
    for success in successes:
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
        waits = status in ("429", "503") or (
            "IDEMPOTENCY_KEY_IN_FLIGHT" in media["examples"]
        )
        assert ("Retry-After" in answer["headers"]) == waits


@pytest.mark.row("Z06")
def test_open_operations_are_these_and_no_others():
    assert {str(operation) for operation in OPERATIONS if operation.is_open} == OPEN


@pytest.mark.row("Z06")
@pytest.mark.parametrize("operation", API, ids=str)
def test_a_stranger_is_asked_to_sign_in_wherever_it_is_not_open(anonymous, operation):
    answer = anonymous.generic(operation.method, operation.path.format(**IDS))
    if str(operation) in OPEN - {"POST /api/auth/refresh"}:
        refused = 422 if operation.takes_body else 400
        there = refused if operation.writes else 200
        assert answer.status_code == NOTHING_THERE.get(str(operation), there)
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
        "/api/v2",
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


def test_every_code_that_can_be_raised_is_in_the_enum_and_the_table():
    codes = resolve({"$ref": "#/components/schemas/ErrorCode"})["enum"]
    known = {code for code, _ in MESSAGES.values()}
    known |= {code for *_, code, _ in REFUSALS}
    known |= {error.code for error in raised(DomainError)}
    assert set(codes) == known
    for code in codes:
        assert f"| `{code}` |" in DOCUMENT["info"]["description"]


def raised(root):
    for error in root.__subclasses__():
        if "tests" not in error.__module__:
            yield error
        yield from raised(error)


def test_nothing_but_these_constants_becomes_a_code():
    """A code that is written where it is answered would be missing in the enum."""
    for path in settings.BASE_DIR.glob("*/**/*.py"):
        parts = path.relative_to(settings.BASE_DIR).parts
        if (
            parts[0].startswith(".")
            or {"tests", "node_modules"} & set(parts)
            or "migrat" in str(path)
        ):
            continue
        assert not re.search(r'[^_]code="[A-Z_]+"', path.read_text()), path


def test_operations_have_the_names_that_people_would_choose():
    names = [operation.spec["operationId"] for operation in OPERATIONS]
    assert len(set(names)) == len(names)
    for name in names:
        assert re.fullmatch(r"[a-z]+([A-Z][a-z]+)*|whoAmI", name), name
    assert {"login", "startSession", "xpLeaderboard"} <= set(names)


@pytest.mark.parametrize("operation", API, ids=str)
def test_an_operation_says_who_may_ask_it(operation):
    security = operation.spec["security"]
    assert (security == []) == (str(operation) in OPEN - {"POST /api/auth/refresh"})
    for requirement in security:
        assert requirement.keys() <= DOCUMENT["components"]["securitySchemes"].keys()
    codes = operation.spec["responses"].get("401", {}).get("content", {})
    if {"jwtAuth": []} in security:
        codes = codes["application/json"]["examples"].keys()
        assert {"NOT_AUTHENTICATED", "TOKEN_EXPIRED", "TOKEN_INVALID"} <= codes


def test_what_may_be_null_says_so():
    session = DOCUMENT["components"]["schemas"]["ActiveSession"]["properties"][
        "session"
    ]
    assert session == {
        "oneOf": [{"$ref": "#/components/schemas/RunningSession"}, {"type": "null"}]
    }


def test_bodies_say_what_is_asked_for():
    schemas = DOCUMENT["components"]["schemas"]
    change = schemas["PasswordChangeRequest"]
    assert set(change["required"]) == {"current_password", "new_password"}
    username = schemas["RegisterRequest"]["properties"]["username"]
    assert re.search(username["pattern"], "alice_Focus-1")
    assert not re.search(username["pattern"], "alice focus")
    update = schemas["SessionUpdateRequest"]
    assert update["properties"]["completed"]["not"] == {"const": False}
    assert (update["minProperties"], update["maxProperties"]) == (1, 1)


def test_no_boolean_is_a_constant():
    """Of one, openapi-generator makes an enum of texts, which refuses true itself."""
    booleans = [node for node in nodes(DOCUMENT) if node.get("type") == "boolean"]
    assert booleans
    for node in booleans:
        assert not node.keys() & {"const", "enum"}


def test_a_species_that_is_shown_can_be_planted():
    """Of the same type: a text would be none of the words that a plant may have."""
    shapes = DOCUMENT["components"]["schemas"]
    shown = shapes["Species"]["properties"]["plant_type"]
    assert shown == shapes["PlantCreateRequest"]["properties"]["plant_type"]


def test_every_zone_has_the_form_that_the_document_tells():
    form = DOCUMENT["components"]["schemas"]["RegisterRequest"]["properties"]
    assert all(re.search(form["timezone"]["pattern"], name) for name in ZONE_NAMES)
    assert not re.search(form["timezone"]["pattern"], "Berlin, Germany")


def nodes(node):
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from nodes(value)
    elif isinstance(node, list):
        for value in node:
            yield from nodes(value)


def test_no_schema_says_a_thing_twice_or_shows_our_docstrings():
    docstrings = {
        inspect.cleandoc(shape.__doc__)
        for shape in all_subclasses(serializers.BaseSerializer)
        if shape.__doc__
    }
    for node in nodes(DOCUMENT["components"]["schemas"]):
        assert not ({"enum", "minLength"} <= node.keys())
        assert "readOnly" not in node
        assert node.get("description") not in docstrings


def all_subclasses(root):
    for shape in root.__subclasses__():
        yield shape
        yield from all_subclasses(shape)


def test_tags_and_servers_are_told():
    told = {tag["name"]: tag["description"] for tag in DOCUMENT["tags"]}
    assert {tag for operation in OPERATIONS for tag in operation.spec["tags"]} == set(
        told
    )
    assert all(told.values())
    assert DOCUMENT["servers"][0]["url"] == "/"
