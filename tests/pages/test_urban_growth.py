from __future__ import annotations

import json

import pytest

from ileaps_data import reference
from ileaps_metrics import city_systems, growth
from tests.pages.conftest import opened

PAGE = "decide/urban_growth.py"
PARTS = ("time", "map", "drivers", "cities", "revisions")
REVISIONS = tuple(reference.revisions()["revision_id"])


def figure(app: object, position: int = 0) -> dict[str, object]:
    chart = app.get("plotly_chart")[position]  # type: ignore[attr-defined]
    return json.loads(chart.proto.spec)


@pytest.mark.parametrize("revision", REVISIONS)
@pytest.mark.parametrize("part", PARTS)
def test_every_part_opens_in_every_revision(part: str, revision: str) -> None:
    app = opened(PAGE, part=part, revision=revision)
    assert len(app.header) >= 1
    assert not app.warning


@pytest.mark.parametrize("place", ["TUV", "SGP", "MDV", "CHN", "NIU"])
def test_cities_of_economies_with_no_one_and_many_cities(place: str) -> None:
    app = opened(PAGE, part="cities", economy=place)
    assert not app.exception


def test_the_lines_carry_the_published_figures() -> None:
    app = opened(PAGE, part="time", place="BGD", measure="urban")
    table = reference.urban_population()
    wanted = table["revision_id"].eq("wup2018") & table["area_id"].eq("BGD")
    published = table[wanted].set_index("year")["urban"]
    drawn = {
        year: value
        for trace in figure(app)["data"]  # type: ignore[union-attr]
        for year, value in zip(trace["x"], trace["y"], strict=True)
    }
    assert set(drawn) >= set(published.index)
    for year, value in published.items():
        assert drawn[year] == pytest.approx(value / 1000, rel=1e-3)


def test_the_title_over_the_cities_carries_the_packages_numbers() -> None:
    app = opened(PAGE, part="cities", economy="THA", year="2015")
    named, people = reference.urban_agglomerations(), reference.city_population()
    cities = named[named["iso3"].eq("THA")].merge(people, on=["revision_id", "city_code"])
    sizes = cities.loc[cities["year"].eq(2015) & cities["population"].ge(300), "population"]
    assert f"{city_systems.primacy(sizes, 2):.1f} times" in app.header[0].value
    fit = city_systems.rank_size(sizes)
    reading = f"{fit.exponent:.2f} ± {fit.standard_error:.2f} over {fit.n} cities"
    assert any(reading in text.value for text in app.markdown)


def test_the_year_slider_changes_the_figures() -> None:
    app = opened(PAGE, part="map", year="2020")
    before = app.header[0].value
    app.select_slider[0].set_value("1950").run()
    assert not app.exception
    assert app.header[0].value != before
    assert "1950" in app.header[0].value


def test_growth_between_two_years_is_the_packages() -> None:
    app = opened(PAGE, part="drivers", period="2000,2020", group="SEA")
    table = reference.urban_population()
    rows = table[table["revision_id"].eq("wup2018") & table["area_id"].eq("IDN")]
    indonesia = growth.growth_table(rows, 2000, 2020).iloc[0]
    drawn = [x for trace in figure(app, 1)["data"] for x in trace["x"] if x is not None]  # type: ignore[union-attr]
    assert any(value == pytest.approx(indonesia["urban_growth"], rel=1e-3) for value in drawn)


def test_revisions_stand_side_by_side_with_their_difference() -> None:
    title = opened(PAGE, part="revisions", economy="BGD", year="2020").header[0].value
    assert "38.2%" in title
    assert "31.1%" in title
    assert "7.1 points" in title


def test_a_revision_without_shares_says_so_instead_of_drawing_zeros() -> None:
    app = opened(PAGE, part="time", revision="wup2014", measure="percent_urban")
    assert not app.get("plotly_chart")
    assert any("nothing to draw" in text.value for text in app.markdown)


def test_sums_that_do_not_cover_every_economy_say_so() -> None:
    app = opened(PAGE, part="time", revision="wdi2026-07")
    assert any("56 of 58" in caption.value for caption in app.caption)


def test_what_a_link_gets_wrong_is_said_and_the_default_shown() -> None:
    app = opened(PAGE, part="map", year="1850", shape="globe", colour="red")
    warning = app.warning[0].value
    assert "1850" in warning
    assert "globe" in warning
    assert "colour" in warning
    assert len(app.get("plotly_chart")) == 1


@pytest.mark.parametrize("period", ["2020,2000", "2020", "1,2,3", "x,y", ""])
def test_an_impossible_period_gives_the_default_and_says_so(period: str) -> None:
    app = opened(PAGE, part="drivers", period=period)
    assert not app.exception
    assert app.warning
    assert app.query_params["period"] in ("2000,2020", ["2000,2020"])


def test_more_than_six_places_are_cut_and_named() -> None:
    app = opened(PAGE, place="IDN,IND,CHN,JPN,KOR,THA,VNM")
    assert "VNM" in app.warning[0].value
    assert len(app.multiselect[0].value) == 6
