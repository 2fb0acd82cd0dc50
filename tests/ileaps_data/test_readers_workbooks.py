"""Excel workbooks: values as seen, sheets, headers over merged cells, and hostile archives."""

from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from ileaps_data.readers import Dialect, FileRefusedError, Limits, RawTable, read

if TYPE_CHECKING:
    from collections.abc import Callable


def workbook(
    *sheets: tuple[str, list[list[Any]]], change: Callable[[Any], None] | None = None
) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cells(table: RawTable) -> list[tuple[object, ...]]:
    return table.connection.execute(f"SELECT * FROM {table.relation} ORDER BY _row").fetchall()  # noqa: S608


def repacked(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            new.writestr(part, change(part, old.read(part)))
    return out.getvalue()


SIMPLE = workbook(("a", [["city", "value"], ["Seoul", 1]]))


def test_values_are_what_the_person_sees() -> None:
    def formats(book: Any) -> None:
        book["a"]["C2"].number_format = "0.0%"
        book["a"]["C3"].number_format = '0.00" %"'

    rows = [
        ["day", "time", "share", "flag", "number"],
        [dt.date(2018, 5, 3), dt.datetime(2018, 5, 3, 10, 30), 0.451, True, 2018],  # noqa: DTZ001
        [None, None, 0.5, False, 0.1],
    ]
    with read(workbook(("a", rows), change=formats), "a.xlsx") as tables:
        assert cells(tables.only) == [
            (2, "2018-05-03", "2018-05-03T10:30:00", "45.1%", "true", "2018"),
            (3, None, None, "0.5", "false", "0.1"),
        ]
        assert tables.dialect.format == "xlsx"


def test_each_sheet_with_a_table_is_one_and_one_can_be_chosen() -> None:
    data = workbook(
        ("인구", [["city", "value"], ["Seoul", 1]]),
        ("empty", []),
        ("notes", [["Title"], [], ["name", "text"], ["a", "b\nc"]]),
    )
    with read(data, "a.xlsx") as tables:
        assert list(tables.tables) == ["인구", "notes"]
        assert cells(tables.tables["notes"]) == [(4, "a", "b\nc")]
        assert tables.dialect.sheets == ("인구", "empty", "notes")
        assert tables.dialect.evidence[0].parameters == {"sheet": "empty", "reason": "empty_sheet"}
    with read(data, "a.xlsx", dialect=Dialect(sheet="notes")) as tables:
        assert list(tables.tables) == ["notes"]
    with pytest.raises(FileRefusedError) as refused:
        read(data, "a.xlsx", dialect=Dialect(sheet="nowhere"))
    assert refused.value.code == "sheet_not_found"


def test_blank_rows_keep_the_numbers_exact() -> None:
    data = workbook(("a", [["city", "value"], ["x", 1], [], [], ["y", 2]]))
    with read(data, "a.xlsx") as tables:
        assert [row[0] for row in cells(tables.only)] == [2, 5]
        assert tables.only.blank_rows == 2


def test_a_formula_gives_its_saved_result_and_is_a_problem_without_one() -> None:
    saved = workbook(("a", [["city", "value"], ["x", "=1+1"], ["y", "=2+2"], ["z", 3]]))

    def with_result(_: str, content: bytes) -> bytes:
        return content.replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>")

    with read(repacked(saved, with_result), "a.xlsx") as tables:
        assert [row[2] for row in cells(tables.only)] == ["2", None, "3"]
        problem = tables.only.problems.iloc[0]
        assert (problem["code"], problem["row"], problem["column"]) == (
            "formula_without_value",
            3,
            "value",
        )


def test_error_cells_are_shown_and_are_problems() -> None:
    data = workbook(("a", [["city", "value"], ["x", "#N/A"], ["y", 1]]))
    with read(data, "a.xlsx") as tables:
        assert cells(tables.only)[0] == (2, "x", "#N/A")
        assert tables.only.problem_counts == {"error_cell": 1}


def test_merged_headers_over_two_rows_become_one_name_a_column() -> None:
    rows = [["city", "population", None, "note"], [None, 2015, 2016, None], ["Seoul", 1, 2, "x"]]

    def merge(book: Any) -> None:
        for area in ("A1:A2", "B1:C1", "D1:D2"):
            book["a"].merge_cells(area)

    with read(workbook(("a", rows), change=merge), "a.xlsx") as tables:
        assert tables.only.columns == ("city", "population 2015", "population 2016", "note")
        assert cells(tables.only) == [(3, "Seoul", "1", "2", "x")]


def test_a_merged_title_is_no_header() -> None:
    rows = [["Population of cities", None], ["city", "value"], ["Seoul", 1]]
    data = workbook(("a", rows), change=lambda book: book["a"].merge_cells("A1:B1"))
    with read(data, "a.xlsx") as tables:
        assert tables.only.columns == ("city", "value")
        assert tables.dialect.header_row == 2


def test_cells_beside_the_table_are_told() -> None:
    rows = [["city", "value"], ["a", 1], ["b", 2, None, "see mail"], ["c", 3]]
    with read(workbook(("a", rows)), "a.xlsx") as tables:
        assert tables.only.columns == ("city", "value")
        assert tables.only.problem_counts == {"cell_beyond_table": 1}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (SIMPLE[: len(SIMPLE) // 2], "damaged_workbook"),
        (workbook(("a", [])), "empty_sheet"),
        (workbook(("a", [["city", "value"]])), "header_only"),
        (workbook(("a", [["x", 1], ["y", 2]])), "no_header"),
        (repacked(SIMPLE, lambda _, c: c.replace(b"sheet.main+xml", b"x")), "binary"),
        (
            repacked(
                SIMPLE,
                lambda _, c: c.replace(
                    b"vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                    b"vnd.ms-excel.sheet.macroEnabled.main+xml",
                ),
            ),
            "not_xlsx",
        ),
        (
            repacked(
                SIMPLE,
                lambda part, c: (
                    b'<!DOCTYPE x [<!ENTITY a "b">]>' + c if part.endswith("sheet1.xml") else c
                ),
            ),
            "damaged_workbook",
        ),
    ],
)
def test_workbooks_without_a_table_are_refused(data: bytes, code: str) -> None:
    with pytest.raises(FileRefusedError) as refused:
        read(data, "a.xlsx")
    assert refused.value.code == code


def test_a_workbook_locked_by_a_password_is_named_as_such() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(FileRefusedError) as refused:
        read(data, "a.xlsx")
    assert refused.value.code == "password_protected"


def bomb(size: int) -> bytes:
    return repacked(SIMPLE, lambda part, c: c + b" " * size if part.endswith("sheet1.xml") else c)


def lying(data: bytes) -> bytes:
    """The archive with a directory that states one byte for every part."""
    out = bytearray(data)
    at = out.find(b"PK\x01\x02")
    while at >= 0:
        out[at + 24 : at + 28] = struct.pack("<I", 1)
        at = out.find(b"PK\x01\x02", at + 4)
    return bytes(out)


@pytest.mark.parametrize("hide", [bytes, lying], ids=["stated", "hidden"])
def test_a_zip_bomb_is_refused_by_its_directory_and_by_unpacking(
    hide: Callable[[bytes], bytes],
) -> None:
    data = hide(bomb(30_000_000))
    assert len(data) < 100_000
    with pytest.raises(FileRefusedError) as refused:
        read(data, "a.xlsx", limits=replace(Limits(), unpacked_bytes=20_000_000))
    assert refused.value.code == "zip_bomb"


def test_one_cell_far_away_does_not_build_a_sheet_of_billions() -> None:
    def far(book: Any) -> None:
        book["a"]["XFD1048576"] = 1

    with pytest.raises(FileRefusedError) as refused:
        read(workbook(("a", [["city", "value"], ["x", 1]]), change=far), "a.xlsx")
    assert (refused.value.code, refused.value.where) == ("too_many_cells", "cell XFD1048576")
