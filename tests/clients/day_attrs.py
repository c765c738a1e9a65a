"""A first day with the client that openapi-python-client makes."""

import sys
from typing import TypeVar

from generated.attrs_client import AuthenticatedClient, Client
from generated.attrs_client.api.auth import login, logout, refresh_tokens, register
from generated.attrs_client.api.garden import plant
from generated.attrs_client.api.leaderboard import xp_leaderboard
from generated.attrs_client.api.sessions import (
    get_active_session,
    list_sessions,
    start_session,
    update_session,
)
from generated.attrs_client.api.stats import get_stats
from generated.attrs_client.models import (
    Error,
    ErrorCode,
    LoginRequest,
    PlantCreateRequest,
    PlantType,
    RefreshRequest,
    RegisterRequest,
    SessionCreateRequest,
    SessionStatus,
    SessionUpdateRequest,
    TokenAnswer,
)

Body = TypeVar("Body")
PASSWORD = "correct horse battery"


def good(body: Body | Error | None) -> Body:
    assert body is not None
    assert not isinstance(body, Error), body.detail.error_code
    return body


def day(origin: str, username: str) -> None:
    stranger = Client(base_url=origin)
    good(
        register.sync(
            client=stranger,
            body=RegisterRequest(
                username=username,
                email=f"{username}@focusguard.com",
                password=PASSWORD,
                timezone="Europe/Berlin",
            ),
        )
    )
    wrong = login.sync(
        client=stranger, body=LoginRequest(username=username, password="wrong")
    )
    assert isinstance(wrong, Error)
    assert wrong.detail.error_code is ErrorCode.INVALID_CREDENTIALS
    signed_in = good(
        login.sync(
            client=stranger, body=LoginRequest(username=username, password=PASSWORD)
        )
    )
    assert isinstance(signed_in, TokenAnswer)
    client = AuthenticatedClient(base_url=origin, token=signed_in.access_token)

    assert good(get_active_session.sync(client=client)).session is None
    started = good(
        start_session.sync(client=client, body=SessionCreateRequest(duration_min=25))
    )
    running = good(get_active_session.sync(client=client)).session
    assert running is not None and running.id == started.id
    refused = start_session.sync(client=client, body=SessionCreateRequest())
    assert isinstance(refused, Error)
    assert refused.detail.error_code is ErrorCode.ACTIVE_SESSION_EXISTS

    completed = good(
        update_session.sync(
            started.id, client=client, body=SessionUpdateRequest(completed=True)
        )
    )
    assert completed.status is SessionStatus.COMPLETED
    planted = good(
        plant.sync(
            client=client,
            body=PlantCreateRequest(
                session_id=started.id, plant_type=PlantType("Rose")
            ),
        )
    )
    assert planted.plant_num == 1
    assert len(good(list_sessions.sync(client=client, completed=True)).sessions) == 1
    assert good(get_stats.sync(client=client)).user_id == signed_in.user.id
    assert len(good(xp_leaderboard.sync(client=client, limit=3)).leaderboard) <= 3

    assert isinstance(signed_in.refresh_token, str)
    refreshed = good(
        refresh_tokens.sync(
            client=client, body=RefreshRequest(refresh_token=signed_in.refresh_token)
        )
    )
    client = AuthenticatedClient(base_url=origin, token=refreshed.access_token)
    assert logout.sync_detailed(client=client, body=RefreshRequest()).status_code == 204
    after = get_stats.sync(client=client)
    assert isinstance(after, Error)
    assert after.detail.error_code is ErrorCode.TOKEN_INVALID


if __name__ == "__main__":
    day(*sys.argv[1:])
