"""The Sustainable Development Reports of 2019 and 2021, reproduced from their own workbooks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ileaps_data import reference
from ileaps_data.reproduction import Compared, agreed, compared
from ileaps_metrics.sdg_scores import (
    goal_rating,
    goal_scores,
    goal_trend,
    index_scores,
    indicator_trend,
    rating,
    score,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EXACT = 1e-9
THREE_DECIMALS = 0.0005 + EXACT
"""Half a unit of the third decimal, to which the report of 2021 prints its scores."""

BOUNDS = ["goal", "best", "worst", "green", "red", "trend_from", "trend_to"]
FILLED_GOAL = {2019: None, 2021: 4}
"""The goal whose missing indicators the report fills with the mean of the region."""

WINDOW_2019 = 5
REQUIRED_YEARS = {2019: 15.0, 2021: None}
ROUNDED = "From the published scores of the level below, which are printed to three decimals"


@dataclass(frozen=True, kw_only=True)
class _Report:
    """The tables of one report; `cells` are its values beside the bounds of their indicator."""

    year: int
    folder: Path
    cells: pd.DataFrame
    goals: pd.DataFrame
    index: pd.DataFrame
    indicators: pd.DataFrame

    @property
    def name(self) -> str:
        return f"Sustainable Development Report {self.year}"

    @property
    def source_id(self) -> str:
        return f"sdsn_sdr_{self.year}"


def sdr_results(year: int, folder: Path) -> Iterator[Compared]:
    """The results of the report of 2019 or 2021, from the folder of published results."""
    report = _report(year, folder)
    yield _indicator_scores(report)
    yield from _goal_scores(report)
    yield _index(report)
    yield _indicator_colours(report)
    yield _goal_colours(report)
    yield _indicator_trends(report)
    yield _goal_trends(report)


def _report(year: int, folder: Path) -> _Report:
    indicators = reference.load_published(f"sdr{year}_indicators", folder).set_index("code")
    cells = reference.load_published(f"sdr{year}_values", folder).join(
        indicators[BOUNDS], on="code"
    )
    return _Report(
        year=year,
        folder=folder,
        cells=cells,
        goals=reference.load_published(f"sdr{year}_goals", folder),
        index=reference.load_published(f"sdr{year}_index", folder),
        indicators=indicators,
    )


def _indicator_scores(report: _Report) -> Compared:
    rows = report.cells.dropna(subset=["value", "score"])
    exact = report.year == 2019
    return compared(
        report.name,
        "indicator scores",
        rows["score"],
        score(rows["value"], rows["worst"], rows["best"]),
        EXACT if exact else THREE_DECIMALS,
        report.source_id,
        note=f"{rows['code'].nunique()} indicators"
        + ("" if exact else "; printed to three decimals; one more has scores without values"),
    )


def _goal_scores(report: _Report) -> Iterator[Compared]:
    scored = report.cells.dropna(subset=["score"])
    if report.year == 2019:
        scored = scored.assign(score=score(scored["value"], scored["worst"], scored["best"]))
    note = "Mean of the indicators of the goal"
    filled = FILLED_GOAL[report.year]
    if filled is not None:
        scored = _filled_from_region(report, scored, filled)
        note = (
            f"{ROUNDED}; in goal {filled} a missing indicator takes the mean of the region, "
            "which the workbook does not say"
        )
    computed = goal_scores(scored.rename(columns={"iso3": "area_id", "code": "indicator"}))
    computed = computed.set_index(["area_id", "goal"])["score"]
    printed = _of_economies(report, "score")
    yield compared(report.name, "goal scores", printed, computed, EXACT, report.source_id, note)
    if report.year == 2021:
        listed = report.goals[report.goals["goal"] == 11].dropna(subset=["score"])
        eleven = listed.set_index(["iso3", "goal"])["score"]
        yield compared(
            report.name,
            "scores of goal 11",
            eleven,
            computed,
            EXACT,
            report.source_id,
            note="165 economies, counted among the goal scores above too, and 12 groups",
        )


def _filled_from_region(report: _Report, scored: pd.DataFrame, goal: int) -> pd.DataFrame:
    """The scores with those of one goal filled by the mean of the indicator in the region."""
    regions = report.index.set_index("iso3")["region"]
    of_goal = scored[(scored["goal"] == goal) & scored["iso3"].isin(regions.index)]
    wide = of_goal.set_index(["iso3", "code"])["score"].unstack()  # noqa: PD010 - one score each
    region = regions.reindex(wide.index)
    means = wide.groupby(region).mean().reindex(region).set_axis(wide.index)
    long = wide.fillna(means).reset_index().melt(id_vars="iso3", value_name="score")
    return pd.concat([scored.drop(of_goal.index), long.assign(goal=goal)], ignore_index=True)


def _index(report: _Report) -> Compared:
    economies = report.index
    regions = economies[["iso3", "region"]].rename(columns={"iso3": "area_id"})
    goals = report.goals.dropna(subset=["score"]).rename(columns={"iso3": "area_id"})
    goals = goals[goals["area_id"].isin(regions["area_id"])]
    printed = economies.dropna(subset=["score"]).set_index("iso3")["score"]
    computed = index_scores(goals, regions).set_index("area_id")["score"]
    return compared(
        report.name,
        "index scores",
        printed,
        computed,
        EXACT,
        report.source_id,
        note="A missing goal takes the mean of the region",
    )


def _indicator_colours(report: _Report) -> Compared:
    rows = report.cells.dropna(subset=["value", "rating"])
    return agreed(
        report.name,
        "indicator colours",
        rows["rating"],
        rating(rows["value"], rows["green"], rows["red"]),
        report.source_id,
        note="" if report.year == 2019 else "One more indicator has colours without values",
    )


def _counted(report: _Report, flags: tuple[str, str]) -> pd.DataFrame:
    """Every economy beside every indicator that counts for it, with its value where known."""
    economies = report.index[["iso3", "oecd"]]
    listed = report.indicators.reset_index()
    pairs = economies.merge(listed, how="cross")
    in_global, in_oecd = flags
    pairs = pairs[np.where(pairs["oecd"], pairs[in_oecd], pairs[in_global]).astype(bool)]
    published = report.cells[["iso3", "code", "value", "rating", "trend"]]
    return pairs.merge(published, on=["iso3", "code"], how="left").rename(
        columns={"iso3": "area_id", "code": "indicator"}
    )


def _goal_colours(report: _Report) -> Compared:
    rows = _counted(report, ("in_global", "in_oecd"))
    computed = goal_rating(rows).set_index(["area_id", "goal"])["rating"]
    printed = _of_economies(report, "rating")
    withheld = rows[rows["rating"].notna() & rows["value"].isna()][["area_id", "goal"]]
    keys = pd.MultiIndex.from_frame(withheld.drop_duplicates())
    note = "From the two worst indicators of the goal; OECD members have more indicators"
    if len(keys):
        note += f". Left out: {len(keys)} of goal 16, for which a value is not published"
    return agreed(
        report.name,
        "goal colours",
        printed[~printed.index.isin(keys)],
        computed,
        report.source_id,
        note,
    )


def _of_economies(report: _Report, column: str) -> pd.Series[Any]:
    rows = report.goals[report.goals["iso3"].isin(report.index["iso3"])]
    return rows.dropna(subset=[column]).set_index(["iso3", "goal"])[column]


def _indicator_trends(report: _Report) -> Compared:
    windows = _windows(report)
    trend = indicator_trend(
        windows["start"],
        windows["start_year"],
        windows["end"],
        windows["end_year"],
        windows["worst"],
        windows["best"],
        windows["green"],
        latest_value=windows["value"],
        required_years=REQUIRED_YEARS[report.year],
    ).trend
    how = (
        "The years of the windows are not in the workbook: taken from five years before the last. "
        "This rule was chosen on these same data"
        if report.year == 2019
        else "Windows as the codebook names them; of 72 variants of the rule on these same data, "
        "this one agreed most"
    )
    return agreed(
        report.name,
        "trends of indicators",
        windows["trend"],
        trend,
        report.source_id,
        note=f"An agreement, no exact test: the rule is not published in full. {how}",
        must_be_equal=False,
    )


def _windows(report: _Report) -> pd.DataFrame:
    """First and last value and year of each published trend's window, with the bounds."""
    keys = ["iso3", "code"]
    series = reference.load_published(f"sdr{report.year}_trend_values", report.folder)
    last_year = series.groupby(keys)["year"].transform("max")
    if report.year == 2019:
        distance = (last_year - WINDOW_2019 - series["year"]).abs()
        earlier = series[series["year"] < last_year].assign(distance=distance)
        first = earlier.sort_values([*keys, "distance", "year"])
        last = series[series["year"] == last_year]
    else:
        bounds = report.indicators[["trend_from", "trend_to"]].reindex(series["code"])
        years = series["year"].to_numpy()
        low, high = (bounds[name].to_numpy(dtype=float, na_value=np.nan) for name in bounds)
        first = series[(years >= low) & (years <= high)].sort_values([*keys, "year"])
        last = first.drop_duplicates(keys, keep="last")
    first = first.drop_duplicates(keys)
    joined = first.rename(columns={"year": "start_year", "value": "start"}).merge(
        last.rename(columns={"year": "end_year", "value": "end"})[[*keys, "end_year", "end"]],
        on=keys,
    )
    joined = joined[joined["end_year"] > joined["start_year"]]
    return joined.merge(report.cells.dropna(subset=["trend", "value"]), on=keys)


def _goal_trends(report: _Report) -> Compared:
    rows = report.cells.dropna(subset=["trend"])
    computed = goal_trend(rows.rename(columns={"iso3": "area_id", "code": "indicator"}))
    return agreed(
        report.name,
        "trends of goals",
        _of_economies(report, "trend"),
        computed.set_index(["area_id", "goal"])["trend"],
        report.source_id,
        note=(
            "An agreement, no exact test: from the published trends of indicators, each in the "
            "middle of its band: of 27 readings tried on these arrows, the one that agreed most"
        ),
        must_be_equal=False,
    )
