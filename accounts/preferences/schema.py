"""The operations of preferences for the OpenAPI document."""

from drf_spectacular.utils import OpenApiExample, extend_schema

from accounts.preferences.serializers import (
    PreferencesSerializer,
    PreferencesUpdateSerializer,
)

PREFERENCES = {
    "language": "auto",
    "theme": "auto",
    "week_start": "mon",
    "clock": "auto",
    "focus_min": 25,
    "short_break_min": 5,
    "long_break_min": 15,
    "rounds": 4,
    "breaks": True,
    "auto_start": False,
    "bell": True,
    "ambient": "none",
    "volume": 40,
    "species": None,
    "shortcuts": True,
    "season": "auto",
    "friends_see": True,
    "show_awards": False,
    "notify_end": False,
    "notify_streak": False,
    "onboarded_at": None,
    "updated_at": "2026-01-10T08:30:00Z",
}

DEFAULTS_EXAMPLE = OpenApiExample("The defaults", value=PREFERENCES, response_only=True)
CHANGED_EXAMPLE = OpenApiExample(
    "Longer rounds",
    value=PREFERENCES
    | {"focus_min": 50, "short_break_min": 10, "updated_at": "2026-01-18T15:00:00Z"},
    response_only=True,
)
CHANGE_EXAMPLE = OpenApiExample(
    "Longer rounds",
    value={"focus_min": 50, "short_break_min": 10},
    request_only=True,
)

get_preferences = extend_schema(
    operation_id="getPreferences",
    summary="Your preferences",
    description="They hold on every device. Who has set none has the defaults, since "
    "the day of the account.",
    tags=["users"],
    examples=[DEFAULTS_EXAMPLE],
)

update_preferences = extend_schema(
    operation_id="updatePreferences",
    summary="Change some of your preferences",
    description="Any of the fields; what is left out stays as it is, also where "
    "another device changes it at the same moment.",
    tags=["users"],
    request=PreferencesUpdateSerializer,
    examples=[CHANGE_EXAMPLE, CHANGED_EXAMPLE],
    responses=PreferencesSerializer,
)
