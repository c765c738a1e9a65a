"""The operations of labels for the OpenAPI document, with examples."""

import uuid

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema

from focusguard.api.idempotency import IDEMPOTENCY, IDEMPOTENCY_ERRORS
from focusguard.api.schema import domain_errors
from sessions_app.labels import exceptions as errors
from sessions_app.labels.serializers import (
    LabelCreateSerializer,
    LabelListSerializer,
    LabelSerializer,
    LabelUpdateSerializer,
)

LABEL = {
    "id": "01949d2e-5b00-7e21-a4c5-2d3e4f5a6b7c",
    "name": "Thesis",
    "color": "teal",
    "archived": False,
    "created_at": "2026-01-02T09:00:00Z",
}

LABEL_EXAMPLE = OpenApiExample("A label", value=LABEL, response_only=True)
LABELS_EXAMPLE = OpenApiExample("One", value={"labels": [LABEL]}, response_only=True)
MAKE_EXAMPLE = OpenApiExample(
    "A subject", value={"name": "Thesis", "color": "teal"}, request_only=True
)
ARCHIVE_EXAMPLE = OpenApiExample("Archive", value={"archived": True}, request_only=True)
RENAME_EXAMPLE = OpenApiExample(
    "Rename", value={"name": "Dissertation"}, request_only=True
)

LABEL_ID = OpenApiParameter("label_id", uuid.UUID, OpenApiParameter.PATH)

list_labels = extend_schema(
    operation_id="listLabels",
    summary="Your labels, oldest first",
    description="All of them, archived ones too: there are 100 at most.",
    tags=["labels"],
    examples=[LABELS_EXAMPLE],
    responses=LabelListSerializer,
)

create_label = extend_schema(
    operation_id="createLabel",
    summary="Make a label",
    description="Names are unique without regard to case. The colour is a name too: "
    "each page draws it so that it can be read.",
    tags=["labels"],
    parameters=IDEMPOTENCY,
    request=LabelCreateSerializer,
    examples=[MAKE_EXAMPLE, LABEL_EXAMPLE],
    responses={
        201: LabelSerializer,
        **domain_errors(
            errors.LabelNameTaken, errors.TooManyLabels, *IDEMPOTENCY_ERRORS
        ),
    },
)

get_label = extend_schema(
    operation_id="getLabel",
    summary="One label",
    description="Somebody else's is not found.",
    tags=["labels"],
    parameters=[LABEL_ID],
    examples=[LABEL_EXAMPLE],
    responses={200: LabelSerializer, **domain_errors(errors.LabelNotFound)},
)

update_label = extend_schema(
    operation_id="updateLabel",
    summary="Rename, recolour or archive a label",
    description="For all that carries it.",
    tags=["labels"],
    parameters=[LABEL_ID],
    request=LabelUpdateSerializer,
    examples=[RENAME_EXAMPLE, ARCHIVE_EXAMPLE, LABEL_EXAMPLE],
    responses={
        200: LabelSerializer,
        **domain_errors(errors.LabelNotFound, errors.LabelNameTaken),
    },
)

delete_label = extend_schema(
    operation_id="deleteLabel",
    summary="Delete a label",
    description="What carried it stays, with its minutes and without a label.",
    tags=["labels"],
    parameters=[LABEL_ID],
    responses={204: None, **domain_errors(errors.LabelNotFound)},
)
