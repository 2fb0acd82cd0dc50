"""What the SDG pages load and compute, each once for everyone: callers never change it."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from ileaps_data import reference
from ileaps_metrics import sdg_scores, sdg_trends
from ileaps_views.rows import records
from pages import frames
from pages.frames import kept

WITH_TARGET = "target"
# the edition of 2021 is published without leave to show adaptations; its years only help to date
# the values of 2019
EDITION, NEXT_EDITION = "2019", "2021"
USUAL = "EN_LND_SLUM"
CITY_SERIES = ("SP_TRN_PUBL", "EN_LND_CNSPOP", "EN_REF_WASCOL", "EN_URB_OPENSP")
TARGET_YEAR = 2030
UNSD = "unsd_sdg_2023_12"
# 11.6.2 is about the air of cities: its urban rows are what is judged, not those of all areas
_JUDGED_LOCATION = {"EN_ATM_PM25": "urban"}
# a poverty line of its own: another measure under the same indicator, not another source of it
_OTHER_LINE = {"SI.POV.DDAY"}
# counts and sums of money grow with the economy: shares and rates stand for an indicator first
_COMPARABLE = re.compile(r"percent|per |index|microgram|ratio|kilograms|megajoules")


@kept
def series() -> pd.DataFrame:
    """List the series of SDG indicators, in the order of the indicators' numbers."""
    rows = frames.table("sdg_series").dropna(subset=["indicator"])
    return rows.assign(order=rows["indicator"].map(_order)).sort_values(
        ["order", "series"], kind="stable"
    )


def _order(indicator: str) -> tuple[int, int, int]:
    """Order indicators as the framework does: 2 before 10, the means (a, b, c) after the rest."""
    goal, target, place = indicator.split(".")
    number = int(target) if target.isdecimal() else 100 + ord(target[0])
    return int(goal), number, int(place)


@kept
def observations() -> pd.DataFrame:
    """Load the values of the region's economies; what counts as the total is what is judged."""
    rows = frames.table("sdg_observations")
    rows = rows[rows["area_id"].isin(frames.members()["iso3"])]
    judged = rows["is_total"]
    for code, location in _JUDGED_LOCATION.items():
        own = rows["series"].eq(code)
        plain = own & rows[["sex", "age", "other_breakdown"]].eq("total").all(axis=1)
        judged = judged.mask(own, plain & rows["location"].eq(location))
    return rows.assign(is_total=judged)


@kept
def progress(method: str) -> pd.DataFrame:
    """Judge every series of every economy of the region by one method."""
    return sdg_trends.progress_table(observations(), frames.table("sdg_series"), method)  # type: ignore[arg-type, no-any-return] # an id of the link, checked there


@kept
def goals() -> list[int]:
    """List the goals that have a series."""
    return sorted(int(goal) for goal in series()["goal"].dropna().unique())


@kept
def main_series(goal: str) -> pd.DataFrame:
    """Choose one series for each indicator of a goal, or every series with a numeric target.

    Of several the one with a target comes first, then shares and rates before counts and money,
    then the one most economies have.
    """
    rows = series()
    rows = rows[rows["source_id"].eq(UNSD)]
    if goal == WITH_TARGET:
        return rows[rows["target_value"].notna()]
    rows = rows[rows["goal"].eq(int(goal))]
    total = observations()
    total = total[total["is_total"] & total["value"].notna()]
    held = total.groupby("series")["area_id"].nunique()
    ranked = rows.assign(
        aimed=rows["target_value"].notna(),
        comparable=rows["unit"].str.contains(_COMPARABLE),
        judged=rows["direction"].ne(0),
        held=rows["series"].map(held).fillna(0),
    ).sort_values(["aimed", "judged", "comparable", "held"], ascending=False, kind="stable")
    return ranked.drop_duplicates("indicator").sort_values("order", kind="stable")


@kept
def series_names(goal: str = "") -> dict[str, str]:
    """Name the series of a goal, or all of them, by code, the indicator's number first."""
    rows = series()
    if goal == WITH_TARGET:
        rows = main_series(goal)
    elif goal:
        rows = rows[rows["goal"].eq(int(goal))]
    return {
        str(code): f"{indicator} {name}"
        for code, indicator, name in zip(
            rows["series"], rows["indicator"], rows["short_name"], strict=True
        )
    }


