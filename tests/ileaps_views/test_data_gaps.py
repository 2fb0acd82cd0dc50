from __future__ import annotations

import json
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from ileaps_views.charts.data_gaps import Asked, Measure, Place, city_gaps_view, economy_gaps_view
from ileaps_views.charts.gap_counts import coverage_view, latest_years_view, pilot_gaps_view
from ileaps_views.findings import gaps
from ileaps_views.gap_words import known, known_codes, known_colour, known_legend
from ileaps_views.theme import palette

ASKED = Asked(2023, 5)
PLACES = [Place("IDN", "Indonesia", "South-East Asia"), Place("FJI", "<b>Fiji</b>", "Pacific")]
MEASURES = [Measure("11.1.1", "11.1.1", "Slums"), Measure("11.7.2", "11.7.2", "Harassment")]


def cells() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "area_id": ["IDN", "FJI", "IDN", "FJI"],
            "measure": ["11.1.1", "11.1.1", "11.7.2", "11.7.2"],
            "status": ["global_monitoring", "old", "missing", "no_value"],
            "latest_year": [2020.0, 2010.0, None, None],
            "value": [19.4, 10.0, None, None],
            "bound": [None, "above", None, None],
            "nature": ["global_monitoring", "country", None, None],
            "unit": "percent",
            "cities": [0, 3, None, None],
            "series_name": "Slum population",
            "caution": [None, "Looks odd", None, None],
        }
    )


def checked(figure: Any) -> go.Figure:
    """The figure as plotly itself accepts it: the charts skip that check for speed."""
    plain = json.loads(figure.to_json())
    assert len(figure.to_json()) < 300_000
    return go.Figure(plain)


def counts() -> pd.DataFrame:
    status = dict.fromkeys(known_codes(), 0)
    rows = [
        {"measure": "11.1.1", **status, "global_monitoring": 1, "old": 1},
        {"measure": "11.7.2", **status, "missing": 1, "no_value": 1},
    ]
    shares = {"share_measured": 0.0, "median_year": None}
    rows[0] |= {"cells": 2, "share_known": 100.0, "share_recent": 50.0, "latest_year": 2020.0}
    rows[1] |= {"cells": 2, "share_known": 0.0, "share_recent": 0.0, "latest_year": None}
    return pd.DataFrame([row | shares for row in rows])


def test_each_tile_has_sign_colour_and_words() -> None:
    view = economy_gaps_view(cells(), PLACES, MEASURES, ASKED, sources=["UNSD"])
    assert view.title == "Recent values cover 25% of all pairs of economies and indicators"
    assert view.takeaway == "For 50% nothing is published, for 25% only an old value."
    figure = checked(view.figure)
    codes = known_codes()
    # a heading without tiles stands before each group
    assert [list(line) for line in figure.data[0].z] == [
        [None, None],
        [codes.index("global_monitoring"), codes.index("missing")],
        [None, None],
        [codes.index("old"), codes.index("no_value")],
    ]
    signs = {(x, y): text for t in figure.data[1:] for x, y, text in zip(t.x, t.y, t.text)}  # noqa: B905
    assert signs == {(0, 1): "▲", (1, 1): "×", (0, 3): "□!", (1, 3): "–"}
    told = figure.data[0].hovertext
    assert "19.4% in 2020, global monitoring data" in told[1][0]
    assert "values of 3 cities in 2010" in told[3][0]
    assert "Looks odd" in told[3][0]
    assert [item.word for item in view.legend] == [
        *("Global monitoring", "Old", "Listed without a value", "Missing"),
    ]


def test_names_from_tables_are_text_in_the_chart() -> None:
    view = economy_gaps_view(cells(), PLACES, MEASURES, ASKED, sources=[])
    figure = checked(view.figure)
    assert figure.layout.yaxis.ticktext == ("", "Indonesia", "", "&lt;b&gt;Fiji&lt;/b&gt;")
    assert figure.data[0].hovertext[3][0].startswith("&lt;b&gt;Fiji&lt;/b&gt;: 11.1.1 Slums<br>")


def test_the_table_says_what_the_tiles_say() -> None:
    view = economy_gaps_view(cells(), PLACES, MEASURES, ASKED, sources=[])
    assert view.table is not None
    assert view.table.iloc[0].tolist() == [
        *("Indonesia", "11.1.1 Slums", "▲ Global monitoring", "2020", "19.4%", "Slum population"),
        "",
    ]
    assert view.table.iloc[2].tolist()[2:5] == ["× Missing", "", ""]


