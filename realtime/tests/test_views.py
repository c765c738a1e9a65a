"""The answer of the web process where a socket was meant."""

import pytest

from tests.harness.answers import refusal

PATHS = ["/api/ws", "/api/v1/ws"]
UPGRADE = {"Connection": "Upgrade", "Upgrade": "websocket"}


@pytest.mark.parametrize("path", PATHS)
def test_wrong_process_says_that_it_is_no_socket(client, settings, path):
    settings.REDIS_URL = "redis://somewhere"
    answer = client.get(path, headers=UPGRADE)
    assert refusal(answer) == (426, "UPGRADE_REQUIRED")
    assert answer.headers["Upgrade"] == "websocket"


@pytest.mark.parametrize("path", PATHS)
def test_without_valkey_there_are_no_live_updates(client, settings, path):
    settings.REDIS_URL = ""
    answer = client.get(path, headers=UPGRADE)
    assert refusal(answer) == (503, "REALTIME_UNAVAILABLE")
    assert int(answer.headers["Retry-After"]) > 0


def test_socket_is_asked_for_by_get_alone(client):
    assert refusal(client.post("/api/ws")) == (405, "METHOD_NOT_ALLOWED")
