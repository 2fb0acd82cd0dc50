"""The owl bus in spring 2022: the estimates this project was handed, from the tables it ships."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ileaps_data import reference
from ileaps_metrics.impact import (
    DoseResponse,
    difference_in_differences,
    dose_response,
    implied_total,
    log_changes,
    log_sums,
    percent_change,
)

if TYPE_CHECKING:
    import pandas as pd

DOSE, RESPONSE = "route_stop_pairs_change", "boardings_per_day_change"


def changes(before: str, after: str) -> pd.DataFrame:
    table = reference.load("owl_bus_districts")
    service = log_changes(table, "district", "month", ["route_stop_pairs"], "2022-03", "2022-05")
    moved = log_changes(table, "district", "month", ["boardings_per_day"], before, after)
    return moved.merge(service, on="district")


def stops(before: str, after: str) -> DoseResponse:
    table = reference.load("owl_bus_stops")
    routes = log_changes(
        table, "ars_id", "month", ["routes", "boardings"], "2022-03", "2022-05"
    ).rename(columns={"boardings_before": "in_march"})
    frame = (
        routes.assign(gained=routes["routes_after"] > routes["routes_before"])
        .drop(columns=["boardings_after", "boardings_change"])
        .merge(log_changes(table, "ars_id", "month", ["boardings"], before, after), on="ars_id")
        .merge(table[["ars_id", "district"]].drop_duplicates("ars_id"), on="ars_id")
    )
    return dose_response(
        frame, "gained", "boardings_change", weights="in_march", cluster="district"
    )


def others(hours: range, before: list[str], after: str) -> Any:
    table = reference.load("bus_boardings_by_hour")
    table = table[table["group"].eq("owl") | table["hour"].isin(hours)]
    sums = log_sums(table, "group", "month", "boardings", "owl", before, [after])
    return difference_in_differences(sums, "log_sum", "treated", "post", "group")


def test_boardings_a_day_of_the_five_months() -> None:
    hours = reference.load("bus_boardings_by_hour")
    sums = hours[hours["group"].eq("owl")].groupby("month")["boardings"].sum()
    days = reference.load("owl_bus_districts").groupby("month")["days"].first()
    assert (sums / days).round().astype(int).tolist() == [5307, 5224, 7076, 11808, 14863]


def test_dose_and_response_across_the_districts() -> None:
    result = dose_response(changes("2022-03", "2022-05"), DOSE, RESPONSE)
    assert result.n == 25
    assert round(result.estimate, 3) == 0.870
    assert round(result.standard_error or 0, 3) == 0.165
    assert result.p_value is not None
    assert result.p_value < 0.001
    assert tuple(round(end, 2) for end in result.leave_one_out) == (0.76, 0.95)


def test_what_the_slope_implies_for_the_city() -> None:
    frame = changes("2022-03", "2022-05")
    result = dose_response(frame, DOSE, RESPONSE)
    assert result.interval is not None
    total = implied_total(frame, DOSE, "boardings_per_day_after", result.estimate, result.interval)
    assert [round(value, -2) for value in (total.total, total.low, total.high)] == [
        4800,
        3300,
        6100,
    ]
    assert round(100 * total.share) == 48


@pytest.mark.parametrize(
    ("months", "slope", "p_value"),
    [(("2022-01", "2022-02"), -0.016, 0.37), (("2022-02", "2022-03"), 0.045, 0.29)],
)
def test_placebos_find_nothing(months: tuple[str, str], slope: float, p_value: float) -> None:
    result = dose_response(changes(*months), DOSE, RESPONSE)
    assert round(result.estimate, 3) == slope
    # a p-value of reshuffled doses is good to about 0.005 at 9,999 draws
    assert result.p_value == pytest.approx(p_value, abs=0.011)


def test_stops_that_gained_a_route_gained_boardings() -> None:
    # handed down as +0.43 (0.18–0.67) and 0.05, without weights or sample; ours are close
    result = stops("2022-03", "2022-05")
    assert result.estimate == pytest.approx(0.43, abs=0.01)
    assert result.interval == pytest.approx((0.18, 0.67), abs=0.03)
    placebo = stops("2022-02", "2022-03")
    assert placebo.estimate == pytest.approx(0.05, abs=0.02)


@pytest.mark.parametrize(
    ("hours", "before", "after", "per_cent"),
    [
        (range(24), ["2022-01", "2022-02", "2022-03"], "2022-05", 112),
        (range(24), ["2022-01", "2022-02"], "2022-03", 31),
        (range(3), ["2022-01", "2022-02", "2022-03"], "2022-05", -18),
    ],
)
def test_the_rejected_designs_give_what_made_them_rejected(
    hours: range, before: list[str], after: str, per_cent: int
) -> None:
    result = others(hours, before, after)
    assert round(percent_change(result.estimate)) == per_cent
    assert result.standard_error is None


def test_may_against_other_times_of_the_fact_base() -> None:
    daily = reference.observations().query("indicator_id == 'owl_daily'")
    levels = daily.set_index("period_end")["value"]
    assert round(14863 - levels["2021-11"], -2) == 4500
    assert round(14863 - levels["2019"], -2) == 2900
