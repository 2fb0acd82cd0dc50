"""Difference-in-differences: published figures, hand-computed cells, refusals, exact lists."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from ileaps_data import reference
from ileaps_metrics.impact import CaveatCode, difference_in_differences
from ileaps_metrics.wild_bootstrap import cluster_weights, wild_cluster_bootstrap

few = settings(max_examples=50, deadline=None)
ASSUMED = [CaveatCode.PARALLEL_TRENDS, CaveatCode.NO_ANTICIPATION, CaveatCode.NO_SPILL_OVER]
VALUES = st.floats(-1e4, 1e4)


def stores() -> pd.DataFrame:
    table = reference.load_published("card_krueger")
    return table.assign(
        treated=table["state"].eq("NJ").astype(int), post=table["period"].eq("after").astype(int)
    )


def panel(changes: dict[str, float], treated: set[str], noise: float = 0.0) -> pd.DataFrame:
    """Two rows a unit: 10 (plus a little of its own) before, that plus its change after."""
    generator = np.random.default_rng(1)
    rows = [
        {
            "unit": unit,
            "y": 10 + place + post * change + noise * generator.normal(),
            "treated": int(unit in treated),
            "post": post,
        }
        for place, (unit, change) in enumerate(changes.items())
        for post in (0, 1)
    ]
    return pd.DataFrame(rows)


def codes(result: object) -> list[CaveatCode]:
    return [caveat.code for caveat in result.caveats]  # type: ignore[attr-defined]


# --- published -----------------------------------------------------------------------------


def test_card_and_krueger_means_and_their_standard_errors() -> None:
    result = difference_in_differences(stores(), "employment", "treated", "post", "store")
    printed = {(m.treated, m.post): (round(m.mean, 2), m.n) for m in result.means}
    assert printed == {
        (False, False): (23.33, 77),
        (True, False): (20.44, 321),
        (False, True): (21.17, 77),
        (True, True): (21.03, 319),
    }
    errors = {(m.treated, m.post): round(m.standard_error or 0, 2) for m in result.means}
    assert errors == {
        (False, False): 1.35,
        (True, False): 0.51,
        (False, True): 0.94,
        (True, True): 0.52,
    }


def test_card_and_krueger_difference_in_differences_clustered_by_store() -> None:
    result = difference_in_differences(stores(), "employment", "treated", "post", "store")
    assert result.estimate == pytest.approx(2.7536, abs=5e-5)
    assert result.standard_error == pytest.approx(1.307, abs=5e-4)
    assert (result.n, result.n_clusters, result.method) == (794, 410, "cluster_robust")
    assert codes(result) == [*ASSUMED, CaveatCode.ROWS_LEFT_OUT]
    assert dict(result.caveats[-1].detail) == {"rows": 26, "of": 820}


def test_card_and_krueger_without_clusters_has_the_wider_error_and_says_so() -> None:
    result = difference_in_differences(stores(), "employment", "treated", "post")
    assert result.standard_error == pytest.approx(1.795, abs=5e-4)
    assert CaveatCode.NOT_CLUSTERED in codes(result)


def test_card_and_krueger_balanced_sample_prints_as_published() -> None:
    balanced = stores().query("in_balanced_sample")
    result = difference_in_differences(balanced, "employment", "treated", "post", "store")
    assert f"{result.estimate:.2f}" == "2.75"
    assert f"{result.standard_error:.2f}" == "1.34"


# --- properties and an independent path ----------------------------------------------------


@few
@given(st.lists(VALUES, min_size=8, max_size=8), st.floats(-100, 100))
def test_the_estimate_is_the_difference_of_differences_and_ignores_a_shift(
    values: list[float], shift: float
) -> None:
    cells = list(itertools.product((0, 1), (0, 1))) * 2
    frame = pd.DataFrame(cells, columns=["t", "p"]).assign(y=values)
    means = frame.groupby(["t", "p"])["y"].mean()
    by_hand = (means[1, 1] - means[1, 0]) - (means[0, 1] - means[0, 0])
    result = difference_in_differences(frame, "y", "t", "p")
    assert result.estimate == pytest.approx(by_hand, rel=1e-9, abs=1e-6)
    moved = difference_in_differences(frame.assign(y=frame["y"] + shift), "y", "t", "p")
    assert moved.estimate == pytest.approx(result.estimate, rel=1e-6, abs=1e-6)


def test_the_caller_s_frame_is_not_changed_and_rows_may_come_in_any_order() -> None:
    frame = panel(dict(zip("abcdef", (1, 2, 3, 4, 5, 6), strict=True)), {"a", "b", "c"}, 1.0)
    before = frame.copy(deep=True)
    result = difference_in_differences(frame, "y", "treated", "post", "unit")
    pd.testing.assert_frame_equal(frame, before)
    shuffled = frame.sample(frac=1, random_state=3)
    again = difference_in_differences(shuffled, "y", "treated", "post", "unit")
    assert again.estimate == pytest.approx(result.estimate)
    assert again.p_value == pytest.approx(result.p_value)


def test_few_clusters_take_the_wild_bootstrap_whose_interval_agrees_with_its_test() -> None:
    changes = {f"u{i}": 3.0 * (i < 8) for i in range(16)}
    frame = panel(changes, {f"u{i}" for i in range(8)}, noise=1.5)
    result = difference_in_differences(frame, "y", "treated", "post", "unit")
    assert result.method == "wild_cluster_bootstrap"
    assert codes(result) == [*ASSUMED, CaveatCode.FEW_CLUSTERS]
    assert result.interval is not None
    assert result.p_value is not None
    low, high = result.interval
    assert low < 3 < high, "the truth lies inside"
    assert (result.p_value < 0.05) is not (low <= 0 <= high)
    # shifting the treated group's outcome after by the end of the interval makes p about 0.05
    moved = frame.assign(y=frame["y"] - low * frame["treated"] * frame["post"])
    edge = difference_in_differences(moved, "y", "treated", "post", "unit")
    assert edge.p_value == pytest.approx(0.05, abs=0.01)


def test_the_bootstrap_keeps_its_level_where_nothing_happened() -> None:
    generator = np.random.default_rng(5)
    frame = panel(dict.fromkeys("abcdefghijkl", 0.0), set("abcdef"))
    treated, post = frame["treated"].to_numpy(float), frame["post"].to_numpy(float)
    design = np.column_stack([np.ones(24), treated, post, treated * post])
    cluster = pd.factorize(frame["unit"])[0].astype(float)
    found = [
        wild_cluster_bootstrap(design, generator.normal(size=24), cluster, 3, 0.5, draws=199)
        for _ in range(60)
    ]
    # at a level of 5%, more than 8 of 60 has a chance under one per cent
    assert sum(test.p_value < 0.05 for test in found) <= 8
    assert (
        sum(test.interval is None or test.interval[0] <= 0 <= test.interval[1] for test in found)
        >= 52
    )


def test_bootstrap_weights_have_mean_zero_and_variance_one_and_are_the_same_each_time() -> None:
    for clusters in (6, 20):
        weights = cluster_weights(clusters, draws=20_000)
        assert weights.mean() == pytest.approx(0, abs=0.02)
        assert weights.var() == pytest.approx(1, abs=0.02)
        assert np.array_equal(weights, cluster_weights(clusters, draws=20_000))
    assert len(np.unique(cluster_weights(6))) == 6
    assert len(np.unique(cluster_weights(20))) == 2


def test_forty_clusters_have_the_error_statsmodels_gives_by_formula() -> None:
    frame = panel({f"u{i:02}": float(i % 5) for i in range(40)}, {f"u{i:02}" for i in range(20)})
    result = difference_in_differences(frame, "y", "treated", "post", "unit")
    fit = sm.OLS.from_formula("y ~ treated * post", frame).fit(
        cov_type="cluster", cov_kwds={"groups": pd.factorize(frame["unit"])[0]}
    )
    assert result.method == "cluster_robust"
    assert result.estimate == pytest.approx(fit.params["treated:post"])
    assert result.standard_error == pytest.approx(fit.bse["treated:post"])


# --- refusals ------------------------------------------------------------------------------


def test_one_treated_unit_gets_no_error_but_its_rank_among_all_choices() -> None:
    changes = {"seoul": 5.0, "b": 0.0, "c": 1.0, "d": 0.5, "e": -1.0}
    result = difference_in_differences(panel(changes, {"seoul"}), "y", "treated", "post", "unit")
    assert result.estimate == pytest.approx(5 - 0.125)
    assert result.standard_error is None
    assert result.interval is None
    assert result.method == "permutation"
    assert result.p_value == pytest.approx(1 / 5)
    assert codes(result) == [*ASSUMED, CaveatCode.ONE_TREATED_UNIT]


def test_one_unit_on_each_side_gets_an_estimate_and_nothing_else() -> None:
    result = difference_in_differences(
        panel({"a": 3.0, "b": 1.0}, {"a"}), "y", "treated", "post", "unit"
    )
    assert result.estimate == pytest.approx(2)
    assert (result.standard_error, result.interval, result.p_value) == (None, None, None)
    assert result.method == "none"
    assert codes(result)[-2:] == [CaveatCode.ONE_TREATED_UNIT, CaveatCode.ONE_COMPARISON_UNIT]


def test_four_single_figures_have_no_spread_so_no_error() -> None:
    result = difference_in_differences(panel({"a": 3.0, "b": 1.0}, {"a"}), "y", "treated", "post")
    assert result.standard_error is None
    assert codes(result)[-1] is CaveatCode.SINGLE_ROW_CELL


def test_outcomes_that_do_not_vary_have_no_p_value() -> None:
    frame = panel(dict.fromkeys("abcdefgh", 1.0), set("abcd")).assign(y=4.0)
    for cluster in (None, "unit"):
        result = difference_in_differences(frame, "y", "treated", "post", cluster)
        assert result.estimate == pytest.approx(0)
        assert result.p_value is None
        assert CaveatCode.NO_VARIATION in codes(result)


def test_few_treated_clusters_are_said() -> None:
    frame = panel({f"u{i}": float(i) for i in range(12)}, {"u0", "u1"}, 1.0)
    result = difference_in_differences(frame, "y", "treated", "post", "unit")
    assert dict(result.caveats[-1].detail) == {"clusters": 2}
    assert result.caveats[-1].code is CaveatCode.FEW_TREATED_CLUSTERS


def test_missing_figures_are_left_out_and_counted_never_read_as_zero() -> None:
    frame = panel(dict.fromkeys("abcdef", 2.0), {"a", "b", "c"}, 1.0)
    frame.loc[0, "y"] = math.nan
    whole = difference_in_differences(frame.drop(index=0), "y", "treated", "post")
    result = difference_in_differences(frame, "y", "treated", "post")
    assert result.estimate == whole.estimate
    assert dict(result.caveats[3].detail) == {"rows": 1, "of": 12}


GOOD = panel(dict.fromkeys("abcd", 1.0), {"a", "b"})


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (GOOD.assign(treated=1), "no comparison group"),
        (GOOD.assign(treated=0), "no treated group"),
        (GOOD.assign(post=1), "nothing before the start"),
        (GOOD.assign(post=0), "nothing after the start"),
        (GOOD[~(GOOD["treated"].eq(1) & GOOD["post"].eq(0))], "'treated' = 1 and 'post' = 0"),
        (GOOD.assign(treated=2), "0 or 1"),
        (GOOD.assign(y=math.nan), "nothing to compare"),
        (GOOD.assign(y=math.inf), "infinite"),
        (GOOD.assign(y="many"), "give numbers"),
        (GOOD.drop(columns="y"), "no column 'y'"),
        (GOOD.drop(columns="unit"), "no column 'unit'"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_what_to_do(
    frame: pd.DataFrame, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        difference_in_differences(frame, "y", "treated", "post", "unit")
