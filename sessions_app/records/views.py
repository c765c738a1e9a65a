"""The history over HTTP (docs/contract.md, History)."""

from typing import Any, ClassVar

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.devices.authentication import signed_in_user
from focusguard.api.pagination import PageQuerySerializer
from focusguard.api.scopes import Scope
from focusguard.api.serializers.query import parse_query
from focusguard.api.views import ApiViewSet, parse_id
from sessions_app.records import schema, selectors, services
from sessions_app.records.exceptions import RecordNotFound
from sessions_app.records.serializers import (
    NONE,
    HistoryQuerySerializer,
    RecordSerializer,
    RecordUpdateSerializer,
)


class HistoryViewSet(ApiViewSet):
    """`/history`: the user's own sessions and entries; somebody else's id is 404."""

    serializer_class = RecordSerializer
    token_scopes: ClassVar[Any] = {
        "list": Scope.SESSIONS_READ,
        "retrieve": Scope.SESSIONS_READ,
        "partial_update": Scope.SESSIONS_WRITE,
    }
    query_shapes: ClassVar[Any] = {
        "list": (HistoryQuerySerializer, PageQuerySerializer)
    }

    @schema.list_history
    def list(self, request: Request) -> Response:
        wanted = parse_query(HistoryQuerySerializer, request)
        kind, status = wanted.pop("kind", None), wanted.pop("status", None)
        unlabelled = wanted.get("label") == NONE
        if unlabelled:
            del wanted["label"]
        wanted |= selectors.moments_of(wanted.get("from"), wanted.get("to"))
        shown = (kind, status, unlabelled, frozenset(wanted))
        now = timezone.now()
        wanted |= {"user_id": signed_in_user(request).pk, "now": now}
        page = selectors.own_pages(*shown).page(request, **wanted)
        counts = selectors.own_count(*shown).rows(**wanted)
        records = [record.as_of(now) for record in page.rows]
        return Response(
            {
                "records": RecordSerializer(records, many=True).data,
                "total": sum(count for (count,) in counts),
                "next": page.next,
                "previous": page.previous,
            }
        )

    @schema.get_record
    def retrieve(self, request: Request, record_id: str) -> Response:
        record = selectors.own_record(signed_in_user(request).pk, parse_id(record_id))
        if record is None:
            raise RecordNotFound
        return Response(RecordSerializer(record.as_of(timezone.now())).data)

    @schema.update_record
    def partial_update(self, request: Request, record_id: str) -> Response:
        target = {
            "user_id": signed_in_user(request).pk,
            "record_id": parse_id(record_id),
        }
        body = RecordUpdateSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        record = services.annotate(**target, changes=body.validated_data)
        return Response(RecordSerializer(record.as_of(timezone.now())).data)
