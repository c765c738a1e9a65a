"""Pages that stay right while rows are inserted: keyset, not offset."""

import base64
import binascii
import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from inspect import signature
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from rest_framework import serializers
from rest_framework.request import Request

from focusguard.api.exceptions import InvalidParameter
from focusguard.api.serializers.query import parse_query
from focusguard.db.prepared import Build, Param, Prepared

DEFAULT_LIMIT = 50
MAX_LIMIT = 100
MAX_CURSOR_LENGTH = 200


class PageQuerySerializer(serializers.Serializer[Any]):
    limit = serializers.IntegerField(
        min_value=1,
        max_value=MAX_LIMIT,
        default=DEFAULT_LIMIT,
        help_text="Rows on a page.",
    )
    cursor = serializers.CharField(
        required=False,
        max_length=MAX_CURSOR_LENGTH,
        help_text="Where the page starts: opaque, out of `next` or `previous`.",
    )


@dataclass(frozen=True, slots=True)
class Cursor:
    """The row next to which a page begins, and which way it reads."""

    created_at: datetime
    id: uuid.UUID
    backwards: bool

    def encode(self) -> str:
        text = json.dumps([self.created_at.isoformat(), str(self.id), self.backwards])
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str) -> "Cursor":
        """Read what `encode` wrote; InvalidParameter (400) for anything else."""
        try:
            padded = text + "=" * (-len(text) % 4)
            raw = base64.b64decode(padded.encode("ascii"), b"-_", validate=True)
            created_at, row_id, backwards = json.loads(raw)
            moment = datetime.fromisoformat(created_at)
            if moment.tzinfo is None or not isinstance(backwards, bool):
                raise ValueError
            # Postgres refuses offsets that Python takes, +23:59 for one.
            cursor = cls(moment.astimezone(UTC), uuid.UUID(row_id), backwards)
        except (
            ValueError,
            TypeError,
            AttributeError,
            OverflowError,
            RecursionError,
            binascii.Error,
        ) as error:
            raise InvalidParameter("cursor: not one of ours.") from error
        return cursor


@dataclass(frozen=True, slots=True)
class Page:
    """A page of rows, newest first, with the URLs of its neighbours."""

    rows: list[Any]
    next: str | None
    previous: str | None


class Pages:
    """The pages of a queryset, newest first by `(created_at, id)`."""

    # The attribute by which rows are ordered, before their id.
    moment = "created_at"

    def __init__(self, build: Build, *names: str) -> None:
        """Take what `Prepared` takes."""
        self._build = build
        self._names = names or tuple(signature(build).parameters)
        self._prepared: dict[tuple[int, bool | None], Prepared] = {}

    def page(self, request: Request, **parameters: Any) -> Page:
        """Read the page that `limit` and `cursor` ask for, in one statement.

        InvalidParameter (400) for a bad `limit` or `cursor`.
        """
        query = parse_query(PageQuerySerializer, request)
        limit = query["limit"]
        cursor = Cursor.decode(query["cursor"]) if "cursor" in query else None
        if cursor:
            parameters |= {"beyond": cursor.created_at, "beyond_id": cursor.id}
        backwards = cursor.backwards if cursor else None
        rows = self._rows(self._statement(limit + 1, backwards), parameters)
        more, rows = len(rows) > limit, rows[:limit]
        if backwards:
            rows.reverse()
        has_next = bool(rows) and (backwards or more)
        has_previous = bool(rows) and (more if backwards else cursor is not None)
        return Page(
            rows=rows,
            next=self._url(request, rows[-1], False) if has_next else None,
            previous=self._url(request, rows[0], True) if has_previous else None,
        )

    def _rows(self, statement: Prepared, parameters: dict[str, Any]) -> list[Any]:
        return statement.rows(**parameters)

    def _url(self, request: Request, row: Any, backwards: bool) -> str:
        cursor = Cursor(getattr(row, self.moment), row.pk, backwards)
        query = request.query_params.dict() | {"cursor": cursor.encode()}
        return request.build_absolute_uri(f"{request.path}?{urlencode(query)}")

    def _statement(self, rows: int, backwards: bool | None) -> Prepared:
        """Return the statement of this many rows, from the top or beyond a cursor."""
        if (rows, backwards) not in self._prepared:
            beyond = () if backwards is None else ("beyond", "beyond_id")
            self._prepared[rows, backwards] = Prepared(
                partial(self._ordered, rows, backwards), *self._names, *beyond
            )
        return self._prepared[rows, backwards]

    def _ordered(
        self,
        rows: int,
        backwards: bool | None,
        beyond: Param | None = None,
        beyond_id: Param | None = None,
        **parameters: Any,
    ) -> "QuerySet[Any, Any]":
        return self._limited(
            self._build(**parameters), rows, backwards, beyond, beyond_id
        )

    def _limited(
        self,
        queryset: "QuerySet[Any, Any]",
        rows: int,
        backwards: bool | None,
        beyond: Param | None,
        beyond_id: Param | None,
    ) -> "QuerySet[Any, Any]":
        if beyond:
            side, moment = "gt" if backwards else "lt", self.moment
            # The first condition is implied by the second; it lets the index seek.
            queryset = queryset.filter(
                Q(**{f"{moment}__{side}e": beyond})
                & (
                    Q(**{f"{moment}__{side}": beyond})
                    | Q(**{moment: beyond, f"id__{side}": beyond_id})
                )
            )
        return queryset.order_by(*self._order(backwards))[:rows]

    def _order(self, backwards: bool | None) -> tuple[str, str]:
        sign = "" if backwards else "-"
        return f"{sign}{self.moment}", f"{sign}id"
