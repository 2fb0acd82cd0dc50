from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from ileaps_data import reference
from ileaps_data.__main__ import main
from ileaps_data.build.errors import BuildError, ChecksFailedError
from ileaps_data.build.published import compile_published, package_files, write_published
from ileaps_data.published_citations import CITATIONS
from ileaps_data.published_tables import PUBLISHED_TABLES
from ileaps_data.schema import problems
from tests.ileaps_data import published_files
from tests.ileaps_data.published_files import CARD_KRUEGER, SDR_2019, SDR_2021, STATCAN

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ileaps_data.conftest import Workshop

SIZES = {
    "card_krueger": 820,
    "card_krueger_published": 6,
    "iati_example": 1,
    "ons_land_use": 4,
    "sdr2019_goals": 3_054,
    "sdr2019_index": 193,
    "sdr2019_indicators": 114,
    "sdr2019_trend_values": 70_245,
    "sdr2019_values": 15_377,
    "sdr2021_goals": 3_271,
    "sdr2021_index": 193,
    "sdr2021_indicators": 120,
    "sdr2021_trend_values": 90_528,
    "sdr2021_values": 17_636,
    "statcan_progress": 247,
    "urban_growth_published": 19,
}


# --- the committed package -------------------------------------------------------------------


def test_the_package_holds_these_tables_and_nothing_else() -> None:
    assert {name: len(reference.load_published(name)) for name in PUBLISHED_TABLES} == SIZES
    listed = {resource["path"] for resource in reference.package(reference.PUBLISHED)["resources"]}
    files = {path.name for path in reference.PUBLISHED.iterdir()}
    assert files == listed | {"datapackage.json"}
    assert sum(path.stat().st_size for path in reference.PUBLISHED.iterdir()) < 2_000_000


@pytest.mark.parametrize("name", SIZES)
def test_each_table_keeps_to_its_declaration(name: str) -> None:
    assert problems(reference.load_published(name), PUBLISHED_TABLES[name]) == []


def test_each_file_is_described_with_who_published_it_and_on_which_terms() -> None:
    for resource in reference.package(reference.PUBLISHED)["resources"]:
        content = (reference.PUBLISHED / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        (source,) = resource["sources"]
        assert set(source) >= {"title", "path", "source_id", "edition", "licence"}
        assert source["source_id"] in CITATIONS


def test_licences_are_those_the_publishers_print() -> None:
    assert {name: each.licence for name, each in CITATIONS.items()} == {
        "sdsn_sdr_2019": "CC BY 4.0",
        "sdsn_sdr_2021": "CC BY-NC-ND 4.0",
        "statcan_gif": "MIT (as stated in the repository)",
        "card_krueger_1994": "",
        "cia_world_factbook": "Public domain (public JSON copy under CC0)",
        "ons_11_3_1": "",
        "iati_guidance": "",
    }


def test_every_citation_is_a_row_of_the_sources() -> None:
    sources = reference.sources().set_index("source_id")
    assert set(CITATIONS) <= set(sources.index)
    assert sources.loc["sdsn_sdr_2021", "licence"] == "CC BY-NC-ND 4.0"


def test_an_unknown_table_and_a_damaged_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="no table 'sdr2020_goals'; there are card_krueger"):
        reference.load_published("sdr2020_goals")
    for path in reference.PUBLISHED.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "iati_example.csv").write_text("example\n")
    with pytest.raises(reference.DataFileError, match="its SHA-256 differs"):
        reference.load_published("iati_example", tmp_path)


def test_an_error_about_our_own_file_gives_its_path_in_the_project() -> None:
    error = reference.DataFileError(reference.PUBLISHED / "iati_example.csv", "is gone")
    assert "git checkout -- data/published/iati_example.csv" in str(error)


# --- compiling -------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    published_files.write_published(tmp_path / "files")
    return tmp_path / "files"


def test_a_report_becomes_long_tables(folder: Path) -> None:
    tables = compile_published(folder)
    values = tables["sdr2019_values"].set_index(["iso3", "code"])
    assert values.index.tolist() == [
        ("AFG", "sdg2_stunting"),
        ("AND", "sdg2_stunting"),
        ("AUT", "sdg2_yieldgap"),
    ]
    assert values["value"].tolist() == [40.9, 2.6, 70.0]
    assert values["imputed"].tolist() == [False, True, False]
    assert values["rating"].tolist() == ["red", "green", "yellow"]
    assert values["trend"].isna().tolist() == [False, True, True]
    assert values["score"].isna().tolist() == [False, True, True]
    goals = tables["sdr2019_goals"].set_index("iso3")
    assert goals["rating"].to_dict() == {"AFG": "red", "AUT": "orange"}
    assert goals["trend"].to_dict() == {"AFG": "stagnating", "AUT": "moderately_improving"}
    index = tables["sdr2019_index"].set_index("iso3")
    assert index["oecd"].to_dict() == {"AFG": False, "AND": False, "AUT": True}
    assert index["score"].isna().to_dict() == {"AFG": False, "AND": True, "AUT": False}
    indicators = tables["sdr2019_indicators"].set_index("code")
    assert indicators.loc["sdg2_stunting", "name"] == "Prevalence of stunting (%)"
    assert indicators["in_global"].tolist() == [True, False]
    trends = tables["sdr2019_trend_values"]
    assert trends.to_numpy().tolist() == [["AFG", "sdg2_stunting", 2010, 44.0]]


