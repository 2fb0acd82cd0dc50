"""The SELECT that shows a raw table as a declared one, by a mapping."""

# ruff: noqa: S608 -- names come from declarations, texts of people and files are quoted

from __future__ import annotations

from typing import TYPE_CHECKING

from ileaps_data.mapping_parts.dates import date_expression, iso_text
from ileaps_data.mapping_parts.model import UNIT, FieldSource, MappedTable
from ileaps_data.mapping_parts.sql_text import BLANKS, cell, identifier, quoted
from ileaps_data.reading.dialect import Dialect
from ileaps_data.reading.numbers import number_expression
from ileaps_data.schema import Field, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping as Mapped

    from ileaps_data.mapping_parts.model import Mapping
    from ileaps_data.reading.tables import RawTable
    from ileaps_data.schema import Table

_FEW = 24
_NUMBERS = {Kind.NUMBER, Kind.INTEGER}
_NAME, _CELL = "unpivoted_name", "unpivoted_cell"
_UNIT_FIELD = Field(name=UNIT, kind=Kind.TEXT, description="Unit beside the figure")
PERCENT_SIGNS = r"\s*[%％]$"


def mapped(raw: RawTable, mapping: Mapping, dialect: Dialect | None = None) -> MappedTable:
    """The raw table seen through the mapping; nothing is copied.

    The rows come in no order that can be relied on: `_row` numbers them.

    `dialect` is that of the file, for its numbers; without one they have a point.

    Raises:
        ValueError: the mapping names a column the table does not have.
    """
    dialect = dialect or Dialect(decimal=".", thousands="")
    _check_columns(raw, mapping)
    table = mapping.declared
    items: list[str] = []
    joins: list[str] = []
    for field in [*table.fields, *([_UNIT_FIELD] if UNIT in mapping.fields else [])]:
        expression = _expression(field, raw, mapping, dialect, joins)
        items.append(f"{expression} AS {identifier(field.name)}")
    query = f"SELECT t._row, {', '.join(items)} FROM ({_cells(raw, mapping)}) AS t{''.join(joins)}"
    if any(source.joined for source in mapping.fields.values()):
        query = _with_joined(query, mapping, table)
    return MappedTable(
        connection=raw.connection,
        query=query,
        table=mapping.table,
        mapping=mapping,
        dialect=dialect,
        headers=_headers(raw, mapping),
    )


def number_text(column: str, source: FieldSource, dialect: Dialect) -> str:
    """The SQL of a cell as a plain number, or as it is where it is none.

    >>> import duckdb
    >>> share = FieldSource(column="c0", unit_factor=100.0, percent_sign=True)
    >>> sql = number_text("c0", share, Dialect(decimal=",", thousands="."))
    >>> cells = "(VALUES ('0,57'), ('45,1%'), ('viel')) AS t(c0)"
    >>> duckdb.connect().execute(f"SELECT {sql} FROM {cells}").fetchall()
    [('57',), ('45.1',), ('viel',)]
    """
    plain, pointed = _pointed(column, dialect)
    number = number_expression(column, dialect)
    if source.unit_factor == 1.0:
        slow = f"coalesce({_plain(number)}, {column})"
        read = f"CASE WHEN {plain} THEN {pointed} ELSE {slow} END"
    else:
        # fifteen digits are what a double holds for certain: 0.57 times 100 is 57
        value = number_value(column, dialect)
        by = f"CAST({source.unit_factor!r} AS DOUBLE)"
        read = f"coalesce(format('{{:.15g}}', {value} * {by}), {column})"
    if not source.percent_sign:
        return read
    sign = quoted(PERCENT_SIGNS)
    bare = number_expression(f"regexp_replace({column}, {sign}, '')", dialect)
    return (
        f"CASE WHEN right({column}, 1) IN ('%', '％') "
        f"THEN coalesce({_plain(bare)}, {column}) ELSE {read} END"
    )


