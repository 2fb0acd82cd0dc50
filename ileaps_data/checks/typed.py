"""The typed table of an upload: every cast, codelist and reference in one statement.

Texts of a codelist and references become values of an ENUM made from what is known: one to four
bytes a row, and looked up while the row is read. A cell that does not fit is missing in its
column and stands, with its field's place, in the list `_failed` of its row.
"""

# ruff: noqa: S608 -- table and column names come from declarations, values are quoted

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ileaps_data.checks.known import keep
from ileaps_data.checks.rules import DAY, MONTH, YEAR, Mapped, column, date_text, number_text
from ileaps_data.publishing.columns import quoted, sql_type, text_literal
from ileaps_data.reading.database import run
from ileaps_data.schema import LIST_SEPARATOR, Field, Kind, Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

    from ileaps_data.checks.known import KnownTables
    from ileaps_data.reading.source import Watch

ENUM_VALUES = 100_000
"""So many known values are kept as an ENUM; more are looked up in a table."""

UNIT = "_unit"
_EXACT_INTEGERS = 2**53
TRUE = ("true", "1", "yes")
FALSE = ("false", "0", "no")

_numbers = itertools.count()


@dataclass(frozen=True, kw_only=True, eq=False)
class TypedTable:
    """The rows of a file as typed columns, in the database they were read into.

    Attributes:
        table: the declared table.
        mapped: what it was made from.
        connection: the database.
        name: the relation: `_row`, the fields given, `_precision_…` of dates, `_failed`.
        given: the names of the fields the file has, in declared order.
        rows: how many rows.
        references: the relation of known values of each referring field.
        choices: the ENUM type of each field that has one.
        made: what has to be dropped when the table is no longer needed.
    """

    table: Table
    mapped: Mapped
    connection: duckdb.DuckDBPyConnection
    name: str
    given: tuple[str, ...]
    rows: int
    references: dict[str, str]
    choices: dict[str, str]
    made: list[tuple[str, str]]
    has_unit: bool = False

    def has(self, *names: str) -> bool:
        """Whether the file gives all these fields."""
        return set(names) <= set(self.given)

    def place(self, name: str) -> int:
        """The place of a field among the declared ones, as `_failed` names it."""
        return self.table.columns.index(name)

    def shown(self, name: str) -> str:
        """The SQL of a field's value as text."""
        kind = self.table.field(name).kind
        if kind is Kind.PARTIAL_DATE:
            return date_text(name)
        if kind is Kind.NUMBER:
            return number_text(column(name))
        return f"CAST({column(name)} AS VARCHAR)"

    def absent(self, name: str) -> str:
        """The SQL that says that a cell is empty: not even something that does not fit."""
        if not castable(self.table.field(name)):
            return f"{column(name)} IS NULL"
        failed = f"list_filter(c._failed, lambda f: f.field = {self.place(name)})"
        return f"({column(name)} IS NULL AND coalesce(len({failed}), 0) = 0)"

    def query(self, where: str = "") -> str:
        """The SELECT of the declared columns with the declared types."""
        items = ", ".join(self._declared(field) for field in self.table.fields)
        return f"SELECT {items} FROM {self.name} AS c {where}"

    def _declared(self, field: Field) -> str:
        name = quoted(field.name)
        if field.name not in self.given:
            return f"CAST(NULL AS {sql_type(field)}) AS {name}"
        if field.kind is Kind.PARTIAL_DATE:
            return f"{date_text(field.name)} AS {name}"
        return f"CAST({column(field.name)} AS {sql_type(field)}) AS {name}"


