"""The report of a whole upload: its sheets together, the readers' problems, the file back."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import pytest

from ileaps_data.mapping import FieldSource, Mapping, mapped
from ileaps_data.readers import ReadingCancelledError, read
from ileaps_data.validation import check
from ileaps_data.workspace import Workspace
from tests.ileaps_data.checked_uploads import (
    INDICATOR,
    OBSERVATION,
    PILOT,
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


NEW_PILOT = PILOT | {"pilot_id": "p9"}
NEW_INDICATOR = INDICATOR | {"indicator_id": "i9", "pilot_id": "p9"}
NEW_FIGURE = OBSERVATION | {"pilot_id": "p9", "indicator_id": "i9"}


def test_sheets_of_one_file_refer_to_each_other_in_any_order(tmp_path: Path) -> None:
    sheets = {
        "observations": [NEW_FIGURE],
        "indicators": [NEW_INDICATOR],
        "pilots": [NEW_PILOT],
    }
    with read(workbook(tmp_path / "a.xlsx", sheets), "a.xlsx") as tables:
        report = checked(tables)
        assert found(report) == []
        assert report.tables == ["observations", "indicators", "pilots"]
        assert report.rows == 3


def test_a_row_that_refers_to_a_row_with_errors_is_not_published_either(tmp_path: Path) -> None:
    sheets = {
        "pilots": [PILOT | {"pilot_id": "p8"}, NEW_PILOT | {"kind": "plan"}],
        "indicators": [NEW_INDICATOR],
        "observations": [NEW_FIGURE],
    }
    with read(workbook(tmp_path / "a.xlsx", sheets), "a.xlsx") as tables:
        report = checked(tables)
        assert found(report) == [
            ("reference_to_rejected_row", 2, "pilot_id", "p9"),
            ("reference_to_rejected_row", 2, "pilot_id", "p9"),
            ("reference_to_rejected_row", 2, "indicator_id", "i9"),
            ("not_in_codelist", 3, "kind", "plan"),
        ]
        rules = report.problems["rule"].iloc[:3]
        assert list(rules) == [
            {"table": "pilots", "other_row": 3},
            {"table": "pilots", "other_row": 3},
            {"table": "indicators", "other_row": 2},
        ]


def test_a_published_row_that_the_file_updates_wrongly_can_still_be_referred_to(
    tmp_path: Path,
) -> None:
    sheets = {"pilots": [PILOT | {"kind": "plan"}], "observations": [OBSERVATION]}
    with read(workbook(tmp_path / "a.xlsx", sheets), "a.xlsx") as tables:
        assert found(checked(tables)) == [("not_in_codelist", 2, "kind", "plan")]


def test_the_uploads_own_indicator_decides_the_unit(tmp_path: Path) -> None:
    share = NEW_INDICATOR | {"unit": "percent", "measure": "percentage"}
    sheets = {
        "pilots": [NEW_PILOT],
        "indicators": [share],
        "observations": [NEW_FIGURE | {"value": "101"}],
    }
    with read(workbook(tmp_path / "a.xlsx", sheets), "a.xlsx") as tables:
        assert found(checked(tables)) == [("percentage_outside_0_100", 2, "value", "101")]


def test_rows_without_errors_can_be_published(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "workspace")
    known = {
        name: (lambda name=name: workspace.relation(name))
        for name in ("pilots", "indicators", "sources", "observations")
    }
    figure = OBSERVATION | {
        "pilot_id": "mks-petepete",
        "indicator_id": "mks_students",
        "period_start": "2026",
        "period_end": "2026-10",
        "source_id": "adaderana_20241228",
    }
    rows = [figure, figure | {"observation_id": "o2", "value": "?"}]
    pilots = workspace.table("indicators").set_index("indicator_id")["pilot_id"]
    rows = [row | {"pilot_id": pilots["mks_students"]} for row in rows]
    with Upload(written(rows), known=known) as upload:
        assert found(upload.report) == [("not_a_number", 3, "value", "?")]
        accepted = upload.report.accepted("observations")
        published = workspace.publish({"observations": accepted}, who="tester", base_version=0)
    assert (published.added, published.changed) == (1, 0)
    table = workspace.table("observations").set_index("observation_id")
    assert table.loc["o1", "value"] == 10
    assert table.loc["o1", "period_end"] == "2026-10"


def test_what_the_readers_found_is_part_of_the_report() -> None:
    content = written([OBSERVATION, OBSERVATION | {"observation_id": "o2", "value": "x"}])
    lines = content.decode().splitlines()
    lines[0] += ",note"
    lines[1:] = [f"{line}," for line in lines[1:]]
    lines.insert(2, "o7,p1,buses")
    lines.append(lines[1].replace("o1,", 'o"1,').replace(",,", ',"tw"o,', 1))
    with Upload("\n".join(lines).encode()) as upload:
        report = upload.report
        assert ("ragged_row", 3, None, "o7,p1,buses") in found(report)
        assert ("not_a_number", 4, "value", "x") in found(report)
        severities = dict(zip(report.problems["code"], report.problems["severity"], strict=True))
        assert severities["ragged_row"] == "error"
        assert severities["duplicate_header"] == "warning"
        assert report.counts["ragged_row"] == 1
        assert report.rows_set_aside == upload.raw.set_aside > 0
        assert not report.ok


def test_a_cell_without_a_value_is_an_error_where_it_is_used(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"observations": [OBSERVATION, OBSERVATION]})
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet["A3"] = "o2"
    sheet["E3"] = "2021"
    sheet["L3"] = "=1+1"
    sheet["N1"], sheet["N2"], sheet["N3"] = "extra", "=1+1", "=1+2"
    book.save(path)
    with read(path, "a.xlsx") as tables:
        report = checked(tables)
        assert [problem for problem in found(report) if problem[0] == "formula_without_value"] == [
            ("formula_without_value", 3, "note", None),
            ("formula_without_value", 2, None, None),
            ("formula_without_value", 3, None, None),
        ]
        assert report.rows_with_errors == 1
        severities = report.problems.loc[
            report.problems["code"] == "formula_without_value", "severity"
        ]
        assert list(severities) == ["error", "warning", "warning"]
        report.with_errors_xlsx(tmp_path / "back.xlsx")
    back = openpyxl.load_workbook(tmp_path / "back.xlsx")["observations"]
    told = "The cell holds a formula whose result was not saved."
    header = [cell.value for cell in back[1]]
    assert back.cell(3, len(header)).value == f"note: {told} extra: {told}"
    assert back.cell(2, len(header)).value == f"extra: {told}"
    assert back.cell(3, header.index("note") + 1).fill.fgColor.rgb == "00FFC7CE"


MISTAKES = [
    {"value": "스물"},
    {"value": "1e309"},
    {"value": ""},
    {"period_end": "31/02/2020"},
    {"period_end": "2020.2"},
    {"period_start": "언제"},
    {"period_start": "2020"},
    {"pilot_id": "파일럿"},
    {"pilot_id": ""},
    {"pilot_id": "p2"},
    {"indicator_id": "버스"},
    {"source_id": "seoul"},
    {"source_id": ""},
    {"qualifier": "정확"},
    {"value_kind": "보고"},
    {"group": "시범"},
    {"group": ""},
    {"indicator_id": "share", "value": "140"},
    {"observation_id": "m0"},
    {"observation_id": ""},
]


def test_twenty_mistakes_each_in_its_row() -> None:
    rows = [
        OBSERVATION
        | {"observation_id": f"m{n}", "period_start": "", "period_end": str(1990 + n)}
        | {"note": "한강버스, 서울"}
        for n in range(40)
    ]
    for n, mistake in enumerate(MISTAKES):
        rows[2 * n + 1] |= mistake
    content = written(rows, ";").decode().encode("cp949")
    with Upload(content) as upload:
        report = upload.report
        assert upload.tables.dialect.encoding == "cp949"
        assert report.rows_with_errors == 20
        errors = report.problems[report.problems["severity"] == "error"]
        assert list(errors["row"]) == [2 * n + 3 for n in range(20)]
        assert list(errors["code"]) == [
            "not_a_number",
            "number_not_finite",
            "required_missing",
            "date_does_not_exist",
            "not_a_date",
            "not_a_date",
            "ends_before_start",
            "unknown_reference",
            "required_missing",
            "pilot_differs_from_indicator",
            "unknown_reference",
            "unknown_reference",
            "required_missing",
            "not_in_codelist",
            "not_in_codelist",
            "not_in_codelist",
            "required_missing",
            "percentage_outside_0_100",
            "duplicate_key",
            "required_missing",
        ]
        worded = report.worded()
        assert worded["problem"].iloc[0] == '"스물" is not a number.'
        assert worded["how_to_fix"].str.len().min() > 10
        assert len(report.accepted("observations").df()) == 20


def test_the_cell_stands_beside_the_value_as_it_was_understood() -> None:
    rows = [OBSERVATION | {"indicator_id": "share", "value": "1,5"}]
    with read(written(rows, ";"), "a.csv") as tables:
        raw = tables.only
        sources = {name: FieldSource(column=f"c{n}") for n, name in enumerate(raw.columns)}
        sources["value"] = FieldSource(column="c5", unit_factor=100)
        mapped_table = mapped(raw, Mapping(table="observations", fields=sources), tables.dialect)
        report = check(
            {"observations": mapped_table}, known_tables(), raw={"observations": raw}, today=TODAY
        )
        assert found(report) == [("percentage_outside_0_100", 2, "value", "150")]
        assert list(report.problems["cell"]) == ["1,5"]


def test_words_can_be_translated() -> None:
    with Upload(written([OBSERVATION | {"value": "x"}])) as upload:
        words = upload.report.worded(
            translate=lambda text: text.upper().replace("%(VALUE)S", "%(value)s")
        )
    assert words["problem"].iloc[0] == '"x" IS NOT A NUMBER.'


def test_progress_is_told_and_a_wish_to_stop_is_obeyed() -> None:
    told: list[tuple[str, float]] = []
    with Upload(written([OBSERVATION]), progress=lambda *step: told.append(step)) as upload:
        assert upload.report.ok
    assert {stage for stage, _ in told} == {"checking"}
    assert {0 <= share <= 1 for _, share in told} == {True}
    with pytest.raises(ReadingCancelledError):
        Upload(written([OBSERVATION]), cancelled=lambda: True)


def test_closing_leaves_nothing_and_a_second_check_is_possible() -> None:
    with read(written([OBSERVATION]), "a.csv") as tables:
        mapped = {"observations": by_header(tables.only, "observations", tables.dialect)}

        def names() -> set[str]:
            listed = tables.only.connection.execute(
                "SELECT table_name FROM duckdb_tables() UNION ALL "
                "SELECT type_name FROM duckdb_types() WHERE NOT internal"
            )
            return {row[0] for row in listed.fetchall()}

        before = names()
        first = check(mapped, known_tables())
        second = check(mapped, known_tables())
        assert first.ok
        assert second.ok
        first.close()
        assert len(second.accepted("observations").df()) == 1
        second.close()
        second.close()
        assert names() == before


def test_a_check_without_the_tables_as_read_gives_no_file_back() -> None:
    with read(written([OBSERVATION]), "a.csv") as tables:
        mapped = {"observations": by_header(tables.only, "observations", tables.dialect)}
        report = check(mapped, known_tables())
        with pytest.raises(ValueError, match="pass it in `raw`"):
            report.with_errors_csv(io.BytesIO())
        with pytest.raises(KeyError, match="no table 'cities' was checked"):
            report.accepted("cities")
