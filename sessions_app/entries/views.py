"""Entries over HTTP (docs/contract.md, Entries)."""

from typing import Any, ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from accounts.devices.authentication import signed_in_user
from focusguard.api.errors.handler import told_of
from focusguard.api.exceptions import DomainError, FieldsRefused
from focusguard.api.idempotency import idempotent
from focusguard.api.scopes import Scope
from focusguard.api.views import ApiViewSet, parse_id
from sessions_app.entries import schema, selectors, services
from sessions_app.entries.batch_bodies import BatchParser
from sessions_app.entries.exceptions import EntryNotFound
from sessions_app.entries.judging import Verdict
from sessions_app.entries.serializers import (
    EntryBatchSerializer,
    EntryCreateSerializer,
    EntrySerializer,
    EntryUpdateSerializer,
    client_id_of,
    read_items,
)
from sessions_app.entries.tellings import Telling
from sessions_app.models import Entry


class EntryViewSet(ApiViewSet):
    """`/entries`: the user's own; somebody else's id is 404."""

    serializer_class = EntrySerializer
    token_scopes: ClassVar[Any] = {
        "create": Scope.SESSIONS_WRITE,
        "retrieve": Scope.SESSIONS_READ,
        "partial_update": Scope.SESSIONS_WRITE,
        "destroy": Scope.SESSIONS_WRITE,
    }

    @schema.tell_entry
    @idempotent(Entry)
    def create(self, request: Request) -> Response:
        body = EntryCreateSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        entry = services.tell(
            user_id=signed_in_user(request).pk, telling=Telling(**body.validated_data)
        )
        return Response(EntrySerializer(entry).data, status=201)

    @schema.get_entry
    def retrieve(self, request: Request, entry_id: str) -> Response:
        entry = selectors.OWN_ENTRY.first(
            user_id=signed_in_user(request).pk, entry_id=parse_id(entry_id)
        )
        if entry is None:
            raise EntryNotFound
        return Response(EntrySerializer(entry).data)

    @schema.update_entry
    def partial_update(self, request: Request, entry_id: str) -> Response:
        target = parse_id(entry_id)
        body = EntryUpdateSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        entry = services.change_entry(
            user_id=signed_in_user(request).pk,
            entry_id=target,
            changes=body.validated_data,
        )
        return Response(EntrySerializer(entry).data)

    @schema.delete_entry
    def destroy(self, request: Request, entry_id: str) -> Response:
        services.delete_entry(
            user_id=signed_in_user(request).pk, entry_id=parse_id(entry_id)
        )
        return Response(status=204)


class EntryBatchViewSet(ApiViewSet):
    """`/entries/batch`: many at once, with a verdict on each."""

    serializer_class = EntryBatchSerializer
    token_scopes: ClassVar[Any] = {"create": Scope.SESSIONS_WRITE}
    parser_classes = (BatchParser,)

    @schema.tell_entries
    def create(self, request: Request) -> Response:
        body = EntryBatchSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        items = body.validated_data["items"]
        read = read_items(items)
        tellings = [one for one in read if isinstance(one, Telling)]
        verdicts = iter(
            services.add(user_id=signed_in_user(request).pk, tellings=tellings)
        )
        results = [
            {"client_id": client_id_of(item)}
            | _shown(next(verdicts) if isinstance(one, Telling) else one)
            for item, one in zip(items, read, strict=True)
        ]
        return Response({"results": results})


def _shown(verdict: Verdict | FieldsRefused) -> dict[str, Any]:
    if isinstance(verdict, FieldsRefused):
        return _refused(verdict)
    if verdict.refusal is not None:
        return _refused(verdict.refusal)
    assert verdict.entry is not None
    return {"verdict": verdict.word, "id": verdict.entry.pk}


def _refused(refusal: DomainError) -> dict[str, Any]:
    return {
        "verdict": "rejected",
        "error_code": refusal.code,
        "message": told_of(refusal),
        **({"errors": refusal.errors} if refusal.errors else {}),
    }
