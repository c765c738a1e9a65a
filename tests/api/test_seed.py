"""The seed's endpoint tables and examples, walked row by row."""

import json
import os
import re
import runpy
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.utils import timezone

from accounts import services as account_services
from accounts.models import level_for_xp
from accounts.tests.factories import PASSWORD
from garden import services as garden_services
from sessions_app import services as session_services
from tests.harness.answers import refusal

SEED = (Path(__file__).parent / "seed_endpoints.md").read_text("utf-8")

ROW = re.compile(r"^\| ([A-Z]+) \| `(/[^`]+)` \| .+ \| (✅|❌) \|$", re.MULTILINE)
ROWS = [(method, path, mark == "✅") for method, path, mark in ROW.findall(SEED)]
PROTECTED = [(method, path) for method, path, protected in ROWS if protected]

EXAMPLE = re.compile(
    r"^// ([A-Z]+) (/\S+) (Request|Response)\n(.+?)(?=^// [A-Z]+ /|\Z)",
    re.MULTILINE | re.DOTALL,
)


def read_json(text):
    """Read JSON as the seed writes it: with comments, and commas before them."""
    text = re.sub(r"\s//.*$", "", text, flags=re.MULTILINE)
    return json.loads(re.sub(r",(\s*[\]}])", r"\1", text))


BLOCKS = re.findall(r"^```json\n(.+?)^```", SEED, re.MULTILINE | re.DOTALL)
EXAMPLES = {
    (method, path, kind): read_json(text)
    for block in BLOCKS
    for method, path, kind, text in EXAMPLE.findall(block)
}
RESPONSES = [key for key in EXAMPLES if key[2] == "Response"]
ERROR = next(read_json(block) for block in BLOCKS if '"error_code"' in block)


def named(key):
    return " ".join(part for part in key if isinstance(part, str))


@pytest.fixture
def world(alice, as_alice):
    """Alice after a day: a finished session with its plant, and one without."""
    finished = []
    for hours in (2, 1):
        start = timezone.now() - timedelta(hours=hours)
        session = session_services.start_session(
            user_id=alice.pk, duration_min=25, now=start
        )
        session_services.complete_session(
            user_id=alice.pk, session_id=session.pk, now=start + timedelta(minutes=25)
        )
        finished.append(session)
    plant, _ = garden_services.plant_for_session(
        user_id=alice.pk, session_id=finished[0].pk, plant_type="Rose"
    )
    ids = {
        "user_id": alice.pk,
        "session_id": finished[0].pk,
        "garden_id": plant.pk,
        "days": 7,
    }
    bodies = {
        ("POST", "/auth/register"): {
            "username": "dora_deep",
            "email": "dora@focusguard.com",
            "password": PASSWORD,
        },
        ("POST", "/auth/login"): {"username": alice.username, "password": PASSWORD},
        ("POST", "/auth/refresh"): {"refresh_token": as_alice.signed_in.refresh_token},
        ("PUT", "/users/me"): EXAMPLES["PUT", "/users/me", "Request"],
        ("PATCH", "/users/me/password"): {
            "current_password": PASSWORD,
            "new_password": "another horse battery",
        },
        ("POST", "/sessions"): EXAMPLES["POST", "/sessions", "Request"],
        ("PATCH", "/sessions/{session_id}"): EXAMPLES[
            "PATCH", "/sessions/{session_id}", "Request"
        ],
        ("POST", "/garden"): EXAMPLES["POST", "/garden", "Request"]
        | {"session_id": str(finished[1].pk), "plant_num": 2},
        ("PATCH", "/garden/{garden_id}"): {"growth_stage": 5},
    }
    return ids, bodies


def call(client, base, method, path, ids, body=None):
    return getattr(client, method.lower())(base + path.format(**ids), body)


def test_tables_have_all_their_rows():
    assert len(ROWS) == len(set(ROWS)) == 30
    assert len(PROTECTED) == 28


def test_examples_are_all_read():
    assert [(method, path) for method, path, _ in RESPONSES] == [
        ("GET", "/users/me"),
        ("POST", "/sessions"),
        ("GET", "/garden"),
        ("GET", "/stats/me"),
        ("GET", "/stats/daily/7"),
        ("GET", "/leaderboard/xp?limit=10"),
    ]


@pytest.mark.parametrize("base", ["/api", "/api/v1"])
@pytest.mark.parametrize("row", ROWS, ids=named)
def test_row_answers(as_alice, anonymous, world, row, base):
    method, path, protected = row
    ids, bodies = world
    response = call(
        as_alice if protected else anonymous,
        base,
        method,
        path,
        ids,
        bodies.get((method, path)),
    )
    created = {"/auth/register", "/sessions", "/garden"}
    if method == "POST" and path in created:
        expected = 201
    elif method == "DELETE" or path in ("/auth/logout", "/users/me/password"):
        expected = 204
    else:
        expected = 200
    assert response.status_code == expected


@pytest.mark.parametrize("base", ["/api", "/api/v1"])
@pytest.mark.parametrize("row", PROTECTED, ids=named)
def test_protected_row_wants_a_token(anonymous, world, row, base):
    method, path = row
    ids, bodies = world
    body = None if path == "/auth/refresh" else bodies.get(row)
    response = call(anonymous, base, method, path, ids, body)
    assert refusal(response) == (401, "NOT_AUTHENTICATED")


# the examples


def kind(value):
    """Say what a value is: its JSON type, and whether a text is a time or a day."""
    if isinstance(value, str):
        if re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", value):
            return "time"
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return "day"
    return type(value).__name__


