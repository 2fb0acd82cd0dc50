"""The same file back, as CSV and as a workbook, with what is wrong beside each row."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import pytest

from ileaps_data.readers import read
from ileaps_data.validation import check
from tests.ileaps_data.checked_uploads import (
    CITY,
    OBSERVATION,
    TODAY,
    Upload,
    by_header,
    checked,
    found,
    known_tables,
    workbook,
    written,
)

if TYPE_CHECKING:
    from pathlib import Path


def test_the_file_back_as_csv_names_what_is_wrong_and_holds_no_formula() -> None:
    rows = [
        OBSERVATION | {"note": "=1+1", "value": "-5"},
        OBSERVATION | {"observation_id": "@o2", "value": "-x", "period_end": "2021"},
        OBSERVATION | {"observation_id": "o3", "note": "ހުޅުމާލެ", "period_end": "2022"},
    ]
    lines = written(rows).decode().splitlines()
    lines.insert(2, "=cmd,p1")
    out = io.BytesIO()
    with Upload("\n".join(lines).encode()) as upload:
        upload.report.with_errors_csv(out)
    back = out.getvalue().decode("utf-8-sig").split("\r\n")
    assert out.getvalue().startswith(b"\xef\xbb\xbf")
    assert back[0] == ",".join([*OBSERVATION, "errors"])
    assert back[1].startswith("o1,p1,buses,2019-01,2019-12,-5,")
    assert ",'=1+1,note: The cell reads like a formula" in back[1]
    assert back[2].startswith('"\'=cmd,p1",,,,,,,,,,,,"The row has 2 cells, the header 12;')
    assert back[3].startswith("'@o2,p1,buses,2019-01,2021,'-x,")
    assert (
        ',"value: ""-x"" is not a number. observation_id: The cell reads like a formula' in back[3]
    )
    assert back[4].endswith(",ހުޅުމާލެ,")


def test_the_file_back_can_be_sent_again() -> None:
    rows = [OBSERVATION, OBSERVATION | {"observation_id": "o2", "value": "x", "period_end": "2021"}]
    first, second = io.BytesIO(), io.BytesIO()
    with Upload(written(rows)) as upload:
        upload.report.with_errors_csv(first)
    with Upload(first.getvalue()) as upload:
        assert found(upload.report) == [("not_a_number", 3, "value", "x")]
        upload.report.with_errors_csv(second)
    assert first.getvalue() == second.getvalue()


def test_the_file_back_as_a_workbook_marks_the_cells(tmp_path: Path) -> None:
    sheets = {
        "cities": [CITY, CITY | {"city_id": "new", "latitude": "99", "note": "=1+1"}],
        "observations": [OBSERVATION | {"period_end": "2018-11", "note": "=SUM(A1)"}],
    }
    path = tmp_path / "back.xlsx"
    parts = {name: read(written(rows), f"{name}.csv") for name, rows in sheets.items()}
    for name, tables in parts.items():
        mapped = {name: by_header(tables.only, name, tables.dialect)}
        report = check(mapped, known_tables(), raw={name: tables.only}, today=TODAY)
        report.with_errors_xlsx(path)
        sheet = openpyxl.load_workbook(path)[name]
        header = [cell.value for cell in sheet[1]]
        column = header.index("note") + 1
        last = sheet.max_row
        assert sheet.cell(last, column).value.startswith("=")
        assert sheet.cell(last, column).data_type == "s"
        assert sheet.cell(last, column).quotePrefix
        marked = {
            (cell.row, header[cell.column - 1]): cell.fill.fgColor.rgb[2:]
            for row in sheet.iter_rows()
            for cell in row
            if cell.fill.fill_type
        }
        if name == "cities":
            assert marked == {(3, "latitude"): "FFC7CE", (3, "note"): "DDEBF7"}
            assert sheet.cell(3, len(header)).value.startswith("latitude: 99 is above 90")
            assert sheet.cell(2, len(header)).value is None
        else:
            assert marked == {
                (2, "period_end"): "FFC7CE",
                (2, "period_start"): "FFC7CE",
                (2, "note"): "DDEBF7",
            }
        tables.close()


def test_numbers_of_a_workbook_come_back_as_numbers(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"observations": [OBSERVATION]})
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["F2"] = 12.5
    book.worksheets[0]["A2"] = "007"
    book.save(path)
    with read(path, "a.xlsx") as tables:
        checked(tables).with_errors_xlsx(tmp_path / "b.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "b.xlsx")["observations"]
    assert (sheet["F2"].value, sheet["A2"].value) == (12.5, "007")


def test_a_table_too_long_for_a_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ileaps_data.checks.files_back.SHEET_ROWS", 2)
    rows = [OBSERVATION, OBSERVATION | {"observation_id": "o2"}]
    with Upload(written(rows)) as upload, pytest.raises(ValueError, match="Take the CSV instead"):
        upload.report.with_errors_xlsx(tmp_path / "a.xlsx")
