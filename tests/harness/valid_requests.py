"""Every operation of the OpenAPI document, and a valid request for each.

A route that is added is walked on the day it is added: without a valid body here, or
an id for its path, the walks fail.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from drf_spectacular.generators import SchemaGenerator

from accounts.tests.factories import PASSWORD
from identity.passkeys.schema import FLOW_TOKEN, MADE, SIGNED

DOCUMENT: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)


@dataclass(frozen=True)
class Operation:
    """A method of a path, with what the document says about it."""

    method: str
    path: str
    spec: dict[str, Any] = field(repr=False, hash=False, compare=False)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def path_names(self) -> list[str]:
        return re.findall(r"{(\w+)}", self.path)

    @property
    def is_open(self) -> bool:
        """True for an operation without a sign-in."""
        return {"jwtAuth": []} not in self.spec.get("security", [])

    @property
    def writes(self) -> bool:
        return self.method != "GET"

    @property
    def is_for_browsers(self) -> bool:
        """True for an operation that leads to a page, whatever stands in its address."""
        return "303" in self.spec["responses"]

    @property
    def takes_body(self) -> bool:
        """True for an operation that takes JSON; a file has tests of its own."""
        content = self.spec.get("requestBody", {}).get("content", {})
        return "application/json" in content

    def parameters(self, place: str) -> dict[str, dict[str, Any]]:
        """The schemas of the parameters in `path`, `query` or `header`, by name."""
        return {
            parameter["name"]: parameter["schema"]
            for parameter in self.spec.get("parameters", [])
            if parameter["in"] == place
        }

    @property
    def body_schema(self) -> dict[str, Any]:
        content = self.spec["requestBody"]["content"]["application/json"]["schema"]
        schema: dict[str, Any] = resolve(content)
        return schema


def resolve(schema: dict[str, Any]) -> dict[str, Any]:
    """Follow a reference, also one that is wrapped to carry a description."""
    if "allOf" in schema and len(schema["allOf"]) == 1:
        return resolve(schema["allOf"][0])
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return resolve(DOCUMENT["components"]["schemas"][name])
    return schema


OPERATIONS = [
    Operation(method.upper(), path, spec)
    for path, methods in DOCUMENT["paths"].items()
    for method, spec in methods.items()
]
API = [operation for operation in OPERATIONS if operation.path.startswith("/api/")]
# Signing out takes any token that we signed, by itself, and ends what it names.
SIGNED_IN = [
    operation
    for operation in API
    if not operation.is_open and operation.path != "/api/auth/logout"
]
WITH_BODY = [operation for operation in API if operation.takes_body]
WITH_ID = [
    operation
    for operation in API
    if any(name.endswith("_id") for name in operation.path_names)
]


def valid_body(operation: Operation, world: Any) -> dict[str, Any]:
    """Return a body that the operation would accept of Alice in her world.

    Of a passkey only its form is good: what was signed is told from it by tests that
    begin a flow.
    """
    bodies: dict[str, dict[str, Any]] = {
        "POST /api/auth/register": {
            "username": "somebody_new",
            "email": "new@focusguard.com",
            "password": PASSWORD,
            "timezone": "Europe/Berlin",
        },
        "POST /api/auth/login": {"username": "alice_focus", "password": PASSWORD},
        "POST /api/auth/refresh": {"refresh_token": world.refresh_token},
        "POST /api/auth/logout": {"refresh_token": world.refresh_token},
        "POST /api/auth/proof": {"password": PASSWORD},
        "POST /api/auth/password": {"new_password": "another long phrase 7"},
        "POST /api/auth/oauth/{provider}/start": {"intent": "sign_in"},
        "POST /api/auth/oauth/finish": {
            "username": "somebody_new",
            "timezone": "Europe/Berlin",
        },
        "POST /api/auth/second-factor": {
            "flow_token": world.links["second_factor"],
            "code": "123456",
        },
        "POST /api/auth/second-factor/options": {
            "flow_token": world.links["second_factor"],
        },
        "POST /api/auth/totp/confirm": {"code": "123456"},
        "POST /api/auth/passkeys": {
            "flow_token": FLOW_TOKEN,
            "credential": MADE,
            "name": "A phone",
        },
        "PATCH /api/auth/passkeys/{passkey_id}": {"name": "An old phone"},
        "POST /api/auth/passkey": {"flow_token": FLOW_TOKEN, "credential": SIGNED},
        "POST /api/auth/email/confirm": {"token": world.links["verify"]},
        "POST /api/auth/password/forgot": {"email": "alice@focusguard.com"},
        "POST /api/auth/password/reset": {
            "token": world.links["reset"],
            "new_password": "another long phrase 7",
        },
        "PUT /api/users/me": {
            "username": "alice_new",
            "email": "alice_new@focusguard.com",
            "timezone": "Asia/Tokyo",
            "leaderboard_visible": False,
            "weekly_report": True,
        },
        "PATCH /api/users/me": {
            "username": "alice_new",
            "email": "alice_new@focusguard.com",
            "timezone": "Asia/Tokyo",
            "leaderboard_visible": False,
            "weekly_report": True,
        },
        "PATCH /api/users/me/password": {
            "current_password": PASSWORD,
            "new_password": "another long phrase 7",
        },
        "PATCH /api/users/me/preferences": {
            "language": "de",
            "theme": "dark",
            "week_start": "sun",
            "clock": "24h",
            "focus_min": 50,
            "short_break_min": 10,
            "long_break_min": 20,
            "rounds": 3,
            "breaks": False,
            "auto_start": True,
            "bell": False,
            "ambient": "rain",
            "volume": 70,
            "species": "Rose",
            "shortcuts": False,
            "season": "south",
            "friends_see": False,
            "show_awards": True,
            "notify_end": True,
            "notify_streak": True,
            "onboarded": True,
        },
        "POST /api/auth/api-tokens": {
            "name": "Menu bar timer",
            "scopes": ["sessions:read"],
            "expires_in_days": 90,
        },
        "POST /api/sessions": {
            "duration_min": 25,
            "label_id": str(world.ids["label_id"]),
            "note": "Chapter 2",
        },
        "POST /api/labels": {"name": "Thesis", "color": "teal"},
        "PATCH /api/labels/{label_id}": {
            "name": "Dissertation",
            "color": "sky",
            "archived": True,
        },
        "PATCH /api/history/{record_id}": {
            "label_id": str(world.ids["label_id"]),
            "note": "Chapter 2",
        },
        "PATCH /api/sessions/{session_id}": {"completed": True},
        "POST /api/entries": {
            "at": world.told_at,
            "minutes": 10,
            "label_id": str(world.ids["label_id"]),
            "note": "On paper",
        },
        "POST /api/entries/batch": {
            "items": [
                {
                    "client_id": "6f1c1f0e-9b7a-4c53-a1f0-d6a3b2c4e5f7",
                    "at": world.told_at,
                    "minutes": 10,
                }
            ]
        },
        "PATCH /api/entries/{entry_id}": {
            "at": world.told_at,
            "minutes": 10,
            "label_id": str(world.ids["label_id"]),
            "note": "On paper",
        },
        "POST /api/garden": {
            "session_id": str(world.ids["session_id"]),
            "plant_type": "Rose",
            "growth_stage": 0,
            "plant_num": 7,
        },
        "PATCH /api/garden/{garden_id}": {"plant_type": "Fern", "growth_stage": 0},
        "PUT /api/plan": {"daily_min": 60, "weekly_min": None, "weekdays": ["mon"]},
        "PUT /api/days-off": {
            "from": str(timezone.now().date()),
            "to": str(timezone.now().date()),
            "kind": "away",
        },
        "POST /api/imports/{import_id}/apply": {"day_first": True},
    }
    return bodies[str(operation)]
