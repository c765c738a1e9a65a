"""Imports over HTTP (docs/contract.md, Imports)."""

import hashlib
from typing import Any, ClassVar

from rest_framework.exceptions import UnsupportedMediaType, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.devices.authentication import signed_in_user
from focusguard.api.idempotency import idempotent
from focusguard.api.pagination import PageQuerySerializer
from focusguard.api.raw_bodies import require_length, sent_file
from focusguard.api.serializers.query import parse_query
from focusguard.api.views import ApiViewSet, parse_id
from importing import schema, selectors, services
from importing.csv_body import CsvBody
from importing.exceptions import CsvNeeded, ImportNotFound
from importing.models import Import
from importing.serializers import (
    ImportApplySerializer,
    ImportBriefSerializer,
    ImportQuerySerializer,
    ImportSerializer,
    ImportStateSerializer,
)

EMPTY = "The body is empty."


def _asked(request: Request) -> Any:
    """Say what was asked for: the same file to be read in another zone is another."""
    told = sorted(request.query_params.items())
    return [told, hashlib.sha256(_file(request)).hexdigest()]


def _file(request: Request) -> bytes:
    raw = sent_file(request)
    if not raw:
        raise ValidationError(EMPTY)
    return raw


class ImportsViewSet(ApiViewSet):
    """`/imports`: the user's uploads, and a new one, as the bytes of its file."""

    parser_classes = (CsvBody,)
    serializer_class = ImportBriefSerializer
    query_shapes: ClassVar[Any] = {
        "list": (PageQuerySerializer,),
        "create": (ImportQuerySerializer,),
    }

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.action == "create":
            require_length(request)

    def handle_exception(self, exc: Exception) -> Response:
        # The words of everywhere else ask for JSON.
        if isinstance(exc, UnsupportedMediaType):
            exc = CsvNeeded()
        return super().handle_exception(exc)

    @schema.create_import
    @idempotent(Import, asked=_asked)
    def create(self, request: Request) -> Response:
        received = services.receive(
            user_id=signed_in_user(request).pk,
            raw=_file(request),
            **parse_query(ImportQuerySerializer, request),
        )
        return _state(received)

    @schema.list_imports
    def list(self, request: Request) -> Response:
        user_id = signed_in_user(request).pk
        page = selectors.OWN_IMPORTS.page(request, user_id=user_id)
        (total,) = selectors.OWN_COUNT.first(user_id=user_id) or (0,)
        return Response(
            {
                "imports": ImportBriefSerializer(page.rows, many=True).data,
                "total": total,
                "next": page.next,
                "previous": page.previous,
            }
        )


class ImportViewSet(ApiViewSet):
    """`/imports/{id}`: the user's own; somebody else's id is 404."""

    serializer_class = ImportSerializer

    @schema.get_import
    def retrieve(self, request: Request, import_id: str) -> Response:
        found = selectors.own_import(signed_in_user(request).pk, parse_id(import_id))
        if found is None:
            raise ImportNotFound
        return Response(ImportSerializer(found).data)

    @schema.apply_import
    def apply(self, request: Request, import_id: str) -> Response:
        target = parse_id(import_id)
        body = ImportApplySerializer(data=request.data)
        body.is_valid(raise_exception=True)
        user_id = signed_in_user(request).pk
        return _state(
            services.apply(user_id=user_id, import_id=target, **body.validated_data)
        )

    @schema.undo_import
    def destroy(self, request: Request, import_id: str) -> Response:
        user_id = signed_in_user(request).pk
        return _state(services.undo(user_id=user_id, import_id=parse_id(import_id)))


def _state(shown: Import) -> Response:
    return Response(ImportStateSerializer(shown).data, status=202)
