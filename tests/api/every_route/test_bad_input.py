"""Bad input gets a clear no in the one envelope, no 5xx, and nothing is written."""

import gzip
import json
from urllib.parse import urlencode

import pytest
from django.conf import settings

from tests.harness.answers import refusal
from tests.harness.parts import in_parts, part
from tests.harness.valid_requests import API, WITH_BODY, WITH_ID, resolve, valid_body
from tests.harness.worlds import NOWHERE, checksum

pytestmark = pytest.mark.django_db

JSON = "application/json"

# What is not even JSON, or not the JSON that we take: 400 before anything else.
UNREADABLE = {
    "cut": b'{"a": ',
    "trailing": b"{} {}",
    "single quotes": b"{'a': 1}",
    "a comment": b"{} // none",
    "NaN": b'{"a": NaN}',
    "Infinity": b'{"a": -Infinity}',
    "the same key twice": b'{"a": 1, "a": 2}',
    "the same key twice inside": b'{"a": {"b": 1, "b": 2}}',
    "the same key twice, once escaped": rb'{"a": 1, "\u0061": 2}',
    "the same key twice beside a string with colons": b'{"a": ":\\":", "a": 2}',
    "a number beyond all": b'{"a": 1e400}',
    "33 levels": b"[" * 33 + b"]" * 33,
    "a lone surrogate": rb'{"a": "\ud800"}',
    "a lone surrogate as key": rb'{"\udfff": 1}',
    "deep arrays": b"[" * 5000 + b"]" * 5000,
    "deep objects": b'{"a":' * 5000 + b"1" + b"}" * 5000,
    "not UTF-8": b'{"a": "\xff"}',
    "UTF-16": '{"a": 1}'.encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbf{}",
    "NUL": b"{}\x00",
    "4301 digits": b'{"a": ' + b"9" * 4301 + b"}",
}
MEDIA_TYPES = [
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/json; charset=utf-16",
    "application/json; charset=nonsense",
    "application/xml",
    "nonsense",
    # What Accept may say is no type.
    "*/*",
    "application/*",
]
CODINGS = ["gzip", "GZIP", "br", "deflate", "identity, gzip", "nonsense"]
WRONG_VALUES = {
    "string": [None, 1, 1.5, True, [], {}, ["x"]],
    "integer": [
        None,
        "1",
        1.5,
        1.0,
        True,
        [],
        {},
        2**31,
        2**63,
        -(2**63),
        10**30,
        1e300,
    ],
    "boolean": [None, "true", 1, 0, "yes", [], {}],
    "array": [None, "text", 1, True, {}, []],
    "object": [None, "text", 1, 1.5, True, []],
}


def wrong_values(kind):
    """List what is not of a type of JSON Schema, or of neither of a pair with null."""
    if isinstance(kind, str):
        return WRONG_VALUES[kind]
    (other,) = {*kind} - {"null"}
    return [value for value in WRONG_VALUES[other] if value is not None]


HOSTILE_TEXTS = [
    "\x00",
    "a\x00b",
    "\u202e",
    "\ufeff",
    "'; DROP TABLE users; --",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "%s%n",
    "../../etc/passwd",
    "a\r\nSet-Cookie: x=1",
    "é" * 300,
    "🌱" * 300,
    "x" * 10_000,
    "",
    " ",
]


def send(world, operation, content, content_type=JSON):
    return world.client.generic(
        operation.method, world.path(operation), content, content_type=content_type
    )


def send_json(world, operation, body):
    return send(world, operation, json.dumps(body))


@pytest.fixture
def untouched(world):
    """Prove that the requests of a test changed no row."""
    before = checksum()
    yield world
    assert checksum() == before


@pytest.mark.row("I02")
@pytest.mark.row("I03")
@pytest.mark.parametrize("operation", WITH_BODY, ids=str)
@in_parts(3)
def test_unreadable_bodies_are_refused(untouched, operation, every):
    for name, content in part(UNREADABLE.items(), WITH_BODY.index(operation), every):
        answer = send(untouched, operation, content)
        assert answer.status_code == 400, (name, answer.content)
        refusal(answer)


