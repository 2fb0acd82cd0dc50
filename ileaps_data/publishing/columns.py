"""How the columns of a declared table are written in Arrow, DuckDB and pandas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from ileaps_data.schema import Field, Kind, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ARROW = {Kind.INTEGER: pa.int64(), Kind.NUMBER: pa.float64(), Kind.BOOLEAN: pa.bool_()}
_SQL = {Kind.INTEGER: "BIGINT", Kind.NUMBER: "DOUBLE", Kind.BOOLEAN: "BOOLEAN"}
_NULLABLE = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}

_INTEGERS = frozenset(
    f"{sign}{size}INT" for sign in ("", "U") for size in ("TINY", "SMALL", "BIG", "HUGE")
) | {"INTEGER", "UINTEGER"}
_NUMBERS = _INTEGERS | {"FLOAT", "DOUBLE"}


def quoted(name: str) -> str:
    """A name as SQL writes it.

    >>> quoted("group")
    '"group"'
    """
    return '"' + name.replace('"', '""') + '"'


def text_literal(text: str) -> str:
    """A text as SQL writes it.

    >>> text_literal("it's")
    "'it''s'"
    """
    return "'" + text.replace("'", "''") + "'"


def listed(names: Iterable[str], prefix: str = "") -> str:
    """Column names as a SQL list, each of the relation `prefix` where one is given."""
    dot = f"{prefix}." if prefix else ""
    return ", ".join(f"{dot}{quoted(name)}" for name in names)


def arrow_schema(table: Table) -> Any:  # noqa: ANN401 -- pyarrow publishes no types
    """The Arrow schema a version's file has; every column may hold missing values."""
    return pa.schema([(field.name, _ARROW.get(field.kind, pa.string())) for field in table.fields])


def sql_type(field: Field) -> str:
    """The DuckDB type of a field."""
    return _SQL.get(field.kind, "VARCHAR")


def declared_columns(table: Table, present: Iterable[str]) -> str:
    """The declared columns as a SELECT list; a column the file does not have yet is missing.

    A release may add a column to a table: versions from before it stay readable.
    """
    there = set(present)
    return ", ".join(
        f"CAST({quoted(field.name) if field.name in there else 'NULL'} AS {sql_type(field)}) "
        f"AS {quoted(field.name)}"
        for field in table.fields
    )


def incoming_column(field: Field, type_name: str) -> str | None:
    """The SELECT item of a column somebody hands in, or None where its type does not fit.

    Not-a-number and empty text become missing, as in `schema.typed`.
    """
    name = quoted(field.name)
    family = type_name.partition("(")[0]
    if family in {"NULL", '"NULL"'}:
        return f"CAST(NULL AS {sql_type(field)}) AS {name}"
    if field.kind is Kind.INTEGER:
        return f"CAST({name} AS BIGINT) AS {name}" if family in _INTEGERS else None
    if field.kind is Kind.NUMBER:
        if family in _NUMBERS or family == "DECIMAL":
            number = f"CAST({name} AS DOUBLE)"
            return f"CASE WHEN isnan({number}) THEN NULL ELSE {number} END AS {name}"
        return None
    if field.kind is Kind.BOOLEAN:
        return name if family == "BOOLEAN" else None
    return (
        f"nullif(CAST({name} AS VARCHAR), '') AS {name}" if family in {"VARCHAR", "ENUM"} else None
    )


def same_key(table: Table, left: str, right: str) -> str:
    """The SQL condition that two rows have the same key; a missing part equals a missing part."""
    return " AND ".join(
        f"{left}.{quoted(name)} "
        f"{'=' if table.field(name).required else 'IS NOT DISTINCT FROM'} {right}.{quoted(name)}"
        for name in table.key
    )


def to_frame(arrow: Any, fields: Sequence[Field]) -> pd.DataFrame:  # noqa: ANN401
    """The rows as a frame with the declared types.

    A required integer or boolean that a version from before its declaration does not have is
    nullable, so that it can be missing.
    """
    frame: pd.DataFrame = arrow.to_pandas(types_mapper=_NULLABLE.get)
    wanted: dict[str, Any] = {
        field.name: field.dtype
        for field in fields
        if field.name in frame.columns
        and str(frame[field.name].dtype) != field.dtype
        and not (field.required and frame[field.name].isna().any())
    }
    return frame.astype(wanted)
