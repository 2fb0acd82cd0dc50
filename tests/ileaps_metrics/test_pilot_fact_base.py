"""Pilot indicators: the fact base as it stands, both engines, forecasts and their refusals."""

from __future__ import annotations

import math

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ileaps_data import reference
from ileaps_metrics.pilot_progress import (
    evidence_limits,
    forecast,
    forecast_readiness,
    people_reached,
    pilot_kpis,
)
from tests.ileaps_metrics.pilot_tables import figures, indicator

few = settings(max_examples=50, deadline=None)
AS_OF = "2026-11-22"


# --- the fact base ---------------------------------------------------------------------------

CONTEXT = [
    "mks_routes",
    "mks_motor",
    "mks_motorcycles",
    "mks_cars",
    "mks_new_daily",
    "mks_accident_2w",
    "mks_own_growth",
    "mks_schoolbus",
    "mks_pt_coverage",
    "hul_pop",
    "hul_growth",
    "cmb_arrears",
    "cmb_assess_arrears",
    "cmb_fort",
    "cmb_rates",
    "cmb_online",
    "cmb_waste",
    "cmb_waste_cut",
    "hcm_metro",
]
NO_TARGET = [
    "mks_students",
    "mks_schools",
    "hul_sources",
    "cmb_trained",
    "cmb_koica",
    "uln_points",
    "uln_buses",
    "uln_daily",
    "owl_daily",
    "owl_cum",
    "owl_trial",
    "owl_year",
    "owl_routes",
    "owl_buses",
    "owl_perbus",
    "owl_crowd",
    "exp_projects",
    "exp_cities",
    "exp_countries",
    "exp_2012_16",
    "exp_sector",
    "exp_archive",
    "exp_vehicles",
    "exp_oda_app",
    "exp_wb",
    "trn_officials",
    "trn_cities",
    "trn_countries",
    "trn_subject",
    "trn_courses",
    "sel_water",
    "sel_waste",
    "sel_food",
    "sel_topis_visits",
    "sel_119_visits",
]


def test_the_status_of_every_indicator_of_the_fact_base() -> None:
    table = pilot_kpis(reference.indicators(), reference.observations(), as_of=AS_OF)
    expected = dict.fromkeys(CONTEXT, "context") | dict.fromkeys(NO_TARGET, "no_target")
    expected |= {"mks_parent_hours": "undated", "trn_muap": "undated", "cch_people": "no_data"}
    expected["mks_vehicles"] = "not_known_at_deadline"
    assert table.set_index("indicator_id")["status"].to_dict() == expected
    context = table[table["status"] == "context"]
    assert context[["actual", "progress", "pace"]].isna().all(axis=None)
    assert table["conflicts"].sum() == 5  # the sixth is between announced figures


def test_the_caveats_of_the_fact_base_stand_beside_the_status() -> None:
    table = pilot_kpis(reference.indicators(), reference.observations(), as_of=AS_OF)
    rows = table.set_index("indicator_id")
    assert sorted(rows[rows["disputed"]].index) == ["mks_schools", "owl_buses"]
    assert rows.loc["mks_vehicles", ["observations", "undated", "conflicts"]].tolist() == [10, 2, 1]
    assert sorted(rows[rows["basis"] == "by_group_only"].index) == [
        "cmb_trained",
        "exp_archive",
        "exp_projects",
        "exp_sector",
        "exp_wb",
        "trn_courses",
        "trn_subject",
        "uln_buses",
    ]


def test_duckdb_gives_the_same_answer_lazily() -> None:
    connection = duckdb.connect()
    indicators = reference.indicators()
    connection.register("i", indicators)
    connection.register("o", reference.observations())
    found = pilot_kpis(connection.table("i"), connection.table("o"), as_of=AS_OF)
    assert isinstance(found, duckdb.DuckDBPyRelation)
    expected = pilot_kpis(indicators, reference.observations(), as_of=AS_OF)
    native = found.df().assign(
        ascending=lambda table: table["ascending"].astype("boolean"),
        disaggregation=lambda table: table["disaggregation"].astype("str"),
    )
    pd.testing.assert_frame_equal(native, expected, check_dtype=False)


def test_people_reached_are_named_figures_of_the_pilots_alone() -> None:
    found = people_reached(reference.indicators(), reference.observations(), reference.pilots())
    columns = ["indicator_id", "value", "period_end", "disaggregation", "attributed"]
    assert found[columns].fillna("").to_numpy().tolist() == [
        ["cmb_trained", 30, "2023-10-30", "Fellowship Executive Programme", False],
        ["mks_students", 101, "2018-05-03", "", True],
    ]


def test_people_reached_leaves_out_passengers_intentions_and_the_undated() -> None:
    about = indicator(unit="persons")
    rows = [{"value_kind": "intended"}, {"period_end": None}, {"group": "context"}]
    assert people_reached(about, figures(*rows)).empty
    assert people_reached(indicator(unit="passengers"), figures({})).empty
    assert len(people_reached(about, figures({}, {"period_end": "2020-08"}))) == 1


