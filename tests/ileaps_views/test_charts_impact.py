"""Views of estimates of effect carry exactly the numbers they are handed."""

from __future__ import annotations

import json
import math
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from ileaps_metrics import impact
from ileaps_views import i18n
from ileaps_views.charts.boardings import EarlierLevel, Opening, district_months, monthly_boardings
from ileaps_views.charts.dose_response import dose_response_scatter
from ileaps_views.charts.effect_forest import effect_forest
from ileaps_views.effects import (
    EffectRow,
    caveat_sentence,
    design_name,
    kind_word,
    reading,
    unsupported_sentence,
)

if TYPE_CHECKING:
    from ileaps_views.view import View

HOSTILE = "<img src=x onerror=alert(1)>"
CAVEATS = (impact.Caveat(impact.CaveatCode.FEW_UNITS, {"units": 3}),)
SLOPE = SimpleNamespace(
    estimate=0.87,
    intercept=0.33,
    standard_error=0.165,
    p_value=0.0001,
    n=3,
    leave_one_out=(0.755, 0.95),
    caveats=CAVEATS,
)
TOTAL = SimpleNamespace(total=4828.0, low=3279.0, high=6061.0, share=0.482)
ROWS = (
    EffectRow(code="dose_response", kind="estimate", value=48.2, low=28.4, high=69.0, detail="d"),
    EffectRow(code="dose_february_march", kind="placebo", value=1.8, low=-1.7, high=5.4),
    EffectRow(code="against_2019", kind="check", value=23.9),
    EffectRow(code="other_routes", kind="rejected", value=111.7),
    EffectRow(code="other_routes_march", kind="rejected_placebo", value=30.6),
)


def units() -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "district_name": ["Mapo-gu", "Jung-gu", HOSTILE],
            "district": ["마포구", "중구", "x"],
            "route_stop_pairs_before": [40.0, 50.0, 10.0],
            "route_stop_pairs_after": [117.0, 50.0, 20.0],
            "boardings_per_day_before": [292.0, 100.0, 10.0],
            "boardings_per_day_after": [1150.0, 140.0, 30.0],
            "expected": [1.26, 0.33, 0.93],
            "residual": [0.11, 0.0, 0.17],
            "slope_without": [0.8, 0.9, math.nan],
        }
    )
    for column in ("route_stop_pairs", "boardings_per_day"):
        ratio = frame[f"{column}_after"] / frame[f"{column}_before"]
        frame[f"{column}_change"] = ratio.map(math.log)
    return frame


def scatter(chosen: str = "Mapo-gu", mode: str = "light") -> View:
    return dose_response_scatter(units(), SLOPE, TOTAL, ["Seoul"], mode, chosen=chosen)


def months() -> View:
    frame = pd.DataFrame(
        {"month": ["2022-04", "2022-05"], "boardings_per_day": [11807.7, 14863.42]}
    )
    return monthly_boardings(
        frame,
        TOTAL,
        [Opening(on="2022-04-18", routes=("N51", "N64"), distancing_ends=True, source="Aju")],
        [EarlierLevel(date="2019", value=12000.0, qualifier="at_least", source="Mobility")],
        "Seoul",
        "light",
        takeaway="so",
    )


def district(new: tuple[str, ...] = ("N51",)) -> View:
    frame = pd.DataFrame(
        {
            "month": ["2022-03", "2022-05"],
            "district_name": "Mapo-gu",
            "district": "마포구",
            "boardings_per_day": [292.0, 1150.0],
            "route_stop_pairs": [40, 117],
            "routes": ["N26", "N26;N51"],
        }
    )
    return district_months(frame, new, ["Seoul"], "light")


def traces(item: View) -> dict[str, dict[str, Any]]:
    return {trace["name"]: trace for trace in json.loads(item.figure.to_json())["data"]}


def notes(item: View) -> list[str]:
    return [note["text"] for note in json.loads(item.figure.to_json())["layout"]["annotations"]]


def test_the_scatter_draws_every_district_and_the_line() -> None:
    item = scatter()
    drawn = traces(item)
    assert drawn["chosen"]["x"] == [pytest.approx(117 / 40, rel=1e-3)]
    assert drawn["chosen"]["y"] == [pytest.approx(1150 / 292, rel=1e-3)]
    assert drawn["districts"]["x"] == [1.0, 2.0]
    (left, right), (low, high) = drawn["line"]["x"], drawn["line"]["y"]
    assert math.log(high / low) / math.log(right / left) == pytest.approx(0.87, rel=1e-2)
    assert "<b>Mapo</b>" in notes(item)
    assert drawn["chosen"]["marker"]["symbol"] != drawn["districts"]["marker"]["symbol"]


