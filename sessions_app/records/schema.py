"""The operations of the history for the OpenAPI document, with examples."""

import uuid

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema

from focusguard.api.schema import domain_errors
from sessions_app.labels.exceptions import NoSuchLabel
from sessions_app.records import exceptions as errors
from sessions_app.records.serializers import (
    HistorySerializer,
    RecordSerializer,
    RecordUpdateSerializer,
)

RECORD = {
    "kind": "session",
    "id": "01949d2e-7a10-7c3f-8d52-3f1e2a4b5c6d",
    "status": "completed",
    "label_id": "01949d2e-5b00-7e21-a4c5-2d3e4f5a6b7c",
    "note": "Chapter 2",
    "at": "2026-01-18T15:00:00Z",
    "ended_at": "2026-01-18T15:25:00Z",
    "planned_min": 25,
    "minutes": 25,
    "local_date": "2026-01-18",
    "source": "server",
    "verified": True,
}
TOLD = RECORD | {
    "kind": "entry",
    "id": "01949d2e-6c00-7b11-9d52-3f1e2a4b5c6e",
    "label_id": None,
    "note": "On paper, in the library",
    "at": "2026-01-17T12:00:00Z",
    "ended_at": None,
    "planned_min": None,
    "minutes": 50,
    "local_date": "2026-01-17",
    "source": "manual",
    "verified": False,
}

HISTORY_EXAMPLE = OpenApiExample(
    "A session, and a day that was told",
    value={"records": [RECORD, TOLD], "total": 2, "next": None, "previous": None},
    response_only=True,
)
RECORD_EXAMPLE = OpenApiExample("A session", value=RECORD, response_only=True)
LABEL_EXAMPLE = OpenApiExample(
    "Label and note",
    value={"label_id": RECORD["label_id"], "note": "Chapter 2"},
    request_only=True,
)
UNLABEL_EXAMPLE = OpenApiExample(
    "Take the label off", value={"label_id": None}, request_only=True
)

RECORD_ID = OpenApiParameter("record_id", uuid.UUID, OpenApiParameter.PATH)

list_history = extend_schema(
    operation_id="listHistory",
    summary="Your sessions and entries, newest first",
    description="Both kinds in one shape. Filter by `kind`, `status`, `label` and local "
    "dates.",
    tags=["history"],
    examples=[HISTORY_EXAMPLE],
    responses=HistorySerializer,
)

get_record = extend_schema(
    operation_id="getRecord",
    summary="One session or entry",
    description="Somebody else's is not found.",
    tags=["history"],
    parameters=[RECORD_ID],
    examples=[RECORD_EXAMPLE],
    responses={200: RecordSerializer, **domain_errors(errors.RecordNotFound)},
)

update_record = extend_schema(
    operation_id="updateRecord",
    summary="Label a session or an entry, or write a note to it",
    description="At any time, also while it runs. No figure moves by it.",
    tags=["history"],
    parameters=[RECORD_ID],
    request=RecordUpdateSerializer,
    examples=[LABEL_EXAMPLE, UNLABEL_EXAMPLE, RECORD_EXAMPLE],
    responses={
        200: RecordSerializer,
        **domain_errors(errors.RecordNotFound, NoSuchLabel),
    },
)
