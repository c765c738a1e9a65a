"""`/openapi.json`: one document a process, as bytes."""

import gzip
import json

import pytest
from django.test import Client

from tests.harness.answers import refusal

PATH = "/openapi.json"


@pytest.fixture
def reader():
    return Client()


def test_a_reader_costs_no_statement_and_is_not_counted(
    reader, db, django_assert_num_queries
):
    with django_assert_num_queries(0):
        answer = reader.get(PATH)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert "RateLimit" not in answer.headers


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "gzip"),
        ("GZIP;q=0.5", "gzip"),
        ("*", "gzip"),
        ("gzip;q=0", None),
        ("gzip; q=0.000", None),
        ("br", None),
        ("", None),
    ],
)
def test_it_comes_compressed_to_whoever_can_read_that(reader, accepted, encoding):
    plain = reader.get(PATH).content
    answer = reader.get(PATH, headers={"Accept-Encoding": accepted})
    assert answer.headers.get("Content-Encoding") == encoding
    assert "Accept-Encoding" in answer.headers["Vary"]
    body = gzip.decompress(answer.content) if encoding else answer.content
    assert body == plain
    assert int(answer.headers["Content-Length"]) == len(answer.content)


def test_who_has_it_already_is_told_so(reader):
    first = reader.get(PATH)
    assert first.headers["Cache-Control"] == "public, no-cache"
    tag = first.headers["ETag"]
    for known in (tag, f'"other", {tag}', tag.removeprefix("W/"), "*"):
        again = reader.get(PATH, headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == tag
    assert reader.get(PATH, headers={"If-None-Match": '"other"'}).status_code == 200


def test_head_is_get_without_a_body(reader):
    whole, head = reader.get(PATH), reader.head(PATH)
    assert head.status_code == 200
    assert head.content == b""
    for name in ("Content-Length", "Content-Type", "ETag"):
        assert head.headers[name] == whole.headers[name]


def test_other_methods_are_refused_in_the_envelope(reader):
    assert refusal(reader.post(PATH)) == (405, "METHOD_NOT_ALLOWED")


def test_it_is_what_the_generator_writes(reader):
    from tests.harness.valid_requests import DOCUMENT

    assert reader.get(PATH).json() == json.loads(json.dumps(DOCUMENT, default=str))


@pytest.mark.parametrize("base", ["/api", "/api/v1"])
@pytest.mark.parametrize("slash", ["", "/"])
def test_the_base_path_leads_everywhere(reader, db, base, slash):
    index = reader.get(base + slash)
    assert index.status_code == 200
    links = index.json()["operations"]
    assert links["login"] == {
        "method": "POST",
        "href": f"http://testserver{base}/auth/login",
    }
    assert links.keys() == {
        operation["operationId"]
        for methods in reader.get(PATH).json()["paths"].values()
        for operation in methods.values()
    }
    for name in ("docs", "reference", "openapi", "asyncapi", "health"):
        assert reader.get(index.json()[name]).status_code == 200