def test_the_scatter_says_the_finding_the_method_and_the_caveats() -> None:
    item = scatter()
    assert item.title == (
        "Across districts 1% more night service went with 0.87% more boardings; for the city: +48%"
    )
    assert "40 to 117" in item.takeaway
    assert "292 to 1,150" in item.takeaway
    assert "slope 0.870 (standard error 0.165), p < 0.001" in item.method
    assert item.notes == ("Only 3 units: the p-value is one of reshuffled doses.",)
    assert item.table is not None
    assert list(item.table["Service, times"]) == ["2.92", "2.00", "1.00"]
    assert list(item.table["Slope without it"]) == ["0.800", "–", "0.900"]


def test_names_from_the_tables_are_escaped_for_the_chart() -> None:
    text = json.dumps([trace.get("text") for trace in traces(scatter()).values()])
    assert "&lt;img" in text
    assert "<img" not in text


def test_the_forest_draws_each_estimate_with_its_interval_and_marks_the_rejected() -> None:
    item = effect_forest(ROWS, ["Seoul"], "light")
    data = json.loads(item.figure.to_json())["data"]
    marks = [trace for trace in data if trace.get("mode") == "markers"]
    assert [trace["x"][0] for trace in marks] == [48.2, 1.8, 23.9, 111.7, 30.6]
    assert [trace["x"] for trace in data if trace.get("mode") == "lines"] == [
        [28.4, 69.0],
        [-1.7, 5.4],
    ]
    symbols = [trace["marker"]["symbol"] for trace in marks]
    assert len(set(symbols)) == len(ROWS), "a shape for each kind beside the colour"
    assert item.table is not None
    assert list(item.table["More boardings"]) == [
        "+48% (+28% to +69%)",
        "+2% (−2% to +5%)",
        "+24%",
        "+112%",
        "+31%",
    ]
    assert item.table["What it is for"].iloc[3] == "Rejected"
    assert item.table["Reading"].iloc[3].startswith("Rejected: ")


def test_the_forest_without_a_design_that_holds_says_so() -> None:
    assert effect_forest(ROWS[3:], [], "light").title == "No design holds"


def test_every_estimate_of_the_page_has_words() -> None:
    codes = [row.code for row in ROWS]
    assert all(design_name(code) != code and reading(code) for code in codes)
    assert all(kind_word(row.kind) != row.kind for row in ROWS)


def test_the_months_split_the_last_one_and_carry_the_openings_with_their_source() -> None:
    item = months()
    drawn = traces(item)
    assert drawn["boardings"]["y"] == [pytest.approx(11807.7, rel=1e-3), pytest.approx(10035, 1e-3)]
    assert drawn["estimate"]["y"] == [4828.0]
    assert drawn["estimate"]["marker"]["pattern"]["shape"] == "/"
    assert any("18 Apr 2022: N51, N64 open" in text for text in notes(item))
    assert "2019: ≥ 12,000" in notes(item)
    assert item.notes[0] == ("18 Apr 2022: N51, N64 open and all distancing rules end (Aju)")
    assert item.table is not None
    assert list(item.table["Source"]) == ["Seoul", "Seoul", "Mobility"]
    assert item.title.endswith(
        "about 4,800 of them (3,300 to 6,100) are put down to the new routes"
    )


def test_one_district_shows_its_service_and_names_what_came() -> None:
    item = district()
    assert item.title == "Mapo-gu: from 292 to 1,150 boardings a day; new in the district: N51"
    assert "1,150<br>117 pairs" in notes(item)
    assert "without a new route" in district(()).title


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_figures_are_small_and_plotly_accepts_them(mode: str) -> None:
    for item in (scatter(mode=mode), effect_forest(ROWS, [], mode), months(), district()):
        text = item.figure.to_json()
        assert len(text) < 300_000
        type(item.figure)(json.loads(text))
        assert item.alt


@pytest.mark.parametrize("code", list(impact.CaveatCode))
def test_every_caveat_code_has_a_sentence(code: impact.CaveatCode) -> None:
    names = "rows of clusters points needed correlation dispersion donors lowest_p units low high"
    detail = dict.fromkeys(names.split(), 3.0)
    sentence = caveat_sentence(impact.Caveat(code, detail))
    assert "no words for" not in sentence
    assert sentence.endswith(".")
    assert "–" not in sentence, "every number it needs was given"


def test_no_word_of_theirs_bypasses_the_catalogue() -> None:
    i18n.activate(i18n.PSEUDO)
    try:
        for item in (scatter(), effect_forest(ROWS, [], "light"), months(), district()):
            for text in (item.title, item.alt, item.method, item.unit):
                assert text.startswith("⟦"), text
            assert item.table is not None
            assert all(column.startswith("⟦") for column in item.table.columns)
    finally:
        i18n.activate("en")


def test_a_pilot_without_a_design_is_told_why() -> None:
    text = unsupported_sentence(0, 4, 16)
    assert "no comparison group was measured" in text
    assert "4 dated figures where an interrupted series needs 16" in text
