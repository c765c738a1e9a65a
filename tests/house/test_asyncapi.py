"""`/asyncapi.json`: valid, and the same that the API and its rules say."""

import copy
import gzip
import json

import pytest
from django.test import Client

from realtime import topics
from realtime.serving.bounds_of_sockets import Close
from tests.harness.messages import at, document, faults, told_wrong
from tests.harness.valid_requests import DOCUMENT as OPENAPI

PATH = "/asyncapi.json"
# Codes of the library, whose words are its own.
LIBRARY = {(1009, ""), (1012, "")}
SENT = {"ready", "session", "changed", "auth_soon", "stale", "pong"}


def spoiled(change):
    told = copy.deepcopy(document())
    change(told)
    return "\n".join(faults(told))


def test_document_is_asyncapi_3_and_its_examples_are_its_messages():
    assert faults(document()) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda told: told.update(asyncapi="2.6.0"), "asyncapi"),
        (lambda told: told.update(chanels={}), "chanels"),
        (lambda told: told["info"].pop("version"), "'version' is a required"),
        (lambda told: told["operations"]["tell"].update(action="emit"), "emit"),
        (
            lambda told: told["operations"]["tell"]["messages"].append(
                {"$ref": "#/channels/socket/messages/nothing"}
            ),
            "leads nowhere",
        ),
        (
            lambda told: told["components"]["messages"]["stale"].pop("examples"),
            "stale: has no example",
        ),
        (
            lambda told: told["components"]["messages"]["ready"]["examples"][0][
                "payload"
            ].pop("expires_at"),
            "'expires_at' is a required property",
        ),
        (
            lambda told: told["components"]["messages"]["session"]["examples"][0][
                "payload"
            ]["session"].update(mood="calm"),
            ".session.mood is not described",
        ),
    ],
)
def test_fault_of_the_document_is_found(change, fault):
    assert fault in spoiled(change)


@pytest.mark.parametrize(
    "payload",
    [
        {"type": "nothing"},
        {"type": "pong", "seq": 1},
        {"type": "ready", "server_time": "now", "expires_at": "2026-01-18T15:25:00Z"},
        {"type": "changed", "what": [], "version": "2026-01-18T15:25:00Z"},
        {"type": "changed", "what": ["moods"], "version": "2026-01-18T15:25:00Z"},
    ],
)
def test_message_that_is_not_described_is_found(payload):
    assert told_wrong(payload)


def test_sessions_are_those_of_the_api():
    """Caught: a field that `GET /sessions/active` gained, and the socket's page did not."""
    told, asked = document()["components"]["schemas"], OPENAPI["components"]["schemas"]
    for name in ("Session", "RunningSession"):
        assert told[name]["properties"].keys() == asked[name]["properties"].keys()
        assert sorted(told[name]["required"]) == sorted(asked[name]["required"])
        for field, shape in told[name]["properties"].items():
            assert shape.get("type") == asked[name]["properties"][field].get("type")
            assert shape.get("format") == asked[name]["properties"][field].get("format")
    assert told["SessionStatus"]["enum"] == asked["SessionStatus"]["enum"]


def test_every_message_has_a_side_that_sends_it():
    told = document()
    by_action = {"send": set(), "receive": set()}
    for operation in told["operations"].values():
        for one in operation["messages"]:
            message = at(told, at(told, one["$ref"])["$ref"])
            by_action[operation["action"]].add(message["name"])
    assert by_action == {"send": SENT - {"pong"}, "receive": {"auth", "ping"}}
    assert told["channels"]["socket"]["messages"].keys() == SENT | {"auth", "ping"}


def test_codes_and_topics_are_those_of_the_process():
    told = document()
    codes = {
        (one["code"], one["reason"])
        for one in told["channels"]["socket"]["x-close-codes"]
    }
    assert codes == {(why.code, why.reason) for why in Close} | LIBRARY
    assert set(told["components"]["schemas"]["Topic"]["enum"]) == topics.ALL


def test_document_is_served_whole_compressed_and_once():
    reader = Client()
    answer = reader.get(PATH)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert "RateLimit" not in answer.headers
    assert answer.json() == document()
    packed = reader.get(PATH, headers={"Accept-Encoding": "gzip"})
    assert json.loads(gzip.decompress(packed.content)) == document()
    known = {"If-None-Match": answer.headers["ETag"]}
    assert reader.get(PATH, headers=known).status_code == 304
