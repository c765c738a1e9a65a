"""The OpenAPI document: made once a process, and served as the bytes that it is."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Any

import orjson
from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request

from focusguard.api.rendering import JSONRenderer
from focusguard.api.views import ApiViewSet
from focusguard.web.compression import takes_gzip

# drf-spectacular's generator keeps what it has seen in module-wide registries: two
# threads that make the document at once make a wrong one, or none.
_one_at_a_time = Lock()


@dataclass(frozen=True, slots=True)
class Document:
    """The bytes, plain and compressed, the tag of both, and what they tell of."""

    plain: bytes
    compressed: bytes
    etag: str
    operations: list[tuple[str, str, str]]  # name, method, path


def document() -> Document:
    """Return the document, which the first caller of a process makes."""
    with _one_at_a_time:
        return _made()


@cache
def _made() -> Document:
    told: Any = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]  # comes untyped
    plain = orjson.dumps(
        told,
        default=str,
        option=orjson.OPT_NON_STR_KEYS,
    )
    return Document(
        plain=plain,
        compressed=gzip.compress(plain, mtime=0),
        # Weak, since the compressed bytes are others and mean the same.
        etag=f'W/"{hashlib.sha256(plain).hexdigest()[:32]}"',
        operations=[
            (operation["operationId"], method.upper(), path)
            for path, methods in told["paths"].items()
            for method, operation in methods.items()
        ],
    )


class DocumentViewSet(ApiViewSet):
    """`/openapi.json`: open, and not counted, since it costs what a file costs."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = ()
    takes_any_query = True
    renderer_classes = (JSONRenderer,)

    @extend_schema(exclude=True)
    def retrieve(self, request: Request) -> Any:
        made = document()
        packed = takes_gzip(request.headers.get("Accept-Encoding", ""))
        answer = HttpResponse(
            made.compressed if packed else made.plain, content_type="application/json"
        )
        if packed:
            answer["Content-Encoding"] = "gzip"
        answer["ETag"] = made.etag
        patch_vary_headers(answer, ["Accept-Encoding"])
        # Kept by anybody, and asked about before each use: it changes with a deploy.
        self.headers["Cache-Control"] = "public, no-cache"
        return get_conditional_response(request._request, made.etag, None, answer)