def main_series_names(goal: str) -> dict[str, str]:
    """Name the series chosen for the indicators of a goal, by code."""
    names = series_names()
    return {code: names[code] for code in main_series(goal)["series"]}


def city_series_names() -> dict[str, str]:
    """Name the four series that have values of cities, by code."""
    names = series_names()
    return {code: names[code] for code in CITY_SERIES}


def usual_series(names: dict[str, str]) -> str:
    """Choose the series to open with: people in slums where it is among them, else the first."""
    return USUAL if USUAL in names else next(iter(names))


@kept
def about(code: str) -> dict[str, Any]:
    """Load one series' row."""
    return frames.record("sdg_series", "series", code)


@kept
def rows_of(code: str, iso3: str) -> pd.DataFrame:
    """Load every value of one series of one economy, breakdowns included."""
    rows = observations()
    return rows[rows["series"].eq(code) & rows["area_id"].eq(iso3)].sort_values("year")


@kept
def comparable_rows(code: str, iso3: str) -> pd.DataFrame:
    """Load the values another publisher's can be held against: those of all areas."""
    rows = rows_of(code, iso3)
    if code not in _JUDGED_LOCATION:
        return rows[rows["is_total"]]
    parts = ["location", "sex", "age", "other_breakdown"]
    return rows[rows[parts].eq("total").all(axis=1)]


def is_urban_only(code: str) -> bool:
    """Whether a series is judged by its urban values though others were published too."""
    return code in _JUDGED_LOCATION


@kept
def judgements(code: str, iso3: str) -> list[dict[str, Any]]:
    """List what each method says of one series of one economy."""
    found = []
    for method in sdg_trends.METHODS:
        table = progress(method)
        found += records(table[table["series"].eq(code) & table["area_id"].eq(iso3)])
    return found


@kept
def same_elsewhere(code: str) -> list[str]:
    """List the series by which another publisher measures the same in the same unit."""
    own = about(code)
    rows = series()
    rivals = rows[
        rows["indicator"].eq(own["indicator"])
        & rows["source_id"].ne(own["source_id"])
        & rows["unit"].eq(own["unit"])
    ]
    goal = str(int(own["goal"]))
    chosen = set(main_series(goal)["series"]) if own["source_id"] != UNSD else set(rivals["series"])
    if own["source_id"] == UNSD and code not in set(main_series(goal)["series"]):
        return []
    return [each for each in rivals["series"] if each in chosen and not {each, code} & _OTHER_LINE]


class Course(NamedTuple):
    """Two drawn paths, years and values: the one needed for the target, the one so far."""

    needed: tuple[tuple[int, float], ...] = ()
    projected: tuple[tuple[int, float], ...] = ()


@kept
def course(code: str, iso3: str) -> Course:
    """Compute the path to the target and where the pace so far would lead by 2030."""
    judged = [row for row in judgements(code, iso3) if row["method"] == "statcan"]
    if not judged or judged[0]["direction"] == 0:
        return Course()
    row = judged[0]
    exact = pd.isna(row["base_bound"]) and pd.isna(row["current_bound"])
    if not exact or pd.isna(row["base_value"]) or pd.isna(row["observed_cagr"]):
        return Course()
    base, start = float(row["base_value"]), int(row["base_year"])
    current, now = float(row["current_value"]), int(row["current_year"])
    needed: tuple[tuple[int, float], ...] = ()
    target, end = row["target_value"], row["target_year"]
    if pd.notna(target) and int(end) > start:
        years = list(range(start, int(end) + 1))
        path = sdg_trends.required_path(base, start, float(target), int(end), years)
        needed = _points(years, path)
    years = list(range(now, TARGET_YEAR + 1))
    share = about(code)["unit"] == "percent"
    upper = 100.0 if share else None
    path = sdg_trends.projection(base, start, current, now, years, 0.0, upper)
    return Course(needed, _points(years, path) if len(years) > 1 else ())


def _points(years: list[int], values: Any) -> tuple[tuple[int, float], ...]:  # noqa: ANN401 - the metrics' own column
    return tuple(
        (year, float(value))
        for year, value in zip(years, np.asarray(values, dtype="float64"), strict=True)
        if np.isfinite(value)
    )


