"""Readiness and reproduced results as they are drawn: unknown is not zero, nor equal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from ileaps_data import reference
from ileaps_metrics import policy_transfers
from ileaps_metrics.readiness_evidence import CODES, readiness_evidence
from ileaps_metrics.scaling_readiness import FACTORS, factor_scores, readiness_summary
from ileaps_views.charts.readiness import (
    evidence_words,
    factor_name,
    readiness_factors,
    score_words,
)
from ileaps_views.charts.reproduction import reproduction_bars
from ileaps_views.evidence import SourceBook

if TYPE_CHECKING:
    from ileaps_views.view import View

BOOK = SourceBook(reference.load("sources"))
PILOTS = reference.pilots()
EVIDENCE = readiness_evidence(
    PILOTS,
    reference.indicators(),
    reference.observations(),
    reference.stage_events(),
    policy_transfers.transfer_links(
        reference.transfers(), reference.policies(), reference.cities()
    ),
)


def drawn(*scores: tuple[str, int]) -> View:
    given = pd.DataFrame(
        [
            ("mks-pasikola", factor, score, "A. Person", "2026-03", "undp_20160609")
            for factor, score in scores
        ],
        columns=["pilot_id", "factor", "score", "assessor", "assessed_on", "source_id"],
    )
    own = factor_scores(given, PILOTS[PILOTS["pilot_id"].eq("mks-pasikola")])
    held = EVIDENCE[EVIDENCE["pilot_id"].eq("mks-pasikola")]
    return readiness_factors(own, readiness_summary(own), held, BOOK, "light")


def boxes(item: View) -> dict[str, int]:
    data = json.loads(item.figure.to_json())["data"]
    return {trace["name"]: len(trace["y"]) for trace in data}


def notes(item: View) -> list[str]:
    return [each["text"] for each in json.loads(item.figure.to_json())["layout"]["annotations"]]


def test_nothing_scored_is_seven_times_not_evidenced_and_no_number() -> None:
    item = drawn()
    assert item.title == "Readiness to scale: 0 of 7 factors evidenced"
    assert boxes(item) == {"unknown": 14}
    assert notes(item).count("not evidenced") == 7
    assert item.table is not None
    assert item.table["Score"].tolist() == ["not evidenced"] * 7
    assert item.sources == ()


def test_scores_fill_boxes_and_a_zero_is_not_unknown() -> None:
    item = drawn(("vision", 2), ("team", 1), ("finance", 0))
    assert item.title == "Readiness to scale: 3 of 7 factors evidenced, the weakest at 0 of 2"
    assert boxes(item) == {"met": 3, "empty": 3, "unknown": 8}
    assert "0 of 2: looked at and absent" in notes(item)
    assert item.table is not None
    by = item.table.set_index("Factor")["Assessed by"]
    assert by[factor_name("team")] == "A. Person, Mar 2026"
    assert item.sources == ("UNDP Asia and the Pacific, 9 Jun 2016",)


def test_every_factor_and_every_count_has_its_words() -> None:
    assert len({factor_name(factor) for factor in FACTORS}) == 7
    held = evidence_words(EVIDENCE[EVIDENCE["pilot_id"].eq("mks-pasikola")])
    assert set(held) == set(FACTORS)
    said = " ".join(held.values())
    assert not [code for _factor, code in CODES if code in said and "_" in code]
    assert "4 transfers of its policies elsewhere" in said
    assert "0 of a comparison group" in said
    assert score_words(float("nan")) == "not evidenced"


def results(**changes: Any) -> pd.DataFrame:
    row = {
        "name": "Paper",
        "what": "scores",
        "n": 10,
        "n_equal": 10,
        "largest_difference": 1.4e-14,
        "tolerance": 1e-9,
        "note": "",
        "must_be_equal": True,
        "source_id": "undp_20160609",
    }
    loose = row | {"what": "arrows", "n_equal": 8, "must_be_equal": False}
    return pd.DataFrame([row | changes, loose])


def test_agreements_are_never_counted_as_equal() -> None:
    item = reproduction_bars(results(), BOOK, "light")
    assert item.title == (
        "All 10 figures that must be equal are; trend arrows agree in 80% to 80% of cases"
    )
    data = {t["name"]: t for t in json.loads(item.figure.to_json())["data"]}
    assert data["equal"]["text"] == ["all"]
    assert data["agreement"]["text"] == ["80.0%"]
    assert "pattern" in data["agreement"]["marker"]


@pytest.mark.parametrize("equal", [0, 9])
def test_one_figure_that_does_not_come_out_is_in_the_title(equal: int) -> None:
    item = reproduction_bars(results(n_equal=equal), BOOK, "dark")
    assert item.title.startswith(f"{equal} of 10 figures that must be equal are")