def number_value(column: str, dialect: Dialect) -> str:
    """The SQL of a cell as DOUBLE; NULL where it is no number by the dialect."""
    plain, pointed = _pointed(column, dialect)
    slow = number_expression(column, dialect)
    return f"CASE WHEN {plain} THEN CAST({pointed} AS DOUBLE) ELSE {slow} END"


def _pointed(column: str, dialect: Dialect) -> tuple[str, str]:
    """The SQL of whether a cell is a number without grouped digits, and of it with a point.

    Most cells are; a cast is some twenty times faster than the pattern that the others need.
    """
    comma = dialect.decimal == ","
    pointed = f"replace({column}, ',', '.')" if comma else column
    signs = ["_", *(["."] if comma else [])]
    free = " AND ".join(f"NOT contains({column}, '{sign}')" for sign in signs)
    return f"{free} AND isfinite(try_cast({pointed} AS DOUBLE))", pointed


def _plain(number: str) -> str:
    """The SQL of a number as text, whole ones without a point."""
    return f"regexp_replace(CAST({number} AS VARCHAR), '\\.0$', '')"


def field_text(field: Field, column: str, source: FieldSource, dialect: Dialect) -> str:
    """The SQL of a cell in the form its field wants, or as it is where it has not that form."""
    if field.kind in _NUMBERS:
        return number_text(column, source, dialect)
    if field.kind is Kind.BOOLEAN:
        lower = f"lower({column})"
        return f"CASE WHEN {lower} IN ('true', 'false') THEN {lower} ELSE {column} END"
    return f"nfc_normalize({column})"


def _check_columns(raw: RawTable, mapping: Mapping) -> None:
    used = [source.column for source in mapping.fields.values() if source.column]
    used += [column for column, _ in mapping.unpivot.columns] if mapping.unpivot else []
    absent = sorted(set(used) - set(raw.names))
    if absent:
        raise ValueError(
            f"the table has no column {', '.join(absent)}; it has {len(raw.columns)}, "
            f"{raw.names[0]} to {raw.names[-1]}: map its own headers"
        )


def _cells(raw: RawTable, mapping: Mapping) -> str:
    """The used cells of the raw table, without blanks around them."""
    used = dict.fromkeys(
        source.column
        for name, source in mapping.fields.items()
        if source.column and name not in mapping.spread
    )
    items = ["_row", *(f"{cell(column)} AS {column}" for column in used)]
    if not mapping.unpivot:
        return f"SELECT {', '.join(items)} FROM {raw.relation}"
    columns = [column for column, _ in mapping.unpivot.columns]
    names = [quoted(stands) for _, stands in mapping.unpivot.columns]
    items.append(f"unnest([{', '.join(names)}]) AS {_NAME}")
    items.append(f"unnest([{', '.join(map(cell, columns))}]) AS {_CELL}")
    rows = f"SELECT {', '.join(items)} FROM {raw.relation}"
    return f"SELECT * FROM ({rows}) AS spread WHERE {_CELL} IS NOT NULL"


def _expression(
    field: Field, raw: RawTable, mapping: Mapping, dialect: Dialect, joins: list[str]
) -> str:
    source = mapping.fields.get(field.name)
    unpivot = mapping.unpivot
    if unpivot and field.name == unpivot.name_field:
        return f"t.{_NAME}"
    if unpivot and field.name == unpivot.value_field:
        source = source or FieldSource(column="c0")
        column = f"t.{_CELL}"
    elif source is None or source.joined:
        return "CAST(NULL AS VARCHAR)"
    elif source.constant:
        return quoted(source.constant)
    else:
        column = f"t.{source.column}"
    if field.kind is Kind.PARTIAL_DATE:
        return _date(raw, column, source, joins)
    if source.replacements:
        column = _replaced(column, source.replacements, joins)
    return field_text(field, column, source, dialect)


