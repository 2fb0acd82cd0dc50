from __future__ import annotations

import pytest

from ileaps_data import reference
from ileaps_metrics.growth import growth_rate
from tests.pages.conftest import AppTest, opened

PAGE = "decide/city_profile.py"


def headers(app: AppTest) -> list[str]:
    return [header.value.replace("\\", "") for header in app.header]


def text(app: AppTest) -> str:
    found = [*app.header, *app.markdown, *app.caption, *app.info]
    return " ".join(element.value for element in found).replace("\\", "")


def tiles(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def people(city: str, year: int) -> float:
    cities, population = reference.cities(), reference.city_population()
    code = cities.loc[cities["city_id"].eq(city), "wup_city_code"].iloc[0]
    rows = population[population["city_code"].eq(code) & population["year"].eq(year)]
    return float(rows["population"].iloc[0])


def test_a_city_opens_with_its_size_and_its_growth_against_its_country() -> None:
    app = opened(PAGE, city="makassar")
    rate = growth_rate(people("makassar", 2010), people("makassar", 2020), 10)
    assert tiles(app)["Growth, 2010–2020"] == f"+{rate:.1f}% a year"
    assert tiles(app)["People, 2020"] == "1.6 million"
    assert headers(app)[0] == "Makassar"
    assert headers(app)[1].startswith("Makassar: 1.6 million people in 2020, 2.0 million projected")
    assert f"Indonesia together: +{rate:.1f}% against" in headers(app)[2]


def test_another_period_recomputes_the_growth_of_city_and_country() -> None:
    app = opened(PAGE, city="makassar", period="1990,2000")
    rate = growth_rate(people("makassar", 1990), people("makassar", 2000), 10)
    assert f"+{rate:.1f}% against" in headers(app)[2]
    assert "1990–2000 (WUP 2018)" in headers(app)[2]


def test_an_edition_without_cities_is_named_beside_the_one_shown() -> None:
    app = opened(PAGE, city="makassar", revision="wdi2026-07")
    assert "WDI July 2026 has no cities; these are of WUP 2018." in text(app)


@pytest.mark.parametrize("city", ["male", "hulhumale"])
def test_a_city_that_no_edition_lists_says_so_and_shows_its_country(city: str) -> None:
    app = opened(PAGE, city=city)
    assert tiles(app)["People, 2020"] == "–"
    assert "WUP 2018 has no population for" in headers(app)[1]
    assert "No growth is published for" in headers(app)[2]


def test_a_value_hard_to_believe_carries_its_reason_and_is_still_shown() -> None:
    app = opened(PAGE, city="male", part="goal")
    assert headers(app)[1].endswith("published for Malé, one of them hard to believe")
    assert "⚠ 11.7.1 Open public space and streets, 97.7%: Over 75% of the built-up area" in text(
        app
    )


def test_figures_of_the_country_are_labelled_as_the_countrys() -> None:
    app = opened(PAGE, city="bogor", part="goal")
    assert headers(app)[1] == "No city indicator of Goal 11 is published for Bogor"
    assert headers(app)[2].startswith("Indonesia as a whole:")
    assert "These are figures of the country, not of the city." in text(app)
    assert set(app.table[0].value["Origin"]) == {"not published"}
    indicator, value, _status = (cell.replace("\\", "") for cell in app.table[1].value.iloc[0])
    assert (indicator, value) == ("11.1.1 Slum population", "19.4% (2020), global monitoring data")


def test_air_is_measured_at_stations_and_its_absence_is_said() -> None:
    app = opened(PAGE, city="dhaka", part="air")
    assert headers(app)[1] == (
        "Fine particles in Dhaka: 86.5 µg/m³ in 2019, against 64.1 µg/m³ in 2010"
    )
    assert headers(opened(PAGE, city="bogor", part="air"))[1] == (
        "No measured fine particles (PM2.5) are published for Bogor"
    )


def test_work_with_the_programme_lists_transfers_and_pilots() -> None:
    app = opened(PAGE, city="colombo", part="work")
    transfers, pilots = reference.transfers(), reference.pilots()
    once = transfers["same_as"].isna() & transfers["to_city_id"].eq("colombo")
    assert len(app.table[0].value) == int(once.sum())
    assert len(app.table[1].value) == int(pilots["city_id"].eq("colombo").sum())


def test_peers_come_with_reasons_in_figures() -> None:
    app = opened(PAGE, city="makassar", part="peers")
    assert headers(app)[1].startswith("Most like Makassar on 6 indicators: Bogor")
    first = app.table[0].value.iloc[0]
    assert "against" in first["Most alike"]
    assert "against" in first["Differs most"]


def test_no_peers_where_too_many_inputs_are_missing_and_peers_on_what_is_known() -> None:
    app = opened(PAGE, city="male", part="peers")
    assert "too many of the chosen indicators are missing" in headers(app)[1]
    assert "Malé has no figure for: Size, Growth, and Weight in the country." in text(app)
    known = opened(PAGE, city="male", part="peers", on="income,urbanised,transport")
    assert headers(known)[1].startswith("Most like Malé on 3 indicators:")


def test_what_is_not_measured_is_listed_for_every_indicator_of_the_goal() -> None:
    app = opened(PAGE, city="makassar", part="gaps")
    assert headers(app)[1] == "11 of 14 indicators of Goal 11 have no figure for Makassar itself"
    rows = app.table[0].value
    assert len(rows) == 14
    assert int(rows["Makassar"].str.contains("no figure").sum()) == 11


def test_the_partner_cities_page_links_to_the_profile() -> None:
    app = opened("decide/partner_cities.py", city="colombo")
    links = [link for link in app.get("page_link") if "Profile" in link.proto.label]
    assert [link.proto.query_string for link in links] == ["city=colombo"]


def test_every_partner_city_has_a_profile() -> None:
    for city, name in zip(reference.cities()["city_id"], reference.cities()["name"], strict=True):
        app = opened(PAGE, city=city, part="goal")
        assert headers(app)[0] == name
