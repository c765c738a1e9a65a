"""JSON by orjson, which writes ids and times by itself."""

from collections.abc import Mapping
from typing import Any

import orjson
from rest_framework import renderers


class JSONRenderer(renderers.JSONRenderer):
    """Render JSON as DRF does, in a tenth of the time.

    A reader who asks for indentation, as the browsable API does, gets DRF's own.
    """

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        if data is None:
            return b""
        if self.get_indent(accepted_media_type or "", renderer_context or {}):
            written: bytes = super().render(data, accepted_media_type, renderer_context)
            return written
        return orjson.dumps(data, default=str, option=orjson.OPT_UTC_Z)
