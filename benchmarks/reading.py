"""How fast and in how much memory a large CSV is read into a table of text.

Run `python benchmarks/reading.py [ROWS]`: writes files of five million rows (about 270 MB) to a
temporary folder, reads each in a process of its own, and prints seconds, processor seconds and
peak memory beside DuckDB's bare `read_csv` with GROUP BY on the same file in the same run.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from ileaps_data.readers import read

ROWS = 5_000_000
REPEATS = 2


def write_files(folder: Path, rows: int) -> list[str]:
    """The same observations as UTF-8, as CP949 with Korean names, and with 1% ragged rows."""
    plain = folder / "plain.csv"
    duckdb.sql(
        f"""COPY (SELECT 'obs_' || i AS observation_id,
            ['makassar', 'ulaanbaatar', 'addis-ababa', 'seoul', 'penang'][1 + i % 5] AS city_id,
            'ind_' || (i % 40) AS indicator_id,
            (date '2000-01-01' + (i % 9000)::INT)::VARCHAR AS "date",
            round(random() * 100000, 3) AS value, 'src_' || (i % 7) AS source_id
            FROM range({rows}) t(i)) TO '{plain}' (HEADER)"""  # noqa: S608 - our own file
    )
    data = plain.read_bytes()
    korean = data.replace(b"makassar", "마카사르".encode("cp949")).replace(b",", b";")
    (folder / "cp949.csv").write_bytes(korean)
    (folder / "crlf.csv").write_bytes(data.replace(b"\n", b"\r\n"))
    lines = data.split(b"\n")
    lines[50:-1:100] = [line + b",x" for line in lines[50:-1:100]]
    (folder / "ragged.csv").write_bytes(b"\n".join(lines))
    lines = data.split(b"\n")
    lines[50:-1:100] = [b""] * len(lines[50:-1:100])
    (folder / "blank.csv").write_bytes(b"\n".join(lines))
    lines = data.split(b"\n")
    lines[50:-1:100] = [b'"' + line for line in lines[50:-1:100]]
    (folder / "unclosed.csv").write_bytes(b"\n".join(lines))
    return ["plain", "crlf", "cp949", "ragged", "blank", "unclosed"]


def bare(path: str) -> int:
    """DuckDB alone: read, group, average."""
    sql = (
        "SELECT city_id, indicator_id, count(*), avg(value) "  # noqa: S608 - our own file
        f"FROM read_csv('{path}') GROUP BY ALL"
    )
    return sum(row[2] for row in duckdb.sql(sql).fetchall())


def ours(path: str) -> int:
    """The reader of this project."""
    with read(path, "file.csv") as tables:
        return tables.only.rows


def measured(how: str, path: Path) -> tuple[float, float, int, int]:
    """Seconds, processor seconds, peak memory in MB and rows, of one process."""
    command = [sys.executable, __file__, how, str(path)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(answer[0]), float(answer[1]), int(answer[2]), int(answer[3])


def report(rows: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [("bare", "plain"), *(("ours", file) for file in write_files(folder, rows))]
        print(f"{'':22}{'seconds':>9}{'CPU s':>8}{'peak MB':>9}{'file MB':>9}{'rows':>11}")
        for how, file in files:
            path = folder / f"{file}.csv"
            runs = [measured(how, path) for _ in range(REPEATS)]
            seconds, processor = min(run[0] for run in runs), min(run[1] for run in runs)
            size = path.stat().st_size // 1_000_000
            title = "bare read_csv, GROUP BY" if how == "bare" else f"readers.read {file}"
            peak, read_rows = max(run[2] for run in runs), runs[0][3]
            print(f"{title:23}{seconds:8.2f}{processor:8.2f}{peak:9}{size:9}{read_rows:11,}")


def one(how: str, path: str) -> None:
    """One measured run, printed for `measured`."""
    start, used = time.perf_counter(), time.process_time()
    rows = {"bare": bare, "ours": ours}[how](path)
    seconds, processor = time.perf_counter() - start, time.process_time() - used
    # getrusage would still say what the process that started this one once used
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = int(status.split("VmHWM:")[1].split()[0]) // 1024
    print(seconds, processor, peak, rows)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        one(sys.argv[1], sys.argv[2])
    else:
        report(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
