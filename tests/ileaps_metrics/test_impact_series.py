"""Interrupted time series and synthetic control: known truths, independent paths, refusals."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from ileaps_metrics.impact import CaveatCode, interrupted_time_series, synthetic_control
from ileaps_metrics.synthetic_control import simplex_weights

few = settings(max_examples=50, deadline=None)
MONTHS = np.arange(60.0)
START = 36


def series(
    step: float = 5.0, bend: float = 0.5, noise: float = 0.0, season: float = 0.0, seed: int = 2
) -> pd.DataFrame:
    generator = np.random.default_rng(seed)
    after = MONTHS >= START
    value = 20 + 0.3 * MONTHS + step * after + bend * (MONTHS - START) * after
    value += season * np.sin(2 * np.pi * MONTHS / 12) + noise * generator.normal(size=MONTHS.size)
    return pd.DataFrame({"month": MONTHS, "value": value})


def counts(ratio: float, seed: int = 2) -> pd.DataFrame:
    generator = np.random.default_rng(seed)
    people = np.linspace(1e5, 1.2e5, MONTHS.size)
    rate = 0.01 * np.exp(0.002 * MONTHS) * np.where(MONTHS >= START, ratio, 1.0)
    return pd.DataFrame(
        {"month": MONTHS, "cases": generator.poisson(rate * people), "people": people}
    )


def codes(result: object) -> list[CaveatCode]:
    return [caveat.code for caveat in result.caveats]  # type: ignore[attr-defined]


def test_step_and_bend_are_those_at_the_start_not_at_time_zero() -> None:
    result = interrupted_time_series(series(), "value", "month", START)
    assert result.estimate == pytest.approx(5)
    assert result.slope is not None
    assert result.slope.estimate == pytest.approx(0.5)
    assert result.trend == pytest.approx(0.3)
    assert (result.n, result.method) == (60, "newey_west")


def test_the_step_does_not_depend_on_where_time_is_counted_from() -> None:
    frame = series(noise=1.0)
    here = interrupted_time_series(frame, "value", "month", START)
    moved = frame.assign(month=frame["month"] + 2000)
    there = interrupted_time_series(moved, "value", "month", START + 2000)
    assert there.estimate == pytest.approx(here.estimate)
    assert there.standard_error == pytest.approx(here.standard_error)


def test_newey_west_errors_are_statsmodels_own_by_formula() -> None:
    frame = series(noise=1.0).assign(after=lambda f: f["month"].ge(START).astype(int))
    frame = frame.assign(since=(frame["month"] - START) * frame["after"])
    fit = sm.OLS.from_formula("value ~ month + after + since", frame).fit(
        cov_type="HAC", cov_kwds={"maxlags": 3, "use_correction": True}
    )
    result = interrupted_time_series(frame, "value", "month", START)
    assert result.lags == 3, "4·(60/100)^(2/9) = 3.57"
    assert result.estimate == pytest.approx(fit.params["after"])
    assert result.standard_error == pytest.approx(fit.bse["after"])
    assert result.slope is not None
    assert result.slope.standard_error == pytest.approx(fit.bse["since"])


def test_a_season_is_taken_out_and_its_absence_is_a_caveat() -> None:
    frame = series(season=8.0)
    with_season = interrupted_time_series(frame, "value", "month", START, period=12)
    assert with_season.estimate == pytest.approx(5)
    assert CaveatCode.SEASON_NOT_MODELLED not in codes(with_season)
    without = interrupted_time_series(frame, "value", "month", START)
    assert without.estimate != pytest.approx(5, abs=0.5)
    assert codes(without)[-2:] == [CaveatCode.SEASON_NOT_MODELLED, CaveatCode.AUTOCORRELATED]


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    held = 0
    for seed in range(60):
        result = interrupted_time_series(series(noise=2.0, seed=seed), "value", "month", START)
        assert result.interval is not None
        held += result.interval[0] <= 5 <= result.interval[1]
    assert held >= 48, "Newey–West is a little too narrow in short series, not more"


def test_counts_give_the_rate_ratio_and_statsmodels_own_error() -> None:
    frame = counts(0.85)
    result = interrupted_time_series(
        frame, "cases", "month", START, model="poisson", exposure="people", slope=False
    )
    fit = sm.GLM.from_formula(
        "cases ~ month + after",
        frame.assign(after=frame["month"].ge(START).astype(int)),
        family=sm.families.Poisson(),
        offset=np.log(frame["people"]),
    ).fit()
    assert result.rate_ratio == pytest.approx(math.exp(fit.params["after"]))
    assert result.standard_error == pytest.approx(fit.bse["after"])
    assert result.rate_ratio == pytest.approx(0.85, abs=0.03)
    assert result.slope is None


def test_overdispersed_counts_are_said_and_quasi_poisson_widens_the_error() -> None:
    frame = counts(1.0)
    wild = frame.assign(cases=frame["cases"] + 300 * (frame["month"] % 2))
    plain = interrupted_time_series(wild, "cases", "month", START, model="poisson")
    assert CaveatCode.OVERDISPERSED in codes(plain)
    quasi = interrupted_time_series(wild, "cases", "month", START, model="quasi_poisson")
    assert CaveatCode.OVERDISPERSED not in codes(quasi)
    assert plain.dispersion is not None
    assert quasi.standard_error == pytest.approx(
        (plain.standard_error or 0) * math.sqrt(plain.dispersion)
    )


def test_gaps_are_left_out_and_counted_and_short_sides_are_said() -> None:
    frame = series(noise=1.0).iloc[30:43].reset_index(drop=True)
    frame.loc[2, "value"] = math.nan
    result = interrupted_time_series(frame, "value", "month", START)
    assert result.n == 12
    assert codes(result)[:4] == [
        CaveatCode.NO_COMPARISON_SERIES,
        CaveatCode.NO_ANTICIPATION,
        CaveatCode.ROWS_LEFT_OUT,
        CaveatCode.FEW_POINTS,
    ]
    assert dict(result.caveats[3].detail) == {"points": 5, "needed": 8}


@pytest.mark.parametrize(
    ("frame", "start", "options", "words"),
    [
        (series(), 99, {}, "0 points from the start"),
        (series(), -5, {}, "0 points before the start"),
        (series().iloc[32:40], START, {"period": 12}, "cannot carry"),
        (pd.concat([series(), series().head(1)]), START, {}, "more than once"),
        (series(), START, {"model": "arima"}, "'arima' is unknown"),
        (series().assign(value=-1.0), START, {"model": "poisson"}, "needs counts"),
        (counts(1.0).assign(people=0.0), START, {"exposure": "people"}, "zero or less"),
        (series().drop(columns="value"), START, {}, "no column 'value'"),
    ],
)
def test_series_that_carry_no_estimate_are_refused(
    frame: pd.DataFrame, start: float, options: dict[str, object], words: str
) -> None:
    outcome = "cases" if "cases" in frame else "value"
    with pytest.raises(ValueError, match=words):
        interrupted_time_series(frame, outcome, "month", start, **options)  # type: ignore[arg-type]


# --- synthetic control ---------------------------------------------------------------------


def cities(effect: float = 0.0, donors: int = 20, seed: int = 3) -> pd.DataFrame:
    """A treated city that is 0.6 of one donor and 0.4 of another, plus the effect from 2010 on."""
    generator = np.random.default_rng(seed)
    years = np.arange(2000, 2016)
    walks = generator.normal(size=(donors, years.size)).cumsum(axis=1) + 10 * generator.random(
        (donors, 1)
    )
    own = 0.6 * walks[0] + 0.4 * walks[1] + effect * (years >= 2010)
    values = np.vstack([own, walks])
    names = ["treated", *(f"d{i:02}" for i in range(donors))]
    wide = pd.DataFrame(values, index=pd.Index(names, name="city"), columns=years)
    return wide.melt(ignore_index=False, var_name="year", value_name="y").reset_index()


def test_a_city_made_of_two_others_is_found_and_so_is_the_effect() -> None:
    result = synthetic_control(cities(effect=4.0), "city", "year", "y", "treated", 2010)
    assert result.weights["d00"] == pytest.approx(0.6, abs=1e-6)
    assert result.weights["d01"] == pytest.approx(0.4, abs=1e-6)
    assert result.estimate == pytest.approx(4, abs=1e-6)
    assert (result.rank, result.p_value) == (1, 1 / 21)
    assert result.gaps[2015] == pytest.approx(4, abs=1e-6)
    assert (result.standard_error, result.interval) == (None, None)
    assert codes(result) == [CaveatCode.NO_ANTICIPATION, CaveatCode.NO_SPILL_OVER]


@few
@given(st.integers(0, 10_000), st.integers(2, 8), st.integers(2, 12))
def test_weights_lie_on_the_simplex_and_no_pair_of_donors_does_better(
    seed: int, donors: int, times: int
) -> None:
    generator = np.random.default_rng(seed)
    table, target = generator.normal(size=(times, donors)), generator.normal(size=times)
    weights = simplex_weights(table, target)
    assert weights.min() >= 0
    assert weights.sum() == pytest.approx(1)
    best = ((table @ weights - target) ** 2).sum()
    for share in np.linspace(0, 1, 11):
        for one in range(donors):
            mixed = share * table[:, one] + (1 - share) * table[:, (one + 1) % donors]
            assert best <= ((mixed - target) ** 2).sum() + 1e-9


def test_a_unit_outside_all_donors_fits_poorly_and_few_donors_bound_the_p_value() -> None:
    frame = cities(donors=4)
    frame.loc[frame["city"].eq("treated"), "y"] += 1000
    result = synthetic_control(frame, "city", "year", "y", "treated", 2010)
    assert codes(result)[2:] == [CaveatCode.FEW_DONORS, CaveatCode.POOR_PRE_FIT]
    assert dict(result.caveats[2].detail) == {"donors": 4, "lowest_p": 1 / 5}


@pytest.mark.parametrize(
    ("frame", "treated", "start", "words"),
    [
        (cities(), "atlantis", 2010, "'atlantis' is not in column 'city'"),
        (cities(donors=2).query("city != 'd01'"), "treated", 2010, "at least two"),
        (cities(), "treated", 2001, "two before"),
        (cities(), "treated", 2099, "one after"),
        (cities().iloc[1:], "treated", 2010, "0 rows at time 2000"),
        (pd.concat([cities(), cities().head(1)]), "treated", 2010, "2 rows at time 2000"),
        (cities().assign(y=math.nan), "treated", 2010, "is missing"),
    ],
)
def test_panels_that_carry_no_synthetic_control_are_refused(
    frame: pd.DataFrame, treated: str, start: float, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        synthetic_control(frame, "city", "year", "y", treated, start)
