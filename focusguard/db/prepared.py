"""Querysets that are compiled once.

Building and compiling a queryset takes the ORM longer than Postgres takes to answer
it. A hot query says its parameters by name, is compiled at its first use, and is from
then on one `execute` of the same text, which psycopg prepares on the server.
"""

import uuid
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from ipaddress import IPv4Address
from operator import itemgetter
from typing import Any, cast

from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections
from django.db.models import Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.query import ModelIterable
from django.db.models.sql import InsertQuery, UpdateQuery
from django.db.transaction import TransactionManagementError

# Values that no caller means, by type: they show where a parameter ends up.
_MARKS: dict[type, Callable[[int], Any]] = {
    uuid.UUID: lambda n: uuid.UUID(int=2**127 + n),
    date: lambda n: date(1, 1, 1) + timedelta(days=n),
    datetime: lambda n: datetime(1, 1, 2, tzinfo=UTC) + timedelta(days=n),
    int: lambda n: 2**30 + n,
    str: lambda n: f"\x01{n}",
    # Of either version; a class of the future (RFC 1112) that nobody has.
    IPv4Address: lambda n: IPv4Address(0xF0000000 + n),
}

# What gives the value of a placeholder, out of the parameters of a call.
Place = Callable[[dict[str, Any]], Any]


class Prepared:
    """A queryset whose parameters are given at each call, by name.

    Rows are instances where the queryset gives whole rows of one model (and of what
    `select_related` joins), else tuples. It takes no parameter that changes its text,
    such as a limit, and asks nothing that changes while it is built, such as the time:
    that would be kept for ever.
    """

    def __init__(
        self, build: Callable[..., "QuerySet[Any, Any]"], **kinds: type
    ) -> None:
        self._build = build
        self._kinds = kinds

    def rows(self, *, using: str = DEFAULT_DB_ALIAS, **parameters: Any) -> list[Any]:
        """Run it and return all rows."""
        rows = self._run(using, parameters, lambda cursor: cursor.fetchall())
        return [self._read(row) for row in rows]

    def first(self, *, using: str = DEFAULT_DB_ALIAS, **parameters: Any) -> Any:
        """Run it and return the first row, or None."""
        row = self._run(using, parameters, lambda cursor: cursor.fetchone())
        return None if row is None else self._read(row)

    def _run(
        self, using: str, parameters: dict[str, Any], fetch: Callable[[Any], Any]
    ) -> Any:
        """Ask, and ask again over a new connection where the old one has ended.

        A read outside of a transaction can be asked twice. It is what most requests
        begin with, so none of them notices that the server ended idle connections.
        """
        arguments = [place(parameters) for place in self._places]
        used = connections[using]
        if self._locks and not used.in_atomic_block:
            raise TransactionManagementError("A lock needs an open transaction.")
        try:
            return self._ask(used, arguments, fetch)
        except OperationalError:
            if used.in_atomic_block or used.is_usable():
                raise
            used.close()
            return self._ask(used, arguments, fetch)

    def _ask(self, used: Any, arguments: list[Any], fetch: Callable[[Any], Any]) -> Any:
        with used.cursor() as cursor:
            cursor.execute(self._sql, arguments)
            return fetch(cursor)

    @cached_property
    def _sql(self) -> str:
        return str(self._compiled[0])

    @cached_property
    def _locks(self) -> bool:
        return " FOR NO KEY UPDATE" in self._sql or " FOR UPDATE" in self._sql

    @cached_property
    def _places(self) -> list[Place]:
        return _places(self._compiled[1], self._marks)

    @cached_property
    def _marks(self) -> dict[str, Any]:
        return _marks(self._kinds)

    @cached_property
    def _compiled(self) -> tuple[str, tuple[Any, ...], Callable[[Any], Any]]:
        queryset = self._build(**self._marks)
        compiler = queryset.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        select = compiler.select or []
        converters = compiler.get_converters([column for column, *_ in select])
        if not issubclass(queryset._iterable_class, ModelIterable):
            return sql, params, _converting(converters)
        assert not converters
        columns = [column for column, *_ in select]
        return sql, params, _reader(compiler.klass_info, columns, connection.alias)

    @cached_property
    def _read(self) -> Callable[[Any], Any]:
        return self._compiled[2]


class PreparedUpdate:
    """An UPDATE of what a queryset finds, by the same rules; `sets` names the columns.

    The queryset's parameters are `kinds`. Names of the two must differ. `always` is
    what is set to the same each time.
    """

    def __init__(
        self,
        build: Callable[..., "QuerySet[Any, Any]"],
        sets: dict[str, type],
        always: dict[str, Any] | None = None,
        **kinds: type,
    ) -> None:
        self._build = build
        self._sets = sets
        self._always = always or {}
        self._kinds = kinds

    def run(self, **parameters: Any) -> int:
        """Run it and return how many rows were changed."""
        sql, places = self._compiled
        arguments = [place(parameters) for place in places]
        with connection.cursor() as cursor:
            cursor.execute(sql, arguments)
            return int(cursor.rowcount)

    @cached_property
    def _compiled(self) -> tuple[str, list[Place]]:
        marks = _marks(self._kinds | self._sets)
        queryset = self._build(**{name: marks[name] for name in self._kinds})
        query = cast(UpdateQuery, queryset.query.chain(UpdateQuery))
        query.add_update_values(
            {name: _given(marks[name]) for name in self._sets} | self._always
        )
        sql, params = query.get_compiler(connection=connection).as_sql()
        return sql, _places(params, marks)


