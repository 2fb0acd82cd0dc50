"""Dose and response, and the tables it is made from: hand-computed, properties, refusals."""

from __future__ import annotations

import math

import duckdb
import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ileaps_metrics.impact import (
    CaveatCode,
    before_after,
    dose_response,
    dose_response_units,
    implied_total,
    log_changes,
    log_sums,
    percent_change,
)

few = settings(max_examples=50, deadline=None)


def units(n: int = 25, slope: float = 0.9, noise: float = 0.2, seed: int = 4) -> pd.DataFrame:
    generator = np.random.default_rng(seed)
    dose = generator.uniform(0, 1.2, n)
    return pd.DataFrame(
        {
            "place": [f"p{i:02}" for i in range(n)],
            "dose": dose,
            "response": 0.3 + slope * dose + noise * generator.normal(size=n),
            "weight": generator.uniform(1, 9, n),
            "area": [f"a{i % 6}" for i in range(n)],
        }
    )


def test_a_line_is_found_exactly_and_its_error_is_nothing() -> None:
    frame = units(noise=0.0)
    result = dose_response(frame, "dose", "response")
    assert result.estimate == pytest.approx(0.9)
    assert result.intercept == pytest.approx(0.3)
    assert result.standard_error == pytest.approx(0, abs=1e-12)
    assert result.leave_one_out == pytest.approx((0.9, 0.9))
    assert result.p_value == pytest.approx(1 / 10_000)


def test_the_error_is_the_one_white_s_formula_gives() -> None:
    frame = units()
    result = dose_response(frame, "dose", "response")
    x = frame["dose"] - frame["dose"].mean()
    residual = frame["response"] - frame["response"].mean() - result.estimate * x
    by_hand = math.sqrt(25 / 23 * (x**2 * residual**2).sum()) / (x**2).sum()
    assert result.standard_error == pytest.approx(by_hand)
    assert result.interval is not None
    assert result.interval[1] - result.estimate == pytest.approx(2.0687 * by_hand, rel=1e-4)


def test_weights_and_clusters_as_statsmodels_has_them() -> None:
    frame = units()
    result = dose_response(frame, "dose", "response", weights="weight", cluster="area")
    fit = sm.WLS.from_formula("response ~ dose", frame, weights=frame["weight"]).fit(
        cov_type="cluster", cov_kwds={"groups": pd.factorize(frame["area"])[0]}
    )
    assert result.estimate == pytest.approx(fit.params["dose"])
    assert result.standard_error == pytest.approx(fit.bse["dose"])
    assert (result.n_clusters, result.method) == (6, "cluster_robust")


def test_slopes_without_each_unit_are_those_of_separate_fits() -> None:
    frame = units(n=9)
    table = dose_response_units(frame, "place", "dose", "response")
    for place, slope in zip(table["place"], table["slope_without"], strict=True):
        rest = frame[frame["place"].ne(place)]
        assert slope == pytest.approx(np.polyfit(rest["dose"], rest["response"], 1)[0])
    result = dose_response(frame, "dose", "response")
    assert result.leave_one_out == (table["slope_without"].min(), table["slope_without"].max())
    assert (table["expected"] + table["residual"]).tolist() == pytest.approx(
        frame["response"].tolist()
    )


def test_a_unit_that_alone_has_a_dose_leaves_no_slope_without_it() -> None:
    frame = pd.DataFrame({"place": list("abcd"), "dose": [0, 0, 0, 1], "response": [1, 2, 3, 9.0]})
    table = dose_response_units(frame, "place", "dose", "response").set_index("place")
    assert math.isnan(table.loc["d", "slope_without"])
    assert table["slope_without"].drop("d").notna().all()


def test_without_an_effect_the_p_value_is_spread_evenly() -> None:
    found = []
    for seed in range(80):
        result = dose_response(units(n=12, slope=0.0, seed=seed), "dose", "response")
        assert result.p_value is not None
        found.append(result.p_value)
    assert 0.35 < float(np.mean(found)) < 0.65
    assert float(np.mean([p < 0.2 for p in found])) == pytest.approx(0.2, abs=0.12)


@few
@given(st.floats(-3, 3), st.floats(0.1, 10))
def test_the_slope_moves_with_the_scale_of_the_response_and_the_p_value_does_not(
    shift: float, scale: float
) -> None:
    frame = units(n=8)
    first = dose_response(frame, "dose", "response")
    moved = frame.assign(response=shift + scale * frame["response"])
    second = dose_response(moved, "dose", "response")
    assert second.estimate == pytest.approx(scale * first.estimate, rel=1e-6)
    assert second.p_value == first.p_value


def test_caveats_are_the_exact_list() -> None:
    codes = [caveat.code for caveat in dose_response(units(), "dose", "response").caveats]
    assert codes == [
        CaveatCode.DOSE_NOT_RANDOM,
        CaveatCode.NO_SPILL_OVER,
        CaveatCode.FEW_UNITS,
    ]
    frame = units(n=40)
    frame.loc[0, ["dose", "response"]] = [9.0, -9.0]
    frame.loc[1, "dose"] = math.nan
    caveats = dose_response(frame, "dose", "response").caveats
    assert [caveat.code for caveat in caveats[2:]] == [
        CaveatCode.ROWS_LEFT_OUT,
        CaveatCode.ONE_UNIT_DECIDES,
    ]
    assert dict(caveats[2].detail) == {"rows": 1, "of": 40}


