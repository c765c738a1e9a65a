"""The operations of planning for the OpenAPI document."""

from drf_spectacular.utils import OpenApiExample, extend_schema

from focusguard.api.schema import domain_errors
from stats.plan.exceptions import DayOutOfReach, TooManyDaysOff
from stats.plan.serializers import (
    DaysOffCreateSerializer,
    DaysOffSerializer,
    PlanSerializer,
    PlanUpdateSerializer,
)

WORKDAYS = ["mon", "tue", "wed", "thu", "fri"]
PLAN = {"daily_min": 90, "weekly_min": 450, "weekdays": WORKDAYS}

PLAN_EXAMPLE = OpenApiExample(
    "Workdays", value=PLAN | {"from_date": "2026-01-12"}, response_only=True
)
CHANGE_EXAMPLE = OpenApiExample("Workdays", value=PLAN, request_only=True)
NO_GOAL_EXAMPLE = OpenApiExample(
    "No daily goal any more", value={"daily_min": None}, request_only=True
)
DAYS_OFF_EXAMPLE = OpenApiExample(
    "A long weekend",
    value={
        "days": [
            {"date": "2026-01-16", "kind": "away"},
            {"date": "2026-01-17", "kind": "away"},
        ]
    },
    response_only=True,
)
TAKE_EXAMPLE = OpenApiExample(
    "A long weekend",
    value={"from": "2026-01-16", "to": "2026-01-17", "kind": "away"},
    request_only=True,
)

get_plan = extend_schema(
    operation_id="getPlan",
    summary="Your goals and weekdays",
    description="The plan that was set last. Without one: no goal, and every weekday.",
    tags=["plan"],
    examples=[PLAN_EXAMPLE],
    responses=PlanSerializer,
)

change_plan = extend_schema(
    operation_id="changePlan",
    summary="Set goals and weekdays, from today on",
    description="What is left out stays as it was. Days before today are judged by what held on them, whatever is set later.",
    tags=["plan"],
    request=PlanUpdateSerializer,
    examples=[CHANGE_EXAMPLE, NO_GOAL_EXAMPLE, PLAN_EXAMPLE],
    responses=PlanSerializer,
)

list_days_off = extend_schema(
    operation_id="listDaysOff",
    summary="Your days off",
    description="In their order; all of them where no dates are given.",
    tags=["plan"],
    examples=[DAYS_OFF_EXAMPLE],
    responses=DaysOffSerializer,
)

take_days_off = extend_schema(
    operation_id="takeDaysOff",
    summary="Take days off",
    description="Each day from `from` to `to`, 60 at most in a call, from 14 days ago to a year ahead, 90 in a calendar year. They protect the kept streak, no other, and nothing is asked of them. A day that is off already takes the new kind.",
    tags=["plan"],
    request=DaysOffCreateSerializer,
    examples=[TAKE_EXAMPLE, DAYS_OFF_EXAMPLE],
    responses={
        200: DaysOffSerializer,
        **domain_errors(DayOutOfReach, TooManyDaysOff),
    },
)

give_days_off_back = extend_schema(
    operation_id="giveDaysOffBack",
    summary="Give days off back",
    description="Each day from `from` to `to` is one like others again; from 14 days ago to a year ahead.",
    tags=["plan"],
    responses={204: None, **domain_errors(DayOutOfReach)},
)
