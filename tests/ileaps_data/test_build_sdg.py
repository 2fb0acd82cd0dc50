"""The SDG part of a build: from publishers' files, traps included, to the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from ileaps_data import reference
from tests.ileaps_data.sdg_files import series_path

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ileaps_data.conftest import Workshop


def rows_of(built: Path, series: str) -> pd.DataFrame:
    values = reference.load("sdg_observations", built)
    return values[values["series"] == series].reset_index(drop=True)


def replace_in(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_levels_become_our_words_and_the_widest_counts_as_total(built: Path) -> None:
    air = rows_of(built, "EN_ATM_PM25").set_index("location")
    assert air["value"].to_dict() == {"total": 17.2, "town_or_suburb": 17.9, "urban": 19.9}
    assert air["is_total"].to_dict() == {"total": True, "town_or_suburb": False, "urban": False}
    education = rows_of(built, "SE_ADT_EDUCTRN")
    assert education[["sex", "age", "value", "is_total"]].to_numpy().tolist() == [
        ["female", "total", 41.0, False],
        ["total", "15_24", 60.0, False],
        ["total", "total", 40.0, True],
    ]


def test_a_lone_urban_level_is_the_total_and_keeps_its_word(built: Path) -> None:
    slums = rows_of(built, "EN_LND_SLUM")
    assert set(slums["location"]) == {"urban"}
    assert slums["is_total"].all()
    assert set(slums["area_id"]) == {"IDN", "m49:001"}


def test_bounds_statuses_and_texts_without_value(built: Path) -> None:
    hunger = rows_of(built, "SN_ITK_DEFC").set_index("area_id")
    assert (hunger.loc["KOR", "value"], hunger.loc["KOR", "bound"]) == (2.5, "below")
    assert hunger.loc["KOR", "observation_status"] == "estimated"
    assert pd.isna(hunger.loc["IDN", "value"])
    assert pd.isna(hunger.loc["IDN", "bound"])
    assert hunger.loc["IDN", "observation_status"] == "break"


def test_cities_and_countries_of_a_series_part(built: Path) -> None:
    ratios = reference.load("sdg_city_values", built).query("series == 'EN_LND_CNSPOP'")
    assert ratios["city_name"].tolist() == ["Bandung", "Makassar", "Medan"]
    assert ratios["city_id"].fillna("").tolist() == ["", "makassar", ""]
    assert ratios["caution"].str.split(":").str[0].tolist()[0] == "Negative"
    assert ratios["caution"].str.split(":").str[0].tolist()[2] == "Beyond ±10"
    country = rows_of(built, "EN_LND_CNSPOP")
    assert country[["area_id", "value", "nature"]].to_numpy().tolist() == [["IDN", 1.5, "country"]]


def test_the_world_of_the_world_bank_is_that_of_the_united_nations(built: Path) -> None:
    slums = rows_of(built, "EN.POP.SLUM.UR.ZS")
    assert slums["area_id"].tolist() == ["IDN", "m49:001"]
    assert slums["nature"].isna().all()
    assert set(reference.load("sdg_areas", built)["area_id"]) == {"m49:001"}
    series = reference.load("sdg_series", built).set_index("series")
    assert series.loc["EN.POP.SLUM.UR.ZS", "source_id"] == "wb_wdi_2026_07"
    assert series.loc["SN_ITK_DEFC", "name"] == "Name of sn_itk_defc"


def test_repeated_lines_of_the_air_database_count_once(built: Path) -> None:
    air = reference.load("city_air_quality", built)
    assert air[["city_id", "year"]].to_numpy().tolist() == [
        ["male", 2018],
        ["seoul", 2014],
        ["seoul", 2020],
    ]


@pytest.mark.parametrize(
    ("series", "old", "new", "says"),
    [
        ("en_lnd_slum", ",35.1", ",about 35", "not a value: 'about 35'"),
        ("en_lnd_slum", ",g,percent", ",w,percent", "unknown nature: w"),
        (
            "en_lnd_slum",
            ",percent,2000",
            ",furlong,2000",
            "not one known unit but furlong, percent",
        ),
        ("en_lnd_slum", ",35.1", ",35.2", "EN_LND_SLUM of IDN in 2000 should be 35.1; it is"),
        ("en_lnd_slum", "location", "place", "instead of those of its name"),
        ("en_urb_opensp", "mv_male", "kr_male", "its code begins with another economy"),
        ("en_urb_opensp", ",97.7", ",9.77", "EN_URB_OPENSP of male in 2020 should be 97.7"),
        ("en_lnd_cnspop", "id_medan", "id_makassar", "repeat the key (series, city_code, year)"),
    ],
)
def test_files_that_cannot_be_used_stop_the_build(
    workshop: Workshop,
    capsys: pytest.CaptureFixture[str],
    series: str,
    old: str,
    new: str,
    says: str,
) -> None:
    replace_in(series_path(workshop.sources / "unsd_sdg", series), old, new)
    assert workshop.build() == 1
    assert says in capsys.readouterr().err


@pytest.mark.parametrize(
    ("path", "old", "new", "says"),
    [
        ("sdg_series_directions.csv", "EN_LND_SLUM,", "EN_LND_SLUMS,", "needs a line in"),
        ("sdg_series_directions.csv", "SN_ITK_DEFC,", "SP_TRN_PUBL,", "SP_TRN_PUBL is there twice"),
        ("sdg_series_directions.csv", "VC_DSR_MTMP,", "VC_DSR_MORT,", "series VC_DSR_MTMP needs"),
        ("sdg_series_directions.csv", "target_basis", "basis", "no column target_basis"),
        ("unsd_sdg/ddf--concepts--continuous.csv", "en_lnd_slum", "x", "EN_LND_SLUM needs"),
        ("unsd_sdg/ddf--entities--geo_area.csv", "1,World\n", "", "EN_LND_SLUM of m49:001 in 2000"),
        ("who_aaq/partner_cities_air_quality.csv", "MDV,Male", "MDV,Addu", "('MDV', 'Addu')"),
        ("who_aaq/partner_cities_air_quality.csv", "no2_", "nox_", "no column no2_ug_m3"),
    ],
)
def test_lists_that_do_not_fit_stop_the_build(
    workshop: Workshop,
    capsys: pytest.CaptureFixture[str],
    path: str,
    old: str,
    new: str,
    says: str,
) -> None:
    replace_in(workshop.sources / path, old, new)
    assert workshop.build() == 1
    assert says in capsys.readouterr().err


def test_a_direction_without_values_stops_the_build(
    workshop: Workshop, capsys: pytest.CaptureFixture[str]
) -> None:
    series_path(workshop.sources / "unsd_sdg", "vc_dsr_mtmp").unlink()
    assert workshop.build() == 1
    assert "no file of values for VC_DSR_MTMP" in capsys.readouterr().err


@pytest.mark.parametrize("folder", ["unsd_sdg", "who_aaq"])
def test_a_missing_folder_is_named(
    workshop: Workshop, capsys: pytest.CaptureFixture[str], folder: str
) -> None:
    (workshop.sources / folder).rename(workshop.sources / "elsewhere")
    assert workshop.build() == 1
    assert folder in capsys.readouterr().err
