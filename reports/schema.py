"""The operation of reports for the OpenAPI document."""

from drf_spectacular.utils import OpenApiParameter, extend_schema

from accounts.exceptions import LinkInvalid
from focusguard.api.schema import domain_errors

TOKEN = OpenApiParameter(
    "token",
    str,
    OpenApiParameter.PATH,
    description="What stands behind the # of the link in the letter.",
)

stop_weekly_report = extend_schema(
    operation_id="stopWeeklyReport",
    summary="Stop the weekly report by the link in it",
    description="Nobody needs to be signed in. Mail programs do it by themselves "
    "(RFC 8058: a form with `List-Unsubscribe=One-Click`). A body says nothing: none, "
    "`{}` and that form do the same. Again is fine.",
    tags=["users"],
    auth=[],
    parameters=[TOKEN],
    request=None,
    responses={204: None, **domain_errors(LinkInvalid)},
)
