"""Reads the tables of a version, whether they ship with the product or were published."""

# ruff: noqa: S608 -- table and column names come from declarations, values are quoted

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from deltalake.exceptions import DeltaError

from ileaps_data import reference
from ileaps_data.publishing.columns import arrow_schema, declared_columns, listed, to_frame
from ileaps_data.publishing.engine import parquet
from ileaps_data.publishing.errors import DamagedVersionError
from ileaps_data.tables import TABLES

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from ileaps_data.publishing.engine import Engine
    from ileaps_data.publishing.records import Publication
    from ileaps_data.publishing.store import Store
    from ileaps_data.schema import Table


QUERY_ERRORS = (
    duckdb.IOException,
    duckdb.InvalidInputException,
    duckdb.ConversionException,
    duckdb.SerializationException,
    DeltaError,
    OSError,
    pa.ArrowException,
)
"""What a query over missing or damaged files may raise."""


class Contents:
    """The content of every table in every version."""

    def __init__(self, engine: Engine, store: Store, data: Path) -> None:
        self._engine = engine
        self._store = store
        self._data = data

    def shipped(self) -> dict[str, str]:
        """The SHA-256 of the file of each table that ships, by the table's name."""
        resources = reference.package(self._data)["resources"]
        return {
            str(each["name"]): str(each["hash"]).removeprefix("sha256:")
            for each in resources
            if each["name"] in TABLES
        }

    def query(
        self, cursor: duckdb.DuckDBPyConnection, table: Table, publication: Publication | None
    ) -> str:
        """SQL of a query that gives the table as a publication has it; None is what ships.

        Raises:
            DamagedVersionError: its files are not those that were published.
        """
        if publication is None or table.name not in publication.contents:
            name = f"shipped_{table.name}"
            cursor.register(name, self._shipped(table))
            return f"SELECT * FROM {name}"
        files, columns = self._store.files(publication, table.name)
        items = declared_columns(table, columns)
        if not files:
            cursor.register(f"empty_{table.name}", arrow_schema(table).empty_table())
            return f"SELECT * FROM empty_{table.name}"
        if self._store.address_of(table.name).local:
            return f"SELECT {items} FROM {parquet(files)}"
        handle = self._store.opened(publication, table.name)
        name = f"stored_{table.name}_{publication.contents[table.name].number}"
        cursor.register(name, handle.to_pyarrow_dataset())
        return f"SELECT {items} FROM {name}"

    def frame(self, table: Table, publication: Publication | None) -> pd.DataFrame:
        """The table as a publication has it: typed, in the order of its key.

        Raises:
            DamagedVersionError: a file of it is missing or damaged.
        """
        if publication is None or table.name not in publication.contents:
            return reference.load(table.name, self._data)
        cursor = self._engine.cursor()
        query = self.query(cursor, table, publication)
        try:
            arrow = cursor.sql(
                f"SELECT {listed(table.columns)} FROM ({query}) ORDER BY {listed(table.key)}"
            ).to_arrow_table()
        except QUERY_ERRORS as error:
            raise damaged_while_reading(error, publication.version, table.name) from error
        return to_frame(arrow, table.fields)

    def rows(self, table: Table, publication: Publication | None) -> int:
        """How many rows the table has as a publication has it."""
        if publication is not None and table.name in publication.contents:
            return publication.contents[table.name].rows
        return len(reference.load(table.name, self._data))

    def files(self, table: Table, publication: Publication | None) -> list[str]:
        """Addresses of Parquet files that hold the table as a publication has it.

        Of a table that ships, a copy that lasts as long as this process.
        """
        if publication is not None and table.name in publication.contents:
            return self._store.files(publication, table.name)[0]
        path = self._engine.scratch / f"shipped_{self.shipped()[table.name]}.parquet"
        if not path.exists():
            fresh = path.with_suffix(".writing")
            pq.write_table(self._shipped(table), fresh)
            fresh.replace(path)
        return [path.as_posix()]

    def _shipped(self, table: Table) -> Any:  # noqa: ANN401 -- pyarrow publishes no types
        frame = reference.load(table.name, self._data)
        return pa.Table.from_pandas(frame, schema=arrow_schema(table), preserve_index=False)


def damaged_while_reading(error: Exception, version: int, name: str) -> DamagedVersionError:
    """A failed query over a version's files as the damage it shows."""
    first = str(error).strip().partition("\n")[0]
    return DamagedVersionError(version, name, f"cannot be read ({first})", name)
