"""What a build must satisfy before it may replace the data folder.

Each check answers with sentences that name what is wrong and the figures; none means it passed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry import shape

from ileaps_data.build import sdg
from ileaps_data.schema import problems, unresolved_references
from ileaps_data.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

TOLERANCE = 1e-6
"""How far sums may be off, as a share of the total."""

SUBREGION_SIZES = {"ENEA": 7, "SEA": 11, "SSWA": 10, "NCA": 9, "PAC": 21}
SHARE_TOLERANCE = 0.5
"""Percentage points; published shares of the smallest islands are up to 0.45 from urban/total."""

ECONOMIES_WITHOUT_POLYGON = {"TUV"}
KNOWN_REVISION = "wup2018"
INDONESIA_URBAN_2020 = 154_188.5
ASIA_URBAN_2020_BY_SIZE = 2_361_464
AGGLOMERATIONS = 1_860


def all_failures(tables: Mapping[str, pd.DataFrame], boundaries: Mapping[str, Any]) -> list[str]:
    """Every check that fails, as sentences; none when the tables may be used."""
    found: list[str] = []
    for name, frame in tables.items():
        found += problems(frame, TABLES[name])
    found += unresolved_references(tables, TABLES)
    found += parts_and_totals(tables["urban_population"])
    found += economies(tables["economies"])
    found += known_figures(tables)
    found += cities(tables)
    found += sdg.failures(tables)
    found += outlines(boundaries, tables["economies"])
    return found


def parts_and_totals(population: pd.DataFrame) -> list[str]:
    """Rows whose urban and rural population do not make the total, or not the percentage."""
    found: list[str] = []
    gap = (population["urban"] + population["rural"] - population["total"]).abs()
    wrong = population[gap > TOLERANCE * population["total"].abs().clip(lower=1)]
    if len(wrong):
        first = wrong.iloc[0]
        found.append(
            f"urban + rural = total fails in {len(wrong)} rows of urban_population, first "
            f"{first['revision_id']} {first['area_name']} {first['year']}: {first['urban']} + "
            f"{first['rural']} against {first['total']} thousand"
        )
    share = 100 * population["urban"] / population["total"]
    off = population[(share - population["percent_urban"]).abs() > SHARE_TOLERANCE]
    if len(off):
        first = off.iloc[0]
        found.append(
            f"percent_urban is not urban/total in {len(off)} rows of urban_population, first "
            f"{first['revision_id']} {first['area_name']} {first['year']}: published "
            f"{first['percent_urban']}, computed {share[off.index[0]]:.4f}"
        )
    return found


def economies(frame: pd.DataFrame) -> list[str]:
    """Whether the 58 economies stand in their five subregions, each with a point for the map."""
    found: list[str] = []
    region = frame[frame["subregion_id"].notna()]
    sizes = {str(name): int(size) for name, size in region["subregion_id"].value_counts().items()}
    if sizes != SUBREGION_SIZES:
        found.append(
            f"the ESCAP subregions should have {SUBREGION_SIZES} economies, together "
            f"{sum(SUBREGION_SIZES.values())}; they have {sizes}, together {len(region)}"
        )
    pointless = region.loc[region["latitude"].isna() | region["longitude"].isna(), "iso3"]
    if len(pointless):
        found.append(f"no representative point for {', '.join(sorted(pointless))}")
    return found


def known_figures(tables: Mapping[str, pd.DataFrame]) -> list[str]:
    """Whether figures of WUP 2018 everybody knows came out as published."""
    population = tables["urban_population"]
    known = population[population["revision_id"] == KNOWN_REVISION]
    if known.empty:
        return [f"revision {KNOWN_REVISION} is not there, to which the known figures belong"]
    found: list[str] = []
    at = (known["area_id"] == "IDN") & (known["year"] == 2020)
    urban = known.loc[at, "urban"]
    if len(urban) != 1 or round(float(urban.iloc[0]), 1) != INDONESIA_URBAN_2020:
        found.append(
            f"urban population of Indonesia in 2020 ({KNOWN_REVISION}) should be "
            f"{INDONESIA_URBAN_2020} thousand; it is {urban.tolist()}"
        )
    region = set(tables["economies"].dropna(subset=["subregion_id"])["iso3"])
    absent = sorted(region - set(known["area_id"]))
    if absent:
        found.append(f"ESCAP economies not in {KNOWN_REVISION}: {', '.join(absent)}")
    classes = tables["city_size_classes"]
    asia = classes[
        (classes["revision_id"] == KNOWN_REVISION)
        & (classes["area_id"] == "m49:935")
        & (classes["year"] == 2020)
    ]["population"].sum()
    if round(asia) != ASIA_URBAN_2020_BY_SIZE:
        found.append(
            f"urban population of Asia in 2020 by size of city should sum to "
            f"{ASIA_URBAN_2020_BY_SIZE} thousand; it sums to {asia:.0f}"
        )
    return found


def cities(tables: Mapping[str, pd.DataFrame]) -> list[str]:
    """Whether every agglomeration is there, with figures, and every figure has its city."""
    found: list[str] = []
    agglomerations, population = tables["urban_agglomerations"], tables["city_population"]
    count = int((agglomerations["revision_id"] == KNOWN_REVISION).sum())
    if count != AGGLOMERATIONS:
        found.append(f"{KNOWN_REVISION} should list {AGGLOMERATIONS} agglomerations, not {count}")
    listed = set(zip(agglomerations["revision_id"], agglomerations["city_code"], strict=True))
    counted = set(zip(population["revision_id"], population["city_code"], strict=True))
    if listed != counted:
        found.append(
            f"agglomerations and their population do not match: {sorted(listed ^ counted)[:5]}"
        )
    matched = set(tables["cities"]["wup_city_code"].dropna())
    unknown = sorted(matched - set(agglomerations["city_code"]))
    if unknown:
        found.append(f"cities.wup_city_code: not an agglomeration: {', '.join(unknown)}")
    return found


def outlines(boundaries: Mapping[str, Any], frame: pd.DataFrame) -> list[str]:
    """Whether every economy of the region but Tuvalu has an outline that a map can draw."""
    shapes = {each["id"]: shape(each["geometry"]) for each in boundaries["features"]}
    region = set(frame.dropna(subset=["subregion_id"])["iso3"])
    found: list[str] = []
    absent = region - set(shapes)
    if absent != ECONOMIES_WITHOUT_POLYGON:
        found.append(
            f"boundaries should lack {sorted(ECONOMIES_WITHOUT_POLYGON)} alone of the "
            f"{len(region)} economies; they lack {sorted(absent)}"
        )
    for code, outline in shapes.items():
        if not outline.is_valid or outline.is_empty:
            found.append(
                f"boundaries: {code} is no valid area ({shapely.is_valid_reason(outline)})"
            )
        if _longest_step(outline) > 180:
            found.append(f"boundaries: {code} has an edge that crosses the antimeridian")
    return found


def _longest_step(outline: shapely.Geometry) -> float:
    return max(
        (
            float(np.abs(np.diff(shapely.get_coordinates(ring)[:, 0])).max(initial=0))
            for part in shapely.get_parts(outline)
            for ring in shapely.get_rings(part)
        ),
        default=0.0,
    )
