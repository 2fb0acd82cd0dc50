from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ileaps_data import reference
from ileaps_metrics.data_gaps import STATUSES, best_status, coverage, measurement_status
from ileaps_metrics.gap_evidence import pilot_gaps, with_cities

ECONOMIES = reference.economies().dropna(subset=["subregion_id"])["iso3"].tolist()
SERIES = reference.load("sdg_series").set_index("series")
TOTALS = reference.load("sdg_observations").query("is_total")


def rows(*lines: tuple[object, ...]) -> pd.DataFrame:
    columns = ["series", "area_id", "year", "value", "bound", "nature"]
    return pd.DataFrame(list(lines), columns=columns).astype({"bound": "str", "nature": "str"})


def only(frame: pd.DataFrame) -> pd.Series:
    assert len(frame) == 1
    return frame.iloc[0]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (("S", "A", 2020, 1.0, None, "country"), "measured"),
        (("S", "A", 2020, 1.0, None, "country_adjusted"), "measured"),
        (("S", "A", 2020, 1.0, None, "estimated"), "estimated"),
        (("S", "A", 2020, 1.0, None, "modelled"), "modelled"),
        (("S", "A", 2020, 1.0, None, "global_monitoring"), "global_monitoring"),
        (("S", "A", 2020, 1.0, None, "not_relevant"), "not_stated"),
        (("S", "A", 2020, 1.0, None, None), "not_stated"),
        (("S", "A", 2020, 95.0, "above", "country"), "bounded"),
        (("S", "A", 2018, 1.0, None, "country"), "measured"),
        (("S", "A", 2017, 1.0, None, "country"), "old"),
        (("S", "A", 2010, 95.0, "above", "country"), "old"),
        (("S", "A", 2020, None, None, "country"), "no_value"),
        (("S", "A", 2024, 1.0, None, "country"), "missing"),
        (("S", "B", 2020, 1.0, None, "country"), "missing"),
    ],
)
def test_each_status(line: tuple[object, ...], expected: str) -> None:
    assert only(measurement_status(rows(line), ["S"], ["A"], as_of=2023))["status"] == expected


def test_a_bounded_value_that_is_old_is_old_and_zero_years_takes_only_the_year_itself() -> None:
    table = rows(("S", "A", 2022, 1.0, None, "country"))
    assert only(measurement_status(table, ["S"], ["A"], 2023, older_than=0))["status"] == "old"
    assert only(measurement_status(table, ["S"], ["A"], 2022, older_than=0))["status"] == "measured"


def test_the_latest_value_decides_and_a_row_without_value_is_no_value() -> None:
    table = rows(
        ("S", "A", 2015, 1.0, None, "country"),
        ("S", "A", 2019, 2.0, None, "estimated"),
        ("S", "A", 2021, None, None, "country"),
    )
    row = only(measurement_status(table, ["S"], ["A"], as_of=2023))
    assert (row["status"], row["latest_year"], row["age"], row["value"]) == (
        "estimated",
        2019,
        4,
        2.0,
    )
    assert (row["first_year"], row["years"]) == (2015, 2)
    earlier = only(measurement_status(table, ["S"], ["A"], as_of=2018))
    assert (earlier["status"], earlier["latest_year"]) == ("measured", 2015)


def test_series_and_places_come_in_the_order_given_those_without_rows_included() -> None:
    table = rows(("S", "A", 2020, 1.0, None, "country"))
    found = measurement_status(table, ["T", "S"], ["B", "A"], as_of=2023)
    assert found[["series", "area_id", "status"]].to_numpy().tolist() == [
        ["T", "B", "missing"],
        ["T", "A", "missing"],
        ["S", "B", "missing"],
        ["S", "A", "measured"],
    ]
    assert found["latest_year"].isna().tolist() == [True, True, True, False]


