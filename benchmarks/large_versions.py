"""What publishing and comparing versions of millions of observations costs.

    python -m benchmarks.large_versions [--rows 5000000]

Each step runs in a process of its own; seconds, processor seconds and peak memory are its own.
The yardstick is what DuckDB needs to read the same Parquet file once and group it.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pyarrow.parquet as pq

from ileaps_data.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = 5_000_000
MEGABYTE = 1_000_000

# Text of the length real observations have; one row in ten carries a note.
OBSERVATIONS = """
    SELECT 'ind_' || (i % 700) || '.' || strftime(day, '%Y-%m-%d') || '.src' || (i % 9) || '.' || i
               AS observation_id,
           'pilot_' || (i % 50) AS pilot_id, 'ind_' || (i % 700) AS indicator_id,
           strftime(day, '%Y-%m-%d') AS period_start, strftime(day + 30, '%Y-%m-%d') AS period_end,
           (hash(i) % 1000000) / 7.0 AS "value", 'exact' AS qualifier, 'reported' AS value_kind,
           'pilot' AS "group", CAST(NULL AS VARCHAR) AS disaggregation,
           'src' || (i % 9) AS source_id, CASE WHEN i % 10 = 0 THEN 'note ' || i END AS note
    FROM (SELECT i, DATE '2010-01-01' + CAST(i % 3650 AS INTEGER) AS day FROM range({rows}) t(i))
"""
# One row in a hundred is changed, one in two hundred gone, as many are new.
LATER = """
    SELECT * REPLACE (CASE WHEN hash(observation_id) % 100 = 1 THEN "value" + 1 ELSE "value" END
                      AS "value",
                      CASE WHEN hash(observation_id) % 200 = 2 THEN observation_id || '.new'
                      ELSE observation_id END AS observation_id)
    FROM read_parquet('{first}')
"""


def make(folder: str, rows: int) -> str:
    """Writes the two files that are published."""
    first, later = f"{folder}/first.parquet", f"{folder}/later.parquet"
    duckdb.execute(f"COPY ({OBSERVATIONS.format(rows=rows)}) TO '{first}' (COMPRESSION zstd)")
    duckdb.execute(f"COPY ({LATER.format(first=first)}) TO '{later}' (COMPRESSION zstd)")
    return f"{Path(first).stat().st_size / MEGABYTE:,.0f} MB of Parquet"


def read(folder: str, _: int) -> str:
    """Reads and groups the file: the yardstick."""
    query = f"SELECT indicator_id, sum(value) FROM '{folder}/first.parquet' GROUP BY ALL"  # noqa: S608
    return f"{len(duckdb.sql(query).fetchall())} groups"


def publish(folder: str, name: str, mode: str) -> str:
    """Publishes one of the files."""
    workspace = Workspace(f"{folder}/workspace")
    file = pq.ParquetFile(f"{folder}/{name}.parquet")
    batches = duckdb.sql(f"SELECT * FROM '{folder}/{name}.parquet'").to_arrow_reader(122_880)  # noqa: S608
    published = workspace.publish(
        {"observations": batches},
        mode="replace" if mode == "replace" else "update",
        who="benchmark",
        base_version=workspace.latest(),
    )
    return (
        f"{file.metadata.num_rows:,} rows: +{published.added:,} ~{published.changed:,} "
        f"-{published.removed:,}"
    )


def replace_nothing(folder: str, _: int) -> str:
    """Publishes the first file on what ships."""
    return publish(folder, "first", "replace")


def replace_all(folder: str, _: int) -> str:
    """Publishes the later file in place of the first."""
    return publish(folder, "later", "replace")


def update_all(folder: str, _: int) -> str:
    """Puts the first file's rows over the later's."""
    return publish(folder, "first", "update")


def difference(folder: str, _: int) -> str:
    """Compares the two versions."""
    change = Workspace(f"{folder}/workspace").difference(1, 2)
    return f"+{change.added:,} ~{change.changed:,} -{change.removed:,}"


def restore(folder: str, _: int) -> str:
    """Goes back to the first version."""
    return f"version {Workspace(f'{folder}/workspace').restore(1, 'benchmark').version}"


STEPS: tuple[Callable[[str, int], str], ...] = (
    make,
    read,
    replace_nothing,
    replace_all,
    difference,
    update_all,
    restore,
)


def measured(
    step: Callable[[str, int], str], folder: str, rows: int, answers: multiprocessing.Queue[str]
) -> None:
    """Runs one step and says what it cost."""
    Workspace(f"{folder}/workspace").latest()
    duckdb.execute("SET enable_progress_bar=false")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began, worked = time.perf_counter(), time.process_time()
    what = step(folder, rows)
    seconds, processor = time.perf_counter() - began, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answers.put(
        f"{step.__name__:16}{seconds:8.1f}{processor:12.1f}{peak / 1024:10,.0f}"
        f"{(peak - before) / 1024:10,.0f}   {what}"
    )


def main() -> int:
    """Runs every step and prints one line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    options = parser.parse_args()
    # Delta Lake does not survive a fork.
    context = multiprocessing.get_context("spawn")
    print(f"{'step':16}{'seconds':>8}{'processor s':>12}{'peak MB':>10}{'above idle':>11}")
    with tempfile.TemporaryDirectory() as folder:
        for step in STEPS:
            answers = context.Queue()
            process = context.Process(target=measured, args=(step, folder, options.rows, answers))
            process.start()
            process.join()
            if process.exitcode:
                return 1
            print(answers.get(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
