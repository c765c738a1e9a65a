"""The Content-Security-Policy of each answer."""

from functools import cache

from csp.constants import HEADER, NONCE, SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from rest_framework.renderers import BrowsableAPIRenderer

# DRF's templates set a few style attributes, and bring one style sheet of their own.
BROWSABLE_API_POLICY = {
    "style-src": [SELF, NONCE],
    "style-src-attr": [UNSAFE_INLINE],
}


class ContentPolicyMiddleware(CSPMiddleware):
    """Pages may load what is ours; whatever else is answered loads nothing at all."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if _is_page(response):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, _policy_of_what_is_no_page())
        return response

    def get_policy_parts(
        self,
        request: HttpRequest,
        response: HttpResponseBase,
        report_only: bool = False,
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if _is_page(response) and not report_only:
            parts.config = settings.PAGE_POLICY | _connections_of(response)
            renderer = getattr(response, "accepted_renderer", None)
            if isinstance(renderer, BrowsableAPIRenderer):
                parts.config = parts.config | BROWSABLE_API_POLICY
        return parts


def allow_connection(response: HttpResponseBase, address: str) -> None:
    """Let a page connect to one address more than those of its own origin."""
    if address:
        response.connects_to = address  # type: ignore[attr-defined]  # ours, read below


def _connections_of(response: HttpResponseBase) -> dict[str, list[str]]:
    address = getattr(response, "connects_to", "")
    return {"connect-src": [SELF, address]} if address else {}


def _is_page(response: HttpResponseBase) -> bool:
    return response.headers.get("Content-Type", "").startswith("text/html")


@cache
def _policy_of_what_is_no_page() -> str:
    return build_policy(config=settings.CONTENT_SECURITY_POLICY["DIRECTIVES"])
