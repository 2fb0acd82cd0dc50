from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import openpyxl
import pandas as pd
import pytest
import shapely

from ileaps_data import reference
from ileaps_data.__main__ import main
from ileaps_data.build import package
from ileaps_data.build.errors import BuildError
from tests.ileaps_data import publisher_files as publisher

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ileaps_data.conftest import Workshop


def untouched(workshop: Workshop) -> bool:
    """Whether data/ is as before, with nothing left beside it."""
    kept = [path.name for path in workshop.data.iterdir()] == ["economies.csv"]
    beside = sorted(path.name for path in workshop.data.parent.iterdir())
    return (
        kept
        and beside == ["data", "own"]
        and (workshop.data / "economies.csv").read_text() == "old"
    )


def alter_cell(path: Path, row: int, column: int, value: object) -> None:
    book = openpyxl.load_workbook(path)
    book["Data"].cell(row, column).value = value
    book.save(path)


def at(frame: pd.DataFrame, **where: object) -> pd.Series:
    for column, value in where.items():
        frame = frame[frame[column] == value]
    assert len(frame) == 1
    return frame.iloc[0]


def test_population_comes_from_every_table_wherever_its_header_stands(built: Path) -> None:
    population = reference.urban_population(built)
    row = at(population, revision_id="wup2018", area_id="IDN", year=2020)
    assert row["urban"] == 154_188.5
    assert row["rural"] == 2 * 360 + 404
    assert row["total"] == 154_188.5 + 1_124
    assert row["percent_urban"] == pytest.approx(100 * 154_188.5 / 155_312.5)
    assert row["area_kind"] == "economy"
    world = at(population, revision_id="wup2018", area_id="m49:900", year=2015)
    assert (world["area_name"], world["area_kind"]) == ("WORLD", "aggregate")


def test_world_bank_persons_become_thousands_and_aggregates_are_marked(built: Path) -> None:
    population = reference.urban_population(built).query("revision_id == 'wdi2026-07'")
    row = at(population, area_id="NAM", year=2020)
    assert (row["urban"], row["rural"], row["total"], row["percent_urban"]) == (10, 30, 40, 25)
    assert set(population["area_id"]) == {"IDN", "NAM", "PSE", "m49:900", "wb:EMU"}
    assert pd.isna(at(population, area_id="PSE", year=1960)["urban"])
    assert at(population, area_id="PSE", year=1960)["percent_urban"] == 25


def test_wup_2014_has_urban_population_alone(built: Path) -> None:
    population = reference.urban_population(built).query("revision_id == 'wup2014'")
    assert len(population) == 2 * 58
    assert at(population, area_id="IDN", year=2050)["urban"] == 1025
    assert population[["rural", "total", "percent_urban"]].isna().all(axis=None)
    revision = at(reference.revisions(built), revision_id="wup2014")
    assert not revision["has_rural_total"]
    assert (revision["first_year"], revision["last_year"]) == (1950, 2050)


def test_cities_are_joined_by_code_though_the_files_are_ordered_differently(built: Path) -> None:
    seoul = at(reference.cities(built), city_id="seoul")["wup_city_code"]
    assert seoul == "20001"
    assert at(reference.urban_agglomerations(built), city_code=seoul)["iso3"] == "KOR"
    years = reference.city_population(built).query(f"city_code == '{seoul}'")
    assert years["year"].tolist() == [2015, 2016, 2017, 2018, 2019, 2020]
    assert years["population"].tolist() == [300 + 20.001 + year for year in years["year"]]
    assert len(reference.urban_agglomerations(built)) == 1_860


def test_columns_left_beside_the_size_classes_stay_out(built: Path) -> None:
    classes = reference.city_size_classes(built)
    assert set(classes["year"]) == {2015, 2020}
    latest = classes.query("year == 2020")
    assert latest["population"].tolist() == list(publisher.ASIA_BY_SIZE)
    assert latest["size_class"].iloc[-1] == "Fewer than 300,000"
    assert latest["cities"].iloc[:5].tolist() == [7] * 5
    assert pd.isna(latest["cities"].iloc[5])


