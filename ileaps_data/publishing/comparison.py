"""What one set of rows changes in another, by the table's key."""

# ruff: noqa: S608 -- table and column names come from declarations, values are quoted

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from ileaps_data.publishing.columns import (
    arrow_schema,
    listed,
    quoted,
    same_key,
    sql_type,
    text_literal,
    to_frame,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

    from ileaps_data.schema import Field, Table

LISTED = 1_000
"""Of how many added, changed and removed rows the content is shown."""


_STATES = ("added", "changed", "removed")


@dataclass(frozen=True)
class TableChange:
    """What changes in one table.

    Attributes:
        table: its name.
        added: how many rows are new; `changed`, `removed`, `unchanged` likewise.
        changed_columns: in how many changed rows each column differs; only columns that do.
        added_rows: the first of the added rows in the order of the key, typed.
        before: the first of the changed rows as they were.
        after: the same rows, in the same order, as they will be.
        removed_rows: the first of the removed rows.
    """

    table: str
    added: int
    changed: int
    removed: int
    unchanged: int
    changed_columns: Mapping[str, int]
    added_rows: pd.DataFrame
    before: pd.DataFrame
    after: pd.DataFrame
    removed_rows: pd.DataFrame

    @property
    def touched(self) -> int:
        """How many rows differ in any way."""
        return self.added + self.changed + self.removed

    def cells(self, key: Sequence[str]) -> pd.DataFrame:
        """Every changed cell of the listed rows: the key, `column`, `before` and `after`."""
        found = [
            self.after.loc[differs, list(key)].assign(
                column=name,
                before=self.before.loc[differs, name].astype("object"),
                after=self.after.loc[differs, name].astype("object"),
            )
            for name in self.changed_columns
            for differs in [_differs(self.before[name], self.after[name])]
        ]
        if not found:
            return pd.DataFrame(columns=[*key, "column", "before", "after"])
        order = [*key, "column"]
        return pd.concat(found).sort_values(order, kind="stable", ignore_index=True)


@dataclass(frozen=True)
class Change:
    """What changes between two states, table by table; tables that do not differ are left out.

    Attributes:
        base: the version that is compared with.
        tables: what changes, by the table's name.
    """

    base: int
    tables: Mapping[str, TableChange]

    @property
    def added(self) -> int:
        """Rows that are new, over all tables."""
        return sum(each.added for each in self.tables.values())

    @property
    def changed(self) -> int:
        """Rows that differ, over all tables."""
        return sum(each.changed for each in self.tables.values())

    @property
    def removed(self) -> int:
        """Rows that go, over all tables."""
        return sum(each.removed for each in self.tables.values())


def _differs(before: pd.Series, after: pd.Series) -> pd.Series:
    unequal = (before != after).fillna(value=True).astype("bool")
    return unequal & ~(before.isna() & after.isna())


def compare(
    cursor: duckdb.DuckDBPyConnection,
    table: Table,
    old: str,
    new: str,
    *,
    columns: Sequence[str],
    removing: bool,
    listing: bool = True,
) -> TableChange:
    """What `new` changes in `old`, both the SQL of a query with the table's columns.

    Only `columns` are compared. Where not `removing`, rows that `new` lacks stay. Without
    `listing` there are only the counts of rows.
    """
    differing = _differing(table, old, new, columns, removing=removing)
    if listing:
        cursor.execute(f"CREATE OR REPLACE TEMP TABLE differing AS {differing}")
        differing = "FROM differing"
    found = cursor.execute(f"SELECT state, count(*) FROM ({differing}) GROUP BY state").fetchall()
    given = cursor.execute(f"SELECT count(*) FROM ({new})").fetchall()[0][0]
    counts = dict.fromkeys(_STATES, 0) | dict(found)
    fields = [field for field in table.fields if field.name in columns]

    def first(state: str, query: str) -> pd.DataFrame:
        if not listing or not counts[state]:
            return _nothing(table, fields)
        return _rows(cursor, table, query, fields, state)

    by_column = _changed_columns(cursor, table, old, new, columns) if listing else {}
    change = TableChange(
        table=table.name,
        added=counts["added"],
        changed=counts["changed"],
        removed=counts["removed"],
        unchanged=given - counts["added"] - counts["changed"],
        changed_columns=by_column,
        added_rows=first("added", new),
        before=first("changed", old),
        after=first("changed", new),
        removed_rows=first("removed", old),
    )
    if listing:
        cursor.execute("DROP TABLE differing")
    return change


def _differing(table: Table, old: str, new: str, columns: Sequence[str], *, removing: bool) -> str:
    """SQL of the keys of rows that differ, each with its `state`.

    Joining whole rows of two large versions would not fit in memory. Text is therefore joined as
    two hashes of 64 bits, one of the columns one by one, one of all of them in a row: that two
    rows differ and both hashes agree is less likely than that the memory errs.
    """
    others = [table.field(name) for name in columns if name not in table.key]
    plain = [quoted(f.name) for f in others if sql_type(f) != "VARCHAR"]
    text = [quoted(f.name) for f in others if sql_type(f) == "VARCHAR"]
    marks = [f"{name} AS plain_{place}" for place, name in enumerate(plain)]
    compared = [f"n.plain_{place} IS DISTINCT FROM o.plain_{place}" for place in range(len(plain))]
    if text:
        in_a_row = ", ".join(f"coalesce({name}, chr(0))" for name in text)
        marks += [
            f"hash({', '.join(text)}) AS text_one",
            f"hash(concat_ws(chr(31), {in_a_row})) AS text_two",
        ]
        compared += ["n.text_one <> o.text_one", "n.text_two <> o.text_two"]
    items = ", ".join([listed(table.key), *marks, "true AS here"])
    key = ", ".join(
        f"coalesce(n.{quoted(name)}, o.{quoted(name)}) AS {quoted(name)}" for name in table.key
    )
    return (
        f"SELECT {key}, CASE WHEN o.here IS NULL THEN 'added' WHEN n.here IS NULL THEN 'removed' "
        f"ELSE 'changed' END AS state FROM (SELECT {items} FROM ({new})) AS n "
        f"{'FULL' if removing else 'LEFT'} JOIN (SELECT {items} FROM ({old})) AS o "
        f"ON {same_key(table, 'n', 'o')} "
        f"WHERE n.here IS NULL OR o.here IS NULL OR {' OR '.join(compared) or 'false'}"
    )


def _changed_columns(
    cursor: duckdb.DuckDBPyConnection, table: Table, old: str, new: str, columns: Sequence[str]
) -> dict[str, int]:
    others = [name for name in columns if name not in table.key]
    if not others:
        return {}
    counts = ", ".join(
        f"count(*) FILTER (n.{quoted(name)} IS DISTINCT FROM o.{quoted(name)})" for name in others
    )
    row = cursor.execute(
        f"SELECT {counts} FROM (FROM differing WHERE state = 'changed') AS d "
        f"JOIN ({new}) AS n ON {same_key(table, 'd', 'n')} "
        f"JOIN ({old}) AS o ON {same_key(table, 'd', 'o')}"
    ).fetchall()[0]
    return {name: count for name, count in zip(others, row, strict=True) if count}


def _nothing(table: Table, fields: Sequence[Field]) -> pd.DataFrame:
    shape = pa.schema([arrow_schema(table).field(field.name) for field in fields])
    return to_frame(shape.empty_table(), fields)


def _rows(
    cursor: duckdb.DuckDBPyConnection,
    table: Table,
    query: str,
    fields: Sequence[Field],
    state: str,
) -> pd.DataFrame:
    """The first rows of a state, typed, in the order of the key."""
    keys = cursor.sql(
        f"SELECT * FROM differing WHERE state = {text_literal(state)} "
        f"ORDER BY {listed(table.key)} LIMIT {LISTED}"
    ).to_arrow_table()
    cursor.register("wanted_keys", keys)
    try:
        arrow = cursor.sql(
            f"SELECT {listed((field.name for field in fields), 'r')} FROM ({query}) AS r "
            f"SEMI JOIN wanted_keys AS k ON {same_key(table, 'r', 'k')} "
            f"ORDER BY {listed(table.key, 'r')}"
        ).to_arrow_table()
    finally:
        cursor.unregister("wanted_keys")
    return to_frame(arrow, fields)


def merged(table: Table, old: str, new: str, columns: Sequence[str]) -> str:
    """The SQL of `old` with the rows of `new` added or put in place of those with their key.

    Where `new` lacks a column, rows that are there keep their value of it.
    """
    if len(columns) == len(table.columns):
        fresh = f"SELECT {listed(table.columns)} FROM ({new})"
    else:
        items = ", ".join(
            f"{'n' if name in columns else 'o'}.{quoted(name)}" for name in table.columns
        )
        fresh = (
            f"SELECT {items} FROM ({new}) AS n LEFT JOIN ({old}) AS o "
            f"ON {same_key(table, 'n', 'o')}"
        )
    return (
        f"{fresh} UNION ALL SELECT {listed(table.columns, 'o')} FROM ({old}) AS o "
        f"ANTI JOIN ({new}) AS n ON {same_key(table, 'o', 'n')}"
    )
