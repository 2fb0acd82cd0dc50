"""What a check found: problems as data, counts, and the rows that can be published."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd

from ileaps_data.checks.files_back import write_csv, write_xlsx
from ileaps_data.problem_texts import how_to_fix, what_is_wrong

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Mapping
    from typing import BinaryIO

    from ileaps_data.checks.hits import Hits
    from ileaps_data.checks.rules import Severity
    from ileaps_data.checks.typed import TypedTable
    from ileaps_data.reading.tables import RawTable

COLUMNS = ("table", "code", "severity", "row", "column", "field", "value", "cell", "rule")
Listed = tuple[int | None, str | None, str | None, str | None, dict[str, Any]]
_RANK = {"error": 0, "warning": 1, "notice": 2}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """All hits of one code in one field: how many, and the first of them.

    `listed` holds row, header in the file, value, the cell as it is in the file, and the rule's
    figures.
    """

    table: str
    code: str
    severity: Severity
    field: str
    count: int
    listed: list[Listed]


@dataclass(frozen=True, kw_only=True, eq=False)
class CheckedTable:
    """One table of the upload with what was found in it.

    Attributes:
        typed: the typed rows.
        hits: which rows break which rule.
        rows_with_errors: how many rows have at least one error.
        rows_set_aside: rows the readers could not read.
        whole: whether nothing is wrong with the table as a whole, such as a missing column.
    """

    typed: TypedTable
    hits: Hits
    rows_with_errors: int
    rows_set_aside: int
    whole: bool
    raw: RawTable | None


class Report:
    """What is wrong with an upload, table by table; valid while its file is open.

    Attributes:
        problems: the first 1,000 of each rule: table, code, severity, row (as in the file,
            missing when it is the whole table), column (header in the file), field, value (as
            understood: number, unit and date format of the mapping applied), cell (as it is in
            the file), rule (the figures of the sentence, by name). Errors first, then by row.
        counts: how many of each code there are, all of them.
        rows: rows that were checked.
        rows_with_errors: rows that cannot be published.
        rows_set_aside: rows of the file that could not be read at all.
        ok: whether there is no error.
    """

    def __init__(self, checked: Mapping[str, CheckedTable], findings: list[Finding]) -> None:
        self._checked = dict(checked)
        self.findings = findings
        self.problems = _listed(findings)
        self.counts: dict[str, int] = {}
        for finding in findings:
            self.counts[finding.code] = self.counts.get(finding.code, 0) + finding.count
        self.severities = {finding.code: finding.severity for finding in findings}
        self.rows = sum(one.typed.rows for one in self._checked.values())
        self.rows_with_errors = sum(one.rows_with_errors for one in self._checked.values())
        self.rows_set_aside = sum(one.rows_set_aside for one in self._checked.values())
        self.ok = not any(f.count for f in findings if f.severity == "error")

    @property
    def tables(self) -> list[str]:
        """The tables that were checked."""
        return list(self._checked)

    def count(self, severity: Severity) -> int:
        """How many problems of a severity there are."""
        return sum(finding.count for finding in self.findings if finding.severity == severity)

    def worded(self, translate: Callable[[str], str] = str) -> pd.DataFrame:
        """The listed problems with `problem` and `how_to_fix` as sentences, for people.

        `translate` gives a template in another language, its placeholders kept.
        """
        frame = self.problems.copy()
        rows = list(zip(frame["code"], frame["column"], frame["value"], frame["rule"], strict=True))
        frame["problem"] = [what_is_wrong(*row, translate=translate) for row in rows]
        frame["how_to_fix"] = [how_to_fix(*row, translate=translate) for row in rows]
        return frame.astype({"problem": "str", "how_to_fix": "str"})

    def accepted(self, table: str) -> duckdb.DuckDBPyRelation:
        """The rows without errors, with the declared columns and types, to be published.

        Where a required column is missing, none is accepted. In no order that can be relied on.

        Raises:
            KeyError: the upload has no such table.
        """
        one = self._one(table)
        where = f"WHERE c.rowid NOT IN ({one.hits.error_places()})" if one.whole else "WHERE false"
        return one.typed.connection.sql(one.typed.query(where))

    def with_errors_csv(self, stream: BinaryIO, table: str | None = None) -> None:
        """Write the file back as CSV with a column `errors`; UTF-8 with a mark, for Excel.

        Cells that a spreadsheet would take for a formula get an apostrophe before them. Rows that
        could not be read stand where they were, their text in the first cell.

        Raises:
            ValueError: there are several tables and none is named, or the check was not given the
                tables as read.
        """
        if table is None and len(self._checked) != 1:
            raise ValueError(f"name one of the tables {', '.join(self._checked)}")
        one = self._one(table or next(iter(self._checked)))
        write_csv(stream, one.hits, _raw(one))

    def with_errors_xlsx(self, path: str | os.PathLike[str]) -> None:
        """Write the file back as a workbook: a column `errors`, the cells concerned marked.

        Raises:
            ValueError: a table is longer than a sheet, or the check was not given the tables as
                read.
        """
        write_xlsx(path, [(name, one.hits, _raw(one)) for name, one in self._checked.items()])

    def close(self) -> None:
        """Remove the typed rows from the database; twice is no harm."""
        for one in self._checked.values():
            made, one.typed.made[:] = list(one.typed.made), []
            for kind, name in sorted(made, key=lambda each: each[0] == "TYPE"):
                # the file may be closed already, and all of it with it
                with contextlib.suppress(duckdb.ConnectionException, duckdb.CatalogException):
                    one.typed.connection.execute(f"DROP {kind} IF EXISTS {name}")

    def _one(self, table: str) -> CheckedTable:
        if table not in self._checked:
            raise KeyError(f"no table {table!r} was checked; there are {', '.join(self._checked)}")
        return self._checked[table]


def _raw(one: CheckedTable) -> RawTable:
    if one.raw is None:
        raise ValueError(
            f"the check was not given the table as read of {one.typed.table.name}: pass it in `raw`"
        )
    return one.raw


def _listed(findings: list[Finding]) -> pd.DataFrame:
    rows = [
        (
            _RANK[f.severity],
            f.table,
            f.code,
            f.severity,
            row,
            header,
            f.field or None,
            value,
            cell,
            rule,
        )
        for f in findings
        for row, header, value, cell, rule in f.listed
    ]
    rows.sort(key=lambda row: (row[0], row[4] if row[4] is not None else -1, row[1], row[2]))
    frame = pd.DataFrame([row[1:] for row in rows], columns=list(COLUMNS), dtype="object")
    frame["row"] = frame["row"].astype("Int64")
    text = ["table", "code", "severity", "column", "field", "value", "cell"]
    return frame.astype(dict.fromkeys(text, "str"))
