"""A user's data, to take along."""

from typing import Any, ClassVar

from django.http import FileResponse
from django.utils import timezone
from rest_framework.request import Request

from accounts.devices.authentication import signed_in_user
from export import schema, sections
from export.documents import csv_document, json_document
from export.schema import ExportQuerySerializer, ExportSerializer
from focusguard.api.serializers.query import parse_query
from focusguard.api.views import ApiViewSet


class ExportViewSet(ApiViewSet):
    """`GET /users/me/export`: everything as JSON, or the sessions as CSV."""

    serializer_class = ExportSerializer
    query_shapes: ClassVar[Any] = {"retrieve": (ExportQuerySerializer,)}

    @schema.export_data
    def retrieve(self, request: Request) -> Any:
        user = signed_in_user(request)
        user_id, now = user.pk, timezone.now()
        if parse_query(ExportQuerySerializer, request)["format"] == "csv":
            file, name = (
                csv_document(user_id, now),
                f"focusguard-sessions-{now:%Y-%m-%d}.csv",
            )
            content_type = "text/csv; charset=utf-8"
        else:
            # Its store is asked before anything is locked: it may be far away.
            file = json_document(user_id, now, picture=sections.picture(user))
            name = f"focusguard-{now:%Y-%m-%d}.json"
            content_type = "application/json"
        return FileResponse(
            file, as_attachment=True, filename=name, content_type=content_type
        )