def test_the_table_is_not_changed_and_needs_neither_bound_nor_nature() -> None:
    table = rows(("S", "A", 2020, 1.0, None, "country"))[["series", "area_id", "year", "value"]]
    before = table.copy()
    assert only(measurement_status(table, ["S"], ["A"], as_of=2023))["status"] == "not_stated"
    pd.testing.assert_frame_equal(table, before)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"older_than": -1}, "give a number of years"),
        ({"series": ["S", "S"]}, "the series S is listed twice"),
        ({"areas": ["A", "A"]}, "the place A is listed twice"),
    ],
)
def test_impossible_questions_are_refused(change: dict[str, object], says: str) -> None:
    asked = {"series": ["S"], "areas": ["A"], "as_of": 2023} | change
    with pytest.raises(ValueError, match=says):
        measurement_status(rows(("S", "A", 2020, 1.0, None, "c")), **asked)  # type: ignore[arg-type]


def test_a_year_twice_is_refused_by_name() -> None:
    line = ("S", "A", 2020, 1.0, None, "country")
    with pytest.raises(ValueError, match=r"S, A, 2020 is there twice\. Hand over"):
        measurement_status(rows(line, line), ["S"], ["A"], as_of=2023)


def test_a_missing_column_is_named() -> None:
    with pytest.raises(ValueError, match="lacks the column year"):
        measurement_status(pd.DataFrame({"series": [], "area_id": [], "value": []}), [], [], 2023)


def test_an_indicator_is_as_known_as_its_best_series() -> None:
    cells = pd.DataFrame(
        {
            "series": ["A", "B", "C", "A", "B"],
            "area_id": ["X", "X", "X", "Y", "Y"],
            "status": ["old", "measured", "measured", "missing", "no_value"],
            "latest_year": [2010.0, 2019.0, 2021.0, None, None],
        }
    )
    groups = pd.DataFrame({"series": ["A", "B", "C", "D"], "indicator": ["1", "1", "1", "2"]})
    best = best_status(cells, groups, "indicator")
    assert best[["indicator", "area_id", "series", "status"]].to_numpy().tolist() == [
        ["1", "X", "C", "measured"],
        ["1", "Y", "B", "no_value"],
    ]


def test_coverage_counts_by_hand() -> None:
    statuses = ["measured", "estimated", "old", "bounded", "no_value", "missing", "missing", "old"]
    cells = pd.DataFrame(
        {
            "series": ["A"] * 6 + ["B"] * 2,
            "area_id": [*"PQRSTU", *"PQ"],
            "status": statuses,
            "latest_year": [2020.0, 2021.0, 2001.0, 2022.0, None, None, None, 2003.0],
        }
    )
    found = coverage(cells, "series").set_index("series")
    assert found.loc["A", "cells"] == 6
    assert found.loc["A", "share_known"] == pytest.approx(100 * 4 / 6)
    assert found.loc["A", "share_recent"] == pytest.approx(100 * 3 / 6)
    assert found.loc["A", "share_measured"] == pytest.approx(100 / 6)
    assert (found.loc["A", "latest_year"], found.loc["A", "median_year"]) == (2022, 2020.5)
    assert (found.loc["B", "share_known"], found.loc["B", "share_recent"]) == (50, 0)
    by_place = coverage(cells, "area_id").set_index("area_id")
    assert by_place.loc["P", ["cells", "measured", "missing"]].tolist() == [2, 1, 1]


def test_an_unknown_status_is_refused() -> None:
    cells = pd.DataFrame(
        {"series": ["A"], "area_id": ["P"], "status": ["fine"], "latest_year": [1.0]}
    )
    with pytest.raises(ValueError, match="unknown status fine"):
        coverage(cells, "series")


LINES = st.lists(
    st.tuples(
        st.sampled_from("ST"),
        st.sampled_from("AB"),
        st.integers(2000, 2023),
        st.one_of(st.none(), st.floats(-1e6, 1e6)),
        st.sampled_from([None, "above", "below"]),
        st.sampled_from([None, "country", "estimated", "modelled", "global_monitoring"]),
    ),
    unique_by=lambda line: line[:3],
    max_size=20,
)


