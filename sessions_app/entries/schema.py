"""The operations of entries for the OpenAPI document, with examples."""

import uuid

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema

from focusguard.api.idempotency import IDEMPOTENCY, IDEMPOTENCY_ERRORS
from focusguard.api.schema import domain_errors
from sessions_app.entries import exceptions as errors
from sessions_app.entries.serializers import (
    EntryBatchSerializer,
    EntryCreateSerializer,
    EntrySerializer,
    EntryUpdateSerializer,
    EntryVerdictsSerializer,
)

ENTRY = {
    "id": "01949d2e-7a10-7c3f-8d52-3f1e2a4b5c6d",
    "at": "2026-01-18T09:00:00Z",
    "ended_at": "2026-01-18T09:50:00Z",
    "local_date": "2026-01-18",
    "minutes": 50,
    "label_id": None,
    "note": "On paper, in the library",
    "source": "manual",
    "client_id": None,
    "created_at": "2026-01-18T15:00:00Z",
}
CLIENT_IDS = [
    "6f1c1f0e-9b7a-4c53-a1f0-d6a3b2c4e5f7",
    "2b7e1516-28ae-4d2a-a6ab-f7158809cf4f",
]

ENTRY_EXAMPLE = OpenApiExample("With times", value=ENTRY, response_only=True)
TELL_EXAMPLE = OpenApiExample(
    "With times",
    value={
        "at": "2026-01-18T09:00:00Z",
        "minutes": 50,
        "note": "On paper, in the library",
    },
    request_only=True,
)
DAY_EXAMPLE = OpenApiExample(
    "A day", value={"local_date": "2026-01-17", "minutes": 90}, request_only=True
)
CORRECT_EXAMPLE = OpenApiExample(
    "Correct the length", value={"minutes": 45}, request_only=True
)
BATCH_EXAMPLE = OpenApiExample(
    "Two of an outbox",
    value={
        "items": [
            {
                "client_id": CLIENT_IDS[0],
                "at": "2026-01-18T09:00:00Z",
                "minutes": 50,
                "source": "offline",
            },
            {"client_id": CLIENT_IDS[1], "at": "2026-01-18T09:30:00Z", "minutes": 25},
        ]
    },
    request_only=True,
)
VERDICTS_EXAMPLE = OpenApiExample(
    "One was taken",
    value={
        "results": [
            {
                "client_id": CLIENT_IDS[0],
                "verdict": "accepted",
                "id": ENTRY["id"],
            },
            {
                "client_id": CLIENT_IDS[1],
                "verdict": "rejected",
                "error_code": "TIME_TAKEN",
                "message": errors.TimeTaken.message,
                "errors": {"record_id": [ENTRY["id"]]},
            },
        ]
    },
    response_only=True,
)

ENTRY_ID = OpenApiParameter("entry_id", uuid.UUID, OpenApiParameter.PATH)

tell_entry = extend_schema(
    operation_id="tellEntry",
    summary="Tell of focus that no session saw",
    description="From `at` on, or so many minutes of a `local_date`. It counts as "
    "`manual_min`, for you alone: no XP, streak, board or plant. Its time must be "
    "over, and no other record's; a given up session's may be told.",
    tags=["entries"],
    parameters=IDEMPOTENCY,
    request=EntryCreateSerializer,
    examples=[TELL_EXAMPLE, DAY_EXAMPLE, ENTRY_EXAMPLE],
    responses={
        201: EntrySerializer,
        **domain_errors(errors.TimeTaken, errors.TooManyEntries, *IDEMPOTENCY_ERRORS),
    },
)

tell_entries = extend_schema(
    operation_id="tellEntries",
    summary="Tell of many at once",
    description="Each item gets a verdict, in order, as if it had been sent by itself: "
    "a bad one holds none of the others up. `client_id` makes it safe to send all of "
    "them again: what is there already with this content is `duplicate`, with another "
    "`rejected` as `CLIENT_ID_REUSED`. Only a bad list is an error of the request.",
    tags=["entries"],
    request=EntryBatchSerializer,
    examples=[BATCH_EXAMPLE, VERDICTS_EXAMPLE],
    responses={200: EntryVerdictsSerializer},
)

get_entry = extend_schema(
    operation_id="getEntry",
    summary="One entry",
    description="Somebody else's is not found.",
    tags=["entries"],
    parameters=[ENTRY_ID],
    examples=[ENTRY_EXAMPLE],
    responses={200: EntrySerializer, **domain_errors(errors.EntryNotFound)},
)

update_entry = extend_schema(
    operation_id="updateEntry",
    summary="Correct an entry",
    description="Any of its fields. `at` makes it one with times, `local_date` one "
    "without; its day stays counted in the zone where it was told.",
    tags=["entries"],
    parameters=[ENTRY_ID],
    request=EntryUpdateSerializer,
    examples=[CORRECT_EXAMPLE, ENTRY_EXAMPLE],
    responses={
        200: EntrySerializer,
        **domain_errors(errors.EntryNotFound, errors.TimeTaken),
    },
)

delete_entry = extend_schema(
    operation_id="deleteEntry",
    summary="Delete an entry",
    description="Its time is free again.",
    tags=["entries"],
    parameters=[ENTRY_ID],
    responses={204: None, **domain_errors(errors.EntryNotFound)},
)
