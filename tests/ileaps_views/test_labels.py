"""Labels never overlap, stay in the view, and are all kept where there is room."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ileaps_views.labels import (
    Box,
    LabelPoint,
    axis_pixels,
    mercator_pixels,
    place_labels,
    spread,
    text_size,
)

WIDTH, HEIGHT = 640.0, 400.0

points = st.lists(
    st.builds(
        LabelPoint,
        key=st.uuids().map(str),
        text=st.sampled_from(["Seoul", "Kuala Lumpur", "서울특별시", "Yogyakarta", "Malé"]),
        x=st.floats(-20, WIDTH + 20),
        y=st.floats(-20, HEIGHT + 20),
        priority=st.integers(0, 3),
    ),
    max_size=25,
)


def marker(point: LabelPoint) -> Box:
    return Box(
        point.x - point.radius,
        point.y - point.radius,
        point.x + point.radius,
        point.y + point.radius,
    )


@settings(max_examples=50, deadline=None)
@given(points)
def test_no_label_overlaps_a_label_or_another_marker(cities: list[LabelPoint]) -> None:
    placed = place_labels(cities, WIDTH, HEIGHT)
    assert all(label.box.inside(WIDTH, HEIGHT) for label in placed)
    for one, other in itertools.combinations(placed, 2):
        assert not one.box.overlaps(other.box), (one, other)
    for label, city in itertools.product(placed, cities):
        assert label.key == city.key or not label.box.overlaps(marker(city))


@settings(max_examples=50, deadline=None)
@given(points)
def test_the_same_input_gives_the_same_places(cities: list[LabelPoint]) -> None:
    assert place_labels(cities, WIDTH, HEIGHT) == place_labels(list(cities), WIDTH, HEIGHT)


def test_every_label_is_kept_where_there_is_room() -> None:
    grid = [
        LabelPoint(key=f"{x}-{y}", text="Yogyakarta", x=80.0 + 120 * x, y=40.0 + 60 * y)
        for x, y in itertools.product(range(4), range(5))
    ]
    assert {label.key for label in place_labels(grid, WIDTH, HEIGHT)} == {p.key for p in grid}


def test_twelve_close_cities_are_labelled_by_going_further_out() -> None:
    crowd = [
        LabelPoint(key=str(i), text="Seoul", x=300 + 24.0 * (i % 3), y=200 + 24.0 * (i // 3))
        for i in range(12)
    ]
    near = place_labels(crowd, WIDTH, HEIGHT, reach=3)
    far = place_labels(crowd, WIDTH, HEIGHT, reach=60)
    assert len(near) < len(far)


def test_priority_wins_the_last_free_place() -> None:
    late = LabelPoint(key="late", text="Seoul", x=20, y=10, priority=1)
    early = LabelPoint(key="early", text="Busan", x=20, y=10, priority=0)
    only = place_labels([late, early], 66, 20)
    assert [label.key for label in only] == ["early"]


def test_a_marker_outside_the_view_gets_no_label_and_an_empty_text_only_keeps_room() -> None:
    outside = LabelPoint(key="out", text="Lima", x=-4, y=50)
    silent = LabelPoint(key="silent", text="", x=30, y=50, radius=12)
    named = LabelPoint(key="named", text="Seoul", x=10, y=50)
    placed = place_labels([outside, silent, named], 300, 100)
    assert [label.key for label in placed] == ["named"]
    assert not placed[0].box.overlaps(marker(silent))


def test_missing_coordinates_are_left_out() -> None:
    nowhere = LabelPoint(key="a", text="Nowhere", x=math.nan, y=10)
    assert place_labels([nowhere], 100, 100) == []


def test_obstacles_are_kept_free() -> None:
    legend = Box(60, 0, 200, 100)
    city = LabelPoint(key="a", text="Seoul", x=50, y=50)
    (label,) = place_labels([city], 200, 100, obstacles=[legend])
    assert label.text_anchor == "end"
    assert label.plotly_position == "middle left"
    assert label.pixel_offset == [-8.0, 0]


def test_anchor_words_agree_with_the_box() -> None:
    city = LabelPoint(key="a", text="Seoul", x=50, y=50)
    (label,) = place_labels([city], 200, 100)
    assert (label.plotly_xanchor, label.plotly_yanchor) == ("left", "middle")
    assert label.box.left == city.x + label.dx
    assert (label.box.top + label.box.bottom) / 2 == pytest.approx(city.y)


def test_wide_characters_take_one_em_and_marks_nothing() -> None:
    assert text_size("서울", 10)[0] == 20
    assert text_size("e\u0301", 10) == text_size("e", 10)
    assert text_size("a\nb", 10)[1] == 24


def test_spread_moves_only_what_touches() -> None:
    assert spread([50.0, 52.0, 90.0], 10, 0, 100) == [46.0, 56.0, 90.0]
    assert spread([], 10, 0, 100) == []
    assert spread([1.0, 99.0], 10, 0, 100) == [5.0, 95.0]
    assert spread([3.0, 2.0, 1.0], 50, 0, 90) == [75.0, 45.0, 15.0]
    assert spread([50.0, 50.0], [10, 30], 0, 100) == [40.0, 60.0]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(-50, 450), max_size=6))
def test_spread_keeps_order_distance_and_bounds(wanted: list[float]) -> None:
    result = spread(wanted, 20, 0, 400)
    ordered = sorted(range(len(wanted)), key=lambda i: wanted[i])
    for one, other in itertools.pairwise(ordered):
        assert result[other] - result[one] >= 20 - 1e-6
    assert all(10 - 1e-6 <= place <= 390 + 1e-6 for place in result)


def test_mercator_agrees_with_hand_computed_pixels() -> None:
    centre, size = (0.0, 0.0), (512.0, 512.0)
    assert mercator_pixels(90, 0, centre=centre, zoom=0, size=size) == (384.0, 256.0)
    assert mercator_pixels(0, 85.051129, centre=centre, zoom=0, size=size)[1] == pytest.approx(
        0, abs=1e-4
    )
    fiji = mercator_pixels(-179, 0, centre=(170.0, 0.0), zoom=0, size=size)
    assert fiji[0] == pytest.approx(256 + 11 / 360 * 512)


def test_axis_pixels_linear_log_and_undrawable() -> None:
    assert axis_pixels(5, 0, 10, 100) == 50
    assert axis_pixels(1000, 10, 1000, 300, log=True) == pytest.approx(300)
    assert math.isnan(axis_pixels(0, 10, 1000, 300, log=True))
    assert axis_pixels(7, 7, 7, 100) == 50
