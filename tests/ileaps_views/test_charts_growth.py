"""Charts of urban growth carry exactly the numbers of their frames, gaps included."""

from __future__ import annotations

import itertools
import json
import math
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from ileaps_data import reference
from ileaps_metrics.growth import growth_table
from ileaps_views.charts.city_sizes import largest_cities_view, rank_size_view
from ileaps_views.charts.classes import classes_of
from ileaps_views.charts.common import Revision, luminance, readable_on, revision_of, rounded
from ileaps_views.charts.decomposition import growth_decomposition_view, urban_rural_growth
from ileaps_views.charts.economies import economies_map, economies_tiles
from ileaps_views.charts.economy_marks import SMALL
from ileaps_views.charts.population_lines import population_lines
from ileaps_views.charts.revisions import revisions_side_by_side

WUP = Revision(id="wup2018", name="WUP 2018", source="UN, WUP 2018", estimates_until=2018)
WDI = Revision(id="wdi", name="WDI", source="World Bank, WDI")
PERIOD = (2015, 2020)


def table(rows: list[tuple[str, int, float, float]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["area_id", "year", "urban", "percent_urban"])


PLACES = table(
    [
        ("AAA", 2010, 1_000.0, 20.0),
        ("AAA", 2015, math.nan, math.nan),
        ("AAA", 2020, 3_000.0, 40.0),
        ("BBB", 2010, 8_123.4567, 71.23456),
        ("BBB", 2015, 8_500.0, 72.0),
        ("BBB", 2020, 8_700.0, 73.0),
    ]
)
NAMES = {"AAA": "<b>Alpha</b>", "BBB": "Beta"}


@pytest.fixture(scope="module")
def growth() -> pd.DataFrame:
    population = reference.urban_population()
    return growth_table(population[population["revision_id"] == "wup2018"], *PERIOD)


@pytest.fixture(scope="module")
def members() -> pd.DataFrame:
    economies = reference.economies()
    return economies[economies["subregion_id"].notna()]


@pytest.fixture(scope="module")
def subregions() -> dict[str, str]:
    rows = reference.subregions().sort_values("position")
    return dict(zip(rows["subregion_id"], rows["name"], strict=True))


@pytest.fixture(scope="module")
def shares() -> pd.DataFrame:
    population = reference.urban_population()
    rows = population[population["revision_id"] == "wup2018"]
    return rows[["area_id", "year", "percent_urban"]].rename(columns={"percent_urban": "value"})


def carried(traces: Any) -> dict[str, list[tuple[int, float | None]]]:
    points: dict[str, dict[int, float | None]] = {}
    for trace in traces:
        points.setdefault(trace.name, {}).update(zip(trace.x, trace.y, strict=True))
    return {name: sorted(given.items()) for name, given in points.items()}


def test_lines_carry_the_frame_and_leave_gaps() -> None:
    view = population_lines(PLACES, NAMES, WUP)
    assert carried(view.figure.data) == {
        "&lt;b&gt;Alpha&lt;/b&gt;": [(2010, 20.0), (2015, None), (2020, 40.0)],
        "Beta": [(2010, 71.23), (2015, 72.0), (2020, 73.0)],
    }
    assert not any(trace.connectgaps for trace in view.figure.data)
    assert (
        view.title == "<b>Alpha</b> urbanises most: 20.0% urban in 2010, 40.0% in 2020 (WUP 2018)"
    )
    assert list(view.table["Beta, % urban"]) == ["71.2", "72.0", "73.0"]
    assert list(view.table["<b>Alpha</b>, % urban"]) == ["20.0", "–", "40.0"]
    assert "20.0% in 2010" in view.alt
    assert view.sources == ("UN, WUP 2018",)


def test_city_people_are_drawn_in_a_unit_that_suits_them() -> None:
    view = population_lines(PLACES, NAMES, WUP, measure="urban")
    assert carried(view.figure.data)["Beta"] == [(2010, 8.123), (2015, 8.5), (2020, 8.7)]
    assert view.figure.layout.yaxis.title.text == "Million people"
    assert list(view.table["Beta, city people (thousands)"]) == ["8,123.5", "8,500.0", "8,700.0"]


def test_projections_are_dashed_open_and_marked_off() -> None:
    view = population_lines(PLACES, {"BBB": "Beta"}, WUP)
    estimate, projection = view.figure.data
    assert (list(estimate.x), list(projection.x)) == ([2010, 2015], [2015, 2020])
    assert (estimate.line.dash, estimate.marker.symbol) == ("solid", "circle")
    assert projection.line.dash != "solid"
    assert projection.marker.symbol == "circle-open"
    assert any(shape.x0 == shape.x1 == 2015 for shape in view.figure.layout.shapes)
    whole = population_lines(PLACES, {"BBB": "Beta"}, WDI)
    assert len(whole.figure.data) == 1


def test_each_line_has_its_own_colour_symbol_and_dash() -> None:
    ids = [f"P{i}" for i in range(6)]
    frame = table([(p, y, 10.0, 10.0 + i) for i, p in enumerate(ids) for y in (2010, 2015, 2020)])
    traces = population_lines(frame, {p: p for p in ids}, WUP).figure.data
    for part in (traces[::2], traces[1::2]):
        assert len({trace.line.color for trace in part}) == 6
        assert len({trace.marker.symbol for trace in part}) == 6
    assert len({trace.line.dash for trace in traces[1::2]}) == 6


def test_names_at_line_ends_keep_apart() -> None:
    ids = [f"P{i}" for i in range(6)]
    frame = table([(p, y, 10.0, 50.0) for p in ids for y in (2010, 2020)])
    figure = population_lines(frame, {p: p for p in ids}, WDI).figure
    plot = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
    heights = sorted(a.y / 100 * plot for a in figure.layout.annotations)
    assert all(b - a >= 15 for a, b in itertools.pairwise(heights))


def test_more_than_six_places_are_refused() -> None:
    ids = [f"P{i}" for i in range(7)]
    frame = table([(p, 2010, 10.0, 50.0) for p in ids])
    with pytest.raises(ValueError, match="7 lines; at most 6"):
        population_lines(frame, {p: p for p in ids}, WUP)


def test_revisions_stand_side_by_side_and_are_never_joined() -> None:
    frame = pd.DataFrame(
        {
            "revision_id": ["wup2018", "wup2018", "wdi", "wdi"],
            "year": [2015, 2020, 2019, 2020],
            "urban": [1.0, 2.0, 1.5, 1.6],
            "percent_urban": [34.31, 38.18, 30.9, 31.06],
        }
    )
    view = revisions_side_by_side(frame, "Bangladesh", [WUP, WDI], 2020)
    assert view.title == (
        "Bangladesh in 2020: WUP 2018 says 38.2% urban, WDI 31.1%: 7.1 points apart"
    )
    assert carried(view.figure.data) == {
        "WUP 2018": [(2015, 34.31), (2020, 38.18)],
        "WDI": [(2019, 30.9), (2020, 31.06)],
    }
    assert view.sources == (WUP.source, WDI.source)
    assert list(view.table["WDI, % urban"]) == ["–", "30.9", "31.1"]
    alone = revisions_side_by_side(
        frame, "Bangladesh", [WUP, Revision(id="x", name="X", source="")], 2020
    )
    assert alone.title.startswith("Only WUP 2018")
    assert alone.notes == ("X has no such figure for Bangladesh.",)


def test_bangladesh_in_the_real_revisions() -> None:
    population = reference.urban_population()
    rows = reference.revisions().to_dict("records")
    revisions = [revision_of(row, str(row["name"])) for row in rows]
    assert {r.id: r.estimates_until for r in revisions} == {
        "wup2018": 2018,
        "wup2014": 2014,
        "wdi2026-07": None,
    }
    view = revisions_side_by_side(
        population[population["area_id"] == "BGD"], "Bangladesh", revisions, 2020
    )
    assert view.title == (
        "Bangladesh in 2020: WUP 2018 says 38.2% urban, WDI July 2026 31.1%: 7.1 points apart"
    )


def test_decomposition_bars_add_up_to_the_change(growth: pd.DataFrame) -> None:
    names = {"CHN": "China", "IND": "India", "JPN": "Japan"}
    view = growth_decomposition_view(growth, names, PERIOD, WUP)
    rows = growth.set_index("area_id").loc[["CHN", "IND", "JPN"]]
    total, share, together = view.figure.data
    for trace, column in (
        (total, "total_growth_effect"),
        (share, "share_effect"),
        (together, "change"),
    ):
        assert list(trace.x) == rounded(rows[column] / 1000)
    for a, b, c in zip(total.x, share.x, together.x, strict=True):
        assert a + b == pytest.approx(c, abs=0.02)
    assert share.marker.pattern.shape == "/"
    assert list(view.table["Place"]) == ["China", "India", "Japan"]
    assert view.table["Together"].iloc[0] == "+99.7 million"


def test_decomposition_in_rates_adds_up_to_urban_growth(growth: pd.DataFrame) -> None:
    view = growth_decomposition_view(growth, {"CHN": "China"}, PERIOD, WUP, split="rate")
    assert [list(trace.x) for trace in view.figure.data] == [[0.3901], [2.03], [2.42]]


def test_urban_and_rural_growth_of_china(growth: pd.DataFrame) -> None:
    view = urban_rural_growth(growth, {"CHN": "China", "IND": "India"}, PERIOD, WUP)
    _joined, urban, rural = view.figure.data
    assert urban.x[0] == pytest.approx(2.420, abs=5e-4)
    assert rural.x[0] == pytest.approx(-2.469, abs=5e-4)
    assert view.title == (
        "Cities outgrow the countryside in all 2 places, most in China: 4.9 points a year, "
        "2015–2020 (WUP 2018)"
    )


def test_map_and_tiles_carry_every_economy(
    members: pd.DataFrame, shares: pd.DataFrame, subregions: dict[str, str]
) -> None:
    year = shares[shares["year"] == 2020]
    given = dict(zip(year["area_id"], rounded(year["value"]), strict=True))
    view = economies_map(members, year, PERIOD, WUP)
    areas, squares = view.figure.data
    assert dict(zip(areas.locations, areas.z, strict=True)) == {
        i: given[i] for i in members["iso3"]
    }
    assert len(squares.lon) == len(SMALL) == 24
    assert view.title == "35 of 58 economies are more than half urban in 2020 (WUP 2018)"
    assert len(view.table) == 58
    tiles = economies_tiles(members, year, subregions, PERIOD, WUP)
    fills, texts, _outline = tiles.figure.data
    drawn = [value for row in fills.z for value in row if value is not None]
    assert sorted(drawn) == sorted(given[i] for i in members["iso3"])
    assert set(texts.customdata) == set(members["iso3"])
    assert "Bangladesh: " not in str(texts.text)
    written = dict(zip(texts.customdata, texts.text, strict=True))
    assert (written["BGD"], written["SGP"]) == ("38%", "100%")


def test_tiles_are_sorted_within_their_subregion(
    members: pd.DataFrame, shares: pd.DataFrame, subregions: dict[str, str]
) -> None:
    view = economies_tiles(members, shares, subregions, PERIOD, WUP)
    texts = view.figure.data[1]
    assert list(texts.customdata[:7]) == ["HKG", "MAC", "JPN", "KOR", "MNG", "PRK", "CHN"]
    assert [a.text for a in view.figure.layout.annotations] == [
        f"<b>{name}</b>" for name in subregions.values()
    ]


def test_a_missing_economy_is_a_gap_with_a_dash_and_a_note(
    members: pd.DataFrame, shares: pd.DataFrame, subregions: dict[str, str]
) -> None:
    year = shares[(shares["year"] == 2020) & ~shares["area_id"].isin(["JPN", "TUV"])]
    view = economies_tiles(members, year, subregions, PERIOD, WUP)
    texts = view.figure.data[1]
    assert dict(zip(texts.customdata, texts.text, strict=True))["JPN"] == "–"
    assert view.notes == ("No figure for: Japan, Tuvalu.",)
    assert view.legend[-1].word == "no figure"
    areas, squares = economies_map(members, year, PERIOD, WUP).figure.data
    assert dict(zip(areas.locations, areas.z, strict=True))["JPN"] is None
    hover = dict(zip(squares.customdata, squares.text, strict=True))
    assert hover["Tuvalu"] == "–"


@pytest.mark.parametrize("draw", ["map", "tiles"])
def test_animation_has_a_frame_a_year_and_stays_small(
    draw: str, members: pd.DataFrame, shares: pd.DataFrame, subregions: dict[str, str]
) -> None:
    view = (
        economies_map(members, shares, PERIOD, WUP, frames=True)
        if draw == "map"
        else economies_tiles(members, shares, subregions, PERIOD, WUP, frames=True)
    )
    years = [str(year) for year in range(1950, 2051, 5)]
    assert [frame.name for frame in view.figure.frames] == years
    assert [step.label for step in view.figure.layout.sliders[0].steps] == years
    assert view.figure.layout.sliders[0].active == years.index("2020")
    assert len(view.figure.to_json()) < 60_000
    shown = next(frame for frame in view.figure.frames if frame.name == "2020")
    assert json.dumps(shown.data[0].z) == json.dumps(view.figure.data[0].z)


def test_classes_share_their_edges_with_the_legend() -> None:
    classes = classes_of("urban_growth", "light")
    assert [classes.index(v) for v in (-2.0, -1.0, -0.1, 0.0, 3.99, 4.0)] == [0, 1, 1, 2, 5, 6]
    assert classes.index(math.nan) is None
    words = [item.word for item in classes.legend(missing=False, mode="light")]
    assert words[0] == "under −1%"
    assert words[-1] == "4% and over"
    assert len(words) == len(classes.colours) == 7
    people = [i.word for i in classes_of("change", "dark").legend(missing=True, mode="dark")]
    assert people[:4] == [
        "under −1 million",
        "−1 to 0 million",
        "0 to 0.1 million",
        "0.1 to 1 million",
    ]


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("measure", ["percent_urban", "urban_growth", "change"])
def test_text_on_every_class_colour_is_readable(measure: Any, mode: str) -> None:
    for colour in classes_of(measure, mode).colours:
        light, dark = sorted((luminance(colour), luminance(readable_on(colour))), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_nothing_to_draw_is_said_in_a_sentence(members: pd.DataFrame) -> None:
    none = table([])
    texts, floats = pd.Series(dtype="str"), pd.Series(dtype="float64")
    values = pd.DataFrame({"area_id": texts, "value": floats})
    measures = [
        "area_id", "change", "total_growth_effect", "share_effect", "urban_growth",
        "rural_growth", "total_growth", "rate_of_urbanization", "urban_rural_difference",
    ]  # fmt: skip
    growth = pd.DataFrame(dict.fromkeys(measures, floats))
    cities = pd.DataFrame({"name": texts, "population": floats})
    people = cities.assign(city_code="", year=0)
    views = [
        population_lines(none, NAMES, WUP),
        population_lines(table([("AAA", 2010, math.nan, math.nan)]), NAMES, WUP),
        revisions_side_by_side(none.assign(revision_id=""), "X", [WUP], 2020),
        growth_decomposition_view(growth, NAMES, PERIOD, WUP),
        urban_rural_growth(growth, NAMES, PERIOD, WUP),
        economies_map(members, values, PERIOD, WUP),
        economies_tiles(members, values, {}, PERIOD, WUP),
        rank_size_view(cities, (math.nan, math.nan, 0), "X", 2020, WUP),
        largest_cities_view(people, {"1": "A"}, "X", WUP),
    ]
    for view in views:
        assert view.figure is None, view.id
        assert view.is_empty
        assert len(view.title) > 20
        assert view.takeaway


def test_every_property_drawn_is_one_plotly_knows(
    growth: pd.DataFrame, members: pd.DataFrame, shares: pd.DataFrame, subregions: dict[str, str]
) -> None:
    names = {"CHN": "China", "JPN": "Japan"}
    cities = pd.DataFrame({"name": ["A", "B", "C"], "population": [3000.0, 900.0, 400.0]})
    views = [
        population_lines(PLACES, NAMES, WUP, marked_year=2015),
        growth_decomposition_view(growth, names, PERIOD, WUP),
        urban_rural_growth(growth, names, PERIOD, WUP),
        economies_map(members, shares, PERIOD, WUP, frames=True),
        economies_tiles(members, shares, subregions, PERIOD, WUP, frames=True),
        rank_size_view(cities, (1.1, 0.4, 3), "X", 2020, WUP),
    ]
    for view in views:
        drawn = json.loads(view.figure.to_json())
        checked = go.Figure(drawn)  # raises where a name or a value is not plotly's
        assert json.loads(checked.to_json())["data"] == drawn["data"], view.id


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_figures_are_light_and_name_no_host(
    mode: str, growth: pd.DataFrame, members: pd.DataFrame, shares: pd.DataFrame
) -> None:
    names = {"CHN": "China", "IND": "India"}
    year = shares[shares["year"] == 2020]
    for view in (
        population_lines(PLACES, NAMES, WUP, mode=mode),
        growth_decomposition_view(growth, names, PERIOD, WUP, mode=mode),
        urban_rural_growth(growth, names, PERIOD, WUP, mode=mode),
        economies_map(members, year, PERIOD, WUP, mode=mode),
    ):
        text = view.figure.to_json()
        assert len(text) < 12_000
        assert "http" not in text
        assert view.figure.layout.title.text is None
        assert view.alt
        assert view.unit
        assert view.period
