"""Checks the rows of an upload: every problem is data, and the rows without errors are typed.

A problem has a stable code, a severity, the row and column as the person sees them in the file,
the value, the figures of its rule, and how to fix it (`ileaps_data.problem_texts`). An "error"
keeps its row from being published; a "warning" says that a figure is unlikely; a "notice" tells
what will be shown differently or not at all.
"""

# ruff: noqa: S608 -- table and column names come from declarations, values are quoted

from __future__ import annotations

import datetime as dt
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

from ileaps_data.checks.from_reader import cells_of, reader_findings, reader_places
from ileaps_data.checks.generic import key_rules, rejected_rules, row_rules
from ileaps_data.checks.hits import LISTED, Hits
from ileaps_data.checks.logic import logic_rules
from ileaps_data.checks.report import CheckedTable, Finding, Report
from ileaps_data.checks.rules import Mapped, Rule
from ileaps_data.checks.series import series_hits
from ileaps_data.checks.typed import Maker, TypedTable
from ileaps_data.publishing.columns import quoted
from ileaps_data.reading.source import Watch
from ileaps_data.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ileaps_data.checks.known import KnownTables
    from ileaps_data.reading.source import Cancelled, Progress
    from ileaps_data.reading.tables import RawTable

__all__ = ["LISTED", "Finding", "Mapped", "Report", "check"]


def check(
    tables: Mapping[str, Mapped],
    known: KnownTables,
    *,
    raw: Mapping[str, RawTable] | None = None,
    today: dt.date | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Report:
    """What is wrong with the tables of one upload, judged together with what is known.

    Args:
        tables: the mapped tables by the name of the declared table; all of one file.
        known: what is published: a frame, or a callable that gives a DuckDB relation (or a
            connection and one, as `Workspace.relation`), by table. Tables that the file refers to
            are needed; `observations`, where given, is the history that figures are judged by.
            Of tables that are to be replaced, give none.
        raw: the same tables as read, for the readers' problems and for the file back.
        today: what counts as the future; by default today (UTC).
        progress: told the stage ("checking") and the share of a step that is done.
        cancelled: asked often whether to stop.

    Raises:
        KeyError: there is no declared table of that name.
        ValueError: a table is given under another's name, or nothing is known of a table that the
            file refers to.
        FileRefusedError: there is no room to check the file.
        ReadingCancelledError: `cancelled` said so.
    """
    watch = Watch(progress, cancelled)
    today = today or dt.datetime.now(dt.UTC).date()
    maker = Maker(known=known, watch=watch)
    checked: dict[str, CheckedTable] = {}
    findings: list[Finding] = []
    try:
        for name in _in_order(tables):
            one = _checked(name, tables[name], maker, checked, (raw or {}).get(name), today)
            checked[name] = one
            findings += _findings(one)
    except BaseException:
        Report(checked, []).close()
        raise
    return Report({name: checked[name] for name in tables}, findings)


def _in_order(tables: Mapping[str, Mapped]) -> list[str]:
    """The tables with those first that others refer to.

    Raises:
        KeyError: there is no declared table of that name.
        ValueError: a table is given under another's name.
    """
    graph: dict[str, set[str]] = {}
    for name, mapped in tables.items():
        if name not in TABLES:
            raise KeyError(f"no table {name!r}; there are {', '.join(sorted(TABLES))}")
        if mapped.table != name:
            raise ValueError(f"the table {mapped.table} is given as {name}: give it by its name")
        others = {f.refers_to.split(".")[0] for f in TABLES[name].fields if f.refers_to}
        graph[name] = {other for other in others if other in tables and other != name}
    return list(TopologicalSorter(graph).static_order())


def _checked(
    name: str,
    mapped: Mapped,
    maker: Maker,
    checked: Mapping[str, CheckedTable],
    raw: RawTable | None,
    today: dt.date,
) -> CheckedTable:
    typed = maker.make(mapped, TABLES[name])
    rules, joins = logic_rules(typed, maker.known, maker.tables, today)
    hits = Hits(typed=typed, watch=maker.watch, joins=joins)
    hits.of_casts()
    hits.of_rows([*row_rules(typed), *rules, *rejected_rules(typed, _rejected(typed, checked))])
    hits.of_keys(key_rules(typed))
    if name == "observations" and typed.has("indicator_id"):
        about = f"{typed.name}_about"
        series_hits(hits, maker.known, about, maker.watch)
    if raw is not None:
        reader_places(hits, raw)
    whole = all(typed.has(f.name) for f in typed.table.fields if f.required)
    bad = typed.connection.execute(f"SELECT count(*) FROM ({hits.error_places()})").fetchall()
    return CheckedTable(
        typed=typed,
        hits=hits,
        rows_with_errors=bad[0][0] if whole else typed.rows,
        rows_set_aside=raw.set_aside if raw is not None else 0,
        whole=whole,
        raw=raw,
    )


def _rejected(typed: TypedTable, checked: Mapping[str, CheckedTable]) -> dict[str, str]:
    """By referring field, a relation of the values that go with rows that are not published."""
    found: dict[str, str] = {}
    for name, values in typed.references.items():
        other, key = typed.table.field(name).refers_to.split(".")
        parent = checked.get(other)
        if parent is None or not parent.rows_with_errors or not parent.typed.has(key):
            continue
        relation = f"{values}_rejected"
        published = f"{values}_known"
        bad = (
            parent.hits.error_places() if parent.whole else f"SELECT rowid FROM {parent.typed.name}"
        )
        elsewhere = ""
        if ("TABLE", published) in typed.made:
            elsewhere = f"AND v NOT IN (SELECT CAST({quoted(key)} AS VARCHAR) FROM {published})"
        typed.connection.execute(
            f"CREATE TABLE {relation} AS SELECT CAST({quoted(key)} AS VARCHAR) AS v, "
            f"bool_and(rowid IN ({bad})) AS gone, min(_row) AS row FROM {parent.typed.name} "
            f"WHERE {quoted(key)} IS NOT NULL GROUP BY v HAVING gone {elsewhere}"
        )
        typed.made.append(("TABLE", relation))
        found[name] = relation
    return found


def _findings(one: CheckedTable) -> list[Finding]:
    typed = one.typed
    table = typed.table
    found = [
        Finding(
            table=table.name,
            code="missing_column",
            severity="error",
            field=field.name,
            count=1,
            listed=[(None, None, None, None, {"field": field.name, "meaning": field.description})],
        )
        for field in table.fields
        if field.required and not typed.has(field.name)
    ]
    for number, count in one.hits.counts().items():
        rule = one.hits.rules[number]
        header = header_of(typed, rule)
        listed = one.hits.listed(number)
        values = [value for _, value, _ in listed]
        cells = cells_of(one.raw, header, [row for row, _, _ in listed], values)
        found.append(
            Finding(
                table=table.name,
                code=rule.code,
                severity=rule.severity,
                field=rule.field,
                count=count,
                listed=[
                    (row, header, value, cell, more)
                    for (row, value, more), cell in zip(listed, cells, strict=True)
                ],
            )
        )
    if one.raw is not None:
        found += reader_findings(one.raw, typed)
    return found


def header_of(typed: TypedTable, rule: Rule) -> str | None:
    """The header in the file of the field a rule is shown at."""
    return typed.mapped.headers.get(rule.field, rule.field) if rule.field else None
