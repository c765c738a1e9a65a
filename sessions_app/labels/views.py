"""Labels over HTTP (docs/contract.md, Labels)."""

from typing import Any, ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from accounts.devices.authentication import signed_in_user
from focusguard.api.idempotency import idempotent
from focusguard.api.scopes import Scope
from focusguard.api.views import ApiViewSet, parse_id
from sessions_app.labels import schema, selectors, services
from sessions_app.labels.exceptions import LabelNotFound
from sessions_app.labels.serializers import (
    LabelCreateSerializer,
    LabelSerializer,
    LabelUpdateSerializer,
)
from sessions_app.models import Label


class LabelViewSet(ApiViewSet):
    """`/labels`: the user's own; somebody else's id is 404."""

    serializer_class = LabelSerializer
    token_scopes: ClassVar[Any] = {
        "list": Scope.SESSIONS_READ,
        "create": Scope.SESSIONS_WRITE,
        "retrieve": Scope.SESSIONS_READ,
        "partial_update": Scope.SESSIONS_WRITE,
        "destroy": Scope.SESSIONS_WRITE,
    }

    @schema.list_labels
    def list(self, request: Request) -> Response:
        labels = selectors.OWN_LABELS.rows(user_id=signed_in_user(request).pk)
        return Response({"labels": LabelSerializer(labels, many=True).data})

    @schema.create_label
    @idempotent(Label)
    def create(self, request: Request) -> Response:
        body = LabelCreateSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        label = services.make_label(
            user_id=signed_in_user(request).pk, **body.validated_data
        )
        return Response(LabelSerializer(label).data, status=201)

    @schema.get_label
    def retrieve(self, request: Request, label_id: str) -> Response:
        label = selectors.OWN_LABEL.first(
            user_id=signed_in_user(request).pk, label_id=parse_id(label_id)
        )
        if label is None:
            raise LabelNotFound
        return Response(LabelSerializer(label).data)

    @schema.update_label
    def partial_update(self, request: Request, label_id: str) -> Response:
        target: dict[str, Any] = {
            "user_id": signed_in_user(request).pk,
            "label_id": parse_id(label_id),
        }
        body = LabelUpdateSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        label = services.change_label(**target, **body.validated_data)
        return Response(LabelSerializer(label).data)

    @schema.delete_label
    def destroy(self, request: Request, label_id: str) -> Response:
        services.delete_label(
            user_id=signed_in_user(request).pk, label_id=parse_id(label_id)
        )
        return Response(status=204)
