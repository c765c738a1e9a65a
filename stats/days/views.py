"""Days over HTTP (docs/contract.md, Stats)."""

from typing import Any, ClassVar

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.devices.authentication import signed_in_user
from focusguard.api.scopes import Scope
from focusguard.api.views import ApiViewSet
from stats.days import schema, selectors
from stats.days.serializers import (
    CalendarSerializer,
    FocusByHourSerializer,
    FocusByLabelSerializer,
    TodayStatsSerializer,
)
from stats.serializers import SpanQuerySerializer
from stats.spans import recent_span


class DaysViewSet(ApiViewSet):
    """`/stats`: the user's own days beside their plans."""

    serializer_class = TodayStatsSerializer
    token_scopes: ClassVar[Any] = dict.fromkeys(
        ("today", "calendar", "labels", "hours"), Scope.STATS_READ
    )
    query_shapes: ClassVar[Any] = dict.fromkeys(
        ("calendar", "labels", "hours"), (SpanQuerySerializer,)
    )

    @schema.get_today
    def today(self, request: Request) -> Response:
        today = selectors.today_of(signed_in_user(request), timezone.now())
        return Response(TodayStatsSerializer(today).data)

    @schema.get_calendar
    def calendar(self, request: Request) -> Response:
        user, now = signed_in_user(request), timezone.now()
        first, last = recent_span(
            request, user.local_date(now), most_days=selectors.MOST_DAYS
        )
        days = selectors.life_of(user, now).days(first, last)
        return Response(CalendarSerializer({"days": days}).data)

    @schema.get_labels
    def labels(self, request: Request) -> Response:
        user = signed_in_user(request)
        span = recent_span(request, user.local_date(timezone.now()))
        found = selectors.by_label(user.pk, *span)
        return Response(FocusByLabelSerializer({"labels": found}).data)

    @schema.get_hours
    def hours(self, request: Request) -> Response:
        user = signed_in_user(request)
        span = recent_span(request, user.local_date(timezone.now()))
        found = selectors.by_hour(user.pk, *span)
        return Response(FocusByHourSerializer({"hours": found}).data)
