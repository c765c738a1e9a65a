"""The AsyncAPI document: the messages of the socket, for programs that listen.

Written by hand, and so the source: `make lint` holds it against AsyncAPI's own schema,
a live test holds what the process says against it.
"""

from functools import cache
from pathlib import Path

import orjson

from focusguard.api.schema.served import Document, ServedDocument, document_of

FILE = Path(__file__).with_suffix(".json")


@cache
def document() -> Document:
    """Return the document, without the blanks that people read it by."""
    return document_of(orjson.dumps(orjson.loads(FILE.read_bytes())))


class AsyncApiViewSet(ServedDocument):
    """`/asyncapi.json`."""

    def document(self) -> Document:
        return document()
