"""The SDG tables from the UNSD files, the WDI and the WHO's file, and what they must satisfy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from ileaps_data.build import unsd_cities, unsd_sdg, wdi_series, who_aaq
from ileaps_data.build.errors import BuildError
from ileaps_data.build.sdg_series import read_concepts, read_directions, series_row
from ileaps_data.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SOURCES = (unsd_sdg.SOURCE, who_aaq.SOURCE)


def compile_sdg(
    sources: Path, economies: pd.DataFrame, cities: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """The five SDG tables.

    Raises:
        BuildError: a publisher's file is missing or cannot be used.
    """
    folder = sources / unsd_sdg.FOLDER
    iso3_by_m49 = dict(zip(economies["m49"], economies["iso3"], strict=True))
    region = economies.loc[economies["subregion_id"].notna(), "iso3"]
    names = unsd_sdg.aggregate_names(folder)
    places = frozenset(region) | frozenset(cities["country_iso3"])
    directions, concepts = read_directions(sources), read_concepts(folder)
    values, city_parts, rows = [], [], []
    for file in unsd_sdg.read_files(folder):
        values.append(unsd_sdg.observations(file, places | set(names), iso3_by_m49))
        if "cities" in file.lines.columns:
            city_parts.append(unsd_cities.city_values(file, economies))
        rows.append(series_row(file, directions, concepts))
    unread = sorted(set(directions) - {str(row["series"]) for row in rows})
    if unread:
        raise BuildError(f"{folder}: no file of values for {', '.join(unread)}")
    from_wdi = wdi_series.observations(sources, places, frozenset(economies["iso3"]))
    together = pd.concat([*values, from_wdi], ignore_index=True)
    rows += wdi_series.series_rows(set(from_wdi.get("series", [])))
    aggregates = wdi_series.AGGREGATES | names
    present = sorted(area for area in set(together["area_id"]) if area in aggregates)
    return {
        "sdg_series": _with_goals(pd.DataFrame(rows)),
        "sdg_observations": together,
        "sdg_areas": pd.DataFrame(
            {"area_id": present, "name": [aggregates[area] for area in present]}
        ),
        "sdg_city_values": _together("sdg_city_values", city_parts),
        "city_air_quality": who_aaq.compile_air_quality(sources),
    }


def _with_goals(rows: pd.DataFrame) -> pd.DataFrame:
    parts = rows["indicator"].str.split(".")
    return rows.assign(
        goal=pd.to_numeric(parts.str[0].replace("", None)),
        target=(parts.str[0] + "." + parts.str[1]).fillna(""),
    )


def _together(name: str, parts: list[pd.DataFrame]) -> pd.DataFrame:
    if not parts:
        return pd.DataFrame(columns=TABLES[name].columns)
    return pd.concat(parts, ignore_index=True)


KNOWN_VALUES = (
    ("EN_LND_SLUM", "IDN", 2000, "urban", 35.1),
    ("EN_LND_SLUM", "IDN", 2020, "urban", 19.4),
    ("EN_LND_SLUM", "m49:001", 2000, "urban", 31.2),
    ("EN_LND_SLUM", "m49:001", 2020, "urban", 24.2),
    ("EN_ATM_PM25", "IDN", 2019, "urban", 19.9),
)
KNOWN_CITY_VALUES = (
    ("SP_TRN_PUBL", "seoul", 2020, 70.6),
    ("EN_LND_CNSPOP", "makassar", 2020, 5.453),
    ("EN_REF_WASCOL", "colombo", 2018, 93.0),
    ("EN_URB_OPENSP", "male", 2020, 97.7),
)


def failures(tables: Mapping[str, pd.DataFrame]) -> list[str]:
    """What is wrong with the typed SDG tables, as sentences; none when they may be used."""
    values, cities = tables["sdg_observations"], tables["sdg_city_values"]
    found: list[str] = []
    for series, area, year, location, expected in KNOWN_VALUES:
        at = (values["series"] == series) & (values["area_id"] == area) & (values["year"] == year)
        got = values.loc[at & (values["location"] == location), "value"].tolist()
        if len(got) != 1 or round(got[0], 1) != expected:
            found.append(f"{series} of {area} in {year} should be {expected}; it is {got}")
    for series, city, year, expected in KNOWN_CITY_VALUES:
        at = (cities["series"] == series) & (cities["city_id"] == city) & (cities["year"] == year)
        got = cities.loc[at, "value"].tolist()
        if len(got) != 1 or round(got[0], 3) != expected:
            found.append(f"{series} of {city} in {year} should be {expected}; it is {got}")
    known: set[Any] = set(tables["economies"]["iso3"]) | set(tables["sdg_areas"]["area_id"])
    nameless = sorted(set(values["area_id"]) - known)
    if nameless:
        found.append(f"sdg_observations: areas without a name: {', '.join(nameless)}")
    rows = tables["sdg_series"]
    without = set(rows.loc[~rows["has_total"], "series"])
    totals = sorted(set(values.loc[values["is_total"], "series"]) & without)
    if totals:
        found.append(f"sdg_observations: totals of series without one: {', '.join(totals)}")
    return found
