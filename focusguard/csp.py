"""Which Content-Security-Policy an answer carries."""

from csp.constants import NONCE, SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
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

    def get_policy_parts(
        self,
        request: HttpRequest,
        response: HttpResponseBase,
        report_only: bool = False,
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if is_page and not report_only:
            parts.config = settings.PAGE_POLICY
            renderer = getattr(response, "accepted_renderer", None)
            if isinstance(renderer, BrowsableAPIRenderer):
                parts.config = parts.config | BROWSABLE_API_POLICY
        return parts
