"""Transfers as a network: counted once, dated as published, the fact base's exact counts."""

from __future__ import annotations

import duckdb
import pandas as pd
import pytest

from ileaps_data import reference
from ileaps_metrics.policy_transfers import (
    COUNT_BY,
    distinct_transfers,
    network_summary,
    transfer_counts,
    transfer_links,
)


def links(year: int | None = None) -> pd.DataFrame:
    return transfer_links(
        reference.transfers(), reference.policies(), reference.cities(), year=year
    )


def test_second_versions_count_once_and_their_dates_are_kept() -> None:
    table = distinct_transfers(reference.transfers())
    assert len(reference.transfers()) == 32
    assert len(table) == 30
    again = table[table["also_reported_by"] > 0].set_index("transfer_id")
    assert again[["agreed_on", "agreed_on_other"]].T.to_dict("list") == {
        "t_akl_card": ["2010", "2008"],
        "t_kul_card": ["2010", "2011"],
    }


def test_several_other_versions_give_the_earliest_and_the_latest_date() -> None:
    table = pd.DataFrame(
        {
            "transfer_id": ["a", "b", "c", "d"],
            "same_as": [None, "a", "a", None],
            "agreed_on": ["2010", "2012", "2008-05", None],
        }
    )
    found = distinct_transfers(table)
    assert found["also_reported_by"].tolist() == [2, 0]
    assert found["agreed_on_other"].tolist()[0] == "2008-05;2012"


def test_the_network_of_the_fact_base() -> None:
    summary = network_summary(links())
    assert (summary.transfers, summary.places, summary.countries) == (30, 23, 18)
    assert (summary.undated, summary.policies) == (5, 13)
    assert (summary.most_shared_policy_ids, summary.most_shared_count) == (("p_tmoney",), 7)


def test_a_link_carries_places_policy_and_the_date_as_published() -> None:
    row = links().set_index("transfer_id").loc["t_hcm_card"]
    assert (row["to_city"], row["to_country"], row["sector"]) == (
        "Ho Chi Minh City",
        "VNM",
        "transport",
    )
    assert (row["agreed_on"], row["year"], row["precision"]) == ("2016-06", 2016, "month")
    assert (row["from_latitude"], row["to_longitude"]) == (37.5665, 106.7009)


def test_two_transfers_of_one_policy_to_one_city_stay_apart() -> None:
    table = links()
    assert table[table["parallel"] == 2]["transfer_id"].tolist() == ["t_cmb_oda", "t_cmb_waste"]


def test_a_year_keeps_what_was_agreed_by_then_and_what_bears_no_date() -> None:
    table = links(2013)
    assert table[table["undated"]]["transfer_id"].tolist() == [
        "t_bom_citizen",
        "t_bru_water",
        "t_cmb_transport",
        "t_mnl_its",
        "t_mpm_egov",
    ]
    assert sorted(table["year"].dropna()) == [2008, 2010, 2010, 2012, 2013, 2013]
    assert table[table["undated"]]["year"].isna().all()


@pytest.mark.parametrize("by", COUNT_BY)
def test_every_count_adds_up_to_all_transfers(by: str) -> None:
    assert transfer_counts(links(), by)["transfers"].sum() == 30


def test_counts_of_the_fact_base() -> None:
    sector = transfer_counts(links(), "sector").set_index("sector")
    assert sector.loc["transport"].tolist() == [16, 13, 12]
    status = transfer_counts(links(), "status").set_index("status")["transfers"].to_dict()
    assert status == {
        "agreed": 7,
        "delivered": 7,
        "started": 5,
        "listed": 4,
        "in service": 2,
        "planned": 2,
        "selected": 2,
        "piloted": 1,
    }
    year = transfer_counts(links(), "year")
    assert year[year["year"].isna()]["transfers"].tolist() == [5]


def test_an_unknown_way_to_count_is_refused() -> None:
    with pytest.raises(ValueError, match="counted by 'colour'"):
        transfer_counts(links(), "colour")


def test_no_links_are_no_network() -> None:
    summary = network_summary(links().iloc[:0])
    assert (summary.transfers, summary.most_shared_policy_ids) == (0, ())


def test_duckdb_gives_the_same_links() -> None:
    connection = duckdb.connect()
    for name in ("transfers", "policies", "cities"):
        connection.register(name, reference.load(name))
    native = [connection.table(name) for name in ("transfers", "policies", "cities")]
    found = transfer_links(*native).df()
    pd.testing.assert_frame_equal(found, links(), check_dtype=False)
