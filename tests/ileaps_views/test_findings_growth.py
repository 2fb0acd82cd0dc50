"""A finding is true for whatever numbers it is handed: rises, falls, ties and gaps."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ileaps_views import i18n
from ileaps_views.findings import claims
from ileaps_views.findings.cities import largest_city, rank_size_reading
from ileaps_views.findings.comparison import (
    economies_compared,
    growth_split,
    revisions_disagree,
    series_compared,
    urban_rural_gap,
)
from ileaps_views.findings.growth import (
    half_urban,
    largest_contributors,
    overtaking,
    people_added,
    rural_trend,
)
from ileaps_views.findings.words import calendar_year, join_names

NAN = math.nan
W = "WUP 2018"


@pytest.mark.parametrize(
    ("crossing", "first", "last", "finding"),
    [
        (2018.3, 17.0, 65.8, "Asia became half urban in 2018 (WUP 2018)"),
        (2018.6, 17.0, 65.8, "Asia became half urban in 2019 (WUP 2018)"),
        (2031.2, 17.0, 65.8, "Asia is projected to be half urban in 2031 (WUP 2018)"),
        (
            NAN,
            61.0,
            80.0,
            "Asia was already more than half urban in 1950: 61.0%, and 80.0% in 2050 (WUP 2018)",
        ),
        (
            NAN,
            12.0,
            31.0,
            "Asia is less than half urban in 1950 and in 2050: 12.0% and 31.0% (WUP 2018)",
        ),
        (1990.0, 61.0, 45.0, "Asia: 61.0% urban in 1950, 45.0% in 2050 (WUP 2018)"),
        (NAN, 50.0, 50.0, "Asia: 50.0% urban in 1950, 50.0% in 2050 (WUP 2018)"),
        (NAN, NAN, 50.0, "The urban share of Asia is not known for the whole period (WUP 2018)"),
    ],
)
def test_half_urban(crossing: float, first: float, last: float, finding: str) -> None:
    told = half_urban(
        "Asia", crossing, first=(1950, first), last=(2050, last), revision=W, estimates_until=2018
    )
    assert told == finding


@pytest.mark.parametrize(
    ("urban", "finding"),
    [
        ((788_800.0, 1_891_600.0), "1.10 billion more city people in X in 2010 than in 1980 (W)"),
        ((900.0, 870.0), "30,000 fewer city people in X in 2010 than in 1980 (W)"),
        ((0.5, 0.5), "As many city people in X in 2010 as in 1980 (W)"),
        ((NAN, 5.0), "City people in X are not published for both 1980 and 2010 (W)"),
    ],
)
def test_people_added(urban: tuple[float, float], finding: str) -> None:
    assert people_added("X", (1980, 2010), urban, "W") == finding


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        (
            {"India": 35.0, "China": 24.0, "Fiji": 41.0},
            "Fiji and India bring 76% of the new city people of X, 2020–2050 (W)",
        ),
        ({"India": 35.0}, "India brings 100% of the new city people of X, 2020–2050 (W)"),
        (
            {"India": 3000.0, "China": 2000.0, "Japan": -4500.0},
            "India and China gain most city people in X, 5.0 million, 2020–2050 (W)",
        ),
        (
            {"India": 3.0, "Japan": -4500.0},
            "India gains most city people in X, 3,000, 2020–2050 (W)",
        ),
        ({"Japan": -4.0, "Niue": NAN}, "No place gains city people in X, 2020–2050 (W)"),
        ({}, "No place gains city people in X, 2020–2050 (W)"),
    ],
)
def test_largest_contributors(changes: dict[str, float], finding: str) -> None:
    assert largest_contributors("X", changes, (2020, 2050), "W") == finding


@pytest.mark.parametrize(
    ("urban", "finding"),
    [
        (
            {"East": {1950: 9e6, 2045: 3e6, 2050: 2e6}, "South": {1950: 1e6, 2045: 4e6, 2050: 5e6}},
            "South overtakes East by 2045: 4.00 billion against 3.00 billion city people (W)",
        ),
        (
            {"East": {1950: 9e6, 2050: 8e6}, "South": {1950: 1e6, 2050: 5e6}},
            "East has the most city people throughout, 1950–2050: 8.00 billion in 2050 (W)",
        ),
        (
            {"East": {1950: 9e6, 2000: 1e6, 2050: 8e6}, "South": {1950: 1e6, 2000: 2e6, 2050: 5e6}},
            (
                "East has the most city people in 1950 and in 2050: 8.00 billion against "
                "5.00 billion "
                "in South (W)"
            ),
        ),
        (
            {"East": {1950: 9e6, 2050: 5e6}, "South": {1950: 1e6, 2050: 5e6}},
            "East and South both have 5.00 billion city people in 2050 (W)",
        ),
        (
            {"East": {1950: 9e6, 2050: NAN}, "South": {2050: 5e6}},
            "Too few figures to compare city people between places (W)",
        ),
        ({}, "Too few figures to compare city people between places (W)"),
    ],
)
def test_overtaking(urban: dict[str, dict[int, float]], finding: str) -> None:
    assert overtaking(urban, "W") == finding


def test_overtaking_takes_the_last_time_the_lead_changes() -> None:
    back_and_forth = {
        "A": {1: 2e6, 2: 1e6, 3: 3e6, 4: 1e6},
        "B": {1: 1e6, 2: 2e6, 3: 2e6, 4: 4e6},
    }
    assert overtaking(back_and_forth, "W").startswith("B overtakes A by 4:")


@pytest.mark.parametrize(
    ("rural", "opening"),
    [
        ({2000: 2.34e6, 2020: 2.26e6, 2050: 1.76e6}, "The countryside of X shrinks: 2.34 billion"),
        ({2000: 1e6, 2020: 2e6}, "The countryside of X grows: 1.00 billion (2000)"),
        ({2000: 1e6, 2020: 2e6, 2050: 1e6}, "Country people in X: 1.00 billion (2000)"),
        ({2000: 1e6, 2020: NAN}, "Country people in X: 1.00 billion (2000) (W)"),
        ({}, "No rural population published for X (W)"),
    ],
)
def test_rural_trend(rural: dict[int, float], opening: str) -> None:
    assert rural_trend("X", rural, "W").startswith(opening)


@pytest.mark.parametrize(
    ("values", "measure", "finding"),
    [
        (
            {W: 38.18, "WDI": 31.06},
            "percent_urban",
            "X in 2020: WUP 2018 says 38.2% urban, WDI 31.1%: 7.1 points apart",
        ),
        (
            {"WDI": 31.06, W: 38.18, "Z": 35.0},
            "percent_urban",
            "X in 2020: WUP 2018 says 38.2% urban, WDI 31.1%: 7.1 points apart",
        ),
        (
            {W: 62_000.0, "WDI": 50_000.0},
            "urban",
            (
                "X in 2020: WUP 2018 says 62.0 million city people, WDI 50.0 million: "
                "12.0 million apart"
            ),
        ),
        (
            {W: 38.18, "WDI": 38.21},
            "percent_urban",
            "WDI and WUP 2018 agree on X in 2020: 38.2% urban",
        ),
        (
            {W: 38.18, "WDI": NAN},
            "percent_urban",
            "Only WUP 2018 has a figure for X in 2020: 38.2% urban",
        ),
        (
            {W: 5.0, "WDI": None},
            "urban",
            "Only WUP 2018 has a figure for X in 2020: 5,000 city people",
        ),
        ({W: None}, "urban", "No revision has a figure for X in 2020"),
    ],
)
def test_revisions_disagree(values: dict[str, float | None], measure: str, finding: str) -> None:
    assert revisions_disagree("X", 2020, values, measure=measure) == finding  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("series", "measure", "finding"),
    [
        (
            {"A": [(1950, 50.0), (2050, 90.0)], "B": [(1950, 10.0), (2050, 80.0)]},
            "percent_urban",
            "B urbanises most: 10.0% urban in 1950, 80.0% in 2050 (W)",
        ),
        (
            {"A": [(1950, 90.0), (2050, 50.0)], "B": [(1950, 80.0), (2050, 70.0)]},
            "percent_urban",
            (
                "The urban share rises in none of these places and falls most in A: "
                "90.0% in 1950, 50.0% in 2050 (W)"
            ),
        ),
        (
            {"A": [(1950, 1e3), (2050, 9e3)], "B": [(1950, 1e3), (2050, 9e3)]},
            "urban",
            "A: 1.0 million city people in 1950, 9.0 million in 2050 (W)",
        ),
        (
            {"A": [(1950, 1e3), (2050, 9e3)], "B": [(1960, 1e3), (2025, 99e3)]},
            "urban",
            "A: 1.0 million city people in 1950, 9.0 million in 2050 (W)",
        ),
        (
            {"A": [(1950, NAN), (1960, 1e3), (2050, 9e3)]},
            "population",
            "A: 1.0 million people in 1960, 9.0 million in 2050 (W)",
        ),
        (
            {"A": [(1950, 9e3), (2050, 1e3)], "B": [(1950, 9e3), (2050, 9e3)]},
            "population",
            (
                "None of these cities gains people and A loses most: "
                "9.0 million in 1950, 1.0 million in 2050 (W)"
            ),
        ),
        ({"A": [(2020, 5e3)]}, "urban", "A: 5.0 million city people in 2020 (W)"),
        ({"A": [(2020, NAN)], "B": []}, "urban", "No figures for the places chosen (W)"),
    ],
)
def test_series_compared(
    series: dict[str, list[tuple[int, float]]], measure: str, finding: str
) -> None:
    assert series_compared(series, "W", measure=measure) == finding  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("effects", "opening"),
    [
        ({"A": (9.0, 54.0), "B": (26.0, 27.0), "C": (1.0, 0.4)}, "In 2 of 3 places"),
        ({"A": (9.0, 54.0), "B": (1.0, 2.0)}, "In all 2 places"),
        ({"A": (9.0, 5.0), "B": (-9.0, -2.0)}, "In none of 2 places"),
        (
            {"A": (9000.0, -500.0)},
            "City people in A, 2015–2020: +9.0 million by total growth, −500,",
        ),
        ({"A": (NAN, 5.0)}, "No place has the figures"),
        ({}, "No place has the figures"),
    ],
)
def test_growth_split(effects: dict[str, tuple[float, float]], opening: str) -> None:
    assert growth_split(effects, (2015, 2020), "W").startswith(opening)


@pytest.mark.parametrize(
    ("gaps", "opening"),
    [
        ({"A": 4.9, "B": 1.9}, "Cities outgrow the countryside in all 2 places, most in A: 4.9"),
        ({"A": 4.9}, "Cities outgrow the countryside in A: by 4.9 points"),
        ({"A": 4.9, "B": -0.2}, "Cities outgrow the countryside in 1 of 2 places, most in A"),
        ({"A": 2.0, "B": 2.0}, "Cities outgrow the countryside in all 2 places, most in A and B"),
        ({"A": -1.0}, "The countryside grows at least as fast as the cities in A"),
        ({"A": 0.0, "B": -1.0}, "In none of 2 places do cities outgrow"),
        ({"A": NAN}, "No place has urban and rural growth to compare"),
    ],
)
def test_urban_rural_gap(gaps: dict[str, float], opening: str) -> None:
    assert urban_rural_gap(gaps, (2015, 2020), "W").startswith(opening)


@pytest.mark.parametrize(
    ("values", "measure", "finding"),
    [
        (
            {"A": 57.2, "B": 50.0, "C": NAN},
            "percent_urban",
            "1 of 2 economies is more than half urban in 2020 (W)",
        ),
        ({"A": 1.0}, "percent_urban", "0 of 1 economies are more than half urban in 2020 (W)"),
        (
            {"A": 3.91, "B": -0.4},
            "urban_growth",
            "Cities grow fastest in A, 3.9% a year, and shrink in 1 of 2 economies, 2015–2020 (W)",
        ),
        (
            {"A": 2.0, "B": 2.0},
            "urban_growth",
            "Cities grow fastest in A and B: 2.0% a year, 2015–2020 (W)",
        ),
        (
            {"A": -2.0, "B": 0.0},
            "urban_growth",
            "City population grows in none of 2 economies, 2015–2020 (W)",
        ),
        (
            {"A": 57_000.0, "B": -4.0},
            "change",
            (
                "Most city people are added in A, 57.0 million; 1 of 2 economies lose some, "
                "2015–2020 (W)"
            ),
        ),
        ({"A": 57_000.0}, "change", "Most city people are added in A: 57.0 million, 2015–2020 (W)"),
        ({"A": NAN}, "change", "No figures for these economies in 2020 (W)"),
    ],
)
def test_economies_compared(values: dict[str, float], measure: str, finding: str) -> None:
    assert economies_compared(values, (2015, 2020), "W", measure=measure) == finding  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cities", "opening"),
    [
        ([("B", 1000.0), ("A", 3600.0)], "A is 3.6 times as large as B, the next city of X"),
        ([("A", 1000.0), ("B", 1001.0)], "B and A are about the same size"),
        ([("A", 1000.0)], "A is the only city of X with 300,000 people: 1.0 million"),
        ([("A", NAN), ("B", 0.0)], "No city of X has 300,000 people"),
    ],
)
def test_largest_city(cities: list[tuple[str, float]], opening: str) -> None:
    assert largest_city("X", cities, 2015, "300,000", "W").startswith(opening)


@pytest.mark.parametrize(
    ("exponent", "error", "n", "reading"),
    [
        (1.07, 0.19, 62, "not distinguishable from the rank–size rule"),
        (1.40, 0.10, 62, "city sizes are more even"),
        (0.60, 0.10, 62, "large cities weigh more"),
        (NAN, NAN, 2, "2 cities of 300,000 people or more: too few"),
        (NAN, NAN, 1, "One city of 300,000 people or more: too few"),
    ],
)
def test_rank_size_reading(exponent: float, error: float, n: int, reading: str) -> None:
    assert reading in rank_size_reading(exponent, error, n, "300,000")


def test_calendar_year_starts_half_a_year_before_its_middle() -> None:
    assert [calendar_year(y) for y in (2017.49, 2017.5, 2018.49, 2018.5)] == [
        2017,
        2018,
        2018,
        2019,
    ]


def test_findings_go_through_gettext() -> None:
    i18n.activate(i18n.PSEUDO)
    try:
        assert people_added("X", (1980, 2010), (1.0, 2.0), "W").startswith("⟦")
        assert join_names(["A", "B"]) == "A and B"
    finally:
        i18n.activate("en")


@settings(max_examples=50, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["A", "B", "C", "D"]),
        st.one_of(st.none(), st.just(math.nan), st.floats(-1e7, 1e7)),
        max_size=4,
    )
)
def test_no_finding_shows_nan_or_breaks(values: dict[str, float]) -> None:
    told = [
        largest_contributors("X", values, (2000, 2020), "W"),
        urban_rural_gap(values, (2000, 2020), "W"),
        revisions_disagree("X", 2020, values),
        economies_compared(values, (2000, 2020), "W", measure="change"),
        overtaking({name: {2020: value} for name, value in values.items()}, "W"),
        claims.urban_by(2050, values).text,
    ]
    assert all(text and "nan" not in text and "None" not in text for text in told)