def test_what_cannot_be_said_of_the_three_pilots() -> None:
    table = evidence_limits(
        reference.pilots(), reference.indicators(), reference.observations(), as_of=AS_OF
    )
    limits = table.fillna("").groupby("pilot_id")[["code", "detail"]].agg(list)
    makassar = dict(zip(*limits.loc["mks-pasikola"], strict=True))
    assert makassar == {
        "no_comparison_group": "",
        "no_cost": "",
        "no_figure_since": "2018-08-23",
        "sources_disagree": "3",
        "undated_figures": "4",
    }
    hulhumale = dict(zip(*limits.loc["hul-smart"], strict=True))
    assert hulhumale == {
        "attribution_not_evidenced": "MoU only; later steps not linked",
        "no_comparison_group": "",
        "no_cost": "",
        "no_figure_since": "2023-08",
        "no_target": "1",
        "only_outputs": "",
    }
    assert "no_figure" in limits.loc["bgd-119", "code"]
    assert "no_cost" not in limits.loc["cmb-tax", "code"]


# --- forecasts -------------------------------------------------------------------------------

YEARS = ["2019", "2020", "2021", "2022", "2023", "2024"]


@few
@given(st.lists(st.floats(100, 200), min_size=6, max_size=6))
def test_a_forecast_agrees_with_statsmodels(values: list[float]) -> None:
    import statsmodels.api as sm  # noqa: PLC0415 - a second to load, for this test alone

    found = forecast(YEARS, values, "level", "2026", as_of="2025-06-01", lower_limit=None)
    days = (pd.to_datetime([f"{y}-12-31" for y in YEARS]) - pd.Timestamp("2020-01-01")).days
    fit = sm.OLS(np.array(values), sm.add_constant(np.array(days, dtype=float))).fit()
    at = (pd.Timestamp("2026-12-31") - pd.Timestamp("2020-01-01")).days
    frame = fit.get_prediction([[1.0, at]]).summary_frame(alpha=0.05)
    assert found.estimate == pytest.approx(frame["mean"][0], rel=1e-6, abs=1e-6)
    assert found.low == pytest.approx(frame["obs_ci_lower"][0], rel=1e-6, abs=1e-6)
    assert found.high == pytest.approx(frame["obs_ci_upper"][0], rel=1e-6, abs=1e-6)
    assert (found.n, found.refused, found.level) == (6, None, 0.95)


def test_a_cumulative_forecast_adds_increments_and_never_falls() -> None:
    # one unit a day between the year ends, so one a day after them
    days = [365, 366, 365, 365, 365, 366]
    steady = forecast(YEARS, np.cumsum(days).tolist(), "cumulative", "2025", as_of="2025-01-01")
    assert steady.estimate == pytest.approx(sum(days) + 365)
    slowing = forecast(YEARS, [100, 190, 250, 280, 285, 286], "cumulative", "2030", "2025-01-01")
    assert slowing.low == 286
    assert slowing.estimate >= 286


@pytest.mark.parametrize(
    ("dates", "as_of", "horizon", "reason"),
    [
        (YEARS[:4], "2024-01-01", "2026", "too_few_points"),
        (["2024"] * 6, "2025-01-01", "2026", "too_few_points"),
        ([f"2024-0{m}" for m in range(1, 7)], "2025-01-01", "2026", "span_too_short"),
        (YEARS, "2028-01-02", "2030", "too_old"),
        (YEARS, "2025-01-01", "2024", "horizon_not_ahead"),
    ],
)
def test_a_forecast_is_refused_with_its_reason(
    dates: list[str], as_of: str, horizon: str, reason: str
) -> None:
    found = forecast(dates, [1.0] * len(dates), "level", horizon, as_of=as_of)
    assert found.refused == reason
    assert math.isnan(found.estimate)


def test_a_forecast_stays_within_natural_limits() -> None:
    values = [10.0, 40.0, 50.0, 70.0, 80.0, 95.0]
    found = forecast(YEARS, values, "level", "2030", as_of="2025-01-01", upper_limit=100)
    assert found.high == found.estimate == 100
    falling = forecast(YEARS, values[::-1], "level", "2030", as_of="2025-01-01")
    assert falling.low == 0


def test_no_indicator_of_the_fact_base_can_carry_a_forecast() -> None:
    table = forecast_readiness(reference.indicators(), reference.observations(), as_of=AS_OF)
    assert not table["ready"].any()
    reasons = table.set_index("indicator_id")["reason"]
    assert reasons["mks_schools"] == "too_few_points"
    assert reasons["mks_vehicles"] == "span_too_short"
    assert reasons["owl_daily"] == "too_old"
    assert reasons["hcm_metro"] == "context"
    assert reasons.value_counts()["too_old"] == 3


def test_readiness_is_given_where_the_rule_is_met() -> None:
    rows = [{"period_end": year, "value": n} for n, year in enumerate(YEARS)]
    row = forecast_readiness(indicator(), figures(*rows), as_of="2025-06-01").iloc[0]
    assert (row["n"], row["ready"]) == (6, True)
    assert pd.isna(row["reason"])
