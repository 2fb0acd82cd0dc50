"""SDG charts carry exactly what they are handed: marks, gaps, bounds, doubts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from ileaps_views.charts.sdg_goals import goal_panel, goals_matrix
from ileaps_views.charts.sdg_indicators import indicators_matrix, statuses_by_method
from ileaps_views.charts.sdg_matrix import Row
from ileaps_views.sdg_statuses import mark
from ileaps_views.theme import palette

if TYPE_CHECKING:
    from ileaps_views.view import View

NAN = float("nan")
HOSTILE = "<img src=x onerror=alert(1)>"
ROWS = [
    Row("IDN", "Indonesia", "South-East Asia"),
    Row("FJI", "Fiji", "Pacific"),
    Row("NIU", HOSTILE, "Pacific"),
]
SLUM: dict[str, Any] = {
    "series": "EN_LND_SLUM",
    "indicator": "11.1.1",
    "short_name": "Slum population",
    "unit": "percent",
    "direction": -1,
    "target_value": 0.0,
    "target_year": 2030,
    "direction_note": "Reading ours",
}


def traces(view: View) -> list[dict[str, Any]]:
    go.Figure(view.figure.to_dict())  # plotly knows every property
    return json.loads(view.figure.to_json())["data"]


def cells(view: View) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (row, column): {"name": trace["name"], "text": text, "marker": trace["marker"]}
        for trace in traces(view)
        for (row, column), text in zip(trace["customdata"], trace["text"], strict=True)
    }


def goals_view(mode: str = "light") -> View:
    goals = pd.DataFrame(
        {
            "iso3": ["IDN", "IDN", "FJI", "FJI"],
            "goal": [1, 11, 1, 11],
            "score": [80.0, 30.0, 50.0, NAN],
            "rating": ["green", "red", "orange", None],
            "trend": ["on_track", "decreasing", None, None],
            "n": [3, 3, 2, 1],
            "n_all": [3, 3, 3, 3],
        }
    )
    return goals_matrix(goals, ROWS, mode, edition="2019", source="SDSN", agreement=(4, 4))


def test_each_goal_is_one_mark_with_its_rating_and_its_trend() -> None:
    drawn = cells(goals_view())
    assert len(drawn) == 3 * 17
    assert drawn["IDN", "11"]["name"] == "Red"
    assert drawn["IDN", "11"]["text"] == "↓"
    assert drawn["IDN", "11"]["marker"]["symbol"] == "square"
    assert drawn["IDN", "1"]["marker"]["symbol"] == "triangle-up"
    assert drawn["FJI", "1"]["text"] == ""
    assert drawn["FJI", "11"]["marker"]["symbol"] == "circle-open"
    assert drawn["NIU", "5"]["text"] == mark("no_data").shape


def test_goals_say_which_is_red_and_who_is_not_covered() -> None:
    view = goals_view()
    assert view.title == "Goal 11 Cities is red most often: in 1 of 1 economies with a rating"
    assert "Of 3 goal ratings 1 is green and 1 is red." in view.takeaway
    assert any("img" in note for note in view.notes)
    assert any("4 of 4 ratings" in note for note in view.notes)
    assert "(value − worst) ÷ (best − worst)" in view.method


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_no_two_marks_of_a_matrix_differ_by_colour_alone(mode: str) -> None:
    looks = [
        (item.shape, item.word, item.colour)
        for view in (goals_view(mode), status_view(mode))
        for item in view.legend
    ]
    for view in (goals_view(mode), status_view(mode)):
        shapes = [item.shape for item in view.legend]
        assert len(set(shapes)) == len(shapes)
    assert looks


def test_names_from_tables_are_drawn_as_text() -> None:
    layout = json.loads(goals_view().figure.to_json())["layout"]
    assert HOSTILE not in json.dumps(layout)
    assert any("&lt;img" in name for name in layout["yaxis"]["ticktext"])


def test_the_panel_of_a_goal_gives_value_year_source_thresholds_and_formula() -> None:
    indicators = pd.DataFrame(
        {
            "name": ["PM2.5", "Piped water", "Rent"],
            "unit": ["µg/m3", "% urban population", "%"],
            "value": [56.911, 30.46, NAN],
            "year": [2017, NAN, NAN],
            "year_from": ["yearly", "", ""],
            "imputed": [False, False, False],
            "score": [37.285, 25.94, NAN],
            "rating": ["red", "red", None],
            "trend": ["stagnating", None, None],
            "best": [6.3, 100.0, 4.6],
            "worst": [87.0, 6.1, 25.6],
            "green": [10.0, 98.0, 7.0],
            "red": [25.0, 75.0, 17.0],
            "source": ["IHME (2017)", "WHO and UNICEF (2019)", "OECD (2018)"],
        }
    )
    summary = {"score": 34.202, "rating": "red", "trend": "stagnating"}
    view = goal_panel("Afghanistan", 11, summary, indicators, source="SDSN 2019")
    assert view.title == "Afghanistan, goal 11 Cities: ■ Red, score 34.2 of 100"
    assert view.table is not None
    first, second, third = view.table.to_dict("records")
    assert first["Value"] == "56.9"
    assert first["Year"] == "2017, by the report's yearly values"
    assert first["Green from · red from"] == "10 · 25"
    assert first["Source"] == "IHME (2017)"
    assert first["Score"] == "37.3"
    assert second["Year"] == "year not stated"
    assert second["Value"] == "30.5%"
    assert third["Value"] == "–"
    assert third["Rating"] == mark("no_data").label
    assert "Piped water 25.9; PM2.5 37.3" in view.takeaway


def test_a_goal_without_a_score_says_so() -> None:
    empty = pd.DataFrame(columns=["name", "value", "score"])
    assert "no score" in goal_panel("Niue", 3, None, empty, source="SDSN").title


def progress_frame() -> pd.DataFrame:
    shared = {"base_bound": None, "base_interpolated": False, "observed_cagr": -0.02}
    return pd.DataFrame(
        [
            {
                "series": "EN_LND_SLUM",
                "area_id": area,
                "base_year": 2015.0,
                "base_value": 20.0,
                "current_year": year,
                "current_value": value,
                "current_bound": bound,
                "current_nature": "modelled",
                "value": 0.14,
                "target_value": 0.0,
                "status": status,
                "reason": reason,
                "method": "statcan",
                "required_cagr": -0.48,
                "linear_ratio": 0.9,
                **shared,
            }
            for area, year, value, bound, status, reason in (
                ("IDN", 2020.0, 14.0, None, "deterioration", None),
                ("FJI", 2018.0, 95.0, "above", "not_available", "bounded"),
            )
        ]
    )


def status_view(mode: str = "light") -> View:
    return indicators_matrix(
        progress_frame(),
        pd.DataFrame([SLUM]),
        ROWS,
        "statcan",
        mode,
        source="UNSD",
        cities_only=[("NIU", "EN_LND_SLUM")],
    )


def test_each_reason_for_no_status_has_a_sign_of_its_own() -> None:
    drawn = cells(status_view())
    assert drawn["IDN", "EN_LND_SLUM"]["name"] == "Deterioration"
    assert drawn["FJI", "EN_LND_SLUM"]["text"] == mark("bounded").shape
    assert drawn["NIU", "EN_LND_SLUM"]["text"] == mark("cities_only").shape
    view = status_view()
    assert view.title == "By Statistics Canada, 0 of 1 statuses are on track, 1 moves away"
    assert "2 of 3 have no status" in view.takeaway
    assert view.table is not None
    fiji = view.table[view.table["Economy"].eq("Fiji")].iloc[0]
    assert fiji["Latest"] == "> 95%"
    assert fiji["Year"] == "2018"


def test_a_click_names_the_cell_and_never_fades_the_others() -> None:
    for trace in traces(status_view()):
        assert all(len(pair) == 2 for pair in trace["customdata"])
        assert trace["unselected"]["marker"]["opacity"] == 1


def test_statuses_of_all_methods_stand_side_by_side_with_their_inputs() -> None:
    own = progress_frame().iloc[[0]]
    rows = [
        *own.to_dict("records"),
        *own.assign(method="unsd", status="limited_or_no_progress").to_dict("records"),
        *own.assign(
            method="after_escap", status="behind_expected", value=3.0, expected=3.33
        ).to_dict("records"),
    ]
    view = statuses_by_method("Indonesia", SLUM, rows, 2026)
    assert view.table is not None
    told = view.table.to_dict("records")
    assert [row["Method"] for row in told] == [
        "Statistics Canada",
        "UNSD Progress Chart",
        "Current status index, after ESCAP",
    ]
    assert told[0]["Base"] == "20% (2015)"
    assert told[0]["Latest"] == "14% (2020)"
    assert told[0]["Result"] == "+0.14 of the pace needed"
    assert told[0]["Observed a year"] == "−2.00%"
    assert told[0]["Straight line"] == "0.90"
    assert told[2]["Result"] == "index +3.00, expected 3.33"
    assert "2020, read in 2026" in view.takeaway
    assert "target of zero" in view.takeaway


def test_methods_that_agree_are_said_to_agree() -> None:
    rows = progress_frame().iloc[[0]].to_dict("records")
    assert statuses_by_method("X", SLUM, rows, 2026).title == "The methods agree: Deterioration"
    assert "no total" in statuses_by_method("X", SLUM, [], 2026).title


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_fifth_status_colour_belongs_to_the_theme(mode: str) -> None:
    colours = palette(mode)
    tones = {mark(code).colour(colours) for code in ("green", "yellow", "orange", "red", "grey")}
    assert len(tones) == 5


def test_a_whole_matrix_stays_small() -> None:
    rows = [Row(f"X{i:02}", f"Economy {i}", f"Group {i // 12}") for i in range(58)]
    goals = pd.DataFrame(
        [
            {
                "iso3": row.id,
                "goal": goal,
                "score": 50.0,
                "rating": "red",
                "trend": "on_track",
                "n": 3,
                "n_all": 3,
            }
            for row in rows
            for goal in range(1, 18)
        ]
    )
    view = goals_matrix(goals, rows, "light", edition="2019", source="S", agreement=(1, 1))
    assert len(view.figure.to_json()) < 300_000
