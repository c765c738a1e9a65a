"""A first day with httpx, and the models that datamodel-code-generator makes."""

import sys
from typing import Any, TypeVar

import httpx
from generated import models
from pydantic import BaseModel, ValidationError

Shape = TypeVar("Shape", bound=BaseModel)
PASSWORD = "correct horse battery"


class Api:
    def __init__(self, origin: str) -> None:
        self.client = httpx.Client(base_url=f"{origin}/api", trust_env=False)

    def ask(
        self,
        shape: type[Shape],
        method: str,
        path: str,
        body: BaseModel | None = None,
        status: int = 200,
        **query: Any,
    ) -> Shape:
        sent = body.model_dump(mode="json", exclude_unset=True) if body else None
        answer = self.client.request(method, path, json=sent, params=query)
        assert answer.status_code == status, answer.text
        return shape.model_validate_json(answer.content)

    def sign(self, token: str) -> None:
        self.client.headers["Authorization"] = f"Bearer {token}"


def day(origin: str, username: str) -> None:
    try:
        models.PasswordChangeRequest.model_validate({})
    except ValidationError as error:
        assert error.error_count() == 2
    else:
        raise AssertionError("a password change without passwords")

    api = Api(origin)
    registered = api.ask(
        models.TokenAnswer,
        "POST",
        "/auth/register",
        models.RegisterRequest(
            username=username, email=f"{username}@focusguard.com", password=PASSWORD
        ),
        201,
    )
    api.sign(registered.access_token)
    assert api.ask(models.ActiveSession, "GET", "/sessions/active").session is None
    start = models.SessionCreateRequest(duration_min=25)
    started = api.ask(models.Session, "POST", "/sessions", start, 201)
    running = api.ask(models.ActiveSession, "GET", "/sessions/active").session
    assert running is not None and running.id == started.id
    refused = api.ask(models.Error, "POST", "/sessions", start, 409)
    assert refused.detail.error_code is models.ErrorCode.ACTIVE_SESSION_EXISTS

    completed = api.ask(
        models.Session,
        "PATCH",
        f"/sessions/{started.id}",
        models.SessionUpdateRequest(completed=True),
    )
    assert completed.status is models.SessionStatus.completed
    planted = api.ask(
        models.Plant,
        "POST",
        "/garden",
        models.PlantCreateRequest(
            session_id=started.id, plant_type=models.PlantType("Rose")
        ),
        201,
    )
    assert planted.plant_num == 1
    done = api.ask(models.SessionList, "GET", "/sessions", completed=True)
    assert len(done.sessions) == 1
    assert api.ask(models.UserStats, "GET", "/stats/me").user_id == registered.user.id
    api.ask(models.XpBoard, "GET", "/leaderboard/xp", limit=3)
    api.ask(models.Trends, "GET", "/stats/trends")

    refreshed = api.ask(
        models.TokenAnswer,
        "POST",
        "/auth/refresh",
        models.RefreshRequest(refresh_token=registered.refresh_token),
    )
    api.sign(refreshed.access_token)
    assert api.client.post("/auth/logout", json={}).status_code == 204
    after = api.ask(models.Error, "GET", "/stats/me", status=401)
    assert after.detail.error_code is models.ErrorCode.TOKEN_INVALID


if __name__ == "__main__":
    day(*sys.argv[1:])
