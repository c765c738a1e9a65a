"""The floor that the machine sets: the same statements, prepared, and bytes from orjson.

A bare WSGI application under our gunicorn configuration, with no framework at all.
"""

import os
import threading
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import jwt
import orjson
import psycopg
from psycopg.rows import dict_row

KEY = os.environ["JWT_SECRET_KEY"]
DEVICE = """
    SELECT u.* FROM auth_sessions d JOIN users u ON u.id = d.user_id
    WHERE d.id = %s AND d.user_id = %s AND d.revoked_at IS NULL AND u.is_active
"""
ACTIVE = """
    SELECT id, user_id, duration_min, status, completed, focus_min, local_date,
           created_at, ended_at
    FROM sessions WHERE user_id = %s AND status = 'active'
"""
STATS = "SELECT * FROM user_stats WHERE user_id = %s"
SHOWN = (
    *("id", "username", "email", "lvl", "xp_points", "timezone"),
    *("leaderboard_visible", "created_at", "updated_at"),
)
_local = threading.local()


def ask(statement: str, *parameters: Any) -> dict[str, Any] | None:
    if not hasattr(_local, "connection"):
        _local.connection = psycopg.connect(
            os.environ["DATABASE_URL"],
            autocommit=True,
            row_factory=dict_row,
            prepare_threshold=0,
        )
    row: dict[str, Any] | None = _local.connection.execute(
        statement, parameters
    ).fetchone()
    return row


def me(user: dict[str, Any]) -> Any:
    return {name: user[name] for name in SHOWN}


def active(user: dict[str, Any]) -> Any:
    session = ask(ACTIVE, user["id"])
    return {"has_active": session is not None, "session": session}


def stats(user: dict[str, Any]) -> Any:
    row = ask(STATS, user["id"])
    assert row is not None
    today = datetime.now(ZoneInfo(user["timezone"])).date()
    last = row["last_focus_date"]
    alive = last is not None and last >= today - timedelta(days=1)
    return {
        "user_id": user["id"],
        "total_focus_min": row["total_focus_min"],
        "total_sessions": row["total_sessions"],
        "current_streak": row["streak_length"] if alive else 0,
        "best_streak": row["best_streak"],
        "updated_at": row["updated_at"].astimezone(UTC),
    }


ROUTES = {
    "/api/users/me": me,
    "/api/sessions/active": active,
    "/api/stats/me": stats,
}


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    token = environ["HTTP_AUTHORIZATION"].removeprefix("Bearer ")
    claims = jwt.decode(token, KEY, ["HS256"], leeway=10)
    user = ask(DEVICE, claims["sid"], claims["sub"])
    assert user is not None
    body = orjson.dumps(ROUTES[environ["PATH_INFO"]](user))
    headers = [
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(body))),
    ]
    start_response("200 OK", headers)
    return [body]
