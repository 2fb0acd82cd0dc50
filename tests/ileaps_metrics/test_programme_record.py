"""Events once each, policies by uptake, shared targets: by hand, and the fact base's own counts."""

from __future__ import annotations

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ileaps_data import reference
from ileaps_metrics import policy_transfers
from ileaps_metrics.programme_record import (
    TRANSFER_STATUSES,
    distinct_events,
    policy_uptake,
    shared_targets,
)

TARGETS = ("11.2", "11.3", "1.2", "16.7", "11.b")
target_lists = st.lists(st.sampled_from(TARGETS), min_size=1, max_size=3, unique=True)


def links() -> pd.DataFrame:
    return policy_transfers.transfer_links(
        reference.transfers(), reference.policies(), reference.cities()
    )


def test_the_forum_is_one_event_with_both_counts_of_people() -> None:
    events = distinct_events(reference.events())
    assert len(reference.events()) == 46
    assert len(events) == 45
    forum = events.set_index("event_id").loc["ev_forum"]
    assert (forum["participants_low"], forum["participants_high"]) == (300, 500)
    assert forum["also_reported_by"] == 1
    assert forum["cities_represented"] == 38
    assert "ev_forum_b" not in set(events["event_id"])
    assert int(events["also_reported_by"].sum()) == 1


def test_events_without_counts_or_dates_stay_missing() -> None:
    events = distinct_events(reference.events()).set_index("event_id")
    assert pd.isna(events.loc["ev_launch", "participants_high"])
    assert pd.isna(events.loc["ev_koica_ok", "year"])
    assert events.index[-1] == "ev_koica_ok", "undated events come last"


def test_events_of_another_engine_are_the_same() -> None:
    events = reference.events()
    there = distinct_events(duckdb.from_df(events)).df()
    here = distinct_events(events)
    columns = ["event_id", "also_reported_by", "participants_low", "participants_high", "year"]
    pd.testing.assert_frame_equal(
        there[columns].astype({"event_id": "str"}), here[columns], check_dtype=False
    )


def test_policies_nobody_took_up_are_listed_with_none() -> None:
    uptake = policy_uptake(reference.policies(), links()).set_index("policy_id")
    assert len(uptake) == 18
    assert uptake["transfers"].sum() == 30
    assert uptake.index[uptake["transfers"].eq(0)].tolist() == [
        "p_citra",
        "p_ccs",
        "p_owlbus",
        "p_pasikola",
        "p_enassami",
    ]
    assert uptake.loc["p_ccs", "furthest_status"] is None or pd.isna(
        uptake.loc["p_ccs", "furthest_status"]
    )


def test_the_transport_card_leads_and_came_into_service() -> None:
    first = policy_uptake(reference.policies(), links()).iloc[0]
    assert (first["policy_id"], first["transfers"]) == ("p_tmoney", 7)
    assert first["furthest_status"] == "in service"
    assert first["undated"] == 0


def test_a_status_nobody_knows_is_refused_with_its_name() -> None:
    table = links()
    table.loc[0, "status"] = "rumoured"
    with pytest.raises(ValueError, match="'rumoured' is not one of listed, planned"):
        policy_uptake(reference.policies(), table)


def test_the_statuses_are_those_of_the_codelist_in_its_order() -> None:
    schema = reference.package()["resources"]
    transfers = next(each for each in schema if each["name"] == "transfers")
    fields = {field["name"]: field for field in transfers["schema"]["fields"]}
    assert tuple(fields["status"]["constraints"]["enum"]) == TRANSFER_STATUSES


def test_shared_targets_of_the_fact_base() -> None:
    pairs = shared_targets(reference.load("commitments"), reference.policies(), reference.pilots())
    of = {name: set(rows["item_id"]) for name, rows in pairs.groupby("commitment_id")}
    assert of["declaration_5"] == {"p_training", "add-training", "ref-export", "ref-training"}
    assert of["declaration_4"] == {"ref-export"}, "17.16: Seoul's own series, no policy, no pilot"
    row = pairs[pairs["commitment_id"].eq("declaration_2") & pairs["item_id"].eq("p_citizen")]
    assert row["shared"].tolist() == ["11.3;16.7"]


@settings(max_examples=50, deadline=None)
@given(wanted=target_lists, served=target_lists)
def test_two_lists_share_what_stands_in_both_and_nothing_that_only_looks_alike(
    wanted: list[str], served: list[str]
) -> None:
    commitments = pd.DataFrame({"commitment_id": ["c"], "sdg_targets": [";".join(wanted)]})
    policies = pd.DataFrame({"policy_id": ["p"], "name": ["P"], "sdg_targets": [";".join(served)]})
    pilots = pd.DataFrame(
        {"pilot_id": ["m"], "name": ["M"], "kind": ["pilot"], "sdg_targets": [None]}
    )
    pairs = shared_targets(commitments, policies, pilots)
    both = sorted(set(wanted) & set(served))
    assert pairs["shared"].tolist() == ([";".join(both)] if both else [])


def test_a_table_without_its_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="lacks the columns sdg_targets"):
        shared_targets(
            reference.load("commitments").drop(columns="sdg_targets"),
            reference.policies(),
            reference.pilots(),
        )
