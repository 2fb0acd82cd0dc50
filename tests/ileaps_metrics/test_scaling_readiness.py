"""Readiness: unknown is not zero, nothing is averaged, every score is signed and dated."""

from __future__ import annotations

import math
from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ileaps_data import reference
from ileaps_data.agreement_tables import READINESS_FACTORS
from ileaps_metrics import policy_transfers
from ileaps_metrics.readiness_evidence import CODES, readiness_evidence
from ileaps_metrics.scaling_readiness import FACTORS, factor_scores, readiness_summary

PILOTS = pd.DataFrame({"pilot_id": ["m", "h"]})
COLUMNS = ["pilot_id", "factor", "score", "assessor", "assessed_on", "source_id"]


def assessed(*rows: tuple[Any, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        [("m", *row, "A. Person", date, "s") for *row, date in rows], columns=COLUMNS
    )


def summary(*rows: tuple[Any, ...]) -> pd.Series:
    return readiness_summary(factor_scores(assessed(*rows), PILOTS)).set_index("pilot_id").loc["m"]


def test_nobody_assessed_anything_and_nothing_is_zero() -> None:
    scores = factor_scores(reference.load("readiness_assessments"), reference.pilots())
    assert len(scores) == 7 * len(reference.pilots())
    assert scores["score"].isna().all()
    assert not scores["evidenced"].any()
    found = readiness_summary(scores)
    assert found["minimum"].isna().all()
    assert found["n_evidenced"].eq(0).all()
    assert found["n_factors"].eq(7).all()


def test_the_factors_are_those_of_the_table_and_each_has_something_to_look_at() -> None:
    assert FACTORS == READINESS_FACTORS
    assert {factor for factor, _code in CODES} == set(FACTORS)


def test_the_weakest_evidenced_factor_decides() -> None:
    found = summary(("vision", 2, "2026"), ("team", 1, "2026"), ("finance", 2, "2026"))
    assert found.tolist() == [1.0, 3, 7, 2, 1]


def test_a_zero_somebody_gave_is_a_zero() -> None:
    found = summary(("vision", 2, "2026"), ("team", 0, "2026"))
    assert (found["minimum"], found["n_evidenced"]) == (0, 2)


def test_the_newer_score_stands_and_the_older_is_counted() -> None:
    scores = factor_scores(
        assessed(("team", 0, "2025-03"), ("team", 2, "2026"), ("team", 1, "2024-12-31")), PILOTS
    )
    row = scores[scores["pilot_id"].eq("m") & scores["factor"].eq("team")].iloc[0]
    assert (row["score"], row["assessed_on"], row["superseded"]) == (2, "2026", 2)


@pytest.mark.parametrize(
    ("first", "second"), [("2026-03", "2026"), ("2026-03-01", "2026-03-01"), ("2026", "2026")]
)
def test_two_scores_whose_order_nobody_knows_are_refused(first: str, second: str) -> None:
    with pytest.raises(ValueError, match="neither is surely the newer; date them more precisely"):
        factor_scores(assessed(("team", 0, first), ("team", 1, second)), PILOTS)


@pytest.mark.parametrize("score", [3, -1, 0.5, 1.5, math.inf])
def test_only_0_1_and_2_are_scores(score: float) -> None:
    with pytest.raises(ValueError, match=r"factor team: a score of .* is impossible; give 0"):
        factor_scores(assessed(("team", score, "2026")), PILOTS)


def test_a_row_without_a_score_is_not_evidenced() -> None:
    found = summary(("vision", None, "2026"), ("team", 2, "2026"))
    assert (found["minimum"], found["n_evidenced"]) == (2, 1)


def test_factors_and_pilots_nobody_knows_are_refused() -> None:
    with pytest.raises(ValueError, match="factor luck: there is no such factor; use one of vision"):
        factor_scores(assessed(("luck", 1, "2026")), PILOTS)
    with pytest.raises(ValueError, match="the table of pilots has no m"):
        factor_scores(assessed(("team", 1, "2026")), PILOTS[PILOTS["pilot_id"].eq("h")])


@pytest.mark.parametrize("missing", ["assessor", "assessed_on", "source_id"])
def test_a_score_nobody_signs_dates_or_founds_is_refused(missing: str) -> None:
    table = assessed(("team", 1, "2026"))
    with pytest.raises(ValueError, match=f"the score carries no {missing}"):
        factor_scores(table.assign(**{missing: None}), PILOTS)


def test_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="'last spring' cannot be read"):
        factor_scores(assessed(("team", 1, "last spring")), PILOTS)


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(st.sampled_from(FACTORS), st.sampled_from((0, 1, 2))))
def test_the_summary_is_a_minimum_whatever_is_unknown(given_scores: dict[str, int]) -> None:
    found = summary(*((factor, score, "2026") for factor, score in given_scores.items()))
    assert found["n_evidenced"] == len(given_scores)
    assert found["n_met"] == sum(score == 2 for score in given_scores.values())
    if given_scores:
        assert found["minimum"] == min(given_scores.values())
    else:
        assert math.isnan(found["minimum"])


def test_evidence_of_the_three_pilots_counted_by_hand() -> None:
    links = policy_transfers.transfer_links(
        reference.transfers(), reference.policies(), reference.cities()
    )
    found = readiness_evidence(
        reference.pilots(),
        reference.indicators(),
        reference.observations(),
        reference.stage_events(),
        links,
    )
    assert len(found) == len(CODES) * len(reference.pilots())
    counts = found.set_index(["pilot_id", "code"])["n"]
    own = reference.observations().merge(reference.indicators(), on=["pilot_id", "indicator_id"])
    own = own[own["group"].eq("pilot") & own["value_kind"].eq("reported")]
    own = own[own["result_level"].ne("context") & own["pilot_id"].eq("mks-pasikola")]
    pasikola = counts["mks-pasikola"]
    assert pasikola["targets"] == pasikola["dated_targets"] == 1
    assert pasikola["dated_figures"] + pasikola["undated_figures"] == len(own)
    assert pasikola["undated_figures"] == own["period_end"].isna().sum()
    assert pasikola["outcome_figures"] == own["result_level"].isin(["outcome", "impact"]).sum()
    assert pasikola["partners"] == 8
    assert pasikola["dated_stages"] == 5
    # public transport went to Bogotá, Malé, Niterói and Colombo; Makassar's own is not elsewhere
    assert pasikola["transfers_elsewhere"] == 4
    assert counts.xs("comparison_figures", level="code").sum() == 0
    assert counts["cmb-tax"]["cost_figures"] == 2
    assert counts["ref-owlbus"]["partners"] == 2


def test_evidence_of_another_engine_is_the_same() -> None:
    links = policy_transfers.transfer_links(
        reference.transfers(), reference.policies(), reference.cities()
    )
    tables = [
        reference.pilots(),
        reference.indicators(),
        reference.observations(),
        reference.stage_events(),
        links,
    ]
    here = readiness_evidence(*tables)
    there = readiness_evidence(*(duckdb.from_df(table) for table in tables)).df()
    assert here["n"].tolist() == there["n"].tolist()
    assert here["code"].tolist() == there["code"].tolist()