@pytest.mark.row("I08")
@pytest.mark.parametrize("operation", WITH_BODY, ids=str)
def test_bodies_that_are_no_object_are_refused(untouched, operation):
    for content in ("[]", "1", '"text"', "true", "null", '[{"a": 1}]'):
        answer = send(untouched, operation, content)
        assert refusal(answer) == (422, "VALIDATION_ERROR"), content


@pytest.mark.row("I05")
@pytest.mark.parametrize("operation", WITH_BODY, ids=str)
def test_bodies_that_are_too_large_are_refused(untouched, operation):
    content = json.dumps({"a": "x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE})
    answer = send(untouched, operation, content)
    assert refusal(answer) == (413, "PAYLOAD_TOO_LARGE")


@pytest.mark.row("I07")
@pytest.mark.parametrize("operation", WITH_BODY, ids=str)
@in_parts(3)
def test_other_media_types_are_refused(untouched, operation, every):
    content = json.dumps(valid_body(operation, untouched))
    for media_type in part(MEDIA_TYPES, WITH_BODY.index(operation), every):
        answer = send(untouched, operation, content, media_type)
        assert refusal(answer) == (415, "UNSUPPORTED_MEDIA_TYPE"), media_type


@pytest.mark.row("I07")
@pytest.mark.parametrize("operation", WITH_BODY, ids=str)
@in_parts(3)
def test_packed_bodies_are_refused_and_told_so(untouched, operation, every):
    content = json.dumps(valid_body(operation, untouched)).encode()
    for coding in part(CODINGS, WITH_BODY.index(operation), every):
        for sent in (content, gzip.compress(content)):
            answer = untouched.client.generic(
                operation.method,
                untouched.path(operation),
                sent,
                content_type=JSON,
                HTTP_CONTENT_ENCODING=coding,
            )
            assert refusal(answer) == (415, "UNSUPPORTED_MEDIA_TYPE"), coding
            assert "uncompressed" in answer.json()["detail"]["message"]


@pytest.mark.row("I08")
@pytest.mark.parametrize("operation", WITH_BODY, ids=str)
def test_unknown_fields_are_refused_by_name(untouched, operation):
    known = valid_body(operation, untouched)
    for name in ("unknown", "id", next(iter(known)).title(), "__class__", "🌱"):
        answer = send_json(untouched, operation, known | {name: 1})
        assert refusal(answer) == (422, "VALIDATION_ERROR")
        assert name in answer.json()["detail"]["errors"]


@pytest.mark.parametrize("operation", WITH_BODY, ids=str)
def test_valid_bodies_have_every_field_that_is_documented(world, operation):
    """Or the walks below would miss a field."""
    documented = operation.body_schema["properties"].keys()
    exclusive = {"completed", "status", "duration_min", "local_date"}
    exclusive |= {"code", "recovery_code", "credential", "flow_token"}
    assert valid_body(operation, world).keys() | exclusive >= documented


@pytest.mark.row("I04")
@pytest.mark.parametrize("operation", WITH_BODY, ids=str)
def test_values_of_another_type_are_refused_at_their_field(untouched, operation):
    known = valid_body(operation, untouched)
    for name, schema in operation.body_schema["properties"].items():
        for value in wrong_values(resolve(schema)["type"]):
            answer = send_json(untouched, operation, known | {name: value})
            assert refusal(answer) == (422, "VALIDATION_ERROR"), (name, value)
            assert name in answer.json()["detail"]["errors"], (name, value)


@pytest.mark.row("I04")
@pytest.mark.parametrize("operation", WITH_BODY, ids=str)
def test_numbers_out_of_range_are_refused(untouched, operation):
    known = valid_body(operation, untouched)
    for name, schema in operation.body_schema["properties"].items():
        schema = resolve(schema)
        if schema["type"] != "integer":
            continue
        for value in (schema["minimum"] - 1, schema["maximum"] + 1):
            answer = send_json(untouched, operation, known | {name: value})
            assert refusal(answer) == (422, "VALIDATION_ERROR")


@pytest.mark.row("I01")
@pytest.mark.parametrize("operation", WITH_BODY, ids=str)
@in_parts(5)
def test_hostile_texts_do_no_harm(world, operation, every):
    known = valid_body(operation, world)
    for name, schema in operation.body_schema["properties"].items():
        if "string" not in resolve(schema)["type"]:
            continue
        for text in part(HOSTILE_TEXTS, WITH_BODY.index(operation), every):
            answer = send_json(world, operation, known | {name: text})
            assert answer.status_code < 500, (name, text)
            if answer.status_code >= 400:
                refusal(answer)
            assert "Set-Cookie" not in str(answer.headers.get("X-Request-ID"))


@pytest.mark.row("I01")
@pytest.mark.parametrize("operation", WITH_ID, ids=str)
def test_ids_that_are_none_are_refused(untouched, operation):
    for text in (
        *("1", "me-too", "null", "%00", "..%2f..", "é", "x" * 2000, "{}", "0" * 32),
        "urn:uuid:01949d2e-7a10-7c3f-8d52-3f1e2a4b5c6d",
        "01949d2e7a107c3f8d523f1e2a4b5c6d",
        "{01949d2e-7a10-7c3f-8d52-3f1e2a4b5c6d}",
        "01949d2e-7a10-7c3f-8d52-3f1e2a4b5c6d ",
    ):
        (name,) = operation.path_names
        path = untouched.path(operation, **{name: text})
        content = b""
        if operation.takes_body:
            content = json.dumps(valid_body(operation, untouched))
        answer = untouched.client.generic(
            operation.method, path, content, content_type=JSON
        )
        assert answer.status_code in (400, 404), (text, answer.content)
        refusal(answer)


@pytest.mark.parametrize("operation", WITH_ID, ids=str)
def test_ids_that_nobody_has_are_not_found(untouched, operation):
    content = b""
    if operation.takes_body:
        content = json.dumps(valid_body(operation, untouched))
    path = untouched.path(operation, **NOWHERE)
    answer = untouched.client.generic(
        operation.method, path, content, content_type=JSON
    )
    assert refusal(answer)[0] == 404


JUNK = [
    *("-1", "1e3", "1.0", "1_0", "٢٥", "0x1", "NaN", "null", "true", "[]", "{}"),
    *("2147483648", "9223372036854775808", "9" * 4301, "' OR 1=1", "%00", "\x00"),
    *("é", "🌱", "a" * 3000, "2026-13-01", "2026-1-1", "0000-00-00", "user__email"),
]


@pytest.mark.row("I10")
@pytest.mark.row("I12")
@pytest.mark.parametrize(
    "operation",
    [one for one in API if not one.writes and not one.is_for_browsers],
    ids=str,
)
def test_junk_in_the_query_is_refused(untouched, operation):
    path = untouched.path(operation)
    for name in operation.parameters("query"):
        for text in JUNK:
            answer = untouched.client.get(path, {name: text})
            answer.getvalue()
            if answer.status_code != 200:
                assert refusal(answer) == (400, "INVALID_PARAMETER"), (name, text)
        twice = untouched.client.get(f"{path}?{name}=1&{name}=1")
        assert refusal(twice) == (400, "INVALID_PARAMETER")


UNKNOWN = [
    *("offset2", "page", "Limit", "ordering", "user__email__startswith", "_connector"),
    *("search", "id", "é", "🌱", " ", "a b", "limit[]", "x" * 900, "_method"),
]
NAMELESS = ["=1", "foo", "&foo&", "%ff=1", "%00=1"]


@in_parts(4)
@pytest.mark.parametrize(
    "operation", [one for one in API if not one.is_for_browsers], ids=str
)
def test_unknown_parameters_are_refused_by_name(untouched, operation, every):
    content = b""
    if operation.takes_body:
        content = json.dumps(valid_body(operation, untouched))
    path = untouched.path(operation)
    for name in part(UNKNOWN, API.index(operation), every):
        query = urlencode({name: "1"})
        answer = untouched.client.generic(
            operation.method, f"{path}?{query}", content, content_type=JSON
        )
        assert refusal(answer) == (400, "INVALID_PARAMETER"), name
        message = answer.json()["detail"]["message"]
        assert name[:50] in message
        assert len(message) < 300
        for known in operation.parameters("query"):
            assert known in message
    for query in part(NAMELESS, API.index(operation), every):
        answer = untouched.client.generic(
            operation.method, f"{path}?{query}", content, content_type=JSON
        )
        assert refusal(answer) == (400, "INVALID_PARAMETER"), query


def test_every_unknown_parameter_is_named(as_alice):
    answer = as_alice.get("/api/sessions?limit=5&offset=50&page=2")
    assert answer.json()["detail"]["message"] == (
        "offset, page: not known; known here: status, completed, from, to, limit, cursor."
    )


@pytest.mark.parametrize("name", ["access_token", "token", "JWT", "refresh_token"])
def test_a_token_in_an_address_is_told_to_be_sent_elsewhere(anonymous, as_alice, name):
    token = as_alice.signed_in.access_token
    for client in (anonymous, as_alice):
        answer = client.get("/api/users/me", {name: token})
        assert refusal(answer) == (400, "INVALID_PARAMETER")
        assert "Authorization with Bearer" in answer.json()["detail"]["message"]
        assert token not in answer.content.decode()


@pytest.mark.parametrize(
    "path",
    ["/health", "/health/live", "/openapi.json", "/asyncapi.json", "/docs", "/redoc"],
)
def test_what_no_parameter_changes_takes_any(anonymous, path):
    """A probe, a cache that is gone round, a link with a campaign in it."""
    assert anonymous.get(f"{path}?v=123&utm_source=mail").status_code == 200


@pytest.mark.parametrize("query", ["", "?", "?&", "?&&"])
def test_an_empty_query_is_none(as_alice, query):
    assert as_alice.get(f"/api/users/me{query}").status_code == 200


@pytest.mark.parametrize("days", ["0", "366", "-1", "7.0", "٧", "seven", "1e1", "%00"])
def test_days_are_a_plain_number_in_range(world, days):
    for path in (f"/api/stats/daily/{days}", f"/api/stats/daily?days={days}"):
        assert refusal(world.client.get(path))[0] in (400, 404)


@pytest.mark.row("I01")
@pytest.mark.parametrize(
    "header",
    [
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer a b"},
        {"Authorization": "Bearer \x00"},
        {"Authorization": "Bearer " + "x" * 8000},
        {"Authorization": "Bearer é"},
        {"Authorization": "Basic YTpi"},
        {"Cookie": "refresh_token=\x00"},
        {"Accept": "nonsense"},
        {"Accept": "text/html;q=\x00"},
        {"Accept-Language": "\x00"},
        {"User-Agent": "a\x00b"},
        {"X-Forwarded-For": "nonsense, \x00"},
        {"X-Request-ID": "a\r\nb"},
        {"If-Modified-Since": "nonsense"},
        {"Range": "bytes=0-0"},
    ],
    ids=lambda header: next(iter(header)),
)
def test_hostile_headers_do_no_harm(anonymous, header):
    for path in ("/api/users/me", "/api/nothing", "/health"):
        answer = anonymous.get(path, headers=header)
        assert answer.status_code in (200, 400, 401, 404)
    login = {"username": "nobody", "password": "nothing at all"}
    answer = anonymous.post("/api/auth/login", login, headers=header)
    assert answer.status_code in (400, 401)