def test_programme_tables_come_out_as_committed(built: Path) -> None:
    names = ("policies", "transfers", "pilots", "stage_events", "indicators", "events", "facts")
    for name in (*names, "observations"):
        pd.testing.assert_frame_equal(reference.load(name, built), reference.load(name))


def test_fiji_is_split_and_france_has_its_code(built: Path) -> None:
    outlines = {each["id"]: each for each in json.loads(reference.boundaries(built))["features"]}
    assert "FRA" in outlines
    parts = outlines["FJI"]["geometry"]["coordinates"]
    spans = sorted((min(x for x, _ in part[0]), max(x for x, _ in part[0])) for part in parts)
    assert spans == [(-180, -179), (179, 180)]
    # d3-geo takes a ring that runs the other way for the whole globe outside it.
    assert not any(shapely.LinearRing(part[0]).is_ccw for part in parts)
    assert at(reference.economies(built), iso3="TUV")["longitude"] == 179.217


def test_two_builds_write_the_same_bytes(built: Path, workshop: Workshop) -> None:
    assert workshop.build() == 0
    first = {path.name: path.read_bytes() for path in built.iterdir()}
    second = {path.name: path.read_bytes() for path in workshop.data.iterdir()}
    assert first == second


def test_a_later_revision_stands_beside_the_old_ones(workshop: Workshop, built: Path) -> None:
    economies = reference.economies()
    years = (2020, 2025, 2030)
    folder = workshop.sources / "un_wup2025"
    publisher.write_wup(folder, 2025, economies, years=years, header_row=9)
    assert workshop.build() == 0
    revisions = reference.revisions(workshop.data).set_index("revision_id")
    assert list(revisions.index) == ["wdi2026-07", "wup2014", "wup2018", "wup2025"]
    assert revisions.loc["wup2025", "name"] == "WUP 2025"
    assert revisions.loc["wup2025", "last_year"] == 2030
    assert revisions.query("is_default").index.tolist() == ["wup2018"]
    assert (
        at(reference.sources(workshop.data), source_id="un_wup2025")["licence"] == "CC BY 3.0 IGO"
    )
    population = reference.urban_population(workshop.data)
    pd.testing.assert_frame_equal(
        population.query("revision_id != 'wup2025'").reset_index(drop=True),
        reference.urban_population(built),
    )
    assert set(population.query("revision_id == 'wup2025'")["year"]) == set(years)


def test_the_world_banks_own_download_is_dated_by_its_own_line(workshop: Workshop) -> None:
    folder = workshop.sources / "from the World Bank"
    publisher.write_wdi_download(folder, "2026-10-15", urban=3_000, total=4_000)
    assert workshop.build() == 0
    assert "wdi2026-10" in reference.revisions(workshop.data)["revision_id"].tolist()
    population = reference.urban_population(workshop.data)
    row = at(population, revision_id="wdi2026-10", area_id="IDN")
    assert (row["year"], row["urban"], row["rural"], row["percent_urban"]) == (2020, 3, 1, 75)
    assert at(population, revision_id="wdi2026-07", area_id="IDN")["urban"] == 10


def test_files_nobody_built_are_kept_and_files_no_longer_built_go(workshop: Workshop) -> None:
    assert workshop.build() == 0
    (workshop.data / "published").mkdir()
    (workshop.data / "published" / "notes.txt").write_text("mine")
    descriptor = workshop.data / "datapackage.json"
    listed = json.loads(descriptor.read_text())
    listed["resources"].append({"path": "retired.csv", "hash": "sha256:0"})
    descriptor.write_text(json.dumps(listed))
    (workshop.data / "retired.csv").write_text("x")
    assert workshop.build() == 0
    assert (workshop.data / "published" / "notes.txt").read_text() == "mine"
    assert not (workshop.data / "retired.csv").exists()


