"""Documents that say what programs may ask: served as the bytes that they are."""

import gzip
import hashlib
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request

from focusguard.api.rendering import JSONRenderer
from focusguard.api.views import ApiViewSet
from focusguard.web.compression import takes_gzip


@dataclass(frozen=True, slots=True)
class Document:
    """The bytes, plain and compressed, and the tag of both."""

    plain: bytes
    compressed: bytes
    etag: str


def document_of(plain: bytes) -> Document:
    """Make a document of its bytes, once a process."""
    return Document(
        plain=plain,
        compressed=gzip.compress(plain, mtime=0),
        # Weak, since the compressed bytes are others and mean the same.
        etag=f'W/"{hashlib.sha256(plain).hexdigest()[:32]}"',
    )


class ServedDocument(ApiViewSet):
    """A document at an address of its own: open to everybody.

    Not counted, since it costs what a file costs.
    """

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = ()
    takes_any_query = True
    renderer_classes = (JSONRenderer,)

    def document(self) -> Document:
        raise NotImplementedError

    @extend_schema(exclude=True)
    def retrieve(self, request: Request) -> Any:
        made = self.document()
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
