"""LEAPS stages: last evidence, spells as ranges, the funnel, and when a median is refused."""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ileaps_data import reference
from ileaps_metrics.leaps_stages import (
    STAGES,
    current_stage,
    duration_summary,
    stage_funnel,
    stage_spells,
)

few = settings(max_examples=25, deadline=None)


def events(*rows: tuple[str, str | None], pilot: str = "p") -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["stage", "entered_on"])
    return table.assign(pilot_id=pilot, source_id="s", evidence="seen")


def test_the_last_evidence_gives_the_stage_and_the_furthest_is_kept() -> None:
    table = events(("scaling", "2018-02"), ("adapting", "2019-03-01"), ("learning", None))
    row = current_stage(table, as_of="2020-03-01").iloc[0]
    assert (row["stage"], row["entered_on"], row["furthest_stage"]) == (
        "adapting",
        "2019-03-01",
        "scaling",
    )
    assert row["months_since_shortest"] == pytest.approx(366 / (365.25 / 12))
    assert row["status"] == "evidenced"


def test_evidence_older_than_two_years_leaves_the_status_unknown() -> None:
    table = events(("learning", "2018"))
    # two years are 730.5 days, counted from the last day the year leaves open
    assert current_stage(table, as_of="2020-12-30")["status"].tolist() == ["evidenced"]
    assert current_stage(table, as_of="2020-12-31")["status"].tolist() == ["status unknown since"]
    row = current_stage(table, as_of="2020-12-31").iloc[0]
    assert row["months_since_longest"] - row["months_since_shortest"] == pytest.approx(
        364 / (365.25 / 12)
    )


def test_evidence_after_the_date_asked_for_is_not_known_yet() -> None:
    table = events(("learning", "2018"), ("scaling", "2022"))
    assert current_stage(table, as_of="2019-06-01")["stage"].tolist() == ["learning"]


def test_spells_have_shortest_and_longest_durations() -> None:
    spells = stage_spells(events(("learning", "2016-09"), ("exchanging", "2016-11")))
    first, last = spells.iloc[0], spells.iloc[1]
    # 30 September to 1 November; 1 September to 30 November
    assert (first["shortest_days"], first["longest_days"]) == (32, 90)
    assert (first["entered_earliest"], first["entered_latest"]) == ("2016-09-01", "2016-09-30")
    assert (first["left_earliest"], first["left_latest"]) == ("2016-11-01", "2016-11-30")
    assert not first["censored"]
    assert last["censored"]
    assert (last["shortest_days"], last["longest_days"]) == (0, 29)


def test_a_year_of_evidence_runs_from_its_first_to_its_last_day() -> None:
    spell = stage_spells(events(("learning", "2016"))).iloc[0]
    assert (spell["entered_earliest"], spell["entered_latest"]) == ("2016-01-01", "2016-12-31")


def test_repeated_evidence_of_a_stage_lengthens_one_spell() -> None:
    spells = stage_spells(
        events(("learning", "2016-01-01"), ("learning", "2017-01-01"), ("scaling", None))
    )
    assert spells["stage"].tolist() == ["learning"]
    assert spells["longest_days"].tolist() == [366]
    assert spells["left_latest"].tolist() == ["2017-01-01"]


def test_skipped_and_out_of_order_stages_are_marked_and_not_mended() -> None:
    spells = stage_spells(
        events(("learning", "2016"), ("prototyping", "2017"), ("adapting", "2018"))
    )
    assert spells["stage"].tolist() == ["learning", "prototyping", "adapting"]
    assert spells["skipped"].tolist() == [False, True, False]
    assert spells["skipped_stages"][1] == "exchanging;adapting"
    assert spells["out_of_order"].tolist() == [False, False, True]


