"""Charts of one city carry exactly the numbers they are handed, gaps and doubts included."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest

from ileaps_views import i18n
from ileaps_views.charts.city_air import city_air
from ileaps_views.charts.city_country import country_values
from ileaps_views.charts.city_gaps import STATIONS, city_gaps
from ileaps_views.charts.city_peers import city_peers, peer_reasons
from ileaps_views.charts.city_profile import city_growth, city_population
from ileaps_views.charts.city_sdg import city_goal_values
from ileaps_views.charts.city_tiles import city_tiles
from ileaps_views.charts.common import Revision

WUP = Revision(id="wup2018", name="WUP 2018", source="UN, WUP 2018", estimates_until=2018)


def texts(figure: Any) -> str:
    return " ".join(str(note.text) for note in figure.layout.annotations)


# --- people --------------------------------------------------------------------------------------


def test_population_is_drawn_as_published_and_named_as_listed() -> None:
    frame = pd.DataFrame({"year": [2010, 2020, 2035], "population": [1339.0, 1584.0, 2040.0]})
    view = city_population(frame, "Makassar", "Makassar (Ujung Pandang)", WUP)
    assert view.title == (
        "Makassar: 1.6 million people in 2020, 2.0 million projected for 2035 (WUP 2018)"
    )
    assert "“Makassar (Ujung Pandang)”" in view.takeaway
    drawn = {x: y for trace in view.figure.data for x, y in zip(trace.x, trace.y, strict=True)}
    assert drawn == {2010: 1.339, 2020: 1.584, 2035: 2.04}
    assert view.period == "2010–2035"


def test_a_city_that_is_not_listed_has_no_figure() -> None:
    view = city_population(pd.DataFrame({"year": [], "population": []}), "Malé", "", WUP)
    assert (view.figure, view.title) == (None, "WUP 2018 has no population for Malé")
    assert "300,000" in view.takeaway


def growth_rows(own: float, others: float) -> pd.DataFrame:
    return pd.DataFrame(
        [
            ("Makassar", "city", own, 100.0, 120.0),
            ("All cities of Indonesia", "country_urban", others, 1000.0, 1300.0),
        ],
        columns=["place", "role", "growth", "start", "end"],
    )


@pytest.mark.parametrize(
    ("own", "others", "words"),
    [
        (1.7, 2.4, "grows more slowly than all cities of Indonesia together: +1.7% against +2.4%"),
        (2.4, 1.7, "grows faster than all cities of Indonesia together: +2.4% against +1.7%"),
        (1.71, 1.69, "grows as fast as all cities of Indonesia together: +1.7% a year"),
        (1.7, math.nan, "Makassar: +1.7% a year"),
        (math.nan, 2.4, "No growth is published for Makassar"),
    ],
)
def test_growth_against_the_country_in_words(own: float, others: float, words: str) -> None:
    view = city_growth(growth_rows(own, others), "Makassar", "Indonesia", (2010, 2020), WUP)
    assert words in view.title
    known = [value for value in (own, others) if not math.isnan(value)]
    assert list(view.figure.data[0].x) == known
    assert "Figures after 2018 are projections." in view.notes
    assert any("outside the ESCAP region" in note for note in view.notes)


# --- Goal 11 -------------------------------------------------------------------------------------

SERIES = pd.DataFrame(
    [
        ("TRANSPORT", "11.2.1", "Public transport", "percent", "One year only."),
        ("RATIO", "11.3.1", "Land use", "ratio", None),
        ("SPACE", "11.7.1", "Open space", "percent", None),
        ("WASTE", "11.6.1", "Waste", "percent", None),
    ],
    columns=["series", "indicator", "short_name", "unit", "direction_note"],
)
VALUES = pd.DataFrame(
    [
        ("TRANSPORT", "city", "Malé", 2020, 98.8, "estimated", None),
        ("TRANSPORT", "country", "Addu", 2020, 40.0, "estimated", None),
        ("TRANSPORT", "country", "Fuvahmulah", 2020, 60.0, "estimated", None),
        ("TRANSPORT", "subregion", "Colombo", 2020, 62.6, "estimated", None),
        ("RATIO", "city", "Malé", 2010, 2.29, "estimated", None),
        ("RATIO", "city", "Malé", 2020, 5.45, "estimated", None),
        ("SPACE", "city", "Malé", 2020, 97.7, "estimated", "too high to be true."),
    ],
    columns=["series", "group", "city_name", "year", "value", "nature", "caution"],
)
STANDINGS = pd.DataFrame(
    [("TRANSPORT", 2, 50.0, 2), ("RATIO", 0, math.nan, 0), ("SPACE", 0, math.nan, 0)],
    columns=["series", "n", "median", "below"],
)


def goal(values: pd.DataFrame = VALUES) -> Any:
    return city_goal_values(
        values, SERIES, STANDINGS, "Malé", "Maldives", "South Asia", "light", source="UNSD"
    )


def test_city_values_stand_among_other_cities() -> None:
    view = goal()
    assert view.title == (
        "3 of 4 city indicators of Goal 11 are published for Malé, one of them hard to believe"
    )
    near, country, own = view.figure.data
    assert list(near.x) == [62.6]
    assert list(country.x) == [40.0, 60.0]
    assert list(own.x) == [98.8, 97.7]
    assert list(own.marker.symbol) == ["circle", "diamond-open"]
    assert "<b>98.8% (2020)</b>" in texts(view.figure)
    assert "<b>⚠ 97.7% (2020)</b>" in texts(view.figure)
    assert "Public transport, higher than all 2 others" in view.takeaway


def test_the_ratio_is_told_beside_the_percentages_with_every_year() -> None:
    assert "Land use (11.3.1), a ratio: 2.29 in 2010; 5.45 in 2020." in goal().takeaway


def test_the_reason_of_a_doubt_is_visible_and_never_hides_the_value() -> None:
    assert "⚠ 11.7.1 Open space, 97.7%: too high to be true." in goal().takeaway
    assert "⚠ 97.7%" in list(goal().table["Value"])


def test_every_year_and_every_absence_has_its_row() -> None:
    table = goal().table
    assert list(table["Year"]) == ["2020", "2010", "2020", "2020", "–"]
    assert table["Origin"].iloc[-1] == "not published"
    assert table["Other cities of Maldives"].iloc[0] == "median 50% of 2 cities"


def test_a_city_without_values_says_so() -> None:
    view = goal(VALUES[VALUES["group"].ne("city")])
    assert view.title == "No city indicator of Goal 11 is published for Malé"
    assert view.figure is None


def test_values_of_the_country_are_labelled_and_carry_their_status() -> None:
    rows = pd.DataFrame(
        [
            ("11.1.1", "Slums", "percent", 2020, 19.4, None, "modelled", "limited_progress", None),
            ("11.b.1", "Plan", "index", 2020, 0.75, None, "country", "not_available", "bounded"),
        ],
        columns=["indicator", "short_name", "unit", "year", "value", "bound", "nature", "status",
                 "reason"],
    )  # fmt: skip
    view = country_values(rows, "Indonesia", source="UNSD")
    assert view.title == "Indonesia as a whole: 2 indicators of Goal 11"
    assert list(view.table["Country's latest value"]) == [
        "19.4% (2020), modelled",
        "0.75 (2020), reported by the country",
    ]
    assert "Limited progress" in view.table.iloc[0, 2]
    assert country_values(rows.iloc[:0], "Indonesia", source="UNSD").is_empty


# --- air -----------------------------------------------------------------------------------------


def air(measured: list[tuple[Any, ...]], modelled: dict[int, float] | None = None) -> Any:
    columns = ["year", "pm25", "pm10", "no2", "pm25_temporal_coverage"]
    beside = pd.DataFrame(
        {"year": list(modelled or {}), "value": list((modelled or {}).values())}, dtype="float64"
    )
    return city_air(
        pd.DataFrame(measured, columns=columns).astype("float64"),
        beside,
        "Dhaka",
        "Bangladesh",
        sources=("WHO", "UNSD"),
    )


def test_years_without_a_measurement_are_gaps_and_thin_years_are_named() -> None:
    nan = math.nan
    view = air([(2015, 80.0, nan, nan, 60.0), (2018, 90.0, nan, nan, 90.0)], {2018: 50.0})
    fine, beside = view.figure.data
    assert list(fine.y) == [80.0, None, None, 90.0]
    assert list(beside.y) == [50.0]
    assert view.title == "Fine particles in Dhaka: 90.0 µg/m³ in 2018, against 80.0 µg/m³ in 2015"
    assert any("PM2.5 of 2015 rests on under 75%" in note for note in view.notes)
    assert view.sources == ("WHO", "UNSD")


def test_one_year_and_no_year_are_said() -> None:
    nan = math.nan
    assert air([(2019, 50.5, nan, nan, nan)]).title.endswith("in 2019, the only year published")
    assert air([(2019, 50.5, nan, nan, nan)]).sources == ("WHO",)
    coarse = air([(2011, nan, 20.0, nan, nan)])
    assert coarse.title == "No measured fine particles (PM2.5) are published for Dhaka"
    assert list(coarse.figure.data[0].y) == [20.0]
    assert air([], {2018: 50.0}).figure is None


# --- peers ---------------------------------------------------------------------------------------

NAMES = {"makassar": "Makassar", "bogor": "Bogor", "male": "Malé"}
PROFILES = pd.DataFrame(
    {"city_id": ["makassar", "bogor"], "size": [3.2, 3.0], "growth": [1.7, 2.0],
     "transport": [45.3, math.nan]}
)  # fmt: skip
PEERS = pd.DataFrame({"id": ["bogor"], "distance": [0.25], "n_shared": [2]})
GAPS = pd.DataFrame(
    {"id": ["bogor", "bogor", "bogor"], "indicator": ["growth", "size", "transport"],
     "value": [2.0, 3.0, 30.0], "target_value": [1.7, 3.2, 45.3], "gap": [0.1, -0.3, -0.9]}
)  # fmt: skip


def peers(refused: str | None = None, missing: tuple[str, ...] = ()) -> Any:
    return city_peers(
        PEERS if refused is None else PEERS.iloc[:0],
        PROFILES,
        NAMES,
        "makassar",
        ["size", "growth", "transport"],
        "light",
        refused=refused,
        missing=missing,
        left_out=pd.DataFrame({"id": ["male"], "missing_share": [0.5]}),
        sources=["UN"],
    )


def test_peers_stand_with_their_distance_and_their_figures() -> None:
    view = peers()
    assert view.title == "Most like Makassar on 3 indicators: Bogor"
    assert list(view.figure.data[0].x) == [0.25]
    assert "Bogor (2 indicators)" in texts(view.figure)
    assert list(view.table["Bogor"]) == ["1.0 million", "2.0%", "–"]
    assert "Not compared: Malé (50% of the indicators missing)." in view.notes


def test_the_reasons_name_what_is_most_and_least_alike_in_figures() -> None:
    row = peer_reasons(GAPS, PEERS, NAMES).iloc[0]
    assert row["Most alike"] == (
        "Growth: 2.0% against 1.7% (+0.1); Size: 1.0 million against 1.6 million (−0.3)"
    )
    assert row["Differs most"] == "Public transport: 30.0% against 45.3% (−0.9)"


def test_a_refusal_names_what_is_missing_and_ranks_nobody() -> None:
    view = peers("inputs_missing", ("transport",))
    assert view.figure is None
    assert view.title == "No peers for Makassar: too many of the chosen indicators are missing"
    assert view.takeaway.startswith("Makassar has no figure for: Public transport.")
    assert list(view.table) == ["Indicator", "Makassar"]


# --- what is not measured, and the tiles ---------------------------------------------------------

STATES = pd.DataFrame(
    [
        ("11.1.1", "Slums", math.nan, None, None, 2020, "modelled"),
        ("11.2.1", "Transport", 2022, "estimated", None, math.nan, None),
        ("11.6.2", "Particles", 2019, STATIONS, None, 2019, "estimated"),
        ("11.7.1", "Space", 2022, "estimated", "too high", math.nan, None),
    ],
    columns=["indicator", "short_name", "city_year", "city_nature", "city_caution",
             "country_year", "country_nature"],
)  # fmt: skip


def test_what_is_known_of_city_and_country_has_a_sign_a_year_and_an_origin() -> None:
    view = city_gaps(STATES, "Malé", "Maldives", 2026, sources=("UNSD",))
    assert view.title == "1 of 4 indicators of Goal 11 has no figure for Malé itself"
    assert list(view.table["Malé"]) == [
        "○ no figure",
        "● 2022, estimated",
        "◐ 2019, measured at stations",
        "⚠ 2022, estimated, hard to believe",
    ]
    assert view.table["Maldives"].iloc[0] == "◐ 2020, modelled"


def test_tiles_say_what_is_not_known() -> None:
    air_rows = pd.DataFrame(
        {"year": [2018, 2019], "pm25": [20.0, math.nan], "pm25_temporal_coverage": [90.0, math.nan]}
    )
    known = city_tiles(WUP, (2010, 2020), (1339.0, 1584.0, 1.68), air_rows, STATES, 2, ["pilot"])
    assert [tile.figure for tile in known] == [
        "1.6 million", "+1.7% a year", "20.0 µg/m³", "3 of 4", "2", "1",
    ]  # fmt: skip
    assert known[3].explanation == "1 of them from the WHO's stations; 1 hard to believe"
    nothing = (math.nan, math.nan, math.nan)
    unknown = city_tiles(WUP, (2010, 2020), nothing, air_rows.iloc[:0], STATES.iloc[:1], 0, [])
    assert [tile.figure for tile in unknown] == ["–", "–", "–", "0 of 1", "0", "0"]


def test_every_word_of_the_views_is_in_the_catalogue() -> None:
    i18n.activate(i18n.PSEUDO)
    try:
        views = [
            goal(),
            peers(),
            city_gaps(STATES, "X", "Y", 2026, sources=()),
            city_growth(growth_rows(1.0, 2.0), "X", "Y", (2010, 2020), WUP),
        ]
        for view in views:
            assert view.title.startswith("⟦")
            assert all("⟦" in str(column) for column in view.table.columns[:1])
    finally:
        i18n.activate("en")