def test_a_unit_decides_where_it_moves_the_slope_by_more_than_its_error() -> None:
    frame = units(n=12)
    frame.loc[0, ["dose", "response"]] = [2.0, 1.0]
    result = dose_response(frame, "dose", "response")
    moved = max(
        result.estimate - result.leave_one_out[0], result.leave_one_out[1] - result.estimate
    )
    assert 1 < moved / (result.standard_error or math.inf) < 2
    assert result.caveats[-1].code is CaveatCode.ONE_UNIT_DECIDES


@pytest.mark.parametrize(
    ("frame", "options", "words"),
    [
        (units().assign(dose=1.0), {}, "no comparison"),
        (units(n=3), {}, "at least 4"),
        (units().assign(weight=-1.0), {"weights": "weight"}, "negative weights"),
        (units().assign(area="x"), {"cluster": "area"}, "one cluster"),
        (units().drop(columns="dose"), {}, "no column 'dose'"),
    ],
)
def test_what_has_no_slope_is_refused(
    frame: pd.DataFrame, options: dict[str, str], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        dose_response(frame, "dose", "response", **options)


def test_a_unit_named_twice_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="'p01' has more than one row"):
        dose_response_units(units().replace({"place": {"p02": "p01"}}), "place", "dose", "response")


def test_the_implied_total_by_hand() -> None:
    frame = pd.DataFrame({"dose": [math.log(2), math.log(4), 0.0], "after": [200.0, 400.0, 50.0]})
    result = implied_total(frame, "dose", "after", 1.0, (0.0, 2.0))
    assert (result.total, result.share) == pytest.approx((400, 400 / 250))
    assert (result.low, result.share_low) == pytest.approx((0, 0))
    assert result.high == pytest.approx(150 + 375)
    with pytest.raises(ValueError, match="negative"):
        implied_total(frame.assign(after=-1.0), "dose", "after", 1.0, (0.0, 1.0))


def test_log_changes_keep_missing_missing_and_refuse_two_rows() -> None:
    frame = pd.DataFrame(
        {
            "place": ["a", "a", "b", "b", "c"],
            "month": [1, 2, 1, 2, 1],
            "trips": [10.0, 5.0, 0.0, 5.0, 1.0],
        }
    )
    table = log_changes(frame, "place", "month", ["trips"], 1, 2).set_index("place")
    assert table["trips_change"].to_dict() == pytest.approx(
        {"a": math.log(0.5), "b": math.nan}, nan_ok=True
    )
    with pytest.raises(ValueError, match="'a' has more than one row for month 1"):
        log_changes(pd.concat([frame, frame.head(1)]), "place", "month", ["trips"], 1, 2)
    with pytest.raises(ValueError, match="no row for month 7"):
        log_changes(frame, "place", "month", ["trips"], 1, 7)


def test_tables_are_the_same_from_another_engine() -> None:
    frame = pd.DataFrame(
        {
            "place": list("aabb"),
            "month": ["1", "2", "1", "2"],
            "trips": [10.0, 20.0, 3.0, 12.0],
        }
    )
    relation = duckdb.from_df(frame.astype({"place": object, "month": object}))
    theirs = log_changes(relation, "place", "month", ["trips"], "1", "2").df()
    ours = log_changes(frame, "place", "month", ["trips"], "1", "2")
    assert theirs["trips_change"].tolist() == pytest.approx(ours["trips_change"].tolist())
    sums = log_sums(relation, "place", "month", "trips", "a", ["1"], ["2"]).df()
    expected = log_sums(frame, "place", "month", "trips", "a", ["1"], ["2"])
    assert sums["log_sum"].tolist() == pytest.approx(expected["log_sum"].tolist())
    assert sums["treated"].tolist() == [1, 1, 0, 0]
    assert sums["post"].tolist() == [0, 1, 0, 1]


def test_a_sum_of_nothing_has_no_logarithm() -> None:
    frame = pd.DataFrame({"g": ["a", "b"], "m": [1, 1], "v": [0.0, 4.0]})
    assert log_sums(frame, "g", "m", "v", "a", [1], [2])["log_sum"].isna().tolist() == [True, False]


@few
@given(st.floats(0.01, 1e6), st.floats(0.01, 1e6))
def test_per_cent_of_a_log_change_is_that_of_the_levels(before: float, after: float) -> None:
    assume(before != after)
    difference, share = before_after(before, after)
    assert difference == after - before
    assert percent_change(math.log(after / before)) == pytest.approx(share, rel=1e-6, abs=1e-9)


def test_a_level_of_zero_has_no_per_cent() -> None:
    difference, share = before_after(0.0, 5.0)
    assert difference == 5
    assert math.isnan(share)