@few
@given(
    st.lists(
        st.tuples(
            st.sampled_from(STAGES),
            st.sampled_from(["2015", "2016-02", "2016-02-29", "2017-01", "2018-12-31"]),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_every_spell_is_at_most_as_short_as_it_is_long(rows: list[tuple[str, str]]) -> None:
    spells = stage_spells(events(*rows))
    assert (spells["shortest_days"] >= 0).all()
    assert (spells["shortest_days"] <= spells["longest_days"]).all()
    assert spells["censored"].sum() == 1
    assert (spells["stage"].shift() != spells["stage"]).all()


# --- the fact base ---------------------------------------------------------------------------


def test_the_fact_base_as_of_november_2026() -> None:
    found = current_stage(reference.stage_events(), reference.pilots(), as_of="2026-11-22")
    table = found.set_index("pilot_id")
    assert len(table) == 15
    assert table.loc["mks-pasikola", ["stage", "entered_on", "source_id"]].tolist() == [
        "scaling",
        "2018-02",
        "bakti_pasikola",
    ]
    assert table.loc["hul-smart", "attribution"] == "MoU only; later steps not linked"
    known = table[table["stage"].notna()]
    assert set(known["status"]) == {"status unknown since"}
    assert sorted(set(table.index) - set(known.index)) == [
        "cch-water",
        "ref-export",
        "ref-owlbus",
        "ref-seoul",
        "ref-training",
    ]


def test_the_funnel_of_the_fact_base_keeps_pilots_and_tracks_apart() -> None:
    table = stage_funnel(reference.stage_events(), reference.pilots())
    counts = table.groupby("kind")[["reached", "current"]].agg(list)
    assert counts.loc["pilot", "reached"] == [3, 3, 2, 3, 2]
    assert counts.loc["pilot", "current"] == [0, 0, 0, 1, 2]
    assert counts.loc["track", "reached"] == [2, 5, 2, 1, 1]
    assert counts.loc["track", "current"] == [1, 3, 2, 0, 1]
    assert table.groupby("kind")["total"].first().to_dict() == {"pilot": 3, "track": 8}


def test_spells_of_the_fact_base() -> None:
    spells = stage_spells(reference.stage_events())
    makassar = spells[spells["pilot_id"] == "mks-pasikola"]
    assert makassar["shortest_days"].tolist() == [32, 63, 76, 262, 0]
    assert makassar["longest_days"].tolist() == [90, 119, 103, 289, 27]
    skipped = spells[spells["skipped"]].set_index("pilot_id")["skipped_stages"].to_dict()
    assert skipped["cmb-admin"] == "adapting"
    assert skipped["uln-umoney"] == "learning;exchanging;adapting"
    assert not spells["out_of_order"].any()
    refused = {stage: duration_summary(spells, stage).refused for stage in STAGES}
    assert set(refused.values()) == {"too_few_spells"}
    learning = duration_summary(spells, "learning")
    assert (learning.spells, learning.exits) == (5, 4)


def test_duckdb_gives_the_same_spells_and_stages() -> None:
    connection = duckdb.connect()
    connection.register("s", reference.stage_events())
    connection.register("p", reference.pilots())
    stages, pilots = connection.table("s"), connection.table("p")
    for found, expected in (
        (stage_spells(stages).df(), stage_spells(reference.stage_events())),
        (
            stage_funnel(stages, pilots).df(),
            stage_funnel(reference.stage_events(), reference.pilots()),
        ),
        (
            current_stage(stages, pilots, "2026-11-22").df(),
            current_stage(reference.stage_events(), reference.pilots(), "2026-11-22"),
        ),
    ):
        pd.testing.assert_frame_equal(found, expected, check_dtype=False)


# --- durations -------------------------------------------------------------------------------


def spells_of(days: list[float], ended: list[bool]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "stage": "learning",
            "shortest_days": days,
            "longest_days": [day + 5 for day in days],
            "censored": [not end for end in ended],
        }
    )


def test_too_few_exits_are_refused_with_their_count() -> None:
    summary = duration_summary(spells_of(list(range(10)), [True] * 4 + [False] * 6), "learning")
    assert (summary.spells, summary.exits, summary.refused) == (10, 4, "too_few_exits")
    assert np.isnan(summary.median_shortest)


@few
@given(
    st.lists(st.tuples(st.integers(1, 50), st.booleans()), min_size=10, max_size=30).filter(
        lambda rows: sum(end for _, end in rows) >= 5
    )
)
def test_the_median_agrees_with_statsmodels(rows: list[tuple[int, bool]]) -> None:
    from statsmodels.duration.survfunc import SurvfuncRight  # noqa: PLC0415 - a second to load, for this test alone

    days, ended = [float(day) for day, _ in rows], [end for _, end in rows]
    summary = duration_summary(spells_of(days, ended), "learning")
    curve = SurvfuncRight(np.array(days), np.array(ended, dtype=int))
    below = np.flatnonzero(curve.surv_prob <= 0.5 + 1e-12)
    expected = curve.surv_times[below[0]] if below.size else float("nan")
    assert summary.median_shortest == pytest.approx(expected, nan_ok=True)
    assert summary.median_longest == pytest.approx(expected + 5, nan_ok=True)


def test_an_unknown_stage_is_refused() -> None:
    with pytest.raises(ValueError, match="'dreaming' is unknown"):
        duration_summary(spells_of([1.0], [True]), "dreaming")
