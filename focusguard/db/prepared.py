"""Statements that are compiled once.

Building and compiling a queryset takes the ORM longer than Postgres takes to answer
it. A hot statement is compiled at its first use, with a `Param` where a value will be,
and is from then on one `execute` of the same text, which psycopg prepares on the server.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from inspect import signature
from typing import Any, cast

from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections
from django.db.models import Expression, QuerySet
from django.db.models.base import ModelState
from django.db.models.query import ModelIterable, get_related_populators
from django.db.models.sql import UpdateQuery
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

Build = Callable[..., "QuerySet[Any, Any]"]
Row = tuple[Any, ...]
Reader = Callable[[Iterable[Row]], Iterator[Any]]


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
        return sql, params, _instances(compiler) if whole else _tuples(compiler)


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
        sql, params, _ = self._compiled
        arguments = _arguments(params, parameters)
        return int(_ask(connection, sql, arguments, lambda cursor: cursor.rowcount))

    def returning(self, **parameters: Any) -> Any:
        """Run it and return the changed row, as it is now; None if there was none."""
        sql, params, (model, columns, names) = self._compiled
        arguments = _arguments(params, parameters)
        sql = f"{sql} RETURNING {columns}"
        row = _ask(connection, sql, arguments, lambda cursor: cursor.fetchone())
        return None if row is None else model.from_db(DEFAULT_DB_ALIAS, names, row)

    @cached_property
    def _compiled(self) -> tuple[str, Row, tuple[Any, str, list[str]]]:
        found = tuple(signature(self._build).parameters)
        queryset = self._build(**{name: Param(name) for name in found})
        query = cast(UpdateQuery, queryset.query.chain(UpdateQuery))
        query.add_update_values({name: Param(name) for name in self._sets})
        query.add_update_values(self._always)
        sql, params = query.get_compiler(connection=connection).as_sql()
        _require_used(found + self._sets, params)
        fields = queryset.model._meta.concrete_fields
        columns = ", ".join(connection.ops.quote_name(f.column) for f in fields)
        return sql, params, (queryset.model, columns, [f.attname for f in fields])


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


def _instances(compiler: SQLCompiler) -> Reader:
    """Return what makes instances of rows, with what is joined to them."""
    info: Any = compiler.klass_info
    select: Any = compiler.select
    assert not compiler.get_converters([column for column, *_ in select])
    model, places = info["model"], info["select_fields"]
    begin, end = places[0], places[-1] + 1
    names = [column.target.attname for column, *_ in select[begin:end]]
    joined = get_related_populators(  # type: ignore[call-arg]  # the stubs are of 6.1
        info, select, DEFAULT_DB_ALIAS
    )

    def read(rows: Iterable[Row]) -> Iterator[Any]:
        for row in rows:
            # Model.from_db sets each attribute by itself and sends two signals: a tenth
            # of what a page of 50 plants costs.
            instance = model.__new__(model)
            state = ModelState()
            state.adding, state.db = False, DEFAULT_DB_ALIAS
            vars(instance).update(zip(names, row[begin:end], strict=True), _state=state)
            for populator in joined:
                populator.populate(row, instance)
            yield instance

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
