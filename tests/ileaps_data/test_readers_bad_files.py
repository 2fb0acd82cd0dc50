"""Files that are refused, each with its cause and fix, and rows that are set aside as data."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ileaps_data.readers import Dialect, FileRefusedError, Limits, ReadingCancelledError, read

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"\n\n", "no_header"),
        (b"city,value\n", "header_only"),
        (b"city,value\n\n\n", "header_only"),
        (b"1,2\n3,4\n", "no_header"),
        (b"makassar,2018,10\npenang,2019,12\n", "no_header"),
        (b"%PDF-1.7 ...", "binary"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "binary"),
        (bytes(range(256)) * 40, "binary"),
        (b"<html><table><tr><td>a</td></tr></table>", "binary"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "old_excel"),
        (b"PK\x03\x04 not really", "damaged_workbook"),
        (b"a,b\n" + b"x" * 20_000_000, "line_too_long"),
        (b"x" * 50_000_000, "line_too_long"),
        (",".join(f"c{n}" for n in range(10_000)).encode() + b"\n1\n", "too_many_columns"),
        ("имя,число\nМосква и Казань,1\nЁлка большая,2\n".encode("cp1251"), "unreadable_encoding"),
        ("a,b\n1,2\n".encode("utf-32"), "unreadable_encoding"),
    ],
)
def test_what_leaves_no_table_is_refused_with_cause_and_fix(data: bytes, code: str) -> None:
    with pytest.raises(FileRefusedError) as refused:
        read(data, "x.csv")
    assert refused.value.code == code
    assert refused.value.message.endswith(".") or ":" in refused.value.message
    assert refused.value.fix


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        ({"bytes": 10}, "too_large"),
        ({"rows": 2}, "too_many_rows"),
        ({"cells": 5}, "too_many_cells"),
        ({"columns": 1}, "too_many_columns"),
        ({"line_bytes": 4}, "line_too_long"),
    ],
)
def test_limits_are_kept(limits: dict[str, int], code: str) -> None:
    with pytest.raises(FileRefusedError) as refused:
        read(b"city,value\nx,1\ny,2\nz,3\n", "x.csv", limits=replace(Limits(), **limits))
    assert refused.value.code == code


def aside(data: bytes, **how: object) -> list[tuple[str, int, str]]:
    with read(data, "x.csv", **how) as tables:  # type: ignore[arg-type]
        problems = tables.only.problems
        return list(zip(problems["code"], problems["row"], problems["value"], strict=True))


def test_ragged_rows_are_set_aside_whole_with_what_was_found() -> None:
    with read(b"a,b\nx,1\ny\nz,2,3\nw,4\n", "x.csv") as tables:
        problems = tables.only.problems
        assert problems[["code", "row", "value"]].to_numpy().tolist() == [
            ["ragged_row", 3, "y"],
            ["ragged_row", 4, "z,2,3"],
        ]
        assert problems["parameters"].tolist() == [
            {"found": 1, "expected": 2},
            {"found": 3, "expected": 2},
        ]
        assert (tables.only.rows, tables.only.set_aside) == (2, 2)
        assert tables.only.frame().index.tolist() == [2, 5]


def test_an_unclosed_quote_costs_its_own_row_only() -> None:
    data = b'a,b\nx,1\n"y,2\n"z",3\nw,4\n'
    assert aside(data) == [("unclosed_quote", 3, '"y,2')]
    with read(data, "x.csv") as tables:
        assert tables.only.frame()["a"].tolist() == ["x", "z", "w"]
    assert aside(b'a,b\nx,1\n"y,2\nz,3\n') == [("unclosed_quote", 3, '"y,2')]


def test_a_quote_amid_a_quoted_cell_is_a_stray_one() -> None:
    assert aside(b'a,b\n"x"y,1\nz,2\n') == [("stray_quote", 2, '"x"y,1')]


def test_quotes_inside_unquoted_cells_are_text() -> None:
    with read(b'a,b\n5" pipe,1\nthe "old" town,2\n', "x.csv") as tables:
        assert tables.only.frame()["a"].tolist() == ['5" pipe', 'the "old" town']


def test_a_zero_byte_sets_its_row_aside() -> None:
    assert aside(b"a,b\nx\0,1\ny,2\n") == [("nul_byte", 2, "x\0,1")]


def test_rows_in_another_encoding_are_set_aside_with_their_bytes() -> None:
    lines = ["도시,값", "서울,1", "부산,2", "대구,3"]
    data = b"\n".join(line.encode("cp949" if "부산" in line else "utf-8") for line in lines)
    assert aside(data) == [("undecodable_row", 3, r"\xba\xce\xbb\xea,2".replace(r"\xce\xbb", "λ"))]


def test_bytes_that_are_no_cp949_are_set_aside_in_a_cp949_file() -> None:
    data = "도시,값\n서울,1\n부산,2\n".encode("cp949") + b"\xff\xff,3\n" + "대구,4".encode("cp949")
    assert aside(data, dialect=Dialect(encoding="cp949")) == [("undecodable_row", 4, r"\xff\xff,3")]


def test_all_problems_are_counted_and_kept_and_a_thousand_listed() -> None:
    data = b"a,b\nx,1\n" + b"y,2\n" * 3000 + b"bad\n" * 2500
    with read(data, "x.csv") as tables:
        table = tables.only
        assert table.problem_counts == {"ragged_row": 2500}
        assert len(table.problems) == 1000
        kept = table.connection.execute(f"SELECT count(*) FROM {table.problem_relation}").fetchall()  # noqa: S608
        assert kept == [(2500,)]


@pytest.mark.parametrize("data", [b"a,b\nx,1\n", b"", b"1,2\n", b"PK\x03\x04"])
def test_the_private_folder_is_removed(data: bytes, tmp_path: Path) -> None:
    try:
        with read(data, "x.csv", folder=tmp_path):
            (private,) = tmp_path.iterdir()
            assert private.stat().st_mode & 0o777 == 0o700
    except FileRefusedError:
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_forgotten_result_leaves_no_folder(tmp_path: Path) -> None:
    tables = read(b"a,b\nx,1\n", "x.csv", folder=tmp_path)
    del tables
    assert list(tmp_path.iterdir()) == []


def test_the_database_opens_nothing_else(tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("secret\n")
    with read(b"a,b\nx,1\n", "x.csv") as tables:
        connection = tables.only.connection
        for statement in (
            f"SELECT * FROM read_text('{other}')",  # noqa: S608
            f"COPY (SELECT 1) TO '{other}'",
            f"ATTACH '{tmp_path / 'x.db'}'",
            "INSTALL httpfs",
            "LOAD httpfs",
            "SET enable_external_access = true",
        ):
            with pytest.raises(Exception, match=r"(?i)disabled|cannot|locked|permission"):
                connection.execute(statement)
    assert other.read_text() == "secret\n"


BIG = b"city,value\n" + b"makassar,12345.678\n" * 700_000


def test_progress_is_told_by_stage_and_grows() -> None:
    told: list[tuple[str, float]] = []
    with read(BIG, "x.csv", progress=lambda stage, share: told.append((stage, share))):
        pass
    stages = list(dict.fromkeys(stage for stage, _ in told))
    assert stages == ["receiving", "reading"]
    for stage in stages:
        shares = [share for name, share in told if name == stage]
        assert shares == sorted(shares)
        assert shares[-1] == 1.0


@pytest.mark.parametrize("stage", ["receiving", "converting", "mending", "reading"])
def test_cancelling_stops_at_any_stage_and_leaves_nothing(stage: str, tmp_path: Path) -> None:
    data = BIG.replace(b"city", "도시".encode("cp949")) + "\n\n서울,1\n부산,2\n".encode("cp949")
    now: list[str] = []
    with pytest.raises(ReadingCancelledError):
        read(
            data,
            "x.csv",
            folder=tmp_path,
            progress=lambda at, _: now.append(at),
            cancelled=lambda: stage in now,
        )
    assert now[-1] == stage
    assert list(tmp_path.iterdir()) == []
