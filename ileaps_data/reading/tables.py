"""What reading gives: tables of text in DuckDB, row by row as in the file, and the problems."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

    import duckdb

    from ileaps_data.reading.dialect import Dialect
    from ileaps_data.reading.source import PrivateFolder

PROBLEM_COLUMNS = ("code", "severity", "row", "column", "value", "parameters")
LISTED = 1_000
"""So many problems of one code are listed; all are counted and kept."""


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One problem of a row, a column or the table.

    An "error" sets its row aside or loses a value; a "notice" tells what was assumed.
    """

    code: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    severity: str = "error"
    parameters: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, eq=False)
class RawTable:
    """One table of a file as text, in DuckDB.

    Attributes:
        connection: the database; it opens nothing outside the private folder.
        relation: the table's name there: `_row` (BIGINT), `c0`, `c1`, … (VARCHAR, empty = NULL).
        columns: the headers exactly as in the file; that of `c0` first; repeated ones stay.
        rows: rows that could be read.
        header_row: the header's row in the file, 0 without one.
        blank_rows: rows below it without any content, between other rows.
        set_aside: rows that could not be read; their raw text is in the problems.
        problem_relation: the name of the table of all problems.
        row_numbers_from: what `_row` counts: "row" of a spreadsheet or "line" of an XML file.
    """

    connection: duckdb.DuckDBPyConnection
    relation: str
    columns: tuple[str, ...]
    rows: int
    header_row: int
    blank_rows: int = 0
    set_aside: int = 0
    problem_relation: str
    row_numbers_from: str = "row"

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names inside the database, in order."""
        return tuple(f"c{place}" for place in range(len(self.columns)))

    @functools.cached_property
    def problems(self) -> pd.DataFrame:
        """The first problems of each code: code, severity, row, column, value, parameters."""
        listed = self.connection.execute(
            f"SELECT * FROM {self.problem_relation} "  # noqa: S608 - a name given here
            f"QUALIFY row_number() OVER (PARTITION BY code ORDER BY row NULLS FIRST) <= {LISTED} "
            "ORDER BY row NULLS FIRST, code"
        ).fetchall()
        frame = pd.DataFrame(listed, columns=list(PROBLEM_COLUMNS), dtype="object")
        frame["row"] = frame["row"].astype("Int64")
        frame["parameters"] = frame["parameters"].map(json.loads)
        text = ["code", "severity", "column", "value"]
        return frame.astype(dict.fromkeys(text, "str"))

    @functools.cached_property
    def problem_counts(self) -> dict[str, int]:
        """How many problems there are of each code."""
        counted = self.connection.execute(
            f"SELECT code, count(*) FROM {self.problem_relation} "  # noqa: S608 - a name given here
            "GROUP BY code ORDER BY code"
        ).fetchall()
        return dict(counted)

    def frame(self, first: int = 1_000) -> pd.DataFrame:
        """The first rows under their headers, with `_row` as index, to be shown."""
        rows = self.connection.execute(
            f"SELECT * FROM {self.relation} ORDER BY _row LIMIT {int(first)}"  # noqa: S608
        ).fetchall()
        numbers = pd.Index([row[0] for row in rows], name="_row", dtype="int64")
        return pd.DataFrame(
            [row[1:] for row in rows], columns=list(self.columns), index=numbers, dtype="str"
        )


class RawTables:
    """All tables of one file; closing it removes everything it wrote.

    Attributes:
        tables: by name: the sheet's, "indicators" and "observations" for IATI, else the file's.
        dialect: what was detected or given, complete.
        name: the file's name, cleaned, only to be shown.
        sha256: the fingerprint of the file's bytes.
        bytes: the file's size.
    """

    def __init__(
        self,
        *,
        tables: dict[str, RawTable],
        dialect: Dialect,
        name: str,
        sha256: str,
        size: int,
        folder: PrivateFolder,
        connection: duckdb.DuckDBPyConnection,
    ) -> None:
        self.tables = tables
        self.dialect = dialect
        self.name = name
        self.sha256 = sha256
        self.bytes = size
        self._folder = folder
        self._connection = connection

    @property
    def only(self) -> RawTable:
        """The table of a file that has one.

        Raises:
            ValueError: it has several.
        """
        if len(self.tables) != 1:
            raise ValueError(
                f"{self.name} has {len(self.tables)} tables ({', '.join(self.tables)}); name one"
            )
        return next(iter(self.tables.values()))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database and remove the private folder; twice is no harm."""
        self._connection.close()
        self._folder.close()


def keep_problems(
    connection: duckdb.DuckDBPyConnection, relation: str, problems: Iterable[Problem]
) -> str:
    """Add problems to the table of problems that belongs to a relation; its name."""
    name = f"{relation}_problems"
    connection.execute(
        f"CREATE TABLE IF NOT EXISTS {name} (code VARCHAR, severity VARCHAR, row BIGINT, "
        '"column" VARCHAR, value VARCHAR, parameters VARCHAR)'
    )
    rows = [(p.code, p.severity, p.row, p.column, p.value, _json(p.parameters)) for p in problems]
    if rows:
        frame = pd.DataFrame(rows, columns=list(PROBLEM_COLUMNS), dtype="object")
        frame["row"] = frame["row"].astype("Int64")
        view = f"{name}_new"
        connection.register(view, frame)
        connection.execute(f"INSERT INTO {name} SELECT * FROM {view}")  # noqa: S608
        connection.unregister(view)
    return name


def _json(parameters: dict[str, Any]) -> str:
    return json.dumps(parameters, ensure_ascii=False) if parameters else "{}"


def header_problems(columns: Iterable[str], row: int) -> list[Problem]:
    """Headers that occur twice, each naming the first place, and columns without one."""
    found: list[Problem] = []
    seen: dict[str, int] = {}
    for place, column in enumerate(columns, start=1):
        word = column.strip()
        if not word:
            found.append(
                Problem(
                    code="no_column_name",
                    severity="notice",
                    row=row,
                    parameters={"place": place},
                )
            )
        elif word in seen:
            found.append(
                Problem(
                    code="duplicate_header",
                    row=row,
                    column=column,
                    value=column,
                    parameters={"place": place, "first_place": seen[word]},
                )
            )
        else:
            seen[word] = place
    return found
