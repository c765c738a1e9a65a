"""Sessions and entries as one list, read from two tables in one statement.

Each table gives as many rows as the page has, by its own index, and the two are merged:
a page costs the same at any depth.
"""

import uuid
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, partial
from typing import Any

from django.db.models import Count, F, Model, QuerySet, SmallIntegerField, Value
from django.db.models.functions import Cast

from focusguard.api.pagination import Pages
from focusguard.db.prepared import Param, Prepared
from sessions_app.models import Entry, FocusSession, stands_as
from sessions_app.records.record import SERVER, Record

Rows = QuerySet[Any, Any]

# What is told afterwards is over.
ENTRY_STATUS = "completed"
# The column of each table by which its rows are ordered.
MOMENTS: dict[type[Model], str] = {FocusSession: "created_at", Entry: "at"}
# By the name of a parameter: which rows it leaves.
FILTERS = {
    "from": "local_date__gte",
    "to": "local_date__lte",
    "since": "{moment}__gte",
    "until": "{moment}__lt",
    "label": "label_id",
    "record_id": "pk",
}
# No clock on a wall is further from UTC.
ONE_DAY = timedelta(days=1)
EARLIEST = datetime.min.replace(tzinfo=UTC)
LATEST = datetime.max.replace(tzinfo=UTC)
# A page reads as many rows as the next of these, and shows what was asked for: with
# every filter and every limit there would be as many statements to keep as requests.
SIZES = (21, 51, 101)


class RecordPages(Pages):
    """The pages of the history, newest first by `(at, id)`."""

    moment = "at"

    def _rows(self, statement: Prepared, parameters: dict[str, Any]) -> list[Any]:
        return [Record(*row) for row in statement.rows(**parameters)]

    def _statement(self, rows: int, backwards: bool | None) -> Prepared:
        size = next(size for size in SIZES if rows <= size)
        return super()._statement(size, backwards)

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


def moments_of(first: date | None, last: date | None) -> dict[str, datetime]:
    """Return between which moments all rows of some local dates begin.

    Local dates have no place in the order of the pages: looked for by them alone, a day
    of long ago is found by reading all that came after it.
    """
    bounds = {}
    if first is not None:
        start = datetime.combine(first, time(), UTC)
        bounds["since"] = max(start, EARLIEST + ONE_DAY) - ONE_DAY
    if last is not None:
        start = datetime.combine(last, time(), UTC)
        bounds["until"] = min(start, LATEST - 2 * ONE_DAY) + 2 * ONE_DAY
    return bounds


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
    def own(model: type[FocusSession | Entry]) -> Rows:
        kept = {
            FILTERS[name].format(moment=MOMENTS[model]): value
            for name, value in wanted.items()
        }
        if unlabelled:
            kept["label_id__isnull"] = True
        rows: Rows = model.objects.for_user(user_id).filter(**kept)
        return rows

    tables: list[Rows] = []
    if kind != "entry":
        sessions = own(FocusSession)
        if status is not None:
            assert now is not None
            sessions = sessions.filter(stands_as(status, now))
        tables.append(sessions)
    told = status in (None, ENTRY_STATUS)
    if kind == "entry" or (kind is None and told):
        entries = own(Entry)
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