@given(lines=LINES, as_of=st.integers(2000, 2026), older_than=st.integers(0, 30))
@settings(max_examples=50, deadline=None)
def test_every_cell_has_one_status_and_the_shares_are_ordered(
    lines: list[tuple[object, ...]], as_of: int, older_than: int
) -> None:
    table = rows(*lines)
    cells = measurement_status(table, ["S", "T"], ["A", "B"], as_of, older_than)
    assert len(cells) == 4
    assert set(cells["status"]) <= set(STATUSES)
    with_value = cells["latest_year"].notna()
    assert (cells["status"].isin(["missing", "no_value"]) == ~with_value).all()
    assert (cells.loc[with_value, "age"] >= 0).all()
    assert ((cells["status"] == "old") == (cells["age"] > older_than)).all()
    found = coverage(cells, "series")
    assert (found[list(STATUSES)].sum(axis=1) == found["cells"]).all()
    assert (found["share_known"] >= found["share_recent"]).all()
    assert (found["share_recent"] >= found["share_measured"]).all()
    stricter = measurement_status(table, ["S", "T"], ["A", "B"], as_of, older_than + 1)
    assert (stricter["status"] == "old").sum() <= (cells["status"] == "old").sum()


def test_the_committed_values_of_slums_and_air() -> None:
    cells = measurement_status(TOTALS, ["EN_LND_SLUM", "EN_ATM_PM25"], ECONOMIES, as_of=2023)
    slums = coverage(cells, "series").set_index("series").loc["EN_LND_SLUM"]
    assert (slums["cells"], slums["global_monitoring"], slums["old"]) == (58, 23, 1)
    assert slums["missing"] == 34
    air = coverage(cells, "series").set_index("series").loc["EN_ATM_PM25"]
    assert (air["estimated"], air["latest_year"]) == (56, 2019)
    later = measurement_status(TOTALS, ["EN_ATM_PM25"], ECONOMIES, as_of=2025)
    assert coverage(later, "series").iloc[0]["old"] == 56


def test_values_published_as_n_are_no_value() -> None:
    cells = measurement_status(TOTALS, ["ER_PTD_FRHWTR"], ["SGP", "IDN"], as_of=2023)
    published = TOTALS.query("series == 'ER_PTD_FRHWTR' and area_id == 'SGP'")
    assert len(published) > 0
    assert published["value"].isna().all()
    assert cells["status"].tolist() == ["no_value", "measured"]


def test_cities_stand_for_an_economy_that_has_no_value_of_its_own() -> None:
    own = rows(("S", "A", 2020, 7.0, "above", "country"), ("S", "B", 2019, None, None, "country"))
    cities = pd.DataFrame(
        {
            "series": "S",
            "iso3": ["A", "B", "B", "B", "C"],
            "year": [2020, 2020, 2020, 2020, 2020],
            "value": [1.0, 2.0, 3.0, None, None],
            "nature": ["estimated", "global_monitoring", "estimated", "country", "country"],
        }
    )
    found = with_cities(own, cities)
    assert found[["area_id", "year", "value", "nature", "cities"]].fillna(
        -1
    ).to_numpy().tolist() == [
        ["A", 2020, 7.0, "country", 0],
        ["B", 2019, -1, "country", 0],
        ["B", 2020, 2.0, "estimated", 2],
    ]


def test_public_transport_of_the_region_is_known_from_cities_alone() -> None:
    own = TOTALS[TOTALS["area_id"].isin(ECONOMIES)]
    both = with_cities(own, reference.load("sdg_city_values"))
    assert len(both[both["cities"] == 0]) == len(own)
    before = measurement_status(own, ["SP_TRN_PUBL"], ECONOMIES, as_of=2023)
    after = measurement_status(both, ["SP_TRN_PUBL"], ECONOMIES, as_of=2023)
    assert (before["latest_year"].notna().sum(), after["latest_year"].notna().sum()) == (1, 37)


def test_what_the_pilots_indicators_lack() -> None:
    found = pilot_gaps(reference.indicators(), reference.observations())
    assert len(found) == 58
    indicators = reference.indicators().set_index(["pilot_id", "indicator_id"])
    found = found.set_index(["pilot_id", "indicator_id"])
    assert found["has_target"].sum() == indicators["target_value"].notna().sum()
    assert found["has_baseline"].sum() == indicators["baseline_value"].notna().sum()
    dated = indicators["target_value"].notna() & indicators["target_on"].notna()
    assert found["target_dated"].sum() == dated.sum()
    water = found.loc[("cch-water", "cch_people")]
    assert water.tolist() == [False, False, True, True, False, False]
