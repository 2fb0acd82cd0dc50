"""Pilot indicators: hand-computed progress, every status rule, properties."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ileaps_data import reference
from ileaps_metrics.pilot_progress import (
    Reason,
    Status,
    pilot_kpis,
    progress,
)
from tests.ileaps_metrics.pilot_tables import figures, indicator

few = settings(max_examples=50, deadline=None)
# each example works a whole table out
fewer = settings(max_examples=10, deadline=None)
AS_OF = "2026-11-22"


def kpi(about: dict[str, Any], *rows: dict[str, Any], as_of: str = "2020-09-01", **how: Any) -> Any:
    return pilot_kpis(indicator(**about), figures(*rows), as_of=as_of, **how).iloc[0]


# --- progress --------------------------------------------------------------------------------


def test_progress_reproduces_the_published_iati_example() -> None:
    assert progress(15, 53, 50) == pytest.approx(108.571, abs=5e-4)


def test_progress_needs_no_change_of_sign_for_a_falling_target() -> None:
    assert progress(100, 80, 60) == 50
    assert progress(100, 110, 60) == -25
    assert math.isnan(progress(5, 5, 5))
    assert math.isnan(progress(None, 5, 6))


@few
@given(
    st.floats(-1e6, 1e6),
    st.floats(-1e6, 1e6),
    st.floats(-1e6, 1e6),
    st.floats(0.1, 100),
    st.floats(-1e3, 1e3),
)
def test_progress_does_not_depend_on_the_unit(
    baseline: float, actual: float, target: float, scale: float, shift: float
) -> None:
    if abs(target - baseline) < 1:
        return
    moved = [value * scale + shift for value in (baseline, actual, target)]
    assert progress(*moved) == pytest.approx(progress(baseline, actual, target), abs=1e-3)
    assert progress(baseline, baseline, target) == 0
    assert progress(baseline, target, target) == pytest.approx(100)


# --- the worked example ----------------------------------------------------------------------


def vehicles(as_of: str, **how: Any) -> Any:
    table = pilot_kpis(reference.indicators(), reference.observations(), as_of=as_of, **how)
    return table.set_index("indicator_id").loc["mks_vehicles"]


def test_the_makassar_vehicles_on_the_first_of_september_2018() -> None:
    row = vehicles("2018-09-01")
    # 465 of 595 days; 1 + 465/595 x 19; 9/19; (20 - 10) over 130 days
    assert row["elapsed"] == pytest.approx(100 * 465 / 595)
    assert row["expected"] == pytest.approx(15.8487, abs=1e-4)
    assert row["expected_by_now"] == pytest.approx(1 + 474 / 595 * 19)
    assert row["progress"] == pytest.approx(900 / 19)
    assert row["pace"] == pytest.approx(0.606, abs=5e-4)
    assert row["required_rate"] == pytest.approx(10 / 130 * 365.25)
    assert (row["status"], row["actual_on"], row["actual_source_id"]) == (
        "behind",
        "2018-08-23",
        "merahputih_2018",
    )
    assert row["method"] == "linear pace 0.95/0.60/0 (house rule)"
    assert vehicles("2018-09-01", method="undp_rag")["status"] == "rag_amber"


def test_the_makassar_vehicles_today_are_not_known_at_their_deadline() -> None:
    row = vehicles(AS_OF)
    assert row["status"] == "not_known_at_deadline"
    assert row["pace"] == pytest.approx(0.606, abs=5e-4)
    assert math.isnan(row["required_rate"])
    assert row["expected_by_now"] == 20


def test_only_what_was_known_then_counts_at_an_earlier_date() -> None:
    row = vehicles("2017-09-30")
    assert (row["actual_low"], row["actual_high"], row["actual_on"]) == (2, 2, "2017-08-26")
    # nobody knows that the two undated figures came later
    assert vehicles("2016-01-01")["status"] == "undated"


# --- every status ----------------------------------------------------------------------------

JULY = {"period_end": "2020-07-01", "value": 50}
AT_END = {"period_end": "2020-12-31"}
UNDATED = {"period_end": None}
STATUSES: list[tuple[str, dict[str, Any], list[dict[str, Any]], str, str | None]] = [
    ("context", {"result_level": "context"}, [JULY], "context", None),
    ("nothing", {}, [], "no_data", "none_reported"),
    ("intended", {}, [JULY | {"value_kind": "intended"}], "no_data", "only_intended"),
    ("context rows", {}, [JULY | {"group": "context"}], "no_data", "none_reported"),
    ("undated", {}, [UNDATED], "undated", "no_dated_figure"),
    ("no target", {"target_value": None}, [JULY], "no_target", None),
    (
        "by group",
        {},
        [JULY | {"disaggregation": "women"}, JULY | {"disaggregation": "men"}],
        "no_total",
        "by_group_only",
    ),
    (
        "tie",
        {},
        [JULY, JULY | {"value": 60, "source_id": "b"}],
        "sources_disagree",
        "several_at_latest_date",
    ),
    (
        "disputed",
        {},
        [
            JULY | {"period_start": "2020-01"},
            {"period_end": "2020-06", "value": 90, "source_id": "b"},
        ],
        "sources_disagree",
        "latest_in_conflict",
    ),
    ("no direction", {"ascending": None}, [JULY], "no_direction", None),
    ("wrong way", {"ascending": False}, [JULY], "target_against_direction", None),
    ("achieved", {}, [JULY | {"value": 100}], "achieved", None),
    ("exceeded", {}, [JULY | {"value": 101}], "exceeded", None),
    (
        "at most",
        {},
        [JULY | {"value": 100, "qualifier": "at_most"}],
        "achieved",
        "open_qualifier",
    ),
    ("achieved undated", {"target_on": None}, [JULY | {"value": 100}], "achieved", None),
    ("undated target", {"target_on": None}, [JULY], "undated", "target_undated"),
    ("undated baseline", {"baseline_on": None}, [JULY], "undated", "baseline_undated"),
    ("no baseline", {"baseline_value": None}, [JULY], "no_baseline", None),
    ("too early", {}, [JULY | {"period_end": "2020-02-05"}], "too_early", None),
    ("on track", {}, [JULY], "on_track", None),
    ("behind", {}, [JULY | {"value": 40}], "behind", None),
    ("off track", {}, [JULY | {"value": 10}], "off_track", None),
    ("moving away", {}, [JULY | {"value": -5}], "moving_away", None),
    ("missed", {}, [AT_END | {"value": 99}], "missed", None),
    ("keeping", {"target_value": 0.0}, [JULY | {"value": 0}], "on_track", "target_is_baseline"),
    ("not kept", {"target_value": 0.0}, [JULY | {"value": -1}], "off_track", "target_is_baseline"),
]


@pytest.mark.parametrize(
    ("about", "rows", "status", "reason"),
    [row[1:] for row in STATUSES],
    ids=[row[0] for row in STATUSES],
)
def test_each_rule_gives_its_status(
    about: dict[str, Any], rows: list[dict[str, Any]], status: str, reason: str | None
) -> None:
    # the day is one on which the year 2020 has not ended, except where the figure says it has
    as_of = "2020-12-31" if rows and rows[0]["period_end"] == "2020-12-31" else "2020-09-01"
    row = kpi(about, *rows, as_of=as_of)
    assert row["status"] == status
    assert (None if pd.isna(row["reason"]) else row["reason"]) == reason


def test_after_the_deadline_an_older_figure_leaves_it_unknown_even_when_early() -> None:
    assert kpi({}, JULY, as_of="2021-01-01")["status"] == "not_known_at_deadline"
    early = JULY | {"period_end": "2020-01-10"}
    assert kpi({}, early, as_of="2021-01-01")["status"] == "not_known_at_deadline"
    late = {"period_end": "2021-02-01", "value": 100}
    row = kpi({}, late, as_of="2021-03-01")
    assert (row["status"], row["reason"]) == ("achieved", "met_after_deadline")


@pytest.mark.parametrize(
    ("value", "status"),
    [(50, "rag_green"), (49, "rag_amber"), (24, "rag_red"), (100, "rag_green")],
)
def test_undp_rag_judges_the_share_of_the_milestone(value: float, status: str) -> None:
    # 182 of 365 days: the milestone is 49.86
    assert kpi({}, JULY | {"value": value}, method="undp_rag")["status"] == status


def test_undp_rag_past_the_deadline_judges_the_target() -> None:
    how = {"as_of": "2021-06-01", "method": "undp_rag"}
    assert kpi({}, AT_END | {"value": 50}, **how)["status"] == "rag_amber"
    assert kpi({}, AT_END | {"value": 49}, **how)["status"] == "rag_red"


def test_a_falling_target_is_judged_the_same_way() -> None:
    falling = {"ascending": False, "baseline_value": 100.0, "target_value": 0.0}
    assert kpi(falling, JULY | {"value": 50})["status"] == "on_track"
    assert kpi(falling, JULY | {"value": 0})["status"] == "achieved"
    assert kpi(falling, JULY | {"value": -1})["status"] == "exceeded"
    assert kpi(falling, JULY | {"value": 120})["status"] == "moving_away"


# --- what counts as the actual value ---------------------------------------------------------


def test_a_cumulative_indicator_starts_at_zero_at_its_earliest_period() -> None:
    about = {"aggregation": "cumulative", "baseline_value": None, "baseline_on": None}
    start = {"period_start": "2020-01-01"}
    row = kpi(about, start | JULY, start | {"period_end": "2020-04-01", "value": 20})
    assert row["baseline_assumed"]
    assert math.isnan(row["baseline_value"])
    assert (row["actual"], row["progress"]) == (50, 50)
    assert row["elapsed"] == pytest.approx(100 * 182 / 365)


def test_without_a_baseline_a_level_shows_its_share_of_the_target_only() -> None:
    row = kpi({"baseline_value": None}, JULY)
    assert row["share_of_target"] == 50
    assert math.isnan(row["progress"])
    falling = kpi({"baseline_value": None, "ascending": False}, JULY)
    assert math.isnan(falling["share_of_target"])


def test_a_flow_sums_its_periods_since_the_baseline() -> None:
    about = {"aggregation": "flow"}
    rows = [
        {"period_start": "2019-01", "period_end": "2019-12", "value": 1000},
        {"period_start": "2020-01", "period_end": "2020-03", "value": 20},
        {"period_start": "2020-04", "period_end": "2020-06", "value": 30, "qualifier": "about"},
        {"period_start": "2020-04", "period_end": "2020-06", "value": 30, "source_id": "b"},
    ]
    row = kpi(about, *rows)
    assert (row["actual"], row["actual_on"]) == (50, "2020-06")
    overlapping = {"period_start": "2020-06", "period_end": "2020-07", "value": 5}
    row = kpi(about, *rows, overlapping)
    assert math.isnan(row["actual"])
    assert (row["status"], row["reason"]) == ("no_total", "periods_overlap")


def test_the_total_counts_and_groups_are_not_added_to_it() -> None:
    women = {"disaggregation": "women", "period_end": "2020-08-01", "value": 30}
    assert kpi({}, JULY, women)["actual"] == 50
    alone = kpi({}, women)
    assert (alone["actual"], alone["disaggregation"], alone["basis"]) == (
        30,
        "women",
        "single_group",
    )
    # an undated second group still says that one group is not all
    assert kpi({}, women, UNDATED | {"disaggregation": "men"})["status"] == "no_total"


def test_values_that_agree_at_the_latest_date_give_the_exact_one() -> None:
    row = kpi({}, JULY | {"value": 52, "qualifier": "about"}, JULY | {"source_id": "b"})
    assert (row["actual"], row["actual_source_id"]) == (50, "b")
    assert (row["actual_low"], row["actual_high"]) == (50, 52)
    assert row["several_sources"]


def test_values_that_differ_at_the_latest_date_are_a_range_and_no_average() -> None:
    row = kpi({}, JULY, JULY | {"value": 60, "source_id": "b"})
    assert math.isnan(row["actual"])
    assert (row["actual_low"], row["actual_high"], row["disputed"]) == (50, 60, True)


# --- properties ------------------------------------------------------------------------------


@fewer
@given(
    st.floats(-1000, 1000),
    st.floats(0.01, 100),
    st.sampled_from(["2020-03-01", "2020-07-01", "2020-12-31"]),
)
def test_the_status_does_not_depend_on_the_unit(value: float, scale: float, day: str) -> None:
    one = kpi({}, {"period_end": day, "value": round(value, 1)}, as_of="2020-12-31")
    scaled = kpi(
        {"target_value": 100 * scale},
        {"period_end": day, "value": round(value, 1) * scale},
        as_of="2020-12-31",
    )
    assert one["status"] == scaled["status"]
    assert one["expected"] * scale == pytest.approx(scaled["expected"])


@fewer
@given(st.lists(st.integers(0, 9), min_size=1, max_size=10), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter_and_nothing_is_changed(
    values: list[int], random: Any
) -> None:
    rows = [{"period_end": f"2020-0{v % 8 + 1}", "value": float(v)} for v in values]
    table = figures(*rows)
    before = table.copy()
    shuffled = list(rows)
    random.shuffle(shuffled)
    pd.testing.assert_frame_equal(
        pilot_kpis(indicator(), table, as_of="2020-12-31"),
        pilot_kpis(indicator(), figures(*shuffled), as_of="2020-12-31"),
    )
    pd.testing.assert_frame_equal(table, before)


def test_an_unknown_method_and_an_unreadable_date_are_refused() -> None:
    with pytest.raises(ValueError, match="'rainbow' is unknown: use one of linear_pace, undp_rag"):
        pilot_kpis(indicator(), figures(), method="rainbow")
    with pytest.raises(ValueError, match="'soon' cannot be read"):
        pilot_kpis(indicator(), figures(), as_of="soon")


def test_codes_are_plain_text_in_one_place() -> None:
    assert {str(code) for code in Status} >= {row[3] for row in STATUSES}
    assert {str(code) for code in Reason} >= {row[4] for row in STATUSES if row[4]}
