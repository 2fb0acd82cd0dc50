"""Row numbers are exact: against Python's csv module, on any mixture of rows."""

from __future__ import annotations

import csv
import io
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ileaps_data.readers import Dialect, read
from ileaps_data.reading import csv_tables, mending, source, text_spool

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTH = 3
TEXT = st.text('ab 가é,;"\n', min_size=0, max_size=6)
GOOD = st.lists(TEXT, min_size=WIDTH, max_size=WIDTH).filter(any)
RAGGED = st.integers(1, 6).filter(lambda n: n != WIDTH).map(lambda n: ["x"] * n)
ROWS = st.lists(st.one_of(GOOD, GOOD, RAGGED, st.just([])), min_size=1, max_size=60)


@pytest.fixture(params=[64, 4 << 20], ids=["small blocks", "one block"])
def blocks(request: pytest.FixtureRequest) -> Iterator[None]:
    modules = (source, mending, text_spool)
    before = [module.CHUNK for module in modules]
    head = source.HEAD
    for module in modules:
        module.CHUNK = request.param  # type: ignore[misc]
    source.HEAD = text_spool.HEAD = min(head, 16 * request.param)  # type: ignore[misc]
    yield
    for module, size in zip(modules, before, strict=True):
        module.CHUNK = size  # type: ignore[misc]
    source.HEAD = text_spool.HEAD = head  # type: ignore[misc]


def written(rows: list[list[str]], newline: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    # as many plain rows as others: what is ragged is judged by what most rows have
    plain = [["begin"] * WIDTH] * (len(rows) + 1)
    for row in [["first", "second", "third"], *plain, *rows, ["end"] * WIDTH]:
        if row:
            writer.writerow(row)
        else:
            out.write("\n")
    return out.getvalue().replace("\n", newline)


def expected(text: str) -> tuple[list[tuple[object, ...]], list[int]]:
    good: list[tuple[object, ...]] = []
    bad: list[int] = []
    for number, row in enumerate(csv.reader(io.StringIO(text, newline="")), start=1):
        if number == 1 or not row:
            continue
        if len(row) == WIDTH:
            cells = [cell.replace("\r\n", "\n").replace("\r", "\n") for cell in row]
            good.append((number, *(cell or None for cell in cells)))
        else:
            bad.append(number)
    return good, bad


@pytest.mark.usefixtures("blocks")
@pytest.mark.parametrize("threads", [2, 8])
@settings(max_examples=50, deadline=None)
@given(
    rows=ROWS,
    newline=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_rows_have_the_numbers_and_cells_of_the_csv_module(
    threads: int, rows: list[list[str]], newline: str, encoding: str
) -> None:
    text = written(rows, newline)
    dialect = Dialect(delimiter=",", header_row=1)
    with read(text.encode(encoding), "a.csv", dialect=dialect, threads=threads) as tables:
        table = tables.only
        found = table.connection.execute(f"SELECT * FROM {table.relation} ORDER BY _row").fetchall()  # noqa: S608
        aside = table.connection.execute(
            f"SELECT row FROM {table.problem_relation} ORDER BY row"  # noqa: S608
        ).fetchall()
    assert (found, [row for (row,) in aside]) == expected(text)


@pytest.mark.parametrize("threads", [2, 8])
def test_planted_rows_are_found_in_a_file_that_is_read_in_parallel(threads: int) -> None:
    lines = [f"place {n},{n},{'x' * 60}" for n in range(600_000)]
    blank = set(range(1_000, 600_000, 7_001))
    ragged = set(range(500, 600_000, 9_001)) - blank
    several = set(range(777, 600_000, 11_003)) - blank - ragged
    for number in blank:
        lines[number] = ""
    for number in ragged:
        lines[number] += ",too much"
    for number in several:
        lines[number] = f'place {number},{number},"two\n\nlines ""and"" quotes"'
    data = ("name,number,text\n" + "\n".join(lines) + "\n").encode()
    with read(data, "a.csv", threads=threads) as tables:
        table = tables.only
        wrong = table.connection.execute(
            f"SELECT count(*) FROM {table.relation} WHERE _row <> CAST(c1 AS BIGINT) + 2"  # noqa: S608
        ).fetchall()
        aside = table.connection.execute(f"SELECT row - 2 FROM {table.problem_relation}").fetchall()  # noqa: S608
    assert wrong == [(0,)]
    assert {row for (row,) in aside} == ragged
    assert table.rows == 600_000 - len(blank) - len(ragged)
    assert table.blank_rows == len(blank)


@pytest.mark.parametrize("threads", [2, 8])
def test_quoted_line_breaks_are_safe_where_the_database_cuts_its_buffers(
    threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_tables, "LINE_SIZE", 0)  # the smallest buffers: hundreds of cuts
    random = Random(4)  # noqa: S311 - a fixed pattern
    lines = []
    for number in range(20_000):
        text = f'"{number}\n\n{random.random()}""{"z" * random.randint(0, 50)}"'
        lines.append(f"{number},{text},{text}" if number % 5 == 0 else f'{number},"a,b",c')
        if number % 13 == 0:
            lines[-1] += ",too much"
    data = ("number,text,more\n" + "\n".join(lines) + "\n").encode()
    with read(data, "a.csv", threads=threads) as tables:
        table = tables.only
        numbers = table.connection.execute(
            f"SELECT _row - 2, CAST(c0 AS BIGINT) FROM {table.relation} ORDER BY _row"  # noqa: S608
        ).fetchall()
    assert numbers == [(n, n) for n in range(20_000) if n % 13]
