"""Charts of a country's cities carry exactly the numbers they are handed."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from ileaps_data import reference
from ileaps_metrics.city_systems import rank_size
from ileaps_views.charts.city_sizes import largest_cities_view, primacy_view, rank_size_view
from ileaps_views.charts.common import Revision, rounded

WUP = Revision(id="wup2018", name="WUP 2018", source="UN, WUP 2018", estimates_until=2018)


def test_rank_size_of_indonesia() -> None:
    places = reference.urban_agglomerations()
    sizes = reference.city_population()
    cities = places[places["iso3"] == "IDN"].merge(sizes[sizes["year"] == 2015], on="city_code")
    cities = cities[cities["population"] >= 300]
    fit = rank_size(cities["population"])
    view = rank_size_view(cities, fit, "Indonesia", 2015, WUP)
    line, marks = view.figure.data
    ranked = cities.sort_values("population", ascending=False)
    assert list(marks.x) == rounded(ranked["population"])
    assert list(marks.y) == list(range(1, len(cities) + 1))
    # the fitted line has the exponent as its slope in ln(rank − ½) on ln(population)
    slope = (math.log(line.y[-1] - 0.5) - math.log(line.y[0] - 0.5)) / (
        math.log(line.x[-1]) - math.log(line.x[0])
    )
    assert -slope == pytest.approx(fit.exponent, rel=0.01)
    assert view.title.startswith("Jakarta is 3.6 times as large as Surabaya")
    assert f"over {len(cities)} cities of 300,000 people or more" in view.takeaway
    assert "Jakarta" in {a.text for a in view.figure.layout.annotations}


def test_one_city_is_drawn_without_a_line() -> None:
    city = pd.DataFrame({"name": ["Dili"], "population": [310.0]})
    view = rank_size_view(city, (math.nan, math.nan, 1), "Timor-Leste", 2020, WUP)
    assert len(view.figure.data) == 1
    assert view.title.startswith("Dili is the only city of Timor-Leste")


def test_primacy_table_says_what_is_missing() -> None:
    view = primacy_view({2: 3.17, 4: 0.5, 11: math.nan}, 6, "X", 2020, WUP, largest_share=12.34)
    assert view.figure is None
    assert list(view.table["Value"]) == ["3.17", "0.50", "–", "12.3"]
    assert view.title == "X: 1 of 2 primacy measures are above the rank–size rule, 2020 (WUP 2018)"
    assert "too few cities" in primacy_view({}, 1, "X", 2020, WUP).title


def test_largest_cities_keep_apart_two_of_one_name() -> None:
    frame = pd.DataFrame(
        {
            "city_code": ["1", "1", "2", "2"],
            "year": [2015, 2020, 2015, 2020],
            "population": [1000.0, 1100.0, 500.0, 900.0],
        }
    )
    view = largest_cities_view(frame, {"1": "Suzhou", "2": "Suzhou"}, "China", WUP)
    drawn = {(trace.name, *trace.x): list(trace.y) for trace in view.figure.data}
    assert drawn == {
        ("Suzhou (1)", 2015): [1.0],
        ("Suzhou (1)", 2015, 2020): [1.0, 1.1],
        ("Suzhou (2)", 2015): [0.5],
        ("Suzhou (2)", 2015, 2020): [0.5, 0.9],
    }
    assert view.title.startswith("Suzhou (2) gains most people: 500,000 in 2015")