def test_cities_without_a_value_are_counted_and_cautions_said() -> None:
    view = city_gaps_view(cells(), [*PLACES, Place("XXX", "Bogor")], MEASURES, ASKED, sources=[])
    assert view.title == "1 of 3 partner cities has no value at all"
    assert view.takeaway == "Without any value: Bogor."
    assert any("1 value carries a caution" in note for note in view.notes)
    checked(view.figure)


def test_bars_part_the_economies_of_each_indicator() -> None:
    view = coverage_view(counts(), MEASURES, ASKED, sources=["UNSD"])
    assert view.title == "No recent value in the files: 11.7.2 Harassment"
    assert view.takeaway == "Recent values cover 25% of all pairs of economies and indicators."
    figure = checked(view.figure)
    assert {trace.name: list(trace.x) for trace in figure.data} == {
        "Global monitoring": [1, 0],
        "Old": [1, 0],
        "Listed without a value": [0, 1],
        "Missing": [0, 1],
    }
    assert view.table is not None
    assert view.table["Any value"].tolist() == ["100%", "0%"]
    assert view.table["Latest year"].tolist() == ["2020", ""]


def test_latest_years_are_drawn_and_the_oldest_gathered() -> None:
    years = pd.DataFrame(
        {
            "measure": ["11.1.1"] * 4,
            "year": [1990.0, 2000.0, 2017.0, 2020.0],
            "places": [1, 2, 3, 7],
        }
    )
    view = latest_years_view(years, MEASURES, ASKED, sources=[])
    assert view.title == "Half of the latest values are from 2020 or before"
    recent, old = checked(view.figure).data
    assert (list(recent.x), list(recent.text)) == ([2020], ["7"])
    # 2009 is the first of fifteen years: what is older stands there
    assert (list(old.x), list(old.text)) == ([2009, 2017], ["3", "3"])
    assert old.hovertext[0] == "≤ 2009: 3"
    assert view.table is not None
    assert view.table["Latest year"].tolist() == ["1990", "2000", "2017", "2020"]


def test_what_pilots_lack_is_counted() -> None:
    flags = ["has_figure", "figure_dated", "has_baseline", "baseline_dated"]
    flags += ["has_target", "target_dated"]
    ids = {"pilot_id": ["p", "p"], "indicator_id": ["x", "y"]}
    table = pd.DataFrame(ids | {flag: [flag != "target_dated", False] for flag in flags})
    names = pd.DataFrame(ids | {"pilot": "P", "indicator": ["X", "Y"], "source": "S", "link": None})
    view = pilot_gaps_view(table, names, sources=["S"])
    assert view.title == "No pilot indicator has a dated target"
    have, lack = checked(view.figure).data
    assert list(have.x) == [1, 1, 1, 1, 1, 0]
    assert list(lack.x) == [1, 1, 1, 1, 1, 2]
    assert view.table is not None
    assert view.table["Target"].tolist() == ["● yes", "× no"]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_code_has_a_sign_of_its_own_and_a_colour_of_the_theme(mode: str) -> None:
    codes = known_codes()
    assert len({known(code).sign for code in codes}) == len(codes) == 9
    assert len({known_colour(code, palette(mode)) for code in codes}) == len(codes)
    assert [item.shape for item in known_legend(codes, mode)] == [
        known(code).sign for code in codes
    ]


def test_nothing_to_show_is_said_without_a_figure() -> None:
    none = cells().iloc[:0]
    view = economy_gaps_view(none, [], MEASURES, ASKED, sources=[])
    assert view.figure is None
    assert view.title == "There is nothing to compare"
    years = pd.DataFrame({"measure": [], "year": [], "places": []})
    assert latest_years_view(years, MEASURES, ASKED, sources=[]).title == "No value is published"


def test_shares_near_nothing_and_near_all_are_not_rounded_away() -> None:
    assert gaps.recent_title(1, 812, "a", "b") == "Recent values cover 0.1% of all pairs of a and b"
    assert "99.9%" in gaps.recent_title(811, 812, "a", "b")
    assert "100%" in gaps.recent_title(812, 812, "a", "b")
