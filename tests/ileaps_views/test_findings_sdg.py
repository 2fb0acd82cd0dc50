"""Findings about the SDGs say what the numbers say, for one, many and none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ileaps_views import i18n
from ileaps_views.findings import sdg
from ileaps_views.sdg_methods import METHODS, method, method_names
from ileaps_views.sdg_statuses import AWAY, ON_TRACK, mark, mark_codes, shown_code
from ileaps_views.sdg_words import breakdown_name, goal_name, nature_name, value_text


def test_ties_name_the_goals_together() -> None:
    assert sdg.goals_title({2: ["red"], 3: ["red"]}) == (
        "Goals 2 Zero hunger and 3 Health are red most often: each in 1 economy"
    )
    assert sdg.goals_title({}) == "No goal has a rating here"


def test_a_change_knows_which_way_the_goal_points() -> None:
    falling = ((2015, 20.0), (2020, 10.0))
    assert sdg.change_title("X", "S", *falling, "percent", -1).endswith("the way the goal points")
    assert sdg.change_title("X", "S", *falling, "percent", 1).endswith("away from the goal")
    assert sdg.change_title("X", "S", *falling, "percent", 0).endswith("10% (2020)")
    still = ((2015, 20.0), (2020, 20.01))
    assert sdg.change_title("X", "S", *still, "percent", -1).endswith("unchanged")


def test_nothing_judged_is_said() -> None:
    assert sdg.statuses_title(["no_data", "bounded"], "UNSD").endswith("has a status")
    assert sdg.absences_sentence(["met"]) == "Every one of them has a status."


@given(st.lists(st.sampled_from(["substantial_progress", "deterioration", "no_data", "bounded"])))
@settings(max_examples=50)
def test_counts_of_statuses_add_up(codes: list[str]) -> None:
    absent = sum(mark(code).tone == "none" for code in codes)
    text = sdg.absences_sentence(codes)
    assert (f"{absent} of {len(codes)}" in text) == bool(absent)


def test_every_status_and_reason_of_the_metrics_has_a_mark() -> None:
    known = set(mark_codes())
    reasons = {
        "no_direction", "no_total", "no_target", "all_missing", "missing_value", "no_baseline",
        "fewer_than_two_years", "bounded", "both_signs", "base_is_zero", "base_equals_target",
        "target_year_passed", "single_events",
    }  # fmt: skip
    statuses = {
        "target_achieved", "substantial_progress", "moderate_progress", "limited_progress",
        "deterioration", "fair_progress", "limited_or_no_progress", "at_ceiling", "met",
        "as_expected", "behind_expected", "regression",
    }  # fmt: skip
    ratings = {"green", "yellow", "orange", "red"}
    trends = {"on_track", "moderately_improving", "stagnating", "decreasing"}
    assert reasons | statuses | ratings | trends <= known
    assert shown_code("not_available") == "not_available"


def test_on_track_and_away_never_overlap_and_are_known() -> None:
    assert not ON_TRACK & AWAY
    assert set(mark_codes()) >= ON_TRACK | AWAY


def test_every_reason_for_no_status_looks_different() -> None:
    absent = [mark(code) for code in mark_codes() if mark(code).tone == "none"]
    words = {each.shape: each.word for each in absent if each.symbol is None}
    assert len(set(words.values())) == len(words)
    drawn = {(each.shape, each.word) for each in absent if each.symbol is None}
    # a dot for “no data” and for “no trend”, which never stand in one chart
    assert len(drawn) - len({shape for shape, _word in drawn}) == 1


def test_each_method_names_formula_thresholds_and_origin() -> None:
    for name in (*METHODS, "sdsn"):
        told = method(name)
        assert all((told.formula, told.thresholds, told.origin))
        assert told.formula in told.sentences
    assert "0.95" in method("statcan").thresholds
    assert "−0.10" in method("unsd").thresholds
    assert "ours" in method("after_escap").thresholds
    assert method("after_escap").doubts
    assert list(method_names()) == list(METHODS)
    with pytest.raises(ValueError, match="guess"):
        method("guess")


@pytest.mark.parametrize(
    ("value", "unit", "bound", "text"),
    [
        (95.0, "percent", "above", "> 95%"),
        (2.5, "percent", "below", "< 2.5%"),
        (1234567.0, "number", None, "1,234,567"),
        (0.0, "percent", None, "0%"),
        (0.004, "", None, "0.004"),
        (12.0, "per 1,000 live births", None, "12 per 1,000 live births"),
        (None, "percent", None, "–"),
    ],
)
def test_values_are_written_with_unit_and_bound(
    value: float | None, unit: str, bound: str | None, text: str
) -> None:
    assert value_text(value, unit, bound) == text


def test_words_for_codes_and_an_unknown_code() -> None:
    assert goal_name(17) == "Partnerships"
    with pytest.raises(ValueError, match="from 1 to 17"):
        goal_name(18)
    assert nature_name("global_monitoring") == "global monitoring data"
    assert breakdown_name("age", "15_24") == "Age 15–24"
    assert breakdown_name("other_breakdown", "activity=isic4_c") == "activity: isic4 c"


def test_marks_follow_the_language() -> None:
    i18n.activate(i18n.PSEUDO)
    try:
        assert mark("red").word == "⟦Red⟧"
        assert method("unsd").name.startswith("⟦")
    finally:
        i18n.activate("en")
