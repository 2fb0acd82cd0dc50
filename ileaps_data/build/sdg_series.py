"""Which way each UNSD series should go, towards what, and what to know before judging by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from ileaps_data.build.errors import BuildError
from ileaps_data.build.sdg_names import SHORT_NAMES
from ileaps_data.build.sdg_notes import NOTES
from ileaps_data.build.unsd_sdg import SeriesFile, has_total
from ileaps_data.sdg_tables import UNSD_SDG

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

DIRECTIONS = "sdg_series_directions.csv"
CONCEPTS = "ddf--concepts--continuous.csv"
URBAN_GOAL = "11."

UNITS = {
    "con_ppp_usd": "constant 2017 PPP United States dollars per person",
    "con_usd": "constant 2015 United States dollars",
    "cu_usd": "current United States dollars",
    "cu_usd_m": "million current United States dollars",
    "ha_th": "thousand hectares",
    "index": "index",
    "kg": "kilograms per person",
    "kg_per_con_usd": "kilograms per constant United States dollar",
    "m_m3_per_yr": "million cubic metres a year",
    "metons": "metric tons",
    "mgr_m_3": "micrograms per cubic metre",
    "mj_per_gdp_con_ppp_usd": "megajoules per constant 2017 PPP dollar of GDP",
    "mt_co2e": "million tonnes of CO₂ equivalent",
    "num_m": "million persons",
    "num_th": "thousand persons",
    "number": "number",
    "p_km": "passenger kilometres",
    "per_1000000_pop": "per million population",
    "per_100000_live_births": "per 100,000 live births",
    "per_100000_pop": "per 100,000 population",
    "per_1000_live_births": "per 1,000 live births",
    "per_100_pop": "per 100 population",
    "per_pop_u5": "percent of children under five",
    "percent": "percent",
    "ratio": "ratio",
    "t_km": "tonne kilometres",
    "teu": "twenty-foot equivalent units",
    "tonnes": "tonnes",
    "tonnes_m": "million tonnes",
    "usd_m3": "United States dollars per cubic metre",
}


@dataclass(frozen=True)
class Direction:
    """Which way progress is, the best possible value and the target; empty text: none."""

    direction: str
    natural_limit: str
    target_value: str
    target_year: str
    target_basis: str


@dataclass(frozen=True)
class Concept:
    """What the publisher's list says of a series."""

    name: str
    indicators: tuple[str, ...]


def read_directions(sources: Path) -> dict[str, Direction]:
    """Direction, limit and target by series.

    Raises:
        BuildError: the file is missing, lacks a column or names a series twice.
    """
    path = sources / DIRECTIONS
    lines = _read(path)
    columns = {
        "series": "series",
        "direction": "direction",
        "limit": "natural_limit",
        "target_value": "target_value",
        "target_year": "target_year",
        "target_basis": "target_basis",
    }
    absent = set(columns) - set(lines.columns)
    if absent:
        raise BuildError(f"{path.name}: no column {', '.join(sorted(absent))}")
    twice = lines.loc[lines["series"].duplicated(), "series"]
    if len(twice):
        raise BuildError(f"{path.name}: {twice.iloc[0]} is there twice")
    kept = lines[list(columns)].rename(columns=columns)
    return {series: Direction(*rest) for series, *rest in kept.itertuples(index=False)}


def series_row(
    file: SeriesFile, directions: Mapping[str, Direction], concepts: Mapping[str, Concept]
) -> dict[str, object]:
    """The row of `sdg_series` of one file.

    Raises:
        BuildError: the series has no direction, no short name, no entry or an unknown unit.
    """
    series = file.series
    concept = concepts.get(series)
    if series not in directions or series not in SHORT_NAMES or concept is None:
        raise BuildError(
            f"{file.path.name}: series {series} needs a line in {DIRECTIONS}, a short name in "
            f"ileaps_data/build/sdg_names.py and one in the publisher's {CONCEPTS}"
        )
    indicator, *others = sorted(
        concept.indicators, key=lambda each: not each.startswith(URBAN_GOAL)
    )
    return {
        "series": series,
        "source_id": UNSD_SDG,
        "indicator": indicator,
        "other_indicators": ";".join(others),
        "name": concept.name,
        "short_name": SHORT_NAMES[series],
        "unit": _unit(file),
        **vars(directions[series]),
        "direction_note": NOTES.get(series, ""),
        "has_cities": "cities" in file.lines.columns,
        "has_total": has_total(file),
    }


def _unit(file: SeriesFile) -> str:
    units = set(file.lines["units"])
    if len(units) != 1 or not units <= set(UNITS):
        raise BuildError(f"{file.path.name}: not one known unit but {', '.join(sorted(units))}")
    return UNITS[units.pop()]


def read_concepts(folder: Path) -> dict[str, Concept]:
    """Names and indicators of the publisher's list, by series.

    Raises:
        BuildError: the list is missing.
    """
    lines = _read(folder / CONCEPTS)
    return {
        code.upper(): Concept(" ".join(text.split()), tuple(indicators.split(", ")))
        for code, text, indicators in zip(
            lines["concept"], lines["description"], lines["indicator"], strict=True
        )
    }


def _read(path: Path) -> pd.DataFrame:
    try:
        return pd.read_csv(path, dtype="str", keep_default_na=False)
    except OSError as error:
        raise BuildError(f"{path}: {error.strerror}; it describes the SDG series") from error