def missing(example, answer, path="$"):
    """List where an answer lacks a field of an example, or has another type."""
    if kind(example) != kind(answer):
        return [f"{path}: {kind(answer)}, not {kind(example)}"]
    if isinstance(example, dict):
        return [
            fault
            for key, value in example.items()
            for fault in (
                missing(value, answer[key], f"{path}.{key}")
                if key in answer
                else [f"{path}.{key}: not there"]
            )
        ]
    if isinstance(example, list):
        if not answer:
            return [f"{path}: empty"]
        return [
            fault
            for number, item in enumerate(answer)
            for fault in missing(example[0], item, f"{path}[{number}]")
        ]
    return []


@pytest.mark.parametrize("key", RESPONSES, ids=named)
def test_answer_has_every_field_of_the_example(as_alice, world, key):
    method, path, _ = key
    ids, bodies = world
    response = call(as_alice, "/api", method, path, ids, bodies.get((method, path)))
    assert missing(EXAMPLES[key], response.json()) == []


def test_daily_example_answers_seven_days(as_alice):
    assert len(as_alice.get("/api/stats/daily/7").json()["daily_stats"]) == 7


def test_profile_example_is_stored(as_alice):
    example = EXAMPLES["PUT", "/users/me", "Request"]
    body = as_alice.put("/api/users/me", example).json()
    assert {field: body[field] for field in example} == example


def test_error_example_is_what_an_unknown_user_answers(as_alice):
    unknown = "a1111111-1111-1111-1111-111111111111"
    response = as_alice.get(f"/api/users/{unknown}")
    assert response.status_code == 404
    body = response.json()
    assert missing(ERROR, body) == []
    body["detail"]["timestamp"] = ERROR["detail"]["timestamp"]
    del body["detail"]["request_id"]
    assert body == ERROR


def levels_and_xp(value):
    if isinstance(value, dict):
        if value.keys() >= {"lvl", "xp_points"}:
            yield value["xp_points"], value["lvl"]
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from levels_and_xp(item)


def test_levels_of_the_examples_follow_from_their_xp():
    examples = set(levels_and_xp(list(EXAMPLES.values())))
    assert examples == {(1250, 5), (3200, 8), (5000, 10)}
    assert all(level_for_xp(xp) == level for xp, level in examples)


@pytest.mark.parametrize(("xp", "level"), [(1250, 5), (3200, 8), (5000, 10)])
def test_level_of_an_example_is_what_the_profile_says(as_alice, alice, xp, level):
    account_services.set_xp(user_id=alice.pk, xp=xp)
    me = as_alice.get("/api/users/me").json()
    assert (me["xp_points"], me["lvl"]) == (xp, level)


# the environment

READ_SETTINGS = """
import json
from django.conf import settings
database = settings.DATABASES["default"]
print(json.dumps({
    "DATABASE_URL": [database[key] for key in ("USER", "HOST", "PORT", "NAME")],
    "JWT_SECRET_KEY": settings.SIMPLE_JWT["SIGNING_KEY"],
    "JWT_ALGORITHM": settings.SIMPLE_JWT["ALGORITHM"],
    "ACCESS_TOKEN_EXPIRE_MINUTES":
        settings.SIMPLE_JWT["ACCESS_TOKEN_LIFETIME"].total_seconds() / 60,
    "REFRESH_TOKEN_EXPIRE_DAYS": settings.SIMPLE_JWT["REFRESH_TOKEN_LIFETIME"].days,
    "ALLOWED_ORIGINS": settings.ALLOWED_ORIGINS,
    "DEBUG": settings.DEBUG,
    "RATE_LIMIT_PER_MINUTE": settings.RATE_LIMIT_PER_MINUTE,
}))
"""


def test_environment_of_the_seed_is_read_by_the_settings():
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "focusguard.settings",
        "SECRET_KEY": "s" * 50,
        "DATABASE_URL": "postgresql+asyncpg://admin:word@db.example:6543/focus",
        "JWT_SECRET_KEY": "j" * 50,
        "JWT_ALGORITHM": "HS512",
        "ACCESS_TOKEN_EXPIRE_MINUTES": "7",
        "REFRESH_TOKEN_EXPIRE_DAYS": "3",
        "ALLOWED_ORIGINS": "http://localhost:5173,http://localhost:3000",
        "DEBUG": "True",
        "RATE_LIMIT_PER_MINUTE": "99",
    }
    ran = subprocess.run(
        [sys.executable, "-c", READ_SETTINGS],
        cwd=django_settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stderr == ""
    assert json.loads(ran.stdout) == {
        "DATABASE_URL": ["admin", "db.example", 6543, "focus"],
        "JWT_SECRET_KEY": "j" * 50,
        "JWT_ALGORITHM": "HS512",
        "ACCESS_TOKEN_EXPIRE_MINUTES": 7,
        "REFRESH_TOKEN_EXPIRE_DAYS": 3,
        "ALLOWED_ORIGINS": ["http://localhost:5173", "http://localhost:3000"],
        "DEBUG": True,
        "RATE_LIMIT_PER_MINUTE": 99,
    }


def test_host_and_port_of_the_seed_are_read_by_the_server(monkeypatch):
    monkeypatch.setenv("HOST", "127.0.0.7")
    monkeypatch.setenv("PORT", "8077")
    config = runpy.run_path(str(django_settings.BASE_DIR / "gunicorn.conf.py"))
    assert config["bind"] == "127.0.0.7:8077"
