"""Sessions and entries as one list, read from two tables in one statement.

Each table gives as many rows as the page has, by its own index, and the two are merged:
a page costs the same at any depth.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime
from functools import cache, partial
from typing import Any

from django.db.models import Count, F, QuerySet, SmallIntegerField, Value
from django.db.models.functions import Cast

from focusguard.api.pagination import Pages
from focusguard.db.prepared import Param, Prepared
from sessions_app.models import Entry, FocusSession, stands_as
from sessions_app.records.record import SERVER, Record

Rows = QuerySet[Any, Any]

# What is told afterwards is over.
ENTRY_STATUS = "completed"
# By the name of a parameter of the list: which rows it leaves.
FILTERS = {
    "from": "local_date__gte",
    "to": "local_date__lte",
    "label": "label_id",
    "record_id": "pk",
}


class RecordPages(Pages):
    """The pages of the history, newest first by `(at, id)`."""

    moment = "at"

    def _rows(self, statement: Prepared, parameters: dict[str, Any]) -> list[Any]:
        return [Record(*row) for row in statement.rows(**parameters)]

    def _ordered(
        self,
        rows: int,
        backwards: bool | None,
        beyond: Param | None = None,
        beyond_id: Param | None = None,
        **parameters: Any,
    ) -> Rows:
        tables: Any = self._build(**parameters)
        arms = [self._limited(t, rows, backwards, beyond, beyond_id) for t in tables]
        if len(arms) == 1:
            return arms[0]
        return _together(arms).order_by(*self._order(backwards))[:rows]


@cache
def own_pages(
    kind: str | None, status: str | None, unlabelled: bool, filters: frozenset[str]
) -> RecordPages:
    """Return the pages of a user's history, with the filters that are named."""
    build: Any = partial(_records, kind, status, unlabelled)
    return RecordPages(build, *_names(kind, status, filters))


@cache
def own_count(
    kind: str | None, status: str | None, unlabelled: bool, filters: frozenset[str]
) -> Prepared:
    """Return what counts the rows of the pages: a number a table."""
    build = partial(_counts, kind, status, unlabelled)
    return Prepared(build, *_names(kind, status, filters))


def own_record(user_id: uuid.UUID, record_id: uuid.UUID) -> Record | None:
    """Return one of the user's sessions or entries."""
    row = OWN_RECORD.first(user_id=user_id, record_id=record_id)
    return None if row is None else Record(*row)


def _names(kind: str | None, status: str | None, filters: frozenset[str]) -> set[str]:
    asks_the_clock = status is not None and kind != "entry"
    return {"user_id", *filters} | ({"now"} if asks_the_clock else set())


def _records(
    kind: str | None, status: str | None, unlabelled: bool, /, **wanted: Any
) -> list[Rows]:
    """Return the tables that are asked, each with what its rows are called here."""
    shown = []
    for rows in _filtered(kind, status, unlabelled, **wanted):
        if rows.model is FocusSession:
            rows = rows.annotate(
                at=F("created_at"),
                planned_min=F("duration_min"),
                minutes=F("focus_min"),
                source=Value(SERVER),
            )
        else:
            rows = rows.annotate(
                status=Value(ENTRY_STATUS),
                planned_min=Cast(Value(None), SmallIntegerField()),
            )
        shown.append(rows.values_list(*Record._fields))
    return shown


def _counts(
    kind: str | None, status: str | None, unlabelled: bool, /, **wanted: Any
) -> Rows:
    return _together(
        [
            rows.values("user_id").annotate(all=Count("id")).values_list("all")
            for rows in _filtered(kind, status, unlabelled, **wanted)
        ]
    )


def _filtered(
    kind: str | None,
    status: str | None,
    unlabelled: bool,
    /,
    *,
    user_id: uuid.UUID,
    now: datetime | None = None,
    **wanted: Any,
) -> list[Rows]:
    kept = {FILTERS[name]: value for name, value in wanted.items()}
    if unlabelled:
        kept["label_id__isnull"] = True
    tables: list[Rows] = []
    if kind != "entry":
        sessions: Rows = FocusSession.objects.for_user(user_id).filter(**kept)
        if status is not None:
            assert now is not None
            sessions = sessions.filter(stands_as(status, now))
        tables.append(sessions)
    told = status in (None, ENTRY_STATUS)
    if kind == "entry" or (kind is None and told):
        entries: Rows = Entry.objects.for_user(user_id).filter(**kept)
        # None runs and none was given up: asked for those alone, none is found.
        tables.append(entries if told else entries.filter(minutes=0))
    return tables


def _together(arms: Sequence[Rows]) -> Rows:
    first, *others = arms
    return first.union(*others, all=True) if others else first


OWN_RECORD = Prepared(
    lambda user_id, record_id: _together(
        _records(None, None, False, user_id=user_id, record_id=record_id)
    )
)
