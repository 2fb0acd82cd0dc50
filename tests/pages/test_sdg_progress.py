"""SDG progress: what the page shows is what the tables and the methods say."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from ileaps_data import reference
from ileaps_metrics import sdg_trends
from tests.pages.conftest import opened

if TYPE_CHECKING:
    import pandas as pd
    from streamlit.testing.v1 import AppTest

PAGE = "decide/sdg_progress.py"
PARTS = ("goals", "indicators", "cell", "distance", "cities")


def traces(app: AppTest, position: int = 0) -> list[dict[str, Any]]:
    chart = app.get("plotly_chart")[position]
    return json.loads(chart.proto.spec)["data"]


def said(app: AppTest) -> str:
    return "\n".join(element.value for element in app.markdown).replace("\\", "")


def heading(app: AppTest, position: int = 0) -> str:
    return app.header[position].value.replace("\\", "")


def written(app: AppTest) -> pd.DataFrame:
    """Return the page's first table as it is read, without Markdown's backslashes."""
    return app.table[0].value.astype(str).map(lambda cell: cell.replace("\\", ""))


def members() -> pd.DataFrame:
    return reference.load("economies").dropna(subset=["subregion_id"])


@pytest.mark.parametrize("part", PARTS)
def test_every_part_opens(part: str) -> None:
    app = opened(PAGE, part=part)
    assert len(app.header) >= 1
    assert not app.warning
    assert app.get("plotly_chart")


def test_the_goals_carry_the_published_ratings() -> None:
    app = opened(PAGE, part="goals", group="SEA")
    published = reference.load_published("sdr2019_goals")
    region = members()
    own = published[published["iso3"].isin(region.loc[region["subregion_id"].eq("SEA"), "iso3"])]
    expected = {
        (row.iso3, str(row.goal)): row.rating.capitalize()
        for row in own.dropna(subset=["rating"]).itertuples()
    }
    drawn = {
        tuple(pair): trace["name"]
        for trace in traces(app)
        if trace["name"] in {"Green", "Yellow", "Orange", "Red"}
        for pair in trace["customdata"]
    }
    different = {key for key in expected if expected[key] != drawn.get(key)}
    assert len(expected) > 150
    assert not different


def test_a_goal_opens_to_value_year_source_thresholds_and_formula() -> None:
    app = opened(PAGE, part="goals", economy="AFG", goal="11")
    assert heading(app, 1) == "Afghanistan, goal 11 Cities: ■ Red, score 34.2 of 100"
    table = written(app)
    assert table.shape[0] == 3
    text = table.to_string()
    for expected in ("56.9", "2017", "IHME", "10 · 25", "87 · 6.3", "37.3"):
        assert expected in text
    assert "(value − worst) ÷ (best − worst)" in said(app)


@pytest.mark.parametrize("method", sdg_trends.METHODS)
def test_the_matrix_carries_what_the_method_says(method: str) -> None:
    app = opened(PAGE, part="indicators", method=method, group="SSWA")
    drawn = {tuple(pair): trace["name"] for trace in traces(app) for pair in trace["customdata"]}
    own = reference.load("sdg_observations")
    own = own[own["area_id"].isin(["IND", "BGD", "NPL"]) & own["series"].eq("EN_LND_SLUM")]
    judged = sdg_trends.progress_table(own, reference.load("sdg_series"), method)
    words = {
        "limited_progress": "Limited progress",
        "limited_or_no_progress": "Limited or no progress",
        "behind_expected": "Behind the expected pace",
        "substantial_progress": "Substantial progress",
        "deterioration": "Deterioration",
    }
    assert len(judged) == 3
    for area, status in zip(judged["area_id"], judged["status"], strict=True):
        assert drawn[area, "EN_LND_SLUM"] == words[status]


def test_one_indicator_tells_the_published_values_and_every_method() -> None:
    app = opened(PAGE, part="cell", series="EN_LND_SLUM", economy="IDN", sdg="11")
    assert "from 21.9% (2016) to 19.4% (2020)" in heading(app)
    values = next(trace for trace in traces(app) if trace["name"] == "values")
    published = reference.load("sdg_observations")
    own = published[published["series"].eq("EN_LND_SLUM") & published["area_id"].eq("IDN")]
    assert dict(zip(values["x"], values["y"], strict=True)) == pytest.approx(
        dict(zip(own["year"], own["value"], strict=True)), rel=1e-3
    )
    methods = written(app).to_string()
    for name in ("Statistics Canada", "UNSD Progress Chart", "after ESCAP"):
        assert name in methods
        assert name in said(app)
    assert "(latest ÷ base)^(1 ÷ years)" in said(app)


def test_the_air_of_cities_is_judged_by_their_urban_values() -> None:
    app = opened(PAGE, part="cell", series="EN_ATM_PM25", economy="IDN", sdg="11")
    assert "19.9 µg/m³ (2019)" in heading(app)
    names = {trace["name"] for trace in traces(app)}
    assert {"Urban", "Rural", "Total", "World Bank, all areas"} <= names


def test_bounds_stay_bounds() -> None:
    own = reference.load("sdg_observations")
    own = own[own["series"].eq("EG_EGY_CLEAN") & own["is_total"] & own["bound"].eq("above")]
    iso3 = next(each for each in own["area_id"] if each in set(members()["iso3"]))
    app = opened(PAGE, part="cell", sdg="7", series="EG_EGY_CLEAN", economy=iso3)
    assert "> 95%" in heading(app)
    assert "At ceiling" in written(app).to_string()


def test_an_economy_without_a_value_says_so() -> None:
    app = opened(PAGE, part="cell", series="EN_LND_SLUM", economy="NIU", sdg="11")
    assert heading(app) == "Niue, Slum population: no value published"
    assert not app.get("plotly_chart")


def test_another_poverty_line_is_not_another_source() -> None:
    app = opened(PAGE, part="cell", sdg="1", series="SI_POV_DAY1", economy="IDN")
    assert "World Bank" not in {trace["name"] for trace in traces(app)}


def test_an_economy_the_report_does_not_cover_says_so() -> None:
    app = opened(PAGE, part="goals", economy="NIU", goal="11")
    assert heading(app, 1) == "Niue: no score for goal 11 Cities"


def test_distance_ranks_only_where_enough_is_known() -> None:
    slums = opened(PAGE, part="distance", sdg="11", series="EN_LND_SLUM")
    assert "24 economies" in heading(slums)
    assert "No ranks" in said(slums)
    power = opened(PAGE, part="distance", sdg="7", series="EG_ACS_ELEC")
    assert "ranks are in the table" in said(power)


def test_the_cities_name_what_is_missing_and_what_is_doubtful() -> None:
    app = opened(PAGE, part="cities", city="EN_URB_OPENSP")
    assert "Bogor" in said(app)
    partners = traces(app)[2]
    assert 97.7 in partners["x"]
    at = partners["x"].index(97.7)
    assert partners["marker"]["symbol"][at] == "diamond-open"
    table = written(app)
    assert "⚠ 97.7% (2020)" in table.to_string()
    seoul = table[table["City"].eq("Seoul")].iloc[0]
    assert "70.6% (2020)" in set(seoul)


def test_what_a_link_gets_wrong_is_said() -> None:
    app = opened(PAGE, part="goals", goal="99", group="ATLANTIS", economy="XXX")
    warning = app.warning[0].value
    for wrong in ("99", "ATLANTIS", "XXX"):
        assert wrong in warning


def test_a_series_of_another_goal_gives_way_to_one_of_the_chosen_goal() -> None:
    app = opened(PAGE, part="cell", sdg="7", series="EN_LND_SLUM")
    assert "EN_LND_SLUM" in app.warning[0].value.replace("\\", "")
    assert app.query_params["series"] != ["EN_LND_SLUM"]
