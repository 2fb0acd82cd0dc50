"""SDG lines, distances and city values carry exactly what they are handed, doubts included."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd
import plotly.graph_objects as go

from ileaps_views.charts.sdg_cities import city_indicator, city_values
from ileaps_views.charts.sdg_distance import distance_to_target
from ileaps_views.charts.sdg_lines import series_over_time
from ileaps_views.charts.sdg_story import Other, Path, Story, parts_of
from ileaps_views.sdg_statuses import mark

if TYPE_CHECKING:
    from ileaps_views.view import View

NAN = float("nan")
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


def words(view: View) -> str:
    return json.dumps(json.loads(view.figure.to_json())["layout"]["annotations"])


def observed(**changes: list[Any]) -> pd.DataFrame:
    frame: dict[str, Any] = {
        "year": [2015, 2018, 2020, 2020],
        "location": ["total", "total", "total", "urban"],
        "sex": "total",
        "age": "total",
        "other_breakdown": "total",
        "is_total": [True, True, True, False],
        "value": [20.0, 17.0, 14.0, 9.0],
        "bound": [None, None, None, None],
        "nature": ["country", "estimated", "modelled", "modelled"],
        "observation_status": ["normal", "break", "normal", "normal"],
    }
    return pd.DataFrame(frame | changes)


def story(**changes: Any) -> Story:
    given: dict[str, Any] = {
        "place": "Indonesia",
        "series": SLUM,
        "rows": observed(),
        "source": "UNSD",
        "as_of": 2026,
        "base_year": 2015,
    }
    return Story(**(given | changes))


def named(view: View) -> dict[str, dict[str, Any]]:
    return {trace["name"]: trace for trace in traces(view)}


def test_the_line_carries_the_published_values_and_how_they_came_about() -> None:
    view = series_over_time(story(), "light")
    assert view.title == (
        "Indonesia, Slum population: from 20% (2015) to 14% (2020), the way the goal points"
    )
    assert view.takeaway == "Latest value: 2020, modelled, 6 years old."
    values = named(view)["values"]
    assert values["x"] == [2015, 2018, 2020]
    assert values["y"] == [20.0, 17.0, 14.0]
    assert values["marker"]["symbol"] == ["circle", "diamond", "square-open"]
    assert any("Break in the series in 2018" in note for note in view.notes)
    assert "Reading ours" in view.notes


def test_a_bound_is_drawn_as_a_bound_and_makes_no_line() -> None:
    rows = observed(bound=[None, None, "above", None])
    view = series_over_time(story(rows=rows), "light")
    assert named(view)["Total"]["x"] == [2015, 2018]
    assert named(view)["values"]["marker"]["symbol"][-1] == "triangle-up-open"
    assert "> 14% (2020)" in view.title
    assert "goal points" not in view.title


def test_a_bound_of_a_part_is_drawn_as_a_bound_too() -> None:
    rows = observed(bound=[None, None, None, "below"])
    urban = named(series_over_time(story(rows=rows, beside="location"), "light"))["Urban"]
    assert urban["marker"]["symbol"] == ["triangle-down-open"]
    assert "&lt; 9%" in urban["text"][0]


def test_target_paths_and_parts_are_drawn_and_named() -> None:
    view = series_over_time(
        story(
            needed=Path((2015, 2030), (20.0, 0.001)),
            projected=Path((2020, 2030), (14.0, 7.0)),
            beside="location",
        ),
        "light",
    )
    drawn = named(view)
    assert drawn["needed for the target"]["y"] == [20.0, 0.001]
    projected = next(trace for name, trace in drawn.items() if "not a forecast" in name)
    assert projected["x"] == [2020, 2030]
    assert projected["line"]["dash"] != "solid"
    assert drawn["Urban"]["y"] == [9.0]
    shapes = json.loads(view.figure.to_json())["layout"]["shapes"]
    assert [shape["y0"] for shape in shapes] == [0.0]
    assert "Target 0% by 2030" in shapes[0]["label"]["text"]
    assert "Total" in drawn


def test_another_publisher_is_a_line_of_its_own_and_the_difference_is_said() -> None:
    other = Other(
        name="World Bank", source="WDI", years=(1990, 2018, 2020), amounts=(40.0, 17.0, 15.5)
    )
    view = series_over_time(story(others=(other,)), "light")
    assert named(view)["World Bank"]["x"] == [2018, 2020], "earlier than the values: left out"
    assert "Sources differ for 2020: 14% (UNSD), 15.5% (World Bank)." in view.notes
    assert view.sources == ("UNSD", "WDI")
    assert view.table is not None
    assert "1990" in set(view.table["Year"])
    same = Other(name="World Bank", source="WDI", years=(2020,), amounts=(14.0,))
    assert "gives the same" in series_over_time(story(others=(same,)), "light").notes[0]


def test_one_year_no_values_and_no_total_are_said() -> None:
    one = series_over_time(story(rows=observed().iloc[[2]]), "light")
    assert one.title.endswith("14% (2020), one year only")
    none = series_over_time(story(rows=observed().iloc[:0]), "light")
    assert none.figure is None
    assert none.title.endswith("no value published")
    parts = series_over_time(story(rows=observed().iloc[[3]]), "light")
    assert parts.title.endswith("published for parts only, without a total")
    assert parts.figure is None
    assert parts.table is not None
    assert list(parts.table["Value"]) == ["9%"]
    assert parts_of(observed()) == ("location",)
    assert parts_of(observed().iloc[:3]) == ()


ECONOMIES = {"IDN": "Indonesia", "FJI": "Fiji", "JPN": "Japan", "KOR": "Korea", "LAO": "Laos"}


def latest_frame(n: int = 4) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "area_id": ["IDN", "FJI", "JPN", "KOR"][:n],
            "current_value": [19.4, 9.4, 0.0, 5.0][:n],
            "current_bound": [None, None, None, "below"][:n],
            "current_year": [2020.0, 2018.0, 2020.0, 2016.0][:n],
            "current_nature": ["modelled", "country", None, "estimated"][:n],
        }
    )


def test_distance_is_ordered_best_first_and_counts_who_is_there() -> None:
    view = distance_to_target(latest_frame(), SLUM, ECONOMIES, "light", source="UNSD")
    assert view.title == "Slum population: 1 of 4 economies with a value is at the target of 0%"
    dots = next(trace for trace in traces(view) if trace["name"] == "values")
    assert dots["x"] == [0.0, 5.0, 9.4, 19.4]
    assert [code for (code,) in dots["customdata"]] == ["JPN", "KOR", "FJI", "IDN"]
    assert dots["marker"]["symbol"][1] == "triangle-left-open"
    assert "19.4%, 2020" in words(view)
    assert view.table is not None
    assert list(view.table["Rank"]) == ["1", "2", "3", "4"]
    assert view.table["Distance to target"].iloc[1] == "–", "a bound has no distance"
    assert view.notes == ("No value for: Laos.",)


def test_ranks_are_withheld_where_a_fifth_of_the_values_is_missing() -> None:
    view = distance_to_target(latest_frame(3), SLUM, ECONOMIES, "light", source="UNSD")
    assert "No ranks" in view.takeaway
    assert view.table is not None
    assert "Rank" not in view.table


def test_a_series_without_direction_or_target_is_neither_ranked_nor_measured() -> None:
    plain = SLUM | {"direction": 0, "target_value": NAN}
    view = distance_to_target(latest_frame(), plain, ECONOMIES, "light", source="UNSD")
    assert "nobody is ranked" in view.takeaway
    assert "no number to reach" in view.title
    assert json.loads(view.figure.to_json())["layout"]["shapes"] == []
    empty = distance_to_target(latest_frame(0), plain, ECONOMIES, "light", source="UNSD")
    assert empty.figure is None
    assert "no economy has a value" in empty.title


CITIES = {"male": "Malé", "makassar": "Makassar", "bogor": "Bogor"}
OPEN_SPACE = SLUM | {
    "series": "EN_URB_OPENSP",
    "indicator": "11.7.1",
    "short_name": "Open space",
    "direction": 0,
}


def city_frame() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "series": "EN_URB_OPENSP",
            "city_code": ["mv_male", "id_makassar", "id_medan", "id_makassar"],
            "city_name": ["Malé", "Makassar", "Medan", "Makassar"],
            "iso3": ["MDV", "IDN", "IDN", "IDN"],
            "city_id": ["male", "makassar", None, "makassar"],
            "year": [2020, 2020, 2020, 2015],
            "value": [97.7, 31.5, 22.0, 30.0],
            "nature": "estimated",
            "caution": ["Hardly possible on a built-up island", None, None, None],
        }
    )


def city_statuses() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "area_id": ["mv_male", "id_makassar"],
            "status": "not_available",
            "reason": ["fewer_than_two_years", "no_direction"],
        }
    )


def test_implausible_city_values_are_kept_and_marked() -> None:
    view = city_indicator(city_frame(), OPEN_SPACE, CITIES, city_statuses(), "light", source="UNSD")
    assert view.title == "11.7.1 Open space: 31.5% in Makassar"
    assert "no status" in view.takeaway
    context, earlier, partners = traces(view)
    assert context["x"] == [22.0]
    assert earlier["x"] == [30.0]
    assert partners["x"] == [97.7, 31.5]
    assert partners["marker"]["symbol"] == ["diamond-open", "circle"]
    assert "⚠ 97.7% (2020)" in json.loads(view.figure.to_json())["layout"]["annotations"][0]["text"]
    assert any("built-up island" in note for note in view.notes)
    assert view.table is not None
    assert mark("fewer_than_two_years").label in set(view.table["Trend"])


def test_the_city_without_values_is_named() -> None:
    view = city_values(city_frame(), pd.DataFrame([OPEN_SPACE]), CITIES, source="UNSD")
    assert (
        view.title
        == "2 of 3 city values of SDG 11 are published for the 3 partner cities, 1 with a caution"
    )
    assert view.takeaway == "No city value is published for: Bogor."
    assert view.table is not None
    assert list(view.table["City"]) == ["Malé", "Makassar"]
    assert view.table.iloc[0, 1] == "⚠ 97.7% (2020)"


def test_a_trend_of_cities_is_told_only_where_there_is_one() -> None:
    waste = OPEN_SPACE | {"direction": 1}
    one_year = city_indicator(city_frame(), waste, CITIES, city_statuses(), "dark", source="UNSD")
    assert one_year.takeaway == "One year a city: a level only, no trend can be told."
    judged = city_statuses().assign(status=["not_available", "moderate_progress"])
    some = city_indicator(city_frame(), waste, CITIES, judged, "dark", source="UNSD")
    assert some.takeaway.startswith("1 city has enough years")
