"""Aims and commitments rest on facts; readiness is empty until somebody signs a score."""

from __future__ import annotations

import pandas as pd
import pytest

from ileaps_data import reference
from ileaps_data.agreement_tables import AGREEMENT_TABLES, READINESS_FACTORS
from ileaps_data.build.agreements import AIMS, COMMITMENTS, compile_agreements
from ileaps_data.build.errors import BuildError
from ileaps_data.schema import problems, typed
from ileaps_data.tables import TABLES


def facts() -> pd.DataFrame:
    return reference.facts().assign(value=lambda frame: frame["value"].map("{:g}".format))


def test_six_aims_five_areas_five_principles_in_the_order_of_their_texts() -> None:
    aims = reference.load("programme_aims").sort_values("position")
    assert aims["position"].tolist() == [1, 2, 3, 4, 5, 6]
    assert aims["aim_id"].tolist() == [aim.aim_id for aim in AIMS]
    commitments = reference.load("commitments")
    assert commitments.groupby("document")["position"].apply(sorted).to_dict() == {
        "communique": [1, 2, 3, 4, 5],
        "declaration": [1, 2, 3, 4, 5],
    }


@pytest.mark.parametrize("name", ["programme_aims", "commitments"])
def test_each_stands_on_its_own_fact_and_that_facts_source(name: str) -> None:
    rows = reference.load(name).merge(reference.facts(), on="fact_id", suffixes=("", "_fact"))
    assert len(rows) == len(reference.load(name))
    assert (rows["source_id"] == rows["source_id_fact"]).all()
    place = rows["statement_in_own_words"].str.extract(r"^(?:Aim|Area) (\d)", expand=False)
    numbered = rows[place.notna()]
    assert (place[place.notna()].astype(int) == numbered["position"]).all()


def test_the_wording_is_our_own() -> None:
    """No run of five words of ours stands in what the fact base says of the texts."""
    theirs = " ".join(reference.facts()["statement_in_own_words"]).lower().split()
    known = {tuple(theirs[at : at + 5]) for at in range(len(theirs) - 4)}
    for text in [entry.statement for entry in (*AIMS, *COMMITMENTS)]:
        words = text.lower().strip(".").split()
        assert not known & {tuple(words[at : at + 5]) for at in range(len(words) - 4)}


def test_nobody_has_assessed_readiness_and_that_is_no_row_at_all() -> None:
    table = reference.load("readiness_assessments")
    assert table.empty
    assert str(table["score"].dtype) == "int64"


def test_a_score_needs_an_assessor_a_date_and_lies_between_0_and_2() -> None:
    table = TABLES["readiness_assessments"]
    rows = pd.DataFrame(
        {
            "pilot_id": ["mks-pasikola"] * 2,
            "factor": ["vision", "luck"],
            "score": [3, 1],
            "assessor": ["", "A. Person"],
            "assessed_on": ["2026", "last spring"],
            "source_id": ["undp_20160609"] * 2,
            "note": [""] * 2,
        }
    )
    found = " | ".join(problems(typed(rows, table), table))
    for expected in (
        "factor: not in the codelist: luck",
        "score: above 2: 3",
        "assessor: 1 values are missing",
        "assessed_on: not written as",
    ):
        assert expected in found


def test_the_factors_are_seven_and_the_tables_three() -> None:
    assert len(READINESS_FACTORS) == 7
    assert [table.name for table in AGREEMENT_TABLES] == [
        "programme_aims",
        "commitments",
        "readiness_assessments",
    ]


def test_a_text_that_counts_another_number_of_aims_stops_the_build() -> None:
    changed = facts()
    changed.loc[changed["fact_id"].eq("sf036"), "value"] = "7"
    with pytest.raises(BuildError, match=r"aims: 6 stand in build/agreements\.py.* counts 7"):
        compile_agreements(changed)


def test_a_fact_that_went_missing_stops_the_build() -> None:
    with pytest.raises(BuildError, match="no fact sf040"):
        compile_agreements(facts().query("fact_id != 'sf040'"))
