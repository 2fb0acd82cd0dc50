"""Verdicts on the headline claims name every revision and what it gives."""

from __future__ import annotations

import math

from ileaps_views.findings import claims

NAN = math.nan
W = "WUP 2018"


def test_claim_of_a_billion_more_city_people() -> None:
    verdict = claims.billion_added((1980, 2010), {W: 1_102_800.0, "WDI": 1_122_800.0})
    assert verdict.status == claims.REPRODUCED
    assert verdict.text == "Borne out by WUP 2018 (+1.10 billion) and WDI (+1.12 billion)."
    assert verdict.figures == ((W, "+1.10 billion"), ("WDI", "+1.12 billion"))
    fallen = claims.billion_added((1980, 2010), {W: -400_000.0, "WDI": NAN})
    assert fallen.status == claims.NOT_REPRODUCED
    assert fallen.text == "Not borne out by WUP 2018 (−400.0 million)."


def test_claim_of_half_urban_by_2018() -> None:
    verdict = claims.half_urban_by(2018, {W: 2018.3}, mid_year={W: 49.81})
    assert verdict.status == claims.REPRODUCED
    assert verdict.text == "Borne out by WUP 2018 (half urban in 2018; 49.8% at mid-2018)."
    mixed = claims.half_urban_by(2018, {W: 2018.3, "Late": 2021.0, "Never": NAN, "Mute": None})
    assert mixed.status == claims.BY_SOME
    assert mixed.text == (
        "Borne out by WUP 2018 (half urban in 2018), "
        "not by Late (half urban in 2021) and Never (never half urban)."
    )


def test_claim_of_three_point_two_billion_names_the_revision_that_gives_it() -> None:
    verdict = claims.urban_by(2050, {W: 3_382_500.0, "WUP 2014": 3_230_200.0, "WDI": None})
    assert verdict.status == claims.BY_SOME
    assert verdict.text == "Borne out by WUP 2014 (3.23 billion), not by WUP 2018 (3.38 billion)."
    assert claims.urban_by(2050, {W: None}).status == claims.NO_DATA
    assert claims.urban_by(2050, {}).shape == "○"


def test_every_status_has_a_shape_of_its_own() -> None:
    assert len(set(claims.SHAPES.values())) == len(claims.SHAPES) == 4