def spoil_sum(workshop: Workshop) -> None:
    # Line 18 is the world's; its rural population of 2015 stands in column E, three rows lower.
    alter_cell(workshop.sources / "un_wup2018" / "table 4.xlsx", 21, 5, 1.0)


def spoil_city(workshop: Workshop) -> None:
    alter_cell(workshop.sources / "un_wup2018" / "five.xlsx", 18, 9, 1.0)


def spoil_summary(workshop: Workshop) -> None:
    alter_cell(workshop.sources / "un_wup2018" / "summary.xlsx", 18, 5, 49.0)


def spoil_indonesia(workshop: Workshop) -> None:
    path = workshop.sources / "un_wup2018" / "table 3.xlsx"
    rows = openpyxl.load_workbook(path)["Data"].iter_rows(min_col=4, max_col=4)
    row = next(number for number, (cell,) in enumerate(rows, 1) if cell.value == 360)
    alter_cell(path, row, 6, 154_000.0)


def drop_city(workshop: Workshop) -> None:
    for name in ("five", "each"):
        path = workshop.sources / "un_wup2018" / f"{name}.xlsx"
        book = openpyxl.load_workbook(path)
        sheet = book["Data"]
        codes = [row[0].value for row in sheet.iter_rows(min_row=18, min_col=4, max_col=4)]
        sheet.delete_rows(18 + codes.index(20_001 + 1_000))
        book.save(path)


def move_economy(workshop: Workshop) -> None:
    path = workshop.sources / "escap_members.csv"
    path.write_text(path.read_text().replace("JPN,ENEA", "JPN,SEA"))


def dangling_policy(workshop: Workshop) -> None:
    path = workshop.programme / "transfers.csv"
    path.write_text(path.read_text().replace("p_transit", "p_unheard_of", 1))


def strange_role(workshop: Workshop) -> None:
    path = workshop.programme / "cities.csv"
    path.write_text(path.read_text().replace(",hub,", ",boss,"))


def impossible_date(workshop: Workshop) -> None:
    path = workshop.programme / "events.csv"
    path.write_text(path.read_text().replace("2016-06-08", "2016-13-08", 1))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (
            spoil_sum,
            "urban + rural = total fails in 1 rows of urban_population, first wup2018 WORLD",
        ),
        (spoil_city, "F12 and F22 differ for city 20001 in 2015: 1.0 and 2335.001 thousand"),
        (spoil_summary, "WORLD: urban 49.0 and rural 50.0 do not make 100.0 thousand"),
        (
            spoil_indonesia,
            "Indonesia in 2020 (wup2018) should be 154188.5 thousand; it is [154000.0]",
        ),
        (drop_city, "wup2018 should list 1860 agglomerations, not 1859"),
        (move_economy, "should have {'ENEA': 7, 'SEA': 11, 'SSWA': 10, 'NCA': 9, 'PAC': 21}"),
        (dangling_policy, "transfers.policy_id: not in policies.policy_id: p_unheard_of"),
        (strange_role, "cities.role: not in the codelist: boss; known: hub, pilot, exchange"),
        (impossible_date, "events.starts_on: not written as"),
    ],
)
def test_a_failed_check_says_what_with_figures_and_leaves_data_alone(
    spoil: object, said: str, workshop: Workshop, capsys: pytest.CaptureFixture[str]
) -> None:
    assert callable(spoil)
    spoil(workshop)
    assert workshop.build() == 1
    errors = capsys.readouterr().err
    assert said in errors
    assert "nothing was replaced" in errors
    assert untouched(workshop)


def bare_folder(workshop: Workshop) -> None:
    (workshop.sources / "worldbank_wdi_2026-07").rename(workshop.sources / "worldbank_wdi")


def same_vintage_twice(workshop: Workshop) -> None:
    publisher.write_wdi_download(workshop.sources / "more", "2026-07-01", urban=1, total=2)


def lost_series(workshop: Workshop) -> None:
    (workshop.sources / "worldbank_wdi_2026-07" / "sp.rur.totl.csv").unlink()


