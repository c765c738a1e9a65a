"""Statements that are compiled once.

Building and compiling a queryset takes the ORM longer than Postgres takes to answer
it. A hot statement is compiled at its first use, with a `Param` where a value will be,
and is from then on one `execute` of the same text, which psycopg prepares on the server.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial
from inspect import signature
from types import SimpleNamespace
from typing import Any, cast

from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections
from django.db.models import Expression, Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.query import ModelIterable
from django.db.models.sql import InsertQuery, UpdateQuery
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

Build = Callable[..., "QuerySet[Any, Any]"]
Row = tuple[Any, ...]
Reader = Callable[[Iterable[Row]], Iterator[Any]]
Make = Callable[[Row], Any]


class Param(Expression):
    """A value that a statement gets at each call, by name.

    It compiles to a placeholder with itself among the parameters, and so shows where
    the value belongs. Postgres learns the type from the value.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]

    def get_group_by_cols(self) -> list[Any]:
        return []


class Prepared:
    """A queryset whose parameters are given at each call, by name.

    The names are those of what builds it, or `names` where that takes any. Rows are
    instances where the queryset gives whole rows of one model (and of what
    `select_related` joins), else tuples. It takes no parameter that changes its text,
    such as a limit, and asks nothing that changes while it is built, such as the time:
    that would be kept for ever.
    """

    def __init__(self, build: Build, *names: str) -> None:
        self._build = build
        self._names = names or tuple(signature(build).parameters)

    def rows(self, *, using: str = DEFAULT_DB_ALIAS, **parameters: Any) -> list[Any]:
        """Run it and return all rows."""
        found = self._run(using, parameters, lambda cursor: cursor.fetchall())
        return list(self._read(found))

    def first(self, *, using: str = DEFAULT_DB_ALIAS, **parameters: Any) -> Any:
        """Run it and return the first row, or None."""
        row = self._run(using, parameters, lambda cursor: cursor.fetchone())
        return None if row is None else next(self._read((row,)))

    def _run(
        self, using: str, parameters: dict[str, Any], fetch: Callable[[Any], Any]
    ) -> Any:
        """Ask, and ask again over a new connection where the old one has ended.

        A read outside of a transaction can be asked twice. It is what most requests
        begin with, so none of them notices that the server ended idle connections.
        """
        sql, params, _ = self._compiled
        arguments = _arguments(params, parameters)
        used = connections[using]
        if self._locks and not used.in_atomic_block:
            raise TransactionManagementError("A lock needs an open transaction.")
        try:
            return _ask(used, sql, arguments, fetch)
        except OperationalError:
            if used.in_atomic_block or used.is_usable():
                raise
            used.close()
            return _ask(used, sql, arguments, fetch)

    @cached_property
    def _locks(self) -> bool:
        sql = self._compiled[0]
        return " FOR NO KEY UPDATE" in sql or " FOR UPDATE" in sql

    @cached_property
    def _read(self) -> Reader:
        return self._compiled[2]

    @cached_property
    def _compiled(self) -> tuple[str, Row, Reader]:
        queryset = self._build(**{name: Param(name) for name in self._names})
        compiler = queryset.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        _require_used(self._names, params)
        whole = issubclass(queryset._iterable_class, ModelIterable)
        if not whole:
            return sql, params, _tuples(compiler)
        assert not compiler.get_converters([column for column, *_ in compiler.select])
        instance = _instance(compiler.klass_info, compiler.select)
        return sql, params, partial(map, instance)


class PreparedUpdate:
    """An UPDATE of what a queryset finds, by the same rules; `sets` names the columns.

    Names of the queryset's parameters and of `sets` must differ. `always` is what is
    set to the same each time.
    """

    def __init__(
        self, build: Build, *sets: str, always: dict[str, Any] | None = None
    ) -> None:
        self._build = build
        self._sets = sets
        self._always = always or {}

    def run(self, **parameters: Any) -> int:
        """Run it and return how many rows were changed."""
        sql, params = self._compiled
        arguments = _arguments(params, parameters)
        return int(_ask(connection, sql, arguments, lambda cursor: cursor.rowcount))

    def returning(self, **parameters: Any) -> Any:
        """Run it and return the changed row, as it is now; None if there was none."""
        (_, params), (sql, make) = self._compiled, self._returning
        arguments = _arguments(params, parameters)
        row = _ask(connection, sql, arguments, lambda cursor: cursor.fetchone())
        return None if row is None else make(row)

    @cached_property
    def _compiled(self) -> tuple[str, Row]:
        found = tuple(signature(self._build).parameters)
        queryset = self._build(**{name: Param(name) for name in found})
        query = cast(UpdateQuery, queryset.query.chain(UpdateQuery))
        query.add_update_values({name: Param(name) for name in self._sets})
        query.add_update_values(self._always)
        sql, params = query.get_compiler(connection=connection).as_sql()
        _require_used(found + self._sets, params)
        self._model = queryset.model
        return sql, params

    @cached_property
    def _returning(self) -> tuple[str, Make]:
        return _returning_row(self._compiled[0], self._model)


