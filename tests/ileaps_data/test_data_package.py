"""The committed data folder: what its descriptor says of it is true, and so are its figures."""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from shapely.geometry import shape

from ileaps_data import reference
from ileaps_data.build import checks
from ileaps_data.build.natural_earth import split_at_antimeridian
from ileaps_data.build.programme import CITIES_WITHOUT_MATCH
from ileaps_data.tables import TABLES

PACKAGE = reference.package()
RESOURCES: dict[str, dict[str, Any]] = {each["name"]: each for each in PACKAGE["resources"]}
OUTLINES: dict[str, Any] = {
    each["id"]: each for each in json.loads(reference.boundaries())["features"]
}
REGION = reference.economies().dropna(subset=["subregion_id"])


def rings() -> list[tuple[str, int, np.ndarray]]:
    """Every ring with its country and its place in the polygon: 0 is the outer one."""
    found = []
    for code, feature in OUTLINES.items():
        coordinates = feature["geometry"]["coordinates"]
        parts = coordinates if feature["geometry"]["type"] == "MultiPolygon" else [coordinates]
        found += [(code, at, np.array(ring)) for part in parts for at, ring in enumerate(part)]
    return found


def test_every_file_is_listed_and_every_listed_file_is_there() -> None:
    listed = {each["path"] for each in PACKAGE["resources"]} | {"datapackage.json"}
    assert {path.name for path in reference.DATA.iterdir() if path.is_file()} == listed


@pytest.mark.parametrize("name", sorted(RESOURCES))
def test_bytes_hash_and_rows_are_those_described(name: str) -> None:
    resource = RESOURCES[name]
    content = (reference.DATA / resource["path"]).read_bytes()
    assert resource["bytes"] == len(content)
    assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    if name == "boundaries":
        assert resource["features"] == len(OUTLINES)
    else:
        assert resource["rows"] == len(reference.load(name))
    if resource["format"] == "csv":
        assert len(content) < 200_000


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_field_is_described_with_its_type(name: str) -> None:
    schema = RESOURCES[name]["schema"]
    assert [field["name"] for field in schema["fields"]] == TABLES[name].columns
    assert all(field["description"] and field["type"] for field in schema["fields"])
    assert schema["primaryKey"] == list(TABLES[name].key)


def test_the_descriptor_keeps_to_the_data_package_standard() -> None:
    assert re.fullmatch(r"[a-z0-9._-]+", PACKAGE["name"])
    assert PACKAGE["profile"] == "data-package"
    assert len(RESOURCES) == len(PACKAGE["resources"]) == len(TABLES) + 1
    for name, resource in RESOURCES.items():
        assert re.fullmatch(r"[a-z0-9._-]+", name)
        assert (resource["profile"] == "tabular-data-resource") == (resource["format"] == "csv")
        for field in resource.get("schema", {"fields": []})["fields"]:
            assert field["type"] in {"string", "number", "integer", "boolean"}
            constraints = set(field.get("constraints", {}))
            assert constraints <= {"required", "unique", "enum", "minimum", "maximum", "pattern"}


def test_references_in_the_descriptor_lead_to_fields_there_are() -> None:
    found = 0
    for name, resource in RESOURCES.items():
        for reference_ in resource.get("schema", {}).get("foreignKeys", []):
            target = reference_["reference"]
            assert set(reference_["fields"]) <= set(TABLES[name].columns)
            assert set(target["fields"]) <= set(TABLES[target["resource"]].columns)
            found += 1
    assert found > 20


@pytest.mark.parametrize("name", sorted(TABLES))
def test_patterns_match_whole_values(name: str) -> None:
    for field in TABLES[name].fields:
        if field.effective_pattern:
            values = reference.load(name)[field.name].dropna()
            assert values.str.fullmatch(field.effective_pattern).all(), field.name


def test_populations_say_their_unit() -> None:
    fields = {field["name"]: field for field in RESOURCES["urban_population"]["schema"]["fields"]}
    units = {name: field.get("unit") for name, field in fields.items()}
    assert units["urban"] == units["rural"] == units["total"] == "thousand persons"
    assert units["percent_urban"] == "percent"


