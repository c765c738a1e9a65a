"""The two readers of the OpenAPI document, without a line of inline script."""

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update
from django.utils.decorators import method_decorator
from drf_spectacular.views import SpectacularRedocView, SpectacularSwaggerSplitView


class SwaggerView(SpectacularSwaggerSplitView):
    """`/docs`, where requests can be tried."""

    url_name = "openapi"


# It writes its style sheet while it runs, and searches in a worker made of a blob.
@method_decorator(
    csp_update({"style-src": UNSAFE_INLINE, "worker-src": "blob:"}), name="dispatch"
)
class RedocView(SpectacularRedocView):
    """`/redoc`, for reading."""

    url_name = "openapi"
