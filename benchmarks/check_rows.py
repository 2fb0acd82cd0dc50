"""What checking millions of observations costs, beside what DuckDB needs to read them once.

    python -m benchmarks.check_rows [--rows 5000000] [--bad 1]

A file is made, clean and with `--bad` per cent of bad rows; then, each in a process of its own:
DuckDB's bare typed `read_csv` and GROUP BY (the yardstick), pandas' `read_csv` and groupby, our
reading, and our reading and check of all rules. Seconds, processor seconds and peak memory.
"""

from __future__ import annotations

import argparse
import datetime as dt
import multiprocessing
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pandas as pd

from ileaps_data.mapping import FieldSource, Mapping, mapped
from ileaps_data.readers import RawTables, read
from ileaps_data.validation import check

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = 5_000_000
MEGABYTE = 1_000_000
PILOTS = 50
FIGURES_A_SERIES = 7_000
COLUMNS = (
    "observation_id",
    "pilot_id",
    "indicator_id",
    "period_end",
    "value",
    "qualifier",
    "value_kind",
    "group",
    "source_id",
)

# An indicator in three is a running total; the figures of a series come from one source.
FIGURES = """
    SELECT 'o' || i AS observation_id, 'p' || (n % {pilots}) AS pilot_id, 'i' || n AS indicator_id,
           strftime(DATE '2000-01-01' + CAST(k AS INTEGER), '%Y-%m-%d') AS period_end,
           CASE WHEN n % 3 = 0 THEN k * 10 + n ELSE hash(i) % 10000 / 100.0 END AS "value",
           'exact' AS qualifier, 'reported' AS value_kind, 'pilot' AS "group",
           's' || (n % 9) AS source_id
    FROM (SELECT i, i % {indicators} AS n, i // {indicators} AS k FROM range({rows}) r(i))
"""
# One mistake a bad row, of five kinds in turn.
MISTAKES = """
    SELECT * REPLACE (
        CASE WHEN bad = 0 THEN 'n/a' ELSE CAST("value" AS VARCHAR) END AS "value",
        CASE WHEN bad = 1 THEN '2019-02-30' ELSE period_end END AS period_end,
        CASE WHEN bad = 2 THEN 'unknown' ELSE indicator_id END AS indicator_id,
        CASE WHEN bad = 3 THEN 'sure' ELSE qualifier END AS qualifier,
        CASE WHEN bad = 4 THEN 'o0' ELSE observation_id END AS observation_id)
    FROM (SELECT * EXCLUDE (n), CASE WHEN n % {every} = 7 THEN n // {every} % 5 ELSE -1 END AS bad
          FROM (SELECT *, row_number() OVER () AS n FROM ({figures})))
"""


def indicators_of(rows: int) -> int:
    """How many indicators a file of so many rows has."""
    return -(-rows // FIGURES_A_SERIES)


def known(rows: int) -> dict[str, pd.DataFrame]:
    """What the file refers to."""
    numbers = pd.Series(range(indicators_of(rows)))
    indicators = pd.DataFrame(
        {
            "indicator_id": "i" + numbers.astype("str"),
            "pilot_id": "p" + (numbers % PILOTS).astype("str"),
            "unit": "persons",
            "aggregation": (numbers % 3 == 0).map({True: "cumulative", False: "level"}),
            "result_level": "output",
            "ascending": True,
        }
    )
    return {
        "indicators": indicators,
        "pilots": pd.DataFrame({"pilot_id": indicators["pilot_id"].unique()}),
        "sources": pd.DataFrame({"source_id": [f"s{number}" for number in range(9)]}),
    }


def make(folder: str, rows: int, every: int) -> str:
    """Writes the clean file and the one with bad rows."""
    figures = FIGURES.format(rows=rows, indicators=indicators_of(rows), pilots=PILOTS)
    bad = MISTAKES.format(figures=figures, every=every)
    duckdb.execute(f"COPY ({figures}) TO '{folder}/clean.csv' (HEADER)")
    duckdb.execute(f"COPY (SELECT * EXCLUDE (bad) FROM ({bad})) TO '{folder}/bad.csv' (HEADER)")  # noqa: S608
    return f"{Path(f'{folder}/clean.csv').stat().st_size / MEGABYTE:,.0f} MB"


def bare(folder: str, name: str) -> str:
    """DuckDB reads with types and groups: the yardstick."""
    types = dict.fromkeys(COLUMNS, "VARCHAR")
    if name == "clean":
        types |= {"value": "DOUBLE", "period_end": "DATE"}
    listed = ", ".join(f"'{column}': '{kind}'" for column, kind in types.items())
    value = "value" if name == "clean" else "try_cast(value AS DOUBLE)"
    groups = duckdb.sql(
        f"SELECT indicator_id, sum({value}), count(*) FROM read_csv('{folder}/{name}.csv', "  # noqa: S608
        f"header=true, auto_detect=false, columns={{{listed}}}) GROUP BY ALL"
    ).fetchall()
    return f"{len(groups)} groups"


def bare_pandas(folder: str, name: str) -> str:
    """Pandas reads and groups."""
    frame = pd.read_csv(f"{folder}/{name}.csv")
    frame["value"] = pd.to_numeric(frame["value"], errors="coerce")
    return f"{len(frame.groupby('indicator_id')['value'].sum())} groups"


def _read(folder: str, name: str) -> RawTables:
    return read(f"{folder}/{name}.csv", f"{name}.csv", folder=folder)


def reading(folder: str, name: str) -> str:
    """Our reading alone."""
    with _read(folder, name) as tables:
        return f"{tables.only.rows:,} rows"


def checking(folder: str, name: str) -> str:
    """Our reading, mapping and check of all rules."""
    with _read(folder, name) as tables:
        read_in = time.perf_counter()
        raw = tables.only
        sources = {
            column: FieldSource(column=f"c{place}") for place, column in enumerate(raw.columns)
        }
        table = mapped(raw, Mapping(table="observations", fields=sources))
        report = check(
            {"observations": table},
            known(raw.rows + raw.set_aside),
            raw={"observations": raw},
            today=dt.date(2026, 11, 22),
        )
        took = time.perf_counter() - read_in
        told = ", ".join(f"{code} {count:,}" for code, count in report.counts.items())
        return f"check alone {took:.1f} s; {report.rows_with_errors:,} rows with errors; {told}"


def measured(
    step: Callable[[str, str], str], folder: str, name: str, answers: multiprocessing.Queue[str]
) -> None:
    """Runs one step and says what it cost."""
    duckdb.execute("SET enable_progress_bar=false")
    began, worked = time.perf_counter(), time.process_time()
    what = step(folder, name)
    seconds, processor = time.perf_counter() - began, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    answers.put(f"{step.__name__:12}{name:8}{seconds:8.2f}{processor:12.2f}{peak:10,.0f}   {what}")


def main() -> int:
    """Runs every step and prints one line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--bad", type=float, default=1.0, help="per cent of rows that are bad")
    options = parser.parse_args()
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        print(make(folder, options.rows, max(round(100 / options.bad), 8)), flush=True)
        print(f"{'step':12}{'file':8}{'seconds':>8}{'processor s':>12}{'peak MB':>10}")
        for step in (bare, bare_pandas, reading, checking):
            for name in ("clean", "bad"):
                answers = context.Queue()
                process = context.Process(target=measured, args=(step, folder, name, answers))
                process.start()
                process.join()
                if process.exitcode:
                    return 1
                print(answers.get(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