@pytest.mark.parametrize("name", sorted(RESOURCES))
def test_every_file_names_sources_with_edition_and_licence(name: str) -> None:
    sources = RESOURCES[name]["sources"]
    assert sources
    assert all(each["title"] and each["edition"] and each["licence"] for each in sources)


def test_the_folder_is_small() -> None:
    size = sum(path.stat().st_size for path in reference.DATA.rglob("*") if path.is_file())
    assert size < 12_000_000
    assert RESOURCES["boundaries"]["bytes"] < 400_000


def test_no_path_of_the_machine_that_built_it_is_in_it() -> None:
    places = [str(reference.DATA.parent), tempfile.gettempdir()]
    for path in filter(Path.is_file, reference.DATA.iterdir()):
        content = path.read_bytes()
        assert not [place for place in places if f"{place}/".encode() in content], path.name


def test_the_builds_own_checks_still_pass() -> None:
    tables = {name: reference.load(name) for name in TABLES}
    assert checks.all_failures(tables, {"features": list(OUTLINES.values())}) == []


def test_revisions_are_the_three_published_ones() -> None:
    revisions = reference.revisions().set_index("revision_id")
    assert revisions["name"].to_dict() == {
        "wdi2026-07": "WDI July 2026",
        "wup2014": "WUP 2014",
        "wup2018": "WUP 2018",
    }
    assert revisions.index[revisions["is_default"]].tolist() == ["wup2018"]
    population = reference.urban_population()
    span = population.groupby("revision_id")["year"].agg(["min", "max"])
    assert span["min"].tolist() == revisions["first_year"].tolist()
    assert span["max"].tolist() == revisions["last_year"].tolist()
    assert population["revision_id"].value_counts().to_dict() == {
        "wdi2026-07": 17_424,
        "wup2018": 273 * 21,
        "wup2014": 58 * 21,
    }


@pytest.mark.parametrize(
    ("revision", "area", "year", "column", "published"),
    [
        ("wup2018", "IDN", 2020, "urban", 154_188.5),
        ("wup2018", "m49:935", 2050, "urban", 3_479_059),
        ("wup2018", "m49:935", 2020, "percent_urban", 51.08),
        ("wup2018", "BGD", 2020, "percent_urban", 38.2),
        ("wdi2026-07", "BGD", 2020, "percent_urban", 31.1),
        ("wdi2026-07", "IDN", 2025, "urban", 169_698.1),
        ("wdi2026-07", "IDN", 2025, "total", 285_721.2),
    ],
)
def test_figures_are_those_published(
    revision: str, area: str, year: int, column: str, published: float
) -> None:
    population = reference.urban_population().set_index(["revision_id", "area_id", "year"])
    decimals = len(str(published).partition(".")[2])
    assert round(population.loc[(revision, area, year), column], decimals) == published


@pytest.mark.parametrize(
    ("year", "millions"), [(1980, 786.6), (2010, 1_881.7), (2015, 2_115.9), (2050, 3_230.2)]
)
def test_wup_2014_sums_to_the_figures_of_its_day(year: int, millions: float) -> None:
    population = reference.urban_population().query(f"revision_id == 'wup2014' and year == {year}")
    assert round(population["urban"].sum() / 1000, 1) == millions


@pytest.mark.parametrize(
    ("city", "thousand"),
    [
        ("dhaka", 21_006),
        ("seoul", 9_963),
        ("makassar", 1_584),
        ("colombo", 613),
        ("chandigarh", 1_148),
        ("bogor", 1_160),
        ("hcmc", 8_602),
        ("addis_ababa", 4_794),
    ],
)
def test_partner_cities_are_matched_to_the_right_agglomeration(city: str, thousand: int) -> None:
    code = reference.cities().set_index("city_id").loc[city, "wup_city_code"]
    population = reference.city_population().query(f"city_code == '{code}' and year == 2020")
    assert round(population["population"].item()) == thousand


