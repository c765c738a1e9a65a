"""A user's data, to take along."""

from typing import Any, ClassVar

from django.http import FileResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from accounts.devices.authentication import signed_in_user
from export import schema
from export.documents import csv_document, json_document
from export.exceptions import ExportBusy, ExportRateLimited, ExportRunning
from export.schema import ExportQuerySerializer, ExportSerializer
from focusguard.api.schema import domain_errors
from focusguard.api.serializers.query import parse_query
from focusguard.api.views import ApiViewSet


class ExportViewSet(ApiViewSet):
    """`GET /users/me/export`: everything as JSON, or the sessions as CSV."""

    serializer_class = ExportSerializer
    query_shapes: ClassVar[Any] = {"retrieve": (ExportQuerySerializer,)}

    @extend_schema(
        operation_id="exportData",
        summary="Everything of yours, to take along",
        description="One moment of the account as a file. Times are UTC, ids are "
        "those of the API. With `format=csv` the sessions alone, a line for each, "
        "with their times also by the clock of the session's zone. One at a "
        "time and ten in ten minutes; beyond, 429 with `Retry-After`.",
        tags=["users"],
        parameters=[schema.ATTACHMENT],
        examples=[schema.JSON_EXAMPLE, schema.CSV_EXAMPLE],
        responses={
            (200, "application/json"): ExportSerializer,
            (200, "text/csv"): OpenApiTypes.STR,
            **domain_errors(ExportRunning, ExportRateLimited, ExportBusy),
        },
    )
    def retrieve(self, request: Request) -> Any:
        user_id = signed_in_user(request).pk
        now = timezone.now()
        if parse_query(ExportQuerySerializer, request)["format"] == "csv":
            file, name = (
                csv_document(user_id, now),
                f"focusguard-sessions-{now:%Y-%m-%d}.csv",
            )
            content_type = "text/csv; charset=utf-8"
        else:
            file, name = json_document(user_id, now), f"focusguard-{now:%Y-%m-%d}.json"
            content_type = "application/json"
        return FileResponse(
            file, as_attachment=True, filename=name, content_type=content_type
        )
