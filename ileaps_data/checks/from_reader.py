"""The readers' problems among those of the check."""

# ruff: noqa: S608 -- table and column names come from declarations, values are quoted

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ileaps_data.checks.report import Finding, Listed
from ileaps_data.checks.rules import CELL_CODES, Rule, Severity
from ileaps_data.publishing.columns import text_literal

if TYPE_CHECKING:
    from ileaps_data.checks.hits import Hits
    from ileaps_data.checks.typed import TypedTable
    from ileaps_data.reading.tables import RawTable


def cells_of(
    raw: RawTable | None, header: str | None, rows: list[int], values: list[str | None]
) -> list[str | None]:
    """The cells of a column as they are in the file, or the values where that cannot be told.

    It cannot where two columns have the header, where columns became rows, and in XML.
    """
    plain = raw is not None and raw.row_numbers_from == "row" and raw.header_row > 0
    if raw is None or not plain or header is None or raw.columns.count(header) != 1:
        return values
    found: dict[int, str | None] = dict(
        raw.connection.execute(
            f"SELECT _row, c{raw.columns.index(header)} FROM {raw.relation} "
            "WHERE _row IN (SELECT unnest(CAST(? AS BIGINT[])))",
            [rows],
        ).fetchall()
    )
    return [found.get(row, value) for row, value in zip(rows, values, strict=True)]


def reader_places(hits: Hits, raw: RawTable) -> None:
    """Take in the cells that the readers found no value in, where the mapping uses them."""
    typed = hits.typed
    fields = {header: name for name, header in typed.mapped.headers.items() if typed.has(name)}
    for code in CELL_CODES:
        if code not in raw.problem_counts:
            continue
        for header, name in fields.items():
            rule = Rule(code=code, field=name, value="h.word")
            number = hits.add(rule)
            hits.insert(
                f"SELECT c.rowid, {number}, NULL, NULL, NULL, p.value FROM {typed.name} AS c "
                f"JOIN {raw.problem_relation} AS p ON p.row = c._row "
                f'WHERE p.code = {text_literal(code)} AND p."column" = {text_literal(header)}'
            )


def reader_findings(raw: RawTable, typed: TypedTable) -> list[Finding]:
    """The readers' other problems.

    Two columns of one name are only a warning here: the mapping says which of them is meant. So
    is a cell without a value in a column nobody uses.
    """
    used = set(typed.mapped.headers.values())
    found: list[Finding] = []
    for code, count in raw.problem_counts.items():
        mine = raw.problems[raw.problems["code"] == code]
        if code in CELL_CODES:
            mine = mine[~mine["column"].isin(used)]
            count = len(mine)  # noqa: PLW2901 -- those of used columns are hits of their rows
        if not count:
            continue
        listed: list[Listed] = [
            (
                None if pd.isna(row) else int(row),
                None if pd.isna(header) else str(header),
                None if pd.isna(value) else str(value),
                None if pd.isna(value) else str(value),
                dict(parameters),
            )
            for row, header, value, parameters in zip(
                mine["row"], mine["column"], mine["value"], mine["parameters"], strict=True
            )
        ]
        found.append(
            Finding(
                table=typed.table.name,
                code=code,
                severity=_severity(code, str(mine["severity"].iloc[0])),
                field="",
                count=count,
                listed=listed,
            )
        )
    return found


def _severity(code: str, told: str) -> Severity:
    if code == "duplicate_header" or code in CELL_CODES:
        return "warning"
    return "notice" if told == "notice" else "error"
