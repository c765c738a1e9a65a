"""The OpenAPI document: made once a process, and served as the bytes that it is."""

from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Any

import orjson
from drf_spectacular.generators import SchemaGenerator

from focusguard.api.schema.served import Document, ServedDocument, document_of

# drf-spectacular's generator keeps what it has seen in module-wide registries: two
# threads that make the document at once make a wrong one, or none.
_one_at_a_time = Lock()


@dataclass(frozen=True, slots=True)
class Described:
    """The document, and the operations that it tells of."""

    document: Document
    operations: list[tuple[str, str, str]]  # name, method, path


def document() -> Document:
    """Return the document, which the first caller of a process makes."""
    return described().document


def described() -> Described:
    """Return the document with its operations."""
    with _one_at_a_time:
        return _made()


@cache
def _made() -> Described:
    told: Any = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]  # comes untyped
    plain = orjson.dumps(
        told,
        default=str,
        option=orjson.OPT_NON_STR_KEYS,
    )
    return Described(
        document=document_of(plain),
        operations=[
            (operation["operationId"], method.upper(), path)
            for path, methods in told["paths"].items()
            for method, operation in methods.items()
        ],
    )


class DocumentViewSet(ServedDocument):
    """`/openapi.json`."""

    def document(self) -> Document:
        return document()