def test_matched_cities_lie_where_their_agglomeration_does() -> None:
    cities = reference.cities().dropna(subset=["wup_city_code"])
    both = cities.merge(
        reference.urban_agglomerations(),
        left_on="wup_city_code",
        right_on="city_code",
        suffixes=("", "_wup"),
    )
    assert len(both) == 23
    assert (both["country_iso3"] == both["iso3"]).all()
    assert ((both["latitude"] - both["latitude_wup"]).abs() < 0.3).all()
    assert ((both["longitude"] - both["longitude_wup"]).abs() < 0.3).all()


def test_cities_without_an_agglomeration_are_the_six_with_a_reason() -> None:
    cities = reference.cities()
    unmatched = cities.loc[cities["wup_city_code"].isna(), "city_id"]
    assert set(unmatched) == set(CITIES_WITHOUT_MATCH)


def test_city_figures_run_year_by_year() -> None:
    years = reference.city_population().groupby("city_code")["year"].agg(["min", "max", "size"])
    assert (years == [1950, 2035, 86]).all(axis=None)
    assert len(years) == 1_860


def test_the_fort_divisions_debt_is_no_target() -> None:
    indicators = reference.indicators().set_index("indicator_id")
    assert indicators.loc["cmb_fort", "denominator_value"] == 610.96
    assert indicators["denominator_value"].count() == 1
    targets = indicators["target_value"].dropna().to_dict()
    assert targets == {"cch_people": 120_000, "mks_schoolbus": 15, "mks_vehicles": 20}


def test_every_figure_keeps_its_source_and_gets_an_id_of_its_own() -> None:
    observations = reference.observations()
    assert len(observations) == 163
    assert observations["observation_id"].is_unique
    assert observations["source_id"].isin(reference.sources()["source_id"]).all()
    assert "mks_vehicles.2017-05-19.bakti_inovasi_0" in observations["observation_id"].tolist()


def test_every_economy_but_tuvalu_has_an_outline_and_each_a_point() -> None:
    assert set(REGION["iso3"]) - set(OUTLINES) == {"TUV"}
    assert {"MDV", "SGP", "NCL", "PYF", "HKG", "MAC", "COL", "ETH"} <= set(OUTLINES)
    assert REGION[["latitude", "longitude"]].notna().all(axis=None)
    assert all(code == each["properties"]["iso3"] for code, each in OUTLINES.items())


def test_points_lie_in_or_near_their_economy() -> None:
    for code, latitude, longitude in REGION[["iso3", "latitude", "longitude"]].to_numpy():
        if code != "TUV":
            outline = shape(OUTLINES[code]["geometry"])
            assert outline.distance(shapely.Point(longitude, latitude)) < 0.2, code


def test_no_edge_crosses_the_antimeridian() -> None:
    for code, _, ring in rings():
        assert np.abs(np.diff(ring[:, 0])).max() <= 180, code
        assert np.abs(ring[:, 0]).max() <= 180, code


def test_outer_rings_run_clockwise_and_holes_the_other_way() -> None:
    for code, place, ring in rings():
        x, y = ring.T
        area = np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])
        assert (area < 0) == (place == 0), code


def test_shared_borders_stayed_shared() -> None:
    def corners(code: str) -> set[tuple[float, float]]:
        return set(map(tuple, shapely.get_coordinates(shape(OUTLINES[code]["geometry"])).round(2)))

    for one, other in (("IND", "BGD"), ("CHN", "MNG"), ("RUS", "UKR"), ("ARG", "CHL")):
        assert len(corners(one) & corners(other)) > 10, (one, other)
        both = [shape(OUTLINES[code]["geometry"]) for code in (one, other)]
        assert both[0].intersection(both[1]).area < 0.05, (one, other)


def test_the_boundary_note_goes_with_the_outlines() -> None:
    note = json.loads(reference.boundaries())["note"]
    assert "no position on the legal status" in note
    assert note in RESOURCES["boundaries"]["description"]


def test_a_ring_over_the_antimeridian_is_cut_in_two_of_the_same_area() -> None:
    across = shapely.Polygon([(178, 0), (-177, 0), (-177, 2), (178, 2)])
    parts = split_at_antimeridian(across)
    assert sorted(part.bounds for part in parts.geoms) == [(-180, 0, -177, 2), (178, 0, 180, 2)]
    assert parts.area == 10
