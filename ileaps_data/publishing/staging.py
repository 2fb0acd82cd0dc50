"""Takes in the rows somebody wants to publish: typed, checked, private."""

# ruff: noqa: S608 -- table and column names come from declarations, values are quoted

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, Self

import duckdb
import pandas as pd
import pyarrow as pa

from ileaps_data.publishing.columns import incoming_column, listed, quoted, text_literal
from ileaps_data.publishing.engine import parquet
from ileaps_data.publishing.errors import UnfitChangeError, publish_failed
from ileaps_data.schema import Kind, Table
from ileaps_data.tables import TABLES

if TYPE_CHECKING:
    from pathlib import Path

    from ileaps_data.publishing.engine import Engine


class ArrowStream(Protocol):
    """Anything that hands out its rows as Arrow: a DuckDB relation, an Arrow table or reader."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The rows as an Arrow stream."""
        ...


Rows = pd.DataFrame | ArrowStream
Changes = Mapping[str, Rows]


@dataclass(frozen=True)
class Staged:
    """The rows for one table: as SQL, with the columns they have and how many there are."""

    table: Table
    sql: str
    columns: tuple[str, ...]
    rows: int


class StagedChanges:
    """Rows for one or several tables, kept in a private folder until closed.

    Prepare them once to preview and publish the same rows without reading them twice. Only one
    session knows of them.

    Raises:
        KeyError: there is no table of that name.
        UnfitChangeError: the rows do not fit their table; what, where and what to do.
        PublishFailedError: there is no room for the private copy.
    """

    def __init__(self, engine: Engine, changes: Changes) -> None:
        self.tables: dict[str, Staged] = {}
        unknown = sorted(set(changes) - set(TABLES))
        if unknown:
            raise KeyError(f"no table {unknown[0]!r}; there are {', '.join(sorted(TABLES))}")
        self._folder = engine.scratch / "nothing"
        try:
            self._folder = engine.scratch / _private_name(engine.scratch)
            for name in sorted(changes):
                self.tables[name] = _stage(
                    engine.cursor(), TABLES[name], changes[name], self._folder
                )
        except (OSError, duckdb.IOException, duckdb.OutOfMemoryException) as error:
            self.close()
            raise publish_failed(error, str(engine.scratch)) from error
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Removes the private copy."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _private_name(scratch: Path) -> str:
    return tempfile.mkdtemp(prefix="staged-", dir=scratch).rpartition("/")[2]


def _stage(cursor: duckdb.DuckDBPyConnection, table: Table, rows: Rows, folder: Path) -> Staged:
    source = _arrow(rows, table)
    cursor.register("handed_in", source)
    try:
        described = list(zip(source.schema.names, _types(cursor, source.schema), strict=True))
        items = _select_list(table, described)
        target = (folder / f"{table.name}.parquet").as_posix()
        cursor.execute(
            f"COPY (SELECT {', '.join(items.values())} FROM handed_in) TO {text_literal(target)} "
            "(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)"
        )
    finally:
        cursor.unregister("handed_in")
    staged = parquet([target])
    count = _checked(cursor, table, staged, tuple(items))
    return Staged(table, f"SELECT * FROM {staged}", tuple(items), count)


def _arrow(rows: Rows, table: Table) -> Any:  # noqa: ANN401 -- pyarrow publishes no types
    try:
        if isinstance(rows, pd.DataFrame):
            return pa.Table.from_pandas(rows, preserve_index=False)
        return pa.RecordBatchReader.from_stream(rows)
    except (pa.ArrowException, UnicodeError, ValueError) as error:
        raise UnfitChangeError(
            f"the rows cannot be taken over ({error})",
            table.name,
            "Hand in a frame with the types the table declares.",
        ) from error


def _types(cursor: duckdb.DuckDBPyConnection, schema: Any) -> list[str]:  # noqa: ANN401
    """The DuckDB type of each column; asked of an empty table, as a stream is read only once."""
    cursor.register("shape", schema.empty_table())
    kinds = [str(kind) for kind in cursor.sql("SELECT * FROM shape").types]
    cursor.unregister("shape")
    return kinds


def _select_list(table: Table, described: list[tuple[str, str]]) -> dict[str, str]:
    kinds = dict(described)
    given = [name for name, _ in described if not name.startswith("_")]
    strange = [name for name in given if name not in table.columns]
    if strange or len(set(given)) < len(given):
        what = f"is a column {strange[0]!r}, which the table does not have" if strange else ""
        raise UnfitChangeError(
            f"there {what or 'are two columns of one name'}",
            table.name,
            f"Its columns are {', '.join(table.columns)}.",
        )
    absent = [name for name in table.key if name not in given]
    if absent:
        raise UnfitChangeError(
            f"there is no column {', '.join(absent)}",
            table.name,
            f"Rows are told apart by {', '.join(table.key)}: all of it is needed.",
        )
    items: dict[str, str] = {}
    for field in table.fields:
        if field.name in given:
            item = incoming_column(field, kinds[field.name])
            if item is None:
                raise UnfitChangeError(
                    f"holds {kinds[field.name]} instead of {field.kind.value}",
                    f"{table.name}.{field.name}",
                    "Give the column the type the table declares.",
                )
            items[field.name] = item
    return items


def _checked(
    cursor: duckdb.DuckDBPyConnection, table: Table, staged: str, columns: tuple[str, ...]
) -> int:
    """How many rows there are, once nothing required is missing and every key is there once."""
    looked_at = [table.field(name) for name in columns]
    rules: dict[str, str] = {}
    for field in looked_at:
        if field.required:
            rules[f"{field.name} is missing"] = f"{quoted(field.name)} IS NULL"
        if field.kind is Kind.NUMBER:
            rules[f"{field.name} is infinite"] = f"isinf({quoted(field.name)})"
    counts = ", ".join(f"count(*) FILTER ({rule})" for rule in rules.values())
    rows = cursor.execute(
        f"SELECT count(*){', ' if counts else ''}{counts} FROM {staged}"
    ).fetchall()
    total, *broken = rows[0]
    for what, count in zip(rules, broken, strict=True):
        if count:
            raise UnfitChangeError(
                f"{what} in {count:,} rows", table.name, "Correct the rows, then try again."
            )
    repeated = _repeated_key(cursor, table, staged)
    if repeated is not None:
        shown = ", ".join("missing" if value is None else str(value) for value in repeated)
        raise UnfitChangeError(
            f"two rows have the key {shown}",
            table.name,
            f"Rows are told apart by {', '.join(table.key)}: keep one of them.",
        )
    return int(total)


def _repeated_key(
    cursor: duckdb.DuckDBPyConnection, table: Table, staged: str
) -> tuple[object, ...] | None:
    # Equal keys have equal hashes, which are cheap to group; the few that share one are compared.
    suspects = cursor.sql(
        f"SELECT hash({listed(table.key)}) AS h FROM {staged} GROUP BY h HAVING count(*) > 1"
    ).to_arrow_table()
    if not suspects.num_rows:
        return None
    cursor.register("suspects", suspects)
    try:
        found = cursor.execute(
            f"SELECT {listed(table.key)} FROM {staged} "
            f"WHERE hash({listed(table.key)}) IN (SELECT h FROM suspects) "
            "GROUP BY ALL HAVING count(*) > 1 ORDER BY ALL LIMIT 1"
        ).fetchall()
    finally:
        cursor.unregister("suspects")
    return found[0] if found else None
