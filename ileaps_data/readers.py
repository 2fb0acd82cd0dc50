"""Reads people's files: CSV, Excel workbooks and IATI results, into tables of text.

`read` copies a file into a private folder, finds out how it is written, and loads it into a
DuckDB table of text in which every row carries its number as a spreadsheet shows it. Nothing is
converted and nothing is dropped in silence: rows that cannot be read are problems with their raw
text. A file that leaves no table to show raises `FileRefusedError`, with the cause and the fix.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ileaps_data.reading.csv_tables import load_lines
from ileaps_data.reading.database import open_database
from ileaps_data.reading.dialect import Dialect, Evidence, Limits
from ileaps_data.reading.errors import FileRefusedError, ReadingCancelledError
from ileaps_data.reading.iati import load_indicators
from ileaps_data.reading.iati_flat import is_flat, read_flat
from ileaps_data.reading.iati_xml import read_iati_xml
from ileaps_data.reading.numbers import number_expression, plain_digits
from ileaps_data.reading.source import PrivateFolder, Source, Watch, kind, refuse_kind, safe_name
from ileaps_data.reading.tables import Problem, RawTable, RawTables
from ileaps_data.reading.text_spool import spool_text
from ileaps_data.reading.workbook_guard import old_workbook
from ileaps_data.reading.workbooks import load_workbook

if TYPE_CHECKING:
    import os
    from pathlib import Path
    from typing import BinaryIO

    import duckdb

    from ileaps_data.reading.dialect import Format
    from ileaps_data.reading.source import Cancelled, Progress

__all__ = [
    "Dialect",
    "Evidence",
    "FileRefusedError",
    "Limits",
    "Problem",
    "RawTable",
    "RawTables",
    "ReadingCancelledError",
    "detect",
    "number_expression",
    "plain_digits",
    "read",
]


def read(
    source: str | os.PathLike[str] | bytes | BinaryIO,
    name: str,
    *,
    dialect: Dialect | None = None,
    limits: Limits | None = None,
    folder: str | os.PathLike[str] | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> RawTables:
    r"""The tables of a file, as text with row numbers.

    `source` is a path chosen by the program, the bytes, or an open binary stream; `name` is what
    the person calls it and is only shown. `dialect` corrects what would be detected wrongly.
    `folder` is where the private folder is made. `progress` is called with a stage ("receiving",
    "converting", "mending", "reading") and the share of it that is done; `cancelled` is asked
    often whether to stop. Close the result, or use it in a `with` statement: its tables live in
    a private folder that is removed then, and also when reading fails.

    Raises:
        FileRefusedError: no table can be read from it.
        ReadingCancelledError: `cancelled` said so.

    >>> with read("도시;인구\n서울;9,7\n".encode("cp949"), "a.csv") as tables:
    ...     table = tables.only
    ...     table.columns, tables.dialect.decimal, table.frame()["인구"].loc[2]
    (('도시', '인구'), ',', '9,7')
    """
    limits = limits or Limits()
    asked = dialect or Dialect()
    watch = Watch(progress, cancelled)
    private = PrivateFolder(folder)
    connection: duckdb.DuckDBPyConnection | None = None
    try:
        with Source(source, limits, watch) as taken:
            connection = open_database(private.path, limits.memory_bytes, threads)
            tables, complete = _tables(taken, private.path, connection, asked, limits, watch, name)
            return RawTables(
                tables=tables,
                dialect=complete,
                name=safe_name(name),
                sha256=taken.sha256,
                size=taken.bytes,
                folder=private,
                connection=connection,
            )
    except BaseException:
        if connection is not None:
            connection.close()
        private.close()
        raise


def _tables(
    taken: Source,
    folder: Path,
    connection: duckdb.DuckDBPyConnection,
    asked: Dialect,
    limits: Limits,
    watch: Watch,
    name: str,
) -> tuple[dict[str, RawTable], Dialect]:
    what = kind(taken.head)
    if what == "ole":
        raise old_workbook(taken.head)
    if what in {"zip", "xml"}:
        path = folder / ("book.xlsx" if what == "zip" else "activities.xml")
        with path.open("wb") as out:
            for chunk in taken.chunks():
                out.write(chunk)
        if what == "zip":
            return load_workbook(connection, path, asked, limits, watch)
        indicators, version = read_iati_xml(path, watch)
        evidence = Evidence(code="iati_activities", parameters={"version": version})
        tables = load_indicators(connection, indicators, row_numbers_from="line")
        return tables, _iati(asked, "iati_xml", evidence)
    if what != "text":
        refuse_kind(what)
    spool = spool_text(taken.chunks(), folder, asked, limits, watch)
    table = load_lines(connection, spool.path, spool.structure, spool.facts, limits, watch)
    if asked.format == "iati_flat" or (asked.format is None and is_flat(table.columns)):
        indicators, problems = read_flat(table)
        tables = load_indicators(connection, indicators, row_numbers_from="row", problems=problems)
        return tables, replace(spool.dialect, format="iati_flat")
    return {safe_name(name): table}, spool.dialect


def _iati(asked: Dialect, written: Format, evidence: Evidence) -> Dialect:
    """The dialect of IATI's XML, in which nothing is left to choose."""
    return replace(asked, format=written, decimal=".", thousands="", evidence=(evidence,))


def detect(
    source: str | os.PathLike[str] | bytes | BinaryIO,
    name: str,
    *,
    dialect: Dialect | None = None,
    limits: Limits | None = None,
) -> Dialect:
    r"""How a file is written, every field filled, with the evidence for each.

    From the whole file for its encoding and line ends, from its first megabyte for the rest. The
    fields given in `dialect` are taken as they are.

    Raises:
        FileRefusedError: no table can be read from it.

    >>> detect("kota|nilai\nMakassar|1,5\n".encode(), "a.csv").delimiter
    '|'
    """
    with read(source, name, dialect=dialect, limits=limits) as tables:
        return tables.dialect