@kept
def city_progress(code: str) -> pd.DataFrame:
    """Judge a city series by Statistics Canada's method, city by city."""
    rows = frames.table("sdg_city_values")
    rows = rows[rows["series"].eq(code)]
    as_areas = rows.assign(area_id=rows["city_code"], is_total=True, bound=None)
    known = series()
    return sdg_trends.progress_table(  # type: ignore[no-any-return] # a frame in, a frame out
        as_areas, known[known["series"].eq(code)], "statcan"
    )


@kept
def city_pairs() -> frozenset[tuple[str, str]]:
    """List the pairs of economy and series that have values of cities."""
    rows = frames.table("sdg_city_values")
    return frozenset(zip(rows["iso3"], rows["series"], strict=True))


@kept
def _report(edition: str) -> pd.DataFrame:
    """Load the indicators that count for each economy of the region, with values where any."""
    members = reference.load_published(f"sdr{edition}_index")[["iso3", "oecd"]]
    members = members[members["iso3"].isin(frames.members()["iso3"])]
    grid = members.merge(reference.load_published(f"sdr{edition}_indicators"), how="cross")
    grid = grid[np.where(grid["oecd"], grid["in_oecd"], grid["in_global"])]
    values = reference.load_published(f"sdr{edition}_values")
    values = values[["iso3", "code", "value", "year", "imputed", "trend"]]
    full = grid.merge(values, on=["iso3", "code"], how="left")
    return full.assign(
        score=sdg_scores.score(full["value"], full["worst"], full["best"]),
        rating=sdg_scores.rating(full["value"], full["green"], full["red"]),
        imputed=full["imputed"].eq(True),  # noqa: FBT003 - a missing flag is no flag
    )


@kept
def report_indicators(edition: str) -> pd.DataFrame:
    """Add the year of each value and what it is known from (`year_from`).

    "stated"; else "yearly": the same value stands behind the report's trend in that year; else
    "later": the next edition, which states years, has the same value.
    """
    full = _report(edition)
    yearly = reference.load_published(f"sdr{edition}_trend_values")
    later = reference.load_published(f"sdr{NEXT_EDITION}_values").dropna(subset=["year", "value"])
    later = later[later["year"].le(int(edition))]
    years = [
        full["year"].astype("float64"),
        _year_of_same(full, yearly, 1e-9),
        _year_of_same(full, later, 5e-4),
    ]
    known = [years[0].notna(), years[1].notna(), years[2].notna()]
    return full.assign(
        year=np.select(known, years, np.nan),
        year_from=np.select(known, ["stated", "yearly", "later"], ""),
    )


def _year_of_same(values: pd.DataFrame, dated: pd.DataFrame, tolerance: float) -> pd.Series:
    """Return the latest year for which a dated table has the same value, row by row."""
    keys = ["iso3", "code"]
    pairs = values[[*keys, "value"]].merge(
        dated[[*keys, "year", "value"]], on=keys, suffixes=("", "_then")
    )
    same = pairs[np.isclose(pairs["value"], pairs["value_then"], rtol=tolerance, atol=0)]
    found = same.groupby(keys)["year"].max().astype("float64")
    return values[keys].join(found, on=keys)["year"]


@kept
def report_goals(edition: str) -> pd.DataFrame:
    """Score and rate every goal of every economy the report covers, by the report's own method."""
    full = _report(edition).rename(columns={"iso3": "area_id", "code": "indicator"})
    scored = sdg_scores.goal_scores(full[full["in_global"]])
    rated = sdg_scores.goal_rating(full).rename(columns={"n_expected": "n_all"})
    published = reference.load_published(f"sdr{edition}_goals").rename(
        columns={"iso3": "area_id", "score": "published_score", "rating": "published_rating"}
    )
    both = rated.merge(scored[["area_id", "goal", "score"]], on=["area_id", "goal"], how="left")
    both = both.merge(published, on=["area_id", "goal"], how="left")
    return both.rename(columns={"area_id": "iso3"})


@kept
def agreement(edition: str) -> tuple[int, int]:
    """Count the goal ratings of the region that equal the published ones, of how many."""
    rows = report_goals(edition)
    same = rows["rating"].fillna("").eq(rows["published_rating"].fillna(""))
    return int(same.sum()), len(rows)


def latest(code: str) -> pd.DataFrame:
    """List the latest value of one series in every economy of the region."""
    table = progress("statcan")
    return table[table["series"].eq(code)]