@dataclass(kw_only=True)
class Maker:
    """Makes the typed tables of one upload, parents before those that refer to them."""

    known: KnownTables
    watch: Watch
    tables: dict[str, TypedTable] = field(default_factory=dict)

    def make(self, mapped: Mapped, table: Table) -> TypedTable:
        """The typed table of one mapped table.

        Raises:
            ValueError: a field refers to a table of which nothing is known.
            FileRefusedError: there is no room.
            ReadingCancelledError: the caller wants to stop.
        """
        connection = mapped.connection
        made: list[tuple[str, str]] = []
        columns = _columns_of(connection, mapped.query)
        given = [f for f in table.fields if _is_given(f, mapped, columns, connection)]
        references: dict[str, str] = {}
        choices: dict[str, str] = {}
        casts: dict[str, str] = {}
        for one in given:
            values = self._values(one, table, mapped, made) if one.refers_to else None
            if values is not None:
                references[one.name] = values
            if one.enum or (values is not None and one.kind is not Kind.TEXT_LIST):
                casts[one.name] = _chosen(connection, one, values, choices, made)
            else:
                casts[one.name] = _cast(one)
        name = f"checked_{table.name}_{next(_numbers)}"
        extra = f', "{UNIT}"' if UNIT in columns else ""
        sql = f"CREATE TABLE {name} AS {_select(mapped.query, given, casts, table, extra)}"
        made.insert(0, ("TABLE", name))
        run(connection, sql, self.watch, "checking")
        rows = connection.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0]
        typed = TypedTable(
            table=table,
            mapped=mapped,
            connection=connection,
            name=name,
            given=tuple(f.name for f in given),
            rows=rows,
            references=references,
            choices=choices,
            made=made,
            has_unit=bool(extra),
        )
        self.tables[table.name] = typed
        return typed

    def _values(
        self, field: Field, table: Table, mapped: Mapped, made: list[tuple[str, str]]
    ) -> str:
        """A relation `v` of the values a field may refer to: known ones and the upload's own."""
        other, key = field.refers_to.split(".")
        connection = mapped.connection
        name = f"values_{next(_numbers)}"
        own = ""
        if other == table.name:
            own = f"SELECT {quoted(key)} AS v FROM ({mapped.query})"
        elif other in self.tables and self.tables[other].has(key):
            own = f"SELECT CAST({quoted(key)} AS VARCHAR) AS v FROM ({self.tables[other].query()})"
        if not own or other in self.known:
            keep(connection, f"{name}_known", self.known, other, [key])
            made.append(("TABLE", f"{name}_known"))
            known = f"SELECT CAST({quoted(key)} AS VARCHAR) AS v FROM {name}_known"
            own = f"{known} UNION {own}" if own else known
        connection.execute(
            f"CREATE TABLE {name} AS SELECT DISTINCT v FROM ({own}) WHERE v IS NOT NULL"
        )
        made.append(("TABLE", name))
        return name


def _chosen(
    connection: duckdb.DuckDBPyConnection,
    field: Field,
    values: str | None,
    choices: dict[str, str],
    made: list[tuple[str, str]],
) -> str:
    """The SQL of a field that must be one of some values; missing where it is none of them."""
    text = _text(field)
    source = values or _listed(connection, field.enum, made)
    count = connection.execute(f"SELECT count(*) FROM {source}").fetchall()[0][0]
    if not 0 < count <= ENUM_VALUES:
        return f"CASE WHEN {text} IN (SELECT v FROM {source}) THEN {text} END"
    name = f"choices_{next(_numbers)}"
    connection.execute(f"CREATE TYPE {name} AS ENUM (SELECT v FROM {source} ORDER BY v)")
    made.append(("TYPE", name))
    choices[field.name] = name
    return f"try_cast({text} AS {name})"