class PreparedInsert:
    """An INSERT of one row; every column must be named, since a default would stay."""

    def __init__(self, model: type[Model], **kinds: type) -> None:
        self._model = model
        self._kinds = kinds

    def run(self, instance: Any) -> None:
        """Insert an instance that was not saved, and read what Postgres works out."""
        sql, places, returned = self._compiled
        values = vars(instance)
        with connection.cursor() as cursor:
            cursor.execute(sql, [place(values) for place in places])
            if returned:
                values.update(zip(returned, cursor.fetchone(), strict=True))
        instance._state.adding, instance._state.db = False, connection.alias

    @cached_property
    def _compiled(self) -> tuple[str, list[Place], list[str]]:
        marks = _marks(self._kinds)
        fields = [
            field
            for field in self._model._meta.local_concrete_fields
            if not field.generated
        ]
        assert {field.attname for field in fields} == marks.keys()
        query = InsertQuery(self._model)
        query.insert_values(fields, [self._model(**marks)])
        compiler = query.get_compiler(connection=connection)
        compiler.returning_fields = self._model._meta.db_returning_fields
        ((sql, params),) = compiler.as_sql()
        returned = [field.attname for field in compiler.returning_fields]
        return sql, _places(params, marks), returned


def _marks(kinds: dict[str, type]) -> dict[str, Any]:
    return {name: _MARKS[kind](n) for n, (name, kind) in enumerate(kinds.items())}


def _given(mark: Any) -> Any:
    """Return a mark as the field takes it, which hands an address on as an object."""
    return str(mark) if isinstance(mark, IPv4Address) else mark


def _places(params: Iterable[Any], marks: dict[str, Any]) -> list[Place]:
    """Find the marks among the parameters of a statement."""
    names = {mark: name for name, mark in marks.items()}
    found = [names.get(value) if _is_mark(value) else None for value in params]
    assert set(found) - {None} == marks.keys()
    return [
        _constant(value) if name is None else _parameter(name, type(value))
        for name, value in zip(found, params, strict=True)
    ]


def _constant(value: Any) -> Place:
    return lambda parameters: value


def _parameter(name: str, kind: type) -> Place:
    """Return what takes a parameter; Django says by a `kind` how wide a number is."""
    if kind in _MARKS:
        return itemgetter(name)
    return lambda parameters: (
        None if (value := parameters[name]) is None else kind(value)
    )


def _reader(
    info: dict[str, Any], columns: list[Any], alias: str
) -> Callable[[Any], Any]:
    """Return what makes an instance of a row, with what is joined to it.

    Django's `from_db` calls the constructor, which sets each attribute by itself and
    sends two signals. Here the attributes of a row are put in place in one go.
    """
    model, places = info["model"], info["select_fields"]
    begin, end = places[0], places[-1] + 1
    names = [column.target.attname for column in columns[begin:end]]
    key = begin + names.index(model._meta.pk.attname)
    joined = [
        (
            related["local_setter"],
            related["remote_setter"],
            _reader(related, columns, alias),
        )
        for related in info.get("related_klass_infos", ())
    ]

    def read(row: Any) -> Any:
        if row[key] is None:  # an outer join found nothing
            return None
        instance = model.__new__(model)
        state = ModelState()
        state.adding, state.db = False, alias
        vars(instance).update(zip(names, row[begin:end], strict=True), _state=state)
        for set_local, set_remote, read_related in joined:
            related = read_related(row)
            set_local(instance, related)
            if related is not None:
                set_remote(related, instance)
        return instance

    return read


def _converting(converters: dict[int, Any]) -> Callable[[Any], tuple[Any, ...]]:
    """Return what gives the values of a row the types that expressions promise."""
    # Laid out once: days come by the hundred, and most have a single step.
    steps = [
        (place, function, expression)
        for place, (functions, expression) in converters.items()
        for function in functions
    ]

    def converted(row: tuple[Any, ...]) -> tuple[Any, ...]:
        if not steps:
            return row
        values = list(row)
        for place, function, expression in steps:
            values[place] = function(values[place], expression, connection)
        return tuple(values)

    return converted


def _is_mark(value: Any) -> bool:
    # A list or a JSON value among the parameters has no hash, and is no mark.
    return isinstance(value, tuple(_MARKS))