def test_the_report_of_2021_has_years_windows_and_groups(folder: Path) -> None:
    tables = compile_published(folder)
    values = tables["sdr2021_values"].set_index("iso3")
    # shifted profits have a colour and no line in the codebook
    assert values["code"].to_dict() == {"FIN": "sdg3_births", "_OECD": "sdg3_births"}
    assert values["year"].to_dict() == {"FIN": 2016, "_OECD": 2016}
    row = tables["sdr2021_indicators"].iloc[0]
    assert (row["trend_from"], row["trend_to"], row["trend_in_oecd"]) == (2010, 2014, False)
    assert tables["sdr2021_index"]["iso3"].tolist() == ["AND", "FIN"]
    assert tables["sdr2021_index"]["oecd"].tolist() == [False, True]


def test_statcan_series_and_card_krueger_stores(folder: Path) -> None:
    tables = compile_published(folder)
    statcan = tables["statcan_progress"].set_index("series")
    assert statcan.index.tolist() == ["1-2-1", "1-4-1 / Access to basic mobility"]
    assert statcan["indicator"].tolist() == ["1.2.1", "1.4.1"]
    assert statcan.loc["1-2-1", "score"] == 2.5185563910306596
    assert statcan["value"].isna().tolist() == [False, True]
    stores = tables["card_krueger"]
    assert stores["state"].tolist() == ["PA", "PA", "NJ", "NJ"]
    assert stores["period"].tolist() == ["after", "before", "after", "before"]
    assert stores["in_balanced_sample"].tolist() == [True, True, False, False]


def test_the_same_files_give_the_same_bytes(folder: Path) -> None:
    assert package_files(compile_published(folder)) == package_files(compile_published(folder))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        (SDR_2019, "no workbook", f"{SDR_2019}: cannot be read as a workbook"),
        (CARD_KRUEGER, "id,nj\n1,0\n", f"{CARD_KRUEGER}: not the file of stores by period"),
        (STATCAN, "1-1-1:\n   odd: 1\n", "line 2 is not one of the three levels"),
        (STATCAN, "1-1-1:\n  1-1-1 / odd: name:\n", "line 2 is no series"),
        (STATCAN, "1-1-1:\n  1-1-1:\n    score: 1\n", "a component is absent or no number"),
    ],
)
def test_a_file_of_another_kind_is_refused(
    folder: Path, name: str, content: str, message: str
) -> None:
    (folder / name).write_text(content)
    with pytest.raises(BuildError, match=message):
        compile_published(folder)


def test_a_workbook_of_another_layout_is_refused(folder: Path) -> None:
    (folder / SDR_2021).write_bytes((folder / SDR_2019).read_bytes())
    with pytest.raises(BuildError, match="has no sheet 'SDR2021 Data'"):
        compile_published(folder)


def test_an_absent_file_is_named(folder: Path) -> None:
    (folder / STATCAN).unlink()
    with pytest.raises(BuildError, match=f"no file {STATCAN} in it"):
        compile_published(folder)


def test_a_store_listed_twice_is_refused(folder: Path) -> None:
    path = folder / CARD_KRUEGER
    path.write_text(path.read_text() + "1,0,0,40.5,NA\n")
    with pytest.raises(ChecksFailedError, match="1 rows repeat the key"):
        compile_published(folder)


def test_a_package_over_two_megabytes_is_refused(folder: Path) -> None:
    tables = compile_published(folder)
    row = tables["sdr2019_index"].head(1)
    many = pd.concat([row] * 60_000).assign(
        name=[f"an economy with a long name, number {at}" for at in range(60_000)]
    )
    with pytest.raises(BuildError, match="over 2,000,000"):
        package_files({**tables, "sdr2019_index": many})


# --- the command -----------------------------------------------------------------------------


def build(workshop: Workshop, published: Path) -> int:
    return main(
        [
            "build",
            *("--sources", str(workshop.sources)),
            *("--programme", str(workshop.programme)),
            *("--published", str(published)),
            *("--output", str(workshop.data)),
        ]
    )


def test_the_build_writes_the_package_where_it_is_asked_to(
    workshop: Workshop, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(workshop, folder) == 0
    assert "published/card_krueger.csv" in capsys.readouterr().out
    written = reference.load_published("card_krueger", workshop.data / "published")
    assert len(written) == 4
    before = {path.name: path.read_bytes() for path in (workshop.data / "published").iterdir()}
    assert workshop.build() == 0
    after = {path.name: path.read_bytes() for path in (workshop.data / "published").iterdir()}
    assert after == before


def test_an_unusable_published_file_leaves_the_data_folder_as_it_was(
    workshop: Workshop, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / SDR_2019).unlink()
    assert build(workshop, folder) == 1
    assert f"no file {SDR_2019} in it" in capsys.readouterr().err
    assert [path.name for path in workshop.data.iterdir()] == ["economies.csv"]
    assert build(workshop, folder / "none") == 2


def test_writing_again_replaces_the_package(folder: Path, tmp_path: Path) -> None:
    tables = compile_published(folder)
    write_published(tables, tmp_path / "data")
    write_published(tables, tmp_path / "data")
    assert len(list((tmp_path / "data" / "published").iterdir())) == len(PUBLISHED_TABLES) + 1
