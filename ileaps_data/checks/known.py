"""What is known besides the file: the values references may name, and figures published before."""

# ruff: noqa: S608 -- table and column names come from declarations, values are quoted

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from ileaps_data.publishing.columns import quoted, sql_type
from ileaps_data.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

Relation = Callable[[], Any]
"""Gives a DuckDB relation, or a connection and a relation as `Workspace.relation` does."""

KnownTables = Mapping[str, pd.DataFrame | Relation]


def keep(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    known: KnownTables,
    table: str,
    columns: Sequence[str],
    where: str = "",
) -> None:
    """Copy some columns of a known table into the database, of the declared types, each row once.

    Raises:
        ValueError: nothing is known of the table.
    """
    given = known.get(table)
    if given is None:
        raise ValueError(
            f"nothing is known of the table {table}, which the file refers to: give it in `known` "
            "(an empty frame when there are no rows)"
        )
    fields = [TABLES[table].field(name) for name in columns]
    if isinstance(given, pd.DataFrame):
        # pandas writes missing numbers as NaN, Arrow as missing
        arrow = pa.Table.from_pandas(given[list(columns)], preserve_index=False)
        relation = connection.cursor().from_arrow(arrow)
    else:
        found = given()
        relation = found[-1] if isinstance(found, tuple) else found
    casts = ", ".join(
        f"CAST({quoted(field.name)} AS {sql_type(field)}) AS {quoted(field.name)}"
        for field in fields
    )
    relation = relation.project(casts)
    if where:
        relation = relation.filter(where)
    found = relation.distinct().to_arrow_reader()
    connection.register("handed_over", found)
    try:
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM handed_over")
    finally:
        connection.unregister("handed_over")
