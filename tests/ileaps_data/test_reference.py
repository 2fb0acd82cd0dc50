from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from ileaps_data import reference
from ileaps_data.reference import DataFileError
from ileaps_data.tables import TABLES

UNTIL_SOMEBODY_PUBLISHES = {"readiness_assessments"}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the committed folder that a test may damage."""
    return Path(shutil.copytree(reference.DATA, tmp_path / "data"))


def relist(folder: Path, name: str) -> None:
    """Gives the descriptor the hash the file has now, as a careless editor might."""
    path = folder / "datapackage.json"
    package = json.loads(path.read_text())
    for resource in package["resources"]:
        if resource["path"] == name:
            content = (folder / name).read_bytes()
            resource["hash"] = f"sha256:{hashlib.sha256(content).hexdigest()}"
    path.write_text(json.dumps(package))


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_table_has_a_loader_and_its_declared_types(name: str) -> None:
    frame = getattr(reference, name)()
    assert list(frame.columns) == TABLES[name].columns
    assert {column: str(dtype) for column, dtype in frame.dtypes.items()} == TABLES[name].dtypes
    assert len(frame) or name in UNTIL_SOMEBODY_PUBLISHES
    assert not frame.isin(["", "nan", "<NA>"]).any(axis=None)


def test_loading_twice_gives_frames_of_their_own() -> None:
    first = reference.economies()
    first["name"] = "changed"
    assert "changed" not in reference.economies()["name"].tolist()


def test_the_code_of_namibia_is_no_missing_value() -> None:
    assert reference.economies().set_index("iso3").loc["NAM", "iso2"] == "NA"


def test_missing_stays_missing_in_every_type() -> None:
    observations, indicators = reference.observations(), reference.indicators()
    assert int(observations["period_end"].isna().sum()) == 21
    assert int(indicators["ascending"].isna().sum()) == 4
    assert str(indicators["ascending"].dtype) == "boolean"
    assert int(indicators["target_value"].notna().sum()) == 3
    assert int(reference.sources()["published_on"].isna().sum()) == 58


def test_subregions_come_in_their_order() -> None:
    assert reference.subregions()["subregion_id"].tolist() == ["ENEA", "SEA", "SSWA", "NCA", "PAC"]


def test_an_unknown_table_is_named_with_those_there_are() -> None:
    with pytest.raises(KeyError, match="no table 'economy'; there are bus_boardings_by_hour"):
        reference.load("economy")


def test_a_missing_file_is_named_with_the_command_that_brings_it_back(copy: Path) -> None:
    (copy / "pilots.csv").unlink()
    with pytest.raises(DataFileError) as raised:
        reference.pilots(copy)
    error = raised.value
    assert error.path == copy / "pilots.csv"
    assert error.reason == "cannot be opened (No such file or directory)"
    assert error.command == "python -m ileaps_data build --sources DIR --programme DIR"
    assert str(error) == (
        "data/pilots.csv: cannot be opened (No such file or directory). Build the data folder anew "
        "with `python -m ileaps_data build --sources DIR --programme DIR`, or take the file back "
        "from the repository with `git checkout -- data/pilots.csv`."
    )


def test_a_truncated_file_differs_from_its_hash(copy: Path) -> None:
    path = copy / "urban_population.parquet"
    path.write_bytes(path.read_bytes()[:-500])
    with pytest.raises(DataFileError, match="its SHA-256 differs") as raised:
        reference.urban_population(copy)
    assert raised.value.path == path


def test_a_truncated_file_is_unreadable_even_with_its_hash(copy: Path) -> None:
    path = copy / "urban_population.parquet"
    path.write_bytes(path.read_bytes()[:-500])
    relist(copy, path.name)
    with pytest.raises(DataFileError, match="cannot be read as parquet"):
        reference.urban_population(copy)


def test_an_edited_figure_differs_from_its_hash(copy: Path) -> None:
    path = copy / "observations.csv"
    path.write_text(path.read_text().replace(",101", ",1010", 1))
    with pytest.raises(DataFileError, match=r"data/observations\.csv: is not the file that"):
        reference.observations(copy)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "cannot be read as csv"),
        ('subregion_id,name,position\nENEA,"East', "cannot be read as csv"),
        ("subregion_id,name\nENEA,East\n", "has the columns subregion_id, name instead of"),
        (
            "subregion_id,name,position\nENEA,East,first\n",
            "table subregions, column position: not integer",
        ),
        ("subregion_id,name,position\nENEA,East,\n", "column position: not integer"),
    ],
)
def test_a_table_spoilt_together_with_its_hash_is_told_from_its_content(
    content: str, reason: str, copy: Path
) -> None:
    (copy / "subregions.csv").write_text(content)
    relist(copy, "subregions.csv")
    with pytest.raises(DataFileError) as raised:
        reference.subregions(copy)
    assert reason in raised.value.reason


@pytest.mark.parametrize("content", ["", "[]", '{"resources": [{"path": "x"}]}', "{"])
def test_a_damaged_descriptor_is_named(content: str, copy: Path) -> None:
    (copy / "datapackage.json").write_text(content)
    with pytest.raises(DataFileError) as raised:
        reference.economies(copy)
    assert raised.value.path.name == "datapackage.json"


def test_a_file_the_descriptor_does_not_list_is_not_trusted(copy: Path) -> None:
    package = json.loads((copy / "datapackage.json").read_text())
    package["resources"] = [each for each in package["resources"] if each["name"] != "pilots"]
    (copy / "datapackage.json").write_text(json.dumps(package))
    with pytest.raises(DataFileError, match=r"is not listed in datapackage\.json"):
        reference.pilots(copy)


def test_damaged_boundaries_are_named(copy: Path) -> None:
    (copy / "boundaries.geojson").write_text("{}")
    with pytest.raises(DataFileError, match=r"data/boundaries\.geojson: is not the file"):
        reference.boundaries(copy)


def test_version_nought_is_the_fact_base() -> None:
    versions = reference.versions()
    assert versions.columns.tolist() == ["version", "label", "note"]
    assert versions["version"].tolist() == [0]


def test_the_data_sets_behind_each_file_can_be_looked_up() -> None:
    pairs = reference.package_sources()
    population = pairs[pairs["resource"] == "urban_population"]["source_id"]
    assert population.tolist() == ["un_wup2014", "un_wup2018", "wb_wdi_2026_07"]
    assert pairs[pairs["resource"] == "boundaries"]["source_id"].tolist() == ["natural_earth"]
    assert set(pairs["source_id"]) <= set(reference.sources()["source_id"])
    assert pairs[pairs["resource"] == "observations"].empty
    assert isinstance(pairs, pd.DataFrame)
