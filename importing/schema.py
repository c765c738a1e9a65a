"""The operations of imports for the OpenAPI document."""

import uuid

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema

from focusguard.api.idempotency import IDEMPOTENCY, IDEMPOTENCY_ERRORS
from focusguard.api.raw_bodies import LengthNeeded
from focusguard.api.schema import domain_errors
from importing import exceptions as errors
from importing.serializers import (
    ImportApplySerializer,
    ImportListSerializer,
    ImportSerializer,
    ImportStateSerializer,
)

STATE = {"id": "01949d2e-7a10-7c3f-8d52-3f1e2a4b5c6d", "status": "reading"}
BRIEF = STATE | {
    "status": "ready",
    "source": "forest",
    "zone": "Europe/Berlin",
    "day_first": None,
    "created_at": "2026-01-18T15:00:00Z",
    "applied_at": None,
    "undone_at": None,
}
REPORT = {
    "accepted": 118,
    "duplicates": 0,
    "rejected_count": 1,
    "first_date": "2025-09-01",
    "last_date": "2026-01-17",
    "minutes": 2950,
    "fault": None,
    "rows": 121,
    "skipped": 2,
    "rejected": [{"line": 7, "reason": "time_skipped"}],
    "labels": ["Study", "Reading"],
    "shortened": 0,
    "ignored_columns": ["tree type"],
    "ambiguous_dates": False,
    "readings": None,
}
FILE_EXAMPLE = OpenApiExample(
    "Your own columns",
    value="start,end,label,note\r\n2026-01-17 09:00,2026-01-17 09:25,Study,Chapter 3\r\n",
    request_only=True,
    media_type="text/csv",
)
STATE_EXAMPLE = OpenApiExample(
    "Begun", value=STATE, response_only=True, status_codes=["202"]
)
LIST_EXAMPLE = OpenApiExample(
    "One import",
    value={"imports": [BRIEF], "total": 1, "next": None, "previous": None},
    response_only=True,
)
READY_EXAMPLE = OpenApiExample(
    "After the dry run",
    value=BRIEF | {"report": REPORT, "outcome": None},
    response_only=True,
)
APPLY_EXAMPLE = OpenApiExample("As it was shown", value={}, request_only=True)
DAY_FIRST_EXAMPLE = OpenApiExample(
    "03/04/2026 is in April", value={"day_first": True}, request_only=True
)

IMPORT_ID = OpenApiParameter("import_id", uuid.UUID, OpenApiParameter.PATH)

create_import = extend_schema(
    operation_id="createImport",
    summary="Upload a file of another program",
    description="CSV of at most 2 MiB and 20,000 rows, of Forest, Toggl, Pomofocus, "
    "Super Productivity, or with the columns `start`, `end` or `minutes`, `label`, "
    "`note`, or `date`, `minutes`. It is tried in the background, and nothing of it "
    "counts until it is applied: ask for the import until it is `ready`, and read its "
    "`report`. One at a time, and five a day.",
    tags=["imports"],
    parameters=IDEMPOTENCY,
    request={"text/csv": OpenApiTypes.STR},
    examples=[FILE_EXAMPLE, STATE_EXAMPLE],
    responses={
        202: ImportStateSerializer,
        **domain_errors(
            *(LengthNeeded, errors.CsvNeeded, errors.ImportRunning),
            *(errors.ImportRateLimited, *IDEMPOTENCY_ERRORS),
        ),
    },
)

list_imports = extend_schema(
    operation_id="listImports",
    summary="Your imports, newest first",
    description="Without their reports.",
    tags=["imports"],
    examples=[LIST_EXAMPLE],
    responses=ImportListSerializer,
)

get_import = extend_schema(
    operation_id="getImport",
    summary="One import, with its report",
    description="Somebody else's is not found.",
    tags=["imports"],
    parameters=[IMPORT_ID],
    examples=[READY_EXAMPLE],
    responses={200: ImportSerializer, **domain_errors(errors.ImportNotFound)},
)

apply_import = extend_schema(
    operation_id="applyImport",
    summary="Let the rows become entries",
    description="In the background. Again is fine. A file that nobody applied for 24 "
    "hours is let go of.",
    tags=["imports"],
    parameters=[IMPORT_ID],
    request=ImportApplySerializer,
    examples=[APPLY_EXAMPLE, DAY_FIRST_EXAMPLE, STATE_EXAMPLE],
    responses={
        202: ImportStateSerializer,
        **domain_errors(
            errors.ImportNotFound, errors.ImportNotReady, errors.DayFirstNeeded
        ),
    },
)

undo_import = extend_schema(
    operation_id="undoImport",
    summary="Undo an import as a whole",
    description="Its entries go, whatever became of them since, and labels that only "
    "they had; also while it is being applied. Again is fine.",
    tags=["imports"],
    parameters=[IMPORT_ID],
    examples=[STATE_EXAMPLE],
    responses={
        202: ImportStateSerializer,
        **domain_errors(errors.ImportNotFound, errors.ImportRunning),
    },
)
