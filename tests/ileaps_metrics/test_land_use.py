"""Land against people (11.3.1): published figures, hand-computed ones, suppression, bad input."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ileaps_metrics.land_use import (
    built_up_change,
    built_up_per_head,
    land_consumption_rate,
    land_use_efficiency,
    land_use_status,
    population_growth_rate,
)

few = settings(max_examples=50, deadline=None)

# Office for National Statistics, indicator 11.3.1 for 2013 to 2016 (ONSdigital/sdg-data)
ENGLAND, WALES, SCOTLAND = (
    (53_865_817, 55_268_067),
    (3_082_412, 3_113_150),
    (5_327_700, 5_404_700),
)
BRITAIN = tuple(sum(ends) for ends in zip(ENGLAND, WALES, SCOTLAND, strict=True))


@pytest.mark.parametrize(
    ("ends", "land", "people", "ratio"),
    [
        (BRITAIN, 0.015223343462808804, 0.007985816855664176, 1.90629759459),
        (ENGLAND, 0.012731152998348464, 0.008566402562930573, 1.48617262670331),
        (WALES, 0.027400212566724005, 0.003307555978853148, 8.284126630632166),
        (SCOTLAND, 0.023755938021517473, 0.004783106680474716, 4.966633530983618),
    ],
)
def test_published_figures_of_great_britain(
    ends: tuple[int, int], land: float, people: float, ratio: float
) -> None:
    growth = population_growth_rate(*ends, 3)
    assert growth == pytest.approx(people, abs=1e-15)
    assert land_use_efficiency(land, growth) == pytest.approx(ratio, rel=1e-10)


def test_hand_computed_example_by_both_definitions() -> None:
    # 100 → 150 km², 1.0 → 1.3 million, ten years
    linear, log = (land_consumption_rate(100, 150, 10, method=m) for m in ("linear", "log"))
    people = population_growth_rate(1.0, 1.3, 10)
    assert linear == pytest.approx(0.05)
    assert people == pytest.approx(0.02623643)
    assert land_use_efficiency(linear, people) == pytest.approx(1.90575, abs=5e-6)
    assert land_use_efficiency(log, people) == pytest.approx(1.54543, abs=5e-6)


@pytest.mark.parametrize("people", [0.0, 0.00049, -0.00049, math.nan])
def test_the_ratio_is_suppressed_near_zero_growth(people: float) -> None:
    assert math.isnan(land_use_efficiency(0.02, people))


def test_the_ratio_stands_from_the_threshold_on() -> None:
    assert land_use_efficiency(0.02, 0.0005) == pytest.approx(40.0)
    assert land_use_efficiency(0.02, -0.001) == pytest.approx(-20.0)


@pytest.mark.parametrize(
    ("land", "people", "status"),
    [
        (0.01, 0.02, "compact"),
        (0.02, 0.02, "compact"),
        (0.03, 0.02, "land_faster_than_people"),
        (0.0, 0.02, "land_not_growing"),
        (-0.01, 0.02, "land_not_growing"),
        (0.01, -0.02, "people_fall_land_grows"),
        (-0.01, -0.02, "both_fall"),
        (0.0, -0.02, "both_fall"),
        (0.03, 0.0001, "near_zero_growth"),
        (0.03, math.nan, "not_available"),
        (None, 0.01, "not_available"),
    ],
)
def test_land_and_people_in_a_word(land: float, people: float, status: str) -> None:
    assert land_use_status(land, people) == status


def test_columns_keep_their_index_and_their_gaps() -> None:
    land = pd.Series([0.05, np.nan, 0.02], index=["a", "b", "c"])
    people = pd.Series([0.025, 0.01, 0.0001], index=["a", "b", "c"])
    ratio = land_use_efficiency(land, people)
    assert ratio.to_dict() == pytest.approx({"a": 2, "b": math.nan, "c": math.nan}, nan_ok=True)
    assert list(land_use_status(land, people)) == [
        "land_faster_than_people", "not_available", "near_zero_growth",
    ]  # fmt: skip


def test_built_up_area_beside_the_ratio() -> None:
    assert built_up_per_head(150, 1_300_000) == pytest.approx(115.384615)
    assert built_up_change(100, 150) == 0.5
    assert math.isnan(built_up_per_head(150, 0))
    assert math.isnan(built_up_per_head(-1, 100))
    assert math.isnan(built_up_change(0, 150))


@pytest.mark.parametrize("value", [0, -1, None, math.inf])
def test_no_area_and_no_population_has_no_rate(value: float) -> None:
    for method in ("linear", "log"):
        assert math.isnan(land_consumption_rate(value, 150, 10, method=method))  # type: ignore[call-overload]
        assert math.isnan(land_consumption_rate(100, value, 10, method=method))  # type: ignore[call-overload]
    assert math.isnan(population_growth_rate(value, 150, 10))


@pytest.mark.parametrize("years", [0, -5])
def test_a_period_without_length_is_refused(years: float) -> None:
    with pytest.raises(ValueError, match="years must be above 0"):
        land_consumption_rate(100, 150, years)
    with pytest.raises(ValueError, match="years must be above 0"):
        population_growth_rate(100, 150, years)


def test_an_unknown_definition_is_refused() -> None:
    with pytest.raises(ValueError, match="'exponential' is unknown: use linear or log"):
        land_consumption_rate(100, 150, 10, method="exponential")  # type: ignore[call-overload]


@few
@given(
    past=st.floats(1, 1e5), growth=st.floats(1.001, 5), years=st.integers(1, 30),
    scale=st.floats(0.01, 100),
)  # fmt: skip
def test_the_unit_of_area_does_not_matter_and_the_log_rate_is_the_lower(
    past: float, growth: float, years: int, scale: float
) -> None:
    present = past * growth
    linear = land_consumption_rate(past, present, years)
    assert land_consumption_rate(past * scale, present * scale, years) == pytest.approx(linear)
    assert land_consumption_rate(past, present, years, method="log") < linear
    # land that grows in step with people, both by the logarithm, has a ratio of one
    people = population_growth_rate(past, present, years)
    if abs(people) >= 0.0005:
        log = land_consumption_rate(past, present, years, method="log")
        assert land_use_efficiency(log, people) == pytest.approx(1.0)
