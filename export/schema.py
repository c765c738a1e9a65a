"""The export for the OpenAPI document: its query, its shape, its operation."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers

from export.documents import CSV_FIELDS
from export.exceptions import ExportBusy, ExportRateLimited, ExportRunning
from focusguard.api.schema import domain_errors
from focusguard.api.serializers.choices import WordField
from pictures.exceptions import PicturesAway

SESSION = {
    "id": "01949d2e-7a10-7c3f-8d52-3f1e2a4b5c6d",
    "duration_min": 25,
    "status": "completed",
    "focus_min": 25,
    "local_date": "2026-01-18",
    "timezone": "Europe/Berlin",
    "created_at": "2026-01-18T15:00:00Z",
    "ended_at": "2026-01-18T15:25:00Z",
    "label": "Thesis",
    "note": "Chapter 2",
}


LOCAL_TIMES = ("2026-01-18 16:00:00", "2026-01-18 16:25:00")


class ExportQuerySerializer(serializers.Serializer[Any]):
    format = WordField(
        ["json", "csv"], default="json", help_text="Everything, or the sessions."
    )


class ExportSerializer(serializers.Serializer[Any]):
    """The data that is kept of a user, the oldest first."""

    exported_at = serializers.DateTimeField()
    user = serializers.DictField()
    stats = serializers.DictField(allow_null=True)
    preferences = serializers.DictField(allow_null=True)
    picture = serializers.CharField(
        required=False, allow_null=True, help_text="The file, as a data URL."
    )
    devices = serializers.ListField(child=serializers.DictField())
    identities = serializers.ListField(child=serializers.DictField())
    authenticator_apps = serializers.ListField(child=serializers.DictField())
    recovery_codes = serializers.ListField(child=serializers.DictField())
    passkeys = serializers.ListField(child=serializers.DictField())
    api_tokens = serializers.ListField(child=serializers.DictField())
    labels = serializers.ListField(child=serializers.DictField())
    sessions = serializers.ListField(child=serializers.DictField())
    entries = serializers.ListField(child=serializers.DictField())
    plans = serializers.ListField(child=serializers.DictField())
    days_off = serializers.ListField(child=serializers.DictField())
    imports = serializers.ListField(child=serializers.DictField())
    plants = serializers.ListField(child=serializers.DictField())
    security_events = serializers.ListField(child=serializers.DictField())
    mail_links = serializers.ListField(child=serializers.DictField())
    mails = serializers.ListField(child=serializers.DictField())


JSON_EXAMPLE = OpenApiExample(
    "Everything",
    value={
        "exported_at": "2026-01-18T15:30:00Z",
        "user": {
            "id": "a1111111-1111-1111-1111-111111111111",
            "username": "alice_focus",
            "email": "alice@focusguard.com",
            "email_verified_at": "2026-01-01T09:02:00Z",
            "pending_email": None,
            "timezone": "Europe/Berlin",
            "lvl": 5,
            "xp_points": 1250,
            "leaderboard_visible": True,
            "weekly_report": False,
            "is_staff": False,
            "created_at": "2026-01-01T09:00:00Z",
            "updated_at": "2026-01-18T15:25:00Z",
        },
        "stats": {
            "total_focus_min": 1250,
            "total_sessions": 50,
            "streak_length": 3,
            "best_streak": 12,
            "last_focus_date": "2026-01-18",
            "streak_zone": "Europe/Berlin",
            "streak_until": "2026-01-19T23:00:00Z",
            "updated_at": "2026-01-18T15:25:00Z",
        },
        "preferences": None,
        "picture": "data:image/webp;base64,UklGRg==",
        "devices": [],
        "identities": [],
        "authenticator_apps": [],
        "recovery_codes": [],
        "passkeys": [],
        "api_tokens": [],
        "labels": [
            {
                "id": "01949d2e-5b00-7e21-a4c5-2d3e4f5a6b7c",
                "name": "Thesis",
                "color": "teal",
                "archived_at": None,
                "created_at": "2026-01-02T09:00:00Z",
            }
        ],
        "sessions": [SESSION],
        "entries": [],
        "plans": [
            {
                "from_date": "2026-01-12",
                "daily_min": 90,
                "weekly_min": None,
                "weekdays": ["mon", "tue", "wed", "thu", "fri"],
            }
        ],
        "days_off": [{"day": "2026-01-16", "kind": "away"}],
        "imports": [],
        "plants": [],
        "security_events": [],
        "mail_links": [],
        "mails": [],
    },
    response_only=True,
    media_type="application/json",
)
CSV_EXAMPLE = OpenApiExample(
    "Sessions",
    value="\r\n".join(
        [",".join(CSV_FIELDS), ",".join([*map(str, SESSION.values()), *LOCAL_TIMES])]
    ),
    response_only=True,
    media_type="text/csv",
)
ATTACHMENT = OpenApiParameter(
    "Content-Disposition",
    str,
    OpenApiParameter.HEADER,
    response=[200],
    description="`attachment`, with a name for the file.",
)

export_data = extend_schema(
    operation_id="exportData",
    summary="Everything of yours, to take along",
    description="One moment of the account as a file. Times are UTC, ids are "
    "those of the API. With `format=csv` the sessions alone, a line for each, "
    "with their times also by the clock of the session's zone. One at a "
    "time and ten in ten minutes; beyond, 429 with `Retry-After`.",
    tags=["users"],
    parameters=[ATTACHMENT],
    examples=[JSON_EXAMPLE, CSV_EXAMPLE],
    responses={
        (200, "application/json"): ExportSerializer,
        (200, "text/csv"): OpenApiTypes.STR,
        **domain_errors(ExportRunning, ExportRateLimited, ExportBusy, PicturesAway),
    },
)
