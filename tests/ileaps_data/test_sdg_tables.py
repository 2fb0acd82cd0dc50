"""The committed SDG tables: counts, published figures, bounds, breakdowns, cautions."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from ileaps_data import reference
from ileaps_data.build import sdg
from ileaps_data.build.sdg_names import SHORT_NAMES
from ileaps_data.build.sdg_notes import NOTES
from ileaps_data.build.unsd_cities import PARTNER_CITIES, PARTNER_CITIES_WITHOUT_VALUES
from ileaps_data.build.wdi_series import SERIES as WDI_SERIES

SERIES = reference.load("sdg_series").set_index("series")
VALUES = reference.load("sdg_observations")
CITY_VALUES = reference.load("sdg_city_values")
AIR = reference.load("city_air_quality")
UNSD = SERIES[SERIES["source_id"] == "unsd_sdg_2023_12"]
ECONOMIES = reference.economies()


def value(series: str, area: str, year: int, **breakdown: str) -> pd.Series:
    """The one row of a series, area and year: at the total unless a breakdown says otherwise."""
    at = (VALUES["series"] == series) & (VALUES["area_id"] == area) & (VALUES["year"] == year)
    rows = where(VALUES[at], **(breakdown or {"is_total": True}))
    assert len(rows) == 1
    return rows.iloc[0]


def where(frame: pd.DataFrame, **levels: object) -> pd.DataFrame:
    for column, level in levels.items():
        frame = frame[frame[column] == level]
    return frame


def city(series: str, city_id: str, year: int) -> pd.Series:
    rows = where(CITY_VALUES, series=series, city_id=city_id, year=year)
    assert len(rows) == 1
    return rows.iloc[0]


def test_every_series_has_a_row_with_its_direction() -> None:
    assert len(UNSD) == 193 == len(SHORT_NAMES)
    assert len(SERIES) == 193 + 19
    assert UNSD["direction"].value_counts().to_dict() == {0: 82, -1: 56, 1: 55}
    assert UNSD["target_value"].notna().sum() == 19
    assert SERIES["short_name"].str.len().max() <= 45
    assert set(NOTES) == set(UNSD.index)
    assert UNSD["direction_note"].notna().all()


def test_context_series_have_neither_indicator_nor_direction() -> None:
    context = SERIES[SERIES["indicator"].isna()]
    assert set(context.index) == {code for code, each in WDI_SERIES.items() if not each.indicator}
    assert context[["goal", "target", "target_value"]].isna().all(axis=None)
    assert (context["direction"] == 0).all()


def test_a_series_of_several_indicators_stands_under_goal_eleven() -> None:
    deaths = SERIES.loc["VC_DSR_MTMP"]
    assert (deaths["indicator"], deaths["target"], deaths["goal"]) == ("11.5.1", "11.5", 11)
    assert deaths["other_indicators"] == "1.5.1;13.1.1"
    assert SERIES["other_indicators"].dropna().str.contains("11.").sum() == 0


def test_every_indicator_of_goal_eleven_in_the_files_is_there() -> None:
    urban = set(SERIES.loc[SERIES["goal"] == 11, "indicator"])
    assert urban == {
        *("11.1.1", "11.2.1", "11.3.1", "11.4.1", "11.5.1", "11.5.2", "11.5.3", "11.6.1"),
        *("11.6.2", "11.7.1", "11.7.2", "11.a.1", "11.b.1", "11.b.2"),
    }


def test_areas_are_the_region_the_partners_countries_and_named_aggregates() -> None:
    economies = {area for area in VALUES["area_id"] if ":" not in area}
    region = set(ECONOMIES.dropna(subset=["subregion_id"])["iso3"])
    assert economies == region | {"BRA", "COL", "ETH", "MOZ", "PER"}
    aggregates = set(VALUES["area_id"]) - economies
    assert aggregates == set(reference.load("sdg_areas")["area_id"])
    assert {"m49:001", "m49:035", "m49:199", "m49:432", "m49:722", "wb:EAS"} < aggregates
    assert len(aggregates) == 32


@pytest.mark.parametrize(
    ("series", "area", "year", "breakdown", "expected"),
    [
        ("EN_LND_SLUM", "IDN", 2000, {}, 35.1),
        ("EN_LND_SLUM", "IDN", 2020, {}, 19.4),
        ("EN_LND_SLUM", "m49:001", 2000, {}, 31.2),
        ("EN_LND_SLUM", "m49:001", 2020, {}, 24.2),
        ("EN_ATM_PM25", "IDN", 2019, {"location": "urban"}, 19.9),
        ("EN.ATM.PM25.MC.M3", "IDN", 2023, {}, 20.8),
        ("EN.POP.SLUM.UR.ZS", "IDN", 2022, {}, 19.4),
        ("EG_ACS_ELEC", "KOR", 2020, {}, 100.0),
    ],
)
def test_known_figures(
    series: str, area: str, year: int, breakdown: dict[str, str], expected: float
) -> None:
    assert round(value(series, area, year, **breakdown)["value"], 1) == expected


def test_no_row_of_the_areas_kept_is_lost() -> None:
    assert VALUES["series"].isin(UNSD.index).sum() == 168_686
    assert len(VALUES) == 213_936


def test_the_checks_of_a_build_see_a_nameless_area_and_a_total_of_parts() -> None:
    names = ("economies", "sdg_series", "sdg_observations", "sdg_areas", "sdg_city_values")
    tables = {name: reference.load(name) for name in names}
    assert sdg.failures(tables) == []
    nameless = tables | {"sdg_areas": tables["sdg_areas"].query("area_id != 'm49:035'")}
    assert sdg.failures(nameless) == ["sdg_observations: areas without a name: m49:035"]
    parted = tables["sdg_series"].assign(has_total=lambda rows: rows["series"] != "SH_DYN_MORT")
    assert sdg.failures(tables | {"sdg_series": parted}) == [
        "sdg_observations: totals of series without one: SH_DYN_MORT"
    ]


def test_bounds_keep_number_and_side_and_no_value_stays_a_row() -> None:
    clean = VALUES[VALUES["series"] == "EG_EGY_CLEAN"]
    assert set(clean.loc[clean["bound"] == "above", "value"]) == {95.0}
    assert set(clean.loc[clean["bound"] == "below", "value"]) == {5.0}
    bounded = VALUES[VALUES["bound"].notna()]
    assert bounded["series"].value_counts().to_dict() == {
        "EG_EGY_CLEAN": 1735,
        "SN_ITK_DEFC": 264,
        "SN_ITK_DEFCN": 182,
    }
    absent = VALUES[VALUES["value"].isna() & VALUES["series"].isin(UNSD.index)]
    assert set(absent["series"]) == {"ER_PTD_FRHWTR", "SG_GEN_LOCGELS"}
    assert not math.isinf(VALUES["value"].max())


def test_totals_are_one_row_an_area_and_year() -> None:
    totals = VALUES[VALUES["is_total"]]
    assert not totals.duplicated(["series", "area_id", "year"]).any()
    without = set(SERIES.index[~SERIES["has_total"]])
    assert without == {
        *("EN_HAZ_TREATV", "EN_MWT_TREATR", "EN_MWT_TREATV", "ER_H2O_IWRMP"),
        *("IS_RDP_FRGVOL", "IS_RDP_PFVOL"),
    }
    with_rows = set(VALUES["series"]) - without
    assert set(totals["series"]) == with_rows


def test_lone_levels_of_area_and_sex_keep_their_word() -> None:
    assert value("EN_LND_SLUM", "IDN", 2020)["location"] == "urban"
    assert set(VALUES.loc[VALUES["series"] == "SG_GEN_PARL", "sex"]) == {"female"}
    electricity = VALUES[(VALUES["series"] == "EG_ACS_ELEC") & VALUES["is_total"]]
    assert set(electricity["location"]) == {"total"}
    accounts = VALUES[(VALUES["series"] == "FB_BNK_ACCSS") & VALUES["is_total"]]
    assert set(accounts["age"]) == {"total"}
    bottom = VALUES[VALUES["other_breakdown"] == "quantile=b40"]
    assert not bottom["is_total"].any()


def test_the_nature_of_each_value_is_known() -> None:
    from_unsd = VALUES[VALUES["series"].isin(UNSD.index)]
    assert from_unsd["nature"].notna().all()
    assert VALUES.loc[~VALUES["series"].isin(UNSD.index), "nature"].isna().all()
    assert value("EN_LND_SLUM", "IDN", 2020)["nature"] == "global_monitoring"
    of_economies = from_unsd[~from_unsd["area_id"].str.contains(":")]
    assert (of_economies["nature"] == "not_relevant").sum() == 4


@pytest.mark.parametrize(
    ("city_id", "transport", "ratios", "open_space"),
    [
        ("seoul", 70.6, None, 48.8),
        ("makassar", 45.3, (2.286, 5.453), 31.5),
        ("male", 98.8, None, 97.7),
        ("colombo", 62.6, (4.163, 2.977), 15.2),
        ("chandigarh", 26.5, (1.488, 1.123), 54.8),
        ("hcmc", 68.7, None, 30.4),
        ("dhaka", 44.8, (0.888, 0.335), 31.4),
        ("addis_ababa", 31.5, (1.376, 0.458), 41.8),
    ],
)
def test_values_of_the_partner_cities(
    city_id: str, transport: float, ratios: tuple[float, float] | None, open_space: float
) -> None:
    assert city("SP_TRN_PUBL", city_id, 2020)["value"] == transport
    assert city("EN_URB_OPENSP", city_id, 2020)["value"] == open_space
    published = where(CITY_VALUES, series="EN_LND_CNSPOP", city_id=city_id)
    found = dict(zip(published["year"], published["value"].round(3), strict=True))
    assert found == ({} if ratios is None else dict(zip((2010, 2020), ratios, strict=True)))


@pytest.mark.parametrize(
    ("city_id", "expected"),
    [
        ("colombo", {2016: 83.5, 2018: 93.0}),
        ("hcmc", {2018: 97.0}),
        ("dhaka", {2012: 55.0, 2019: 97.2, 2020: 97.8, 2021: 97.5}),
        ("addis_ababa", {2010: 38.5, 2018: 70.0}),
        ("seoul", {}),
    ],
)
def test_waste_collection_of_the_partner_cities(city_id: str, expected: dict[int, float]) -> None:
    rows = where(CITY_VALUES, series="EN_REF_WASCOL", city_id=city_id)
    assert dict(zip(rows["year"], rows["value"], strict=True)) == expected


def test_partner_cities_are_matched_or_named_as_absent() -> None:
    partners = set(reference.cities()["city_id"])
    assert set(PARTNER_CITIES) == set(CITY_VALUES["city_id"].dropna())
    assert set(PARTNER_CITIES) | PARTNER_CITIES_WITHOUT_VALUES == partners
    assert "bogor" in PARTNER_CITIES_WITHOUT_VALUES
    assert not CITY_VALUES["city_name"].str.contains("ogor").any()
    country = reference.cities().set_index("city_id")["country_iso3"]
    matched = CITY_VALUES.dropna(subset=["city_id"])
    assert (matched["city_id"].map(country) == matched["iso3"]).all()


def test_implausible_values_are_kept_with_the_reason() -> None:
    assert "75%" in city("EN_URB_OPENSP", "male", 2020)["caution"]
    assert pd.isna(city("SP_TRN_PUBL", "male", 2020)["caution"])
    ratios = CITY_VALUES[CITY_VALUES["series"] == "EN_LND_CNSPOP"]
    beyond = ratios["value"].abs() > 10
    assert ratios.loc[beyond, "caution"].str.startswith("Beyond").all()
    negative = (ratios["value"] < 0) & ~beyond
    assert ratios.loc[negative, "caution"].str.startswith("Negative").all()
    assert ratios.loc[~negative & ~beyond, "caution"].isna().all()
    assert (int(beyond.sum()), int(negative.sum())) == (26, 31)
    assert len(CITY_VALUES) == 1375
    assert CITY_VALUES.groupby("series").size().to_dict() == {
        "EN_LND_CNSPOP": 431,
        "EN_REF_WASCOL": 203,
        "EN_URB_OPENSP": 366,
        "SP_TRN_PUBL": 375,
    }


@pytest.mark.parametrize(
    ("city_id", "year", "expected"),
    [
        ("seoul", 2020, 21),
        ("dhaka", 2019, 86.5),
        ("colombo", 2019, 23.6),
        ("hcmc", 2019, 26.6),
        ("chandigarh", 2019, 63.2),
        ("addis_ababa", 2019, 20.5),
    ],
)
def test_air_of_the_partner_cities(city_id: str, year: int, expected: float) -> None:
    rows = where(AIR, city_id=city_id, year=year)
    assert rows["pm25"].round(1).tolist() == [expected]


def test_a_measure_nobody_reported_is_missing() -> None:
    seoul = AIR.query("city_id == 'seoul' and year == 2010").iloc[0]
    assert pd.isna(seoul["pm25"])
    assert seoul["pm10"] == 49
    assert len(AIR) == 75
    assert AIR["city_id"].nunique() == 13
