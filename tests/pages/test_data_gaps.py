from __future__ import annotations

import pytest

from ileaps_data import reference
from ileaps_metrics import data_gaps
from tests.pages.conftest import opened

PAGE = "analyse/data_gaps.py"
PARTS = ("indicators", "economies", "years", "cities", "pilots")


def said(**link: str) -> str:
    app = opened(PAGE, **link)
    assert not app.warning
    kinds = (app.header, app.markdown, app.caption)
    return " ".join(text.value.replace("\\", "") for kind in kinds for text in kind)


@pytest.mark.parametrize("part", PARTS)
def test_every_part_opens_with_a_finding(part: str) -> None:
    app = opened(PAGE, part=part)
    assert len(app.header) == 1
    assert app.header[0].value


def test_harassment_is_least_known_of_goal_eleven() -> None:
    text = said()
    assert "Least known: 11.7.2 Victims of harassment, with a recent value for 1 of 58" in text
    assert "harvest of 17 December 2023" in text


def test_the_year_chosen_decides_what_is_old() -> None:
    own = reference.sdg_observations().query("is_total and series == 'VC_VOH_SXPH'")
    region = reference.economies().dropna(subset=["subregion_id"])["iso3"]
    cells = data_gaps.measurement_status(own, ["VC_VOH_SXPH"], region, as_of=2026)
    assert cells["status"].value_counts().to_dict() == {"missing": 57, "old": 1}
    assert "No recent value in the files of 5 indicators, such as 11.7.2" in said(asof="2026")
    assert "December 2023" in opened(PAGE, asof="2026").info[0].value
    assert not opened(PAGE, asof="2023").info


def test_a_wider_age_makes_fewer_values_old() -> None:
    strict, lenient = said(part="economies", age="1"), said(part="economies", age="15")
    assert "Recent values cover" in strict
    assert strict != lenient
    assert "only an old value" in lenient


def test_bogor_is_named_as_a_city_without_any_value() -> None:
    text = said(part="cities")
    assert "7 of 29 partner cities have no value at all" in text
    assert "Bogor" in text
    assert "Malé" not in text


def test_two_pilot_indicators_have_a_dated_target() -> None:
    assert "2 of 58 pilot indicators have a target with a date" in said(part="pilots")


def test_a_subregion_shows_its_own_economies_alone() -> None:
    assert said(part="economies", group="PAC") != said(part="economies", group="SEA")


@pytest.mark.parametrize("goal", ["1", "6", "17"])
def test_other_goals_open(goal: str) -> None:
    for part in ("indicators", "economies", "years"):
        assert said(goal=goal, part=part)


def test_what_a_link_gets_wrong_is_said() -> None:
    app = opened(PAGE, goal="99", age="200")
    assert "99" in app.warning[0].value
    assert "200" in app.warning[0].value
