"""Reads a spool of text lines into a DuckDB table with the exact row of every line.

Measured on DuckDB 2.0: the order of rows is kept, so that a record's number follows from its
place; rejected records are reported with theirs. Reading in parallel cuts records wrongly when
quoted cells hold line breaks, so such files are read by one thread.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ileaps_data.reading.database import run
from ileaps_data.reading.errors import FileRefusedError
from ileaps_data.reading.mending import MARKER, Mended, mend, readable
from ileaps_data.reading.numbers import literal
from ileaps_data.reading.tables import Problem, RawTable, header_problems, keep_problems

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import duckdb

    from ileaps_data.reading.dialect import Limits
    from ileaps_data.reading.source import Watch
    from ileaps_data.reading.structure import Structure
    from ileaps_data.reading.text_spool import LineFacts

LINE_SIZE = 2_000_000
_NUMBERS_AT_ONCE = 1_000_000
_CODES = {
    "INVALID ENCODING": "undecodable_row",
    "UNQUOTED VALUE": "stray_quote",
    "INVALID STATE": "stray_quote",
    "LINE SIZE OVER MAXIMUM": "row_too_long",
}


def load_lines(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    found: Structure,
    facts: LineFacts,
    limits: Limits,
    watch: Watch,
    *,
    relation: str = "t0",
    mended: Mended | None = None,
    more: Iterable[Problem] = (),
) -> RawTable:
    """The table of a spool's lines; `mended` says that they have one record a row already.

    `more` are problems that the caller found.

    Raises:
        FileRefusedError: it has too many cells, or its lines cannot be numbered.
        ReadingCancelledError: the caller wants to stop.
    """
    width = len(found.columns)
    if facts.lines * width > limits.cells:
        raise FileRefusedError(
            "too_many_cells",
            f"The table has {facts.lines:,} rows of {width:,} columns; at most "
            f"{limits.cells:,} cells are accepted.",
            fix="Split the file, or leave out the columns that are not needed.",
            rows=facts.lines,
            columns=width,
            limit=limits.cells,
        )
    if mended is None:
        mended = Mended(records=facts.lines)
    if facts.to_mend:
        target = path.with_name(f"mended-{path.name}")
        mended = mend(path, target, found, limits.line_bytes, watch)
        path.unlink()
        path = target
    longest = max(facts.longest, mended.longest)
    read_records(
        connection,
        f"{relation}_read",
        path,
        found,
        watch,
        longest,
        parallel=not mended.several_lines,
    )
    first_row = found.header_row + 1
    problems = header_problems(found.columns, found.header_row)
    problems += [
        Problem(code=code, row=record + found.header_row, value=raw)
        for record, code, raw in mended.set_aside
    ]
    rejected = _rejected(connection, path, found)
    blank = [p for p in rejected if p.value is not None and not p.value.strip()]
    kept = [p for p in rejected if p.value is None or p.value.strip()]
    missing = [p.row for p in rejected if p.row is not None]
    read, empty = number_rows(connection, relation, width, first_row, missing)
    if read + len(rejected) != mended.records:
        raise FileRefusedError(
            "unreadable_structure",
            "The rows of the file cannot be told apart with certainty: its quotes do not pair up.",
            fix="Export it again with every text in double quotes and quotes inside doubled.",
            records=mended.records,
            read=read,
        )
    path.unlink()
    name = keep_problems(connection, relation, [*problems, *more, *kept])
    set_aside = len(mended.set_aside) + len(kept)
    return RawTable(
        connection=connection,
        relation=relation,
        columns=tuple(found.columns),
        rows=read - empty,
        header_row=found.header_row,
        blank_rows=empty - len(mended.set_aside) + len(blank),
        set_aside=set_aside,
        problem_relation=name,
    )


def read_records(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    path: Path,
    found: Structure,
    watch: Watch,
    longest: int,
    *,
    parallel: bool,
) -> None:
    """Create a table of text from a file without header, nothing about it left to guess."""
    columns = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(len(found.columns)))
    options = {
        "auto_detect": "false",
        "header": "false",
        "delim": literal(found.delimiter),
        "quote": literal(found.quote),
        "escape": literal(found.quote),
        "new_line": "'\\n'",
        "columns": f"{{{columns}}}",
        "store_rejects": "true",
        "rejects_limit": "0",
        "parallel": str(parallel).lower(),
    }
    if longest >= LINE_SIZE // 2:
        size = 2 * longest + 1024
        options |= {"max_line_size": str(size), "buffer_size": str(2 * size)}
    given = ", ".join(f"{name} = {value}" for name, value in options.items())
    sql = f"CREATE TABLE {table} AS SELECT * FROM read_csv({literal(str(path))}, {given})"  # noqa: S608
    run(connection, sql, watch, "reading")


def number_rows(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    width: int,
    first_row: int,
    rejected: list[int],
) -> tuple[int, int]:
    """Make the view of `<relation>_read` in which every record has its row, empty ones dropped.

    `rejected` are the rows in the file that are not in the table. Records read, and dropped.
    """
    read = f"{relation}_read"
    cells = ", ".join(f"c{place}" for place in range(width))
    marked = f"c0 IS NOT DISTINCT FROM {literal(MARKER)}"
    total, markers, empty = connection.execute(
        f"SELECT count(*), count(*) FILTER ({marked}), "  # noqa: S608 - names given here
        f"count(*) FILTER (coalesce({cells}) IS NULL) FROM {read}"
    ).fetchall()[0]
    origin, row = f"{read}", f"rowid + {first_row}"
    if rejected:
        # a join by place costs nothing; shifting by ranges would sort the whole table
        origin, row = f"{read} POSITIONAL JOIN {relation}_rows", "_number"
        _keep_numbers(connection, f"{relation}_rows", first_row, total, rejected)
    kept = [f"NOT ({marked})"] * (markers > 0) + [f"coalesce({cells}) IS NOT NULL"] * (empty > 0)
    where = f"WHERE {' AND '.join(kept)}" if kept else ""
    connection.execute(
        f"CREATE VIEW {relation} AS SELECT CAST({row} AS BIGINT) AS _row, {cells} "  # noqa: S608
        f"FROM {origin} {where}"
    )
    return total, markers + empty


def _keep_numbers(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    first_row: int,
    total: int,
    rejected: list[int],
) -> None:
    """Write a table of row numbers, in order, without those of the rejected rows."""
    connection.execute(f"CREATE TABLE {table} (_number INTEGER)")
    gone = np.sort(np.asarray(rejected, dtype=np.int64))
    end = first_row + total + len(gone)
    for start in range(first_row, end, _NUMBERS_AT_ONCE):
        numbers = np.arange(start, min(start + _NUMBERS_AT_ONCE, end), dtype=np.int32)
        low, high = np.searchsorted(gone, [numbers[0], numbers[-1] + 1])
        block = pd.DataFrame({"_number": np.delete(numbers, gone[low:high] - start)})
        connection.register("numbers", block)
        connection.execute(f"INSERT INTO {table} SELECT _number FROM numbers")  # noqa: S608
        connection.unregister("numbers")


def _rejected(connection: duckdb.DuckDBPyConnection, path: Path, found: Structure) -> list[Problem]:
    """One problem for each record that the database did not take."""
    rows = connection.execute(
        "SELECT line, min(line_byte_position), min(error_type), max(csv_line) "
        "FROM reject_errors GROUP BY line ORDER BY line"
    ).fetchall()
    # the next sheet's rejects must not be counted with these
    connection.execute("DROP TABLE IF EXISTS reject_errors")
    connection.execute("DROP TABLE IF EXISTS reject_scans")
    problems: list[Problem] = []
    with path.open("rb") as file:
        for line, place, kind, text in rows:
            row = int(line) + found.header_row
            code = _CODES.get(kind, "ragged_row")
            if code != "ragged_row":
                file.seek(int(place) - 1)
                raw = file.readline(1 << 16).rstrip(b"\n")
                problems.append(Problem(code=code, row=row, value=readable(raw)))
                continue
            parameters = {"found": _fields(text, found), "expected": len(found.columns)}
            problems.append(Problem(code=code, row=row, value=text, parameters=parameters))
    return problems


def _fields(text: str, found: Structure) -> int:
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=found.delimiter,
        quotechar=found.quote or None,
        quoting=csv.QUOTE_MINIMAL if found.quote else csv.QUOTE_NONE,
    )
    return len(next(reader, []))