class PreparedInsert:
    """An INSERT of one row, by the same rules; `columns` are given at each call.

    The others get their defaults, which must be constants.
    """

    def __init__(self, model: type[Model], *columns: str) -> None:
        self._model = model
        self._columns = columns

    def returning(self, **parameters: Any) -> Any:
        """Run it and return the new row, with what Postgres worked out."""
        sql, params, make = self._compiled
        arguments = _arguments(params, parameters)
        return make(_ask(connection, sql, arguments, lambda cursor: cursor.fetchone()))

    @cached_property
    def _compiled(self) -> tuple[str, Row, Make]:
        fields = [f for f in self._model._meta.local_concrete_fields if not f.generated]
        row: Any = SimpleNamespace()
        for field in fields:
            given = field.attname in self._columns
            assert given or not (field.has_default() and callable(field.default))
            value = Param(field.attname) if given else field.get_default()
            setattr(row, field.attname, value)
        query = InsertQuery(self._model)
        query.insert_values(fields, [row], raw=True)
        ((sql, params),) = query.get_compiler(connection=connection).as_sql()
        _require_used(self._columns, params)
        sql, make = _returning_row(sql, self._model)
        return sql, params, make


def _ask(used: Any, sql: str, arguments: Row, fetch: Callable[[Any], Any]) -> Any:
    with used.cursor() as cursor:
        cursor.execute(sql, arguments)
        return fetch(cursor)


def _arguments(params: Row, given: dict[str, Any]) -> Row:
    return tuple(
        [given[param.name] if type(param) is Param else param for param in params]
    )


def _require_used(names: tuple[str, ...], params: Row) -> None:
    """Refuse a parameter that the text has no place for: it would be given in vain."""
    used = {param.name for param in params if isinstance(param, Param)}
    assert used == set(names), set(names) - used


def _returning_row(sql: str, model: type[Model]) -> tuple[str, Make]:
    """Let a statement return the whole row; return what makes an instance of it."""
    fields: Any = model._meta.concrete_fields
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    return f"{sql} RETURNING {columns}", _maker(model, [f.attname for f in fields])


def _maker(model: type[Model], names: list[str]) -> Make:
    """Return what makes an instance of the values of `names`.

    Model.from_db sets each attribute by itself and sends two signals: a tenth of what a
    page of 50 plants costs.
    """

    def make(values: Row) -> Any:
        instance = model.__new__(model)
        state = ModelState()
        state.adding, state.db = False, DEFAULT_DB_ALIAS
        vars(instance).update(zip(names, values, strict=True), _state=state)
        return instance

    return make


def _instance(info: Any, select: Any) -> Make:
    """Return what makes an instance of a row, with what is joined to it."""
    model, places = info["model"], info["select_fields"]
    begin, end = places[0], places[-1] + 1
    names = [column.target.attname for column, *_ in select[begin:end]]
    key = begin + names.index(model._meta.pk.attname)
    make = _maker(model, names)
    joined = [
        (other["local_setter"], other["remote_setter"], _instance(other, select))
        for other in info.get("related_klass_infos", ())
    ]

    def read(row: Row) -> Any:
        if row[key] is None:  # an outer join found nothing
            return None
        instance = make(row[begin:end])
        for set_local, set_remote, read_other in joined:
            other = read_other(row)
            set_local(instance, other)
            if other is not None:
                set_remote(other, instance)
        return instance

    return read


def _tuples(compiler: SQLCompiler) -> Reader:
    """Return what gives rows the types that Django's expressions promise."""
    select: Any = compiler.select
    converters = compiler.get_converters([column for column, *_ in select])
    if not converters:
        return iter

    def read(rows: Iterable[Row]) -> Iterator[Row]:
        return map(tuple, compiler.apply_converters(rows, converters))

    return read