def _cast(field: Field) -> str:
    """The SQL of a field's typed value; missing where its text does not fit."""
    text = _text(field)
    number = f"try_cast({text} AS DOUBLE)"
    if field.kind is Kind.TEXT_LIST:
        return rf"regexp_replace({text}, '\s*{LIST_SEPARATOR}\s*', '{LIST_SEPARATOR}', 'g')"
    if field.kind is Kind.NUMBER:
        # DuckDB reads 1_000 as a number
        return f"CASE WHEN isfinite({number}) AND NOT contains({text}, '_') THEN {number} END"
    if field.kind is Kind.INTEGER:
        whole = f"{number} = floor({number}) AND abs({number}) < {_EXACT_INTEGERS}"
        return f"CASE WHEN {whole} AND NOT contains({text}, '_') THEN CAST({number} AS BIGINT) END"
    if field.kind is Kind.BOOLEAN:
        return (
            f"CASE WHEN lower({text}) IN ({_literals(TRUE)}) THEN true "
            f"WHEN lower({text}) IN ({_literals(FALSE)}) THEN false END"
        )
    if field.kind is Kind.PARTIAL_DATE:
        day = (
            f"CASE length({text}) WHEN {DAY} THEN try_cast({text} AS DATE) "
            f"WHEN {MONTH} THEN try_cast({text} || '-01' AS DATE) "
            f"WHEN {YEAR} THEN try_cast({text} || '-01-01' AS DATE) END"
        )
        return f"CASE WHEN starts_with(CAST({day} AS VARCHAR), {text}) THEN {day} END"
    return text


def castable(field: Field) -> bool:
    """Whether a text may fail to be of a field's type."""
    if field.kind is Kind.TEXT_LIST:
        return False
    return field.kind is not Kind.TEXT or bool(field.enum or field.refers_to)


def _select(
    query: str, given: list[Field], casts: Mapping[str, str], table: Table, extra: str
) -> str:
    texts = ", ".join(f"{quoted(f.name)} AS {_text(f)}" for f in given)
    values = ", ".join(f"{casts[f.name]} AS {quoted(f.name)}" for f in given)
    items: list[str] = []
    for one in given:
        name = quoted(one.name)
        items.append(name)
        if one.kind is Kind.PARTIAL_DATE:
            size = f"CASE WHEN {name} IS NOT NULL THEN length({_text(one)}) END"
            items.append(f"CAST({size} AS UTINYINT) AS {quoted(f'_precision_{one.name}')}")
    tested = [f for f in given if castable(f)]
    failed = "CAST(NULL AS STRUCT(field INTEGER, text VARCHAR)[])"
    if tested:
        fails = [f"({quoted(f.name)} IS NULL AND {_text(f)} IS NOT NULL)" for f in tested]
        entries = ", ".join(
            f"CASE WHEN {fails[place]} THEN {{'field': {table.columns.index(f.name)}, "
            f"'text': {_text(f)}}} END"
            for place, f in enumerate(tested)
        )
        failed = (
            f"CASE WHEN {' OR '.join(fails)} "
            f"THEN list_filter([{entries}], lambda f: f IS NOT NULL) END"
        )
    kept = f", {quoted(UNIT)}" if extra else ""
    columns = ", ".join([*items, f"{failed} AS _failed"])
    inner = f"SELECT _row{extra}, {texts} FROM ({query})"
    return f"SELECT _row, {columns}{kept} FROM (SELECT *, {values} FROM ({inner}))"


def _text(field: Field) -> str:
    return quoted(f"_text_{field.name}")


def _columns_of(connection: duckdb.DuckDBPyConnection, query: str) -> set[str]:
    return {row[0] for row in connection.execute(f"DESCRIBE {query}").fetchall()}


def _is_given(
    field: Field, mapped: Mapped, columns: set[str], connection: duckdb.DuckDBPyConnection
) -> bool:
    """Whether the file has the field, or the mapping gives it a value."""
    if field.name not in columns:
        return False
    if field.name in mapped.headers:
        return True
    found = connection.execute(
        f"SELECT 1 FROM ({mapped.query}) WHERE {quoted(field.name)} IS NOT NULL LIMIT 1"
    ).fetchall()
    return bool(found)


def _listed(
    connection: duckdb.DuckDBPyConnection, values: tuple[str, ...], made: list[tuple[str, str]]
) -> str:
    name = f"values_{next(_numbers)}"
    rows = ", ".join(f"({text_literal(value)})" for value in values)
    connection.execute(f"CREATE TABLE {name} AS SELECT v FROM (VALUES {rows}) AS given(v)")
    made.append(("TABLE", name))
    return name


def _literals(values: tuple[str, ...]) -> str:
    return ", ".join(text_literal(value) for value in values)