def _replaced(column: str, replacements: Mapped[str, str], joins: list[str]) -> str:
    """The cell or what stands for it; many are looked up in a table added to the joins."""
    pairs = _stripped(replacements)
    if len(pairs) <= _FEW:
        cases = " ".join(
            f"WHEN {quoted(text)} THEN {quoted(to) if to else 'NULL'}" for text, to in pairs.items()
        )
        return f"CASE {column} {cases} ELSE {column} END"
    name = f"r{len(joins)}"
    joins.append(f" LEFT JOIN ({_pairs(pairs)}) AS {name} ON {name}.k = {column}")
    return f"CASE WHEN {name}.k IS NULL THEN {column} ELSE nullif({name}.v, '') END"


def _stripped(replacements: Mapped[str, str]) -> dict[str, str]:
    return {text.strip(BLANKS): to for text, to in replacements.items()}


def _pairs(pairs: Mapped[str, str]) -> str:
    texts = ", ".join(map(quoted, pairs))
    meanings = ", ".join(map(quoted, pairs.values()))
    return f"SELECT unnest([{texts}]) AS k, unnest([{meanings}]) AS v"


def _date(raw: RawTable, column: str, source: FieldSource, joins: list[str]) -> str:
    """The cell as an ISO date.

    There are far fewer dates than rows: each different text is read once and looked up.
    """
    if not source.replacements and not _needs_reading(raw, source.column):
        return column
    text, known = "u.k", ""
    if source.replacements:
        text = "CASE WHEN p.k IS NULL THEN u.k ELSE nullif(p.v, '') END"
        known = f" LEFT JOIN ({_pairs(_stripped(source.replacements))}) AS p ON p.k = u.k"
    name = f"r{len(joins)}"
    texts = f"SELECT DISTINCT {cell(source.column)} AS k FROM {raw.relation}"
    read = f"SELECT k, coalesce({date_expression('v', source.date_format)}, v) AS v FROM"
    read += f" (SELECT u.k, {text} AS v FROM ({texts}) AS u{known})"
    joins.append(f" LEFT JOIN ({read}) AS {name} ON {name}.k = {column}")
    return f"{name}.v"


def _needs_reading(raw: RawTable, column: str) -> bool:
    """Whether a cell of the column is anything but an ISO date: a look-up costs a second."""
    text = cell(column)
    found = raw.connection.cursor().execute(
        f"SELECT 1 FROM (SELECT {text} AS v FROM {raw.relation}) "
        f"WHERE v IS NOT NULL AND {iso_text('v')} IS NOT TRUE LIMIT 1"
    )
    return bool(found.fetchall())


def _with_joined(query: str, mapping: Mapping, table: Table) -> str:
    items = []
    for name in [*table.columns, *([UNIT] if UNIT in mapping.fields else [])]:
        source = mapping.fields.get(name)
        if source is None or not source.joined:
            items.append(f"m.{identifier(name)}")
            continue
        parts = ", ".join(_part(text.split("|"), table) for text in source.joined)
        items.append(f"concat_ws('.', {parts}) AS {identifier(name)}")
    return f"SELECT m._row, {', '.join(items)} FROM ({query}) AS m"


def _part(names: list[str], table: Table) -> str:
    first = table.field(names[0])
    columns = [f"m.{identifier(name)}" for name in names]
    if first.kind is Kind.PARTIAL_DATE:
        return f"coalesce({', '.join(columns)}, 'undated')"
    whole = f"coalesce({', '.join(columns)}, NULL)"
    if first.refers_to or first.enum:
        return whole
    # free text as part of a key: words joined by hyphens, as in the keys that ship
    words = rf"regexp_replace(lower({whole}), '[^\p{{L}}\p{{M}}\p{{N}}_]+', '-', 'g')"
    return f"nullif(trim({words}, '-'), '')"


def _headers(raw: RawTable, mapping: Mapping) -> dict[str, str]:
    found = {
        name: raw.columns[source.place]
        for name, source in mapping.fields.items()
        if source.column and name not in mapping.spread
    }
    if mapping.unpivot:
        columns = [raw.columns[int(column[1:])] for column, _ in mapping.unpivot.columns]
        shown = columns[0] if len(columns) == 1 else f"{columns[0]} … {columns[-1]}"
        found |= dict.fromkeys(mapping.spread, shown)
    return found