def repeated_line(workshop: Workshop) -> None:
    path = workshop.sources / "worldbank_wdi_2026-07" / "sp.rur.totl.csv"
    path.write_text(path.read_text() + "Indonesia,IDN,2020,1\n")


def other_header(workshop: Workshop) -> None:
    alter_cell(workshop.sources / "un_wup2018" / "table 3.xlsx", 17, 4, "Code of place")


def no_reference(workshop: Workshop) -> None:
    alter_cell(workshop.sources / "un_wup2018" / "table 3.xlsx", 3, 4, "")


def no_workbook(workshop: Workshop) -> None:
    (workshop.sources / "un_wup2018" / "table 3.xlsx").write_bytes(b"PK but not for long")


def lost_table(workshop: Workshop) -> None:
    (workshop.sources / "un_wup2018" / "table 3.xlsx").unlink()


def same_table_twice(workshop: Workshop) -> None:
    folder = workshop.sources / "un_wup2018"
    shutil.copy(folder / "table 3.xlsx", folder / "table 3 (copy).xlsx")


def words_for_a_number(workshop: Workshop) -> None:
    alter_cell(workshop.sources / "un_wup2018" / "table 3.xlsx", 20, 6, "many")


def member_twice(workshop: Workshop) -> None:
    path = workshop.sources / "escap_members.csv"
    path.write_text(path.read_text() + "JPN,ENEA,member\n")


def undecided_city(workshop: Workshop) -> None:
    path = workshop.programme / "cities.csv"
    path.write_text(path.read_text().replace("seoul,", "new_town,", 1))


def lost_file(workshop: Workshop) -> None:
    (workshop.programme / "pilots.csv").unlink()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (bare_folder, "Rename the folder with the month of the download: worldbank_wdi_YYYY-MM"),
        (same_vintage_twice, "both hold the WDI of 2026-07: keep one"),
        (lost_series, "the WDI of 2026-07 lack SP.RUR.TOTL"),
        (repeated_line, "sp.rur.totl.csv: two lines for IDN in 2020"),
        (other_header, "table 3.xlsx: recognised as table F03 of the 2018 revision, but none"),
        (no_reference, "table 3.xlsx: no WUP reference (such as POP/DB/WUP/Rev.2018/1/F03)"),
        (no_workbook, "table 3.xlsx: cannot be read as a workbook"),
        (lost_table, "but no table F03 (urban population)"),
        (same_table_twice, "table 3.xlsx and table 3 (copy).xlsx are both table F03"),
        (words_for_a_number, "table 3.xlsx: row 20, year 2020 holds 'many' where a number belongs"),
        (member_twice, "escap_members.csv: listed more than once: JPN"),
        (undecided_city, "cities.csv: new_town neither matched to an urban agglomeration nor"),
        (lost_file, "pilots.csv: not found in programme"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_and_data_left_alone(
    spoil: object, said: str, workshop: Workshop, capsys: pytest.CaptureFixture[str]
) -> None:
    assert callable(spoil)
    spoil(workshop)
    assert workshop.build() == 1
    assert said in capsys.readouterr().err.replace(
        "table 3 (copy).xlsx and table 3.xlsx", "table 3.xlsx and table 3 (copy).xlsx"
    )
    assert untouched(workshop)


def test_a_folder_that_is_none_is_wrong_use(
    workshop: Workshop, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(workshop.sources)
    assert workshop.build() == 2
    assert "--sources" in capsys.readouterr().err
    assert untouched(workshop)


@pytest.mark.parametrize("arguments", [[], ["build"], ["build", "--sources", "."], ["bulid"]])
def test_a_command_that_is_none_is_wrong_use(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2


def test_a_folder_that_cannot_be_replaced_stays(tmp_path: Path) -> None:
    output = tmp_path / "data"
    output.write_text("a file where the folder should be written")
    with pytest.raises(BuildError):
        package.replace_folder({"a/b.csv": b""}, output)
    assert output.read_text() == "a file where the folder should be written"
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
