"""The rules of the Sustainable Development Reports that only the published figures settle."""

from __future__ import annotations

import pandas as pd
import pytest

from ileaps_data import reproduction_sdr
from ileaps_data.reference import PUBLISHED, load_published
from ileaps_metrics.sdg_scores import goal_rating, goal_scores, index_scores, indicator_trend


@pytest.fixture(scope="module")
def goals_2019() -> pd.DataFrame:
    table = load_published("sdr2019_goals").dropna(subset=["score"])
    return table.rename(columns={"iso3": "area_id"})


@pytest.fixture(scope="module")
def economies_2019() -> pd.DataFrame:
    return load_published("sdr2019_index").rename(columns={"iso3": "area_id"})


def test_afghanistans_index_is_filled_from_its_region(
    goals_2019: pd.DataFrame, economies_2019: pd.DataFrame
) -> None:
    row = index_scores(goals_2019, economies_2019).set_index("area_id").loc["AFG"]
    assert row["score"] == pytest.approx(49.649155966526976, abs=1e-12)
    assert (row["n_goals"], row["n_filled"], row["filled_goals"]) == (14, 3, "1;10;14")


@pytest.mark.parametrize(
    ("goal", "mean"), [(1, 95.05407703772866), (10, 68.06912470791342), (14, 40.72513055918282)]
)
def test_what_a_region_fills_with(
    goals_2019: pd.DataFrame, economies_2019: pd.DataFrame, goal: int, mean: float
) -> None:
    region = economies_2019[economies_2019["region"] == "E. Europe & C. Asia"]["area_id"]
    of_goal = goals_2019[(goals_2019["goal"] == goal) & goals_2019["area_id"].isin(region)]
    assert of_goal["score"].mean() == pytest.approx(mean, abs=1e-10)


def test_leaving_missing_goals_out_would_give_another_index(
    goals_2019: pd.DataFrame, economies_2019: pd.DataFrame
) -> None:
    printed = economies_2019.dropna(subset=["score"]).set_index("area_id")["score"]
    left_out = goals_2019.groupby("area_id")["score"].mean().reindex(printed.index)
    difference = (left_out - printed).abs()
    assert left_out["AFG"] == pytest.approx(45.727666, abs=5e-7)
    assert (int((difference < 1e-9).sum()), len(printed)) == (110, 162)
    assert difference.max() == pytest.approx(3.9, abs=0.05)


def test_afghanistans_goal_11() -> None:
    values = load_published("sdr2019_values")
    scores = values[(values["iso3"] == "AFG") & values["code"].str.startswith("sdg11_")]
    table = scores.rename(columns={"iso3": "area_id", "code": "indicator"}).assign(goal=11)
    row = goal_scores(table).iloc[0]
    assert row["score"] == pytest.approx(34.20205632341603, abs=1e-12)
    assert row["n"] == 3


def test_oecd_members_are_coloured_by_more_indicators() -> None:
    # coloured by the indicators of all economies alone, members come out better than printed
    indicators = load_published("sdr2019_indicators").rename(columns={"code": "indicator"})
    values = load_published("sdr2019_values").rename(
        columns={"iso3": "area_id", "code": "indicator"}
    )
    economies = load_published("sdr2019_index")
    members = economies[economies["oecd"]]["iso3"]
    table = values[values["area_id"].isin(members)].merge(
        indicators[indicators["in_global"]], on="indicator"
    )
    computed = goal_rating(table).set_index(["area_id", "goal"])["rating"]
    printed = load_published("sdr2019_goals").set_index(["iso3", "goal"])["rating"]
    compared = pd.DataFrame({"printed": printed, "computed": computed}).dropna()
    assert ((compared["printed"] != compared["computed"]).sum(), len(compared)) == (223, 605)


def test_in_2021_goal_4_alone_is_not_the_mean_of_what_is_there() -> None:
    indicators = load_published("sdr2021_indicators").set_index("code")["goal"]
    values = load_published("sdr2021_values").dropna(subset=["score"])
    table = values.rename(columns={"iso3": "area_id", "code": "indicator"})
    computed = goal_scores(table.assign(goal=table["indicator"].map(indicators)))
    computed = computed.set_index(["area_id", "goal"])["score"]
    printed = load_published("sdr2021_goals").dropna(subset=["score"])
    printed = printed[printed["iso3"].str.len() == 3].set_index(["iso3", "goal"])["score"]
    differs = (computed.reindex(printed.index) - printed).abs() > 1e-9
    assert differs.groupby("goal").sum().loc[lambda count: count > 0].to_dict() == {4: 31}


def test_trends_disagree_mostly_on_falls_of_economies_outside_the_oecd() -> None:
    report = reproduction_sdr._report(2021, PUBLISHED)
    windows = reproduction_sdr._windows(report)
    computed = indicator_trend(
        windows["start"],
        windows["start_year"],
        windows["end"],
        windows["end_year"],
        windows["worst"],
        windows["best"],
        windows["green"],
        latest_value=windows["value"],
    ).trend
    differs = computed != windows["trend"]
    fall = differs & (computed == "decreasing") & (windows["trend"] == "stagnating")
    members = report.index[report.index["oecd"]]["iso3"]
    assert (differs.sum(), fall.sum()) == (276, 249)
    assert windows[fall]["iso3"].isin(members).sum() == 32
