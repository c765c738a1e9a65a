"""Plans and days off over HTTP (docs/contract.md, Plan)."""

from datetime import date
from typing import Any, ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from accounts.devices.authentication import signed_in_user
from focusguard.api.scopes import Scope
from focusguard.api.views import ApiViewSet
from stats.plan import schema, selectors, services
from stats.plan.serializers import (
    DaysOffCreateSerializer,
    DaysOffSerializer,
    GivenBackQuerySerializer,
    PlanSerializer,
    PlanUpdateSerializer,
)
from stats.serializers import SpanQuerySerializer
from stats.spans import whole_span


class PlanViewSet(ApiViewSet):
    """`/plan`: the user's goals and weekdays."""

    serializer_class = PlanSerializer
    token_scopes: ClassVar[Any] = {"retrieve": Scope.STATS_READ}

    @schema.get_plan
    def retrieve(self, request: Request) -> Response:
        plan = selectors.standing_plan(signed_in_user(request).pk)
        return Response(PlanSerializer(plan).data)

    @schema.change_plan
    def update(self, request: Request) -> Response:
        body = PlanUpdateSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        plan = services.change_plan(
            user_id=signed_in_user(request).pk, changes=body.validated_data
        )
        return Response(PlanSerializer(plan).data)


class DaysOffViewSet(ApiViewSet):
    """`/days-off`: days on which nothing is asked of the user."""

    serializer_class = DaysOffSerializer
    token_scopes: ClassVar[Any] = {"list": Scope.STATS_READ}
    query_shapes: ClassVar[Any] = {
        "list": (SpanQuerySerializer,),
        "destroy": (GivenBackQuerySerializer,),
    }

    @schema.list_days_off
    def list(self, request: Request) -> Response:
        span = whole_span(SpanQuerySerializer, request)
        days = selectors.days_off(
            signed_in_user(request).pk,
            span.get("from", date.min),
            span.get("to", date.max),
        )
        return Response(DaysOffSerializer({"days": days}).data)

    @schema.take_days_off
    def update(self, request: Request) -> Response:
        body = DaysOffCreateSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        days = services.take_days_off(
            user_id=signed_in_user(request).pk,
            first=body.validated_data["from"],
            last=body.validated_data["to"],
            kind=body.validated_data["kind"],
        )
        return Response(DaysOffSerializer({"days": days}).data)

    @schema.give_days_off_back
    def destroy(self, request: Request) -> Response:
        span = whole_span(GivenBackQuerySerializer, request)
        services.give_days_off_back(
            user_id=signed_in_user(request).pk, first=span["from"], last=span["to"]
        )
        return Response(status=204)
