"""Estimates of what the owl bus routes of spring 2022 did, each computed once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ileaps_metrics import impact
from ileaps_views.effects import EffectRow, slope_text
from ileaps_views.i18n import gettext as _
from ileaps_views.i18n import number, percent, signed
from pages import frames
from pages.frames import Look, kept

if TYPE_CHECKING:
    import pandas as pd

OWL_BUS = "ref-owlbus"
DAILY = "owl_daily"
BEFORE, AFTER = "2022-03", "2022-05"
QUIET = (("2022-01", "2022-02"), ("2022-02", "2022-03"))
EARLIER = ("2022-01", "2022-02", "2022-03")
LEVELS = ("2021-11", "2019")
AFTER_MIDNIGHT = range(3)
PAIRS, BOARDINGS = "route_stop_pairs", "boardings_per_day"
DOSE, RESPONSE = f"{PAIRS}_change", f"{BOARDINGS}_change"


class District(NamedTuple):
    """The fit through the districts, what it implies, and each district beside it."""

    slope: impact.DoseResponse
    total: impact.ImpliedTotal
    units: pd.DataFrame


@kept
def changes(before: str, after: str) -> pd.DataFrame:
    """Load each district's change of boardings between two months, beside the change of service.

    The service is that of March to May in every case: a placebo asks whether boardings moved
    with it before it came.
    """
    table = frames.table("owl_bus_districts")
    unit = "district_name"
    service = impact.log_changes(table, unit, "month", [PAIRS], BEFORE, AFTER)
    moved = impact.log_changes(table, unit, "month", [BOARDINGS], before, after)
    return moved.merge(service, on=unit)


@kept
def by_district(before: str = BEFORE, after: str = AFTER) -> District:
    """Fit the line through the districts and say what it implies for the city."""
    table = changes(before, after)
    slope = impact.dose_response(table, DOSE, RESPONSE)
    interval = slope.interval or (slope.estimate, slope.estimate)
    total = impact.implied_total(table, DOSE, f"{BOARDINGS}_after", slope.estimate, interval)
    units = impact.dose_response_units(table, "district_name", DOSE, RESPONSE)
    korean = frames.table("owl_bus_districts")[["district_name", "district"]].drop_duplicates()
    beside = units.drop(columns=[DOSE, RESPONSE]).merge(table, on="district_name")
    return District(slope, total, beside.merge(korean, on="district_name"))


@kept
def gained_stops(before: str, after: str) -> impact.DoseResponse:
    """Compare stops that gained a night route from March to May with those that did not."""
    table = frames.table("owl_bus_stops")
    routes = impact.log_changes(table, "ars_id", "month", ["routes", "boardings"], BEFORE, AFTER)
    gained = routes.assign(gained=routes["routes_after"].gt(routes["routes_before"]))
    moved = impact.log_changes(table, "ars_id", "month", ["boardings"], before, after)
    stops = (
        gained[["ars_id", "gained", "boardings_before"]]
        .rename(columns={"boardings_before": "in_march"})
        .merge(moved, on="ars_id")
        .merge(table[["ars_id", "district"]].drop_duplicates("ars_id"), on="ars_id")
    )
    return impact.dose_response(
        stops, "gained", "boardings_change", weights="in_march", cluster="district"
    )


@kept
def against_others(*, after_midnight: bool, placebo: bool) -> impact.DifferenceInDifferences:
    """Compare night routes with all other routes: the designs that are rejected."""
    table = frames.table("bus_boardings_by_hour")
    if after_midnight:
        table = table[table["group"].eq("owl") | table["hour"].isin(AFTER_MIDNIGHT)]
    before, after = (EARLIER[:-1], EARLIER[-1:]) if placebo else (EARLIER, (AFTER,))
    sums = impact.log_sums(table, "group", "month", "boardings", "owl", before, after)
    return impact.difference_in_differences(sums, "log_sum", "treated", "post", cluster="group")


@kept
def network_months() -> pd.DataFrame:
    """Load boardings a day of the whole night network, month by month."""
    hours = frames.table("bus_boardings_by_hour")
    sums = hours[hours["group"].eq("owl")].groupby("month", as_index=False)["boardings"].sum()
    days = frames.table("owl_bus_districts")[["month", "days"]].drop_duplicates()
    months = sums.merge(days, on="month").sort_values("month")
    return months.assign(boardings_per_day=months["boardings"] / months["days"])


@kept
def levels(version: str) -> pd.DataFrame:  # noqa: ARG001 - the version is the key of the cache
    """Load the published daily levels of other times that May 2022 is held against."""
    rows = frames.table("observations")
    own = rows["indicator_id"].eq(DAILY) & rows["value_kind"].eq("reported")
    chosen = rows[own & rows["period_end"].isin(LEVELS) & rows["value"].notna()]
    return chosen.drop_duplicates("period_end").sort_values("period_end", ascending=False)


def _slope_row(code: str, kind: str, found: District) -> EffectRow:
    return EffectRow(
        code=code,
        kind=kind,
        value=100 * found.total.share,
        low=100 * found.total.share_low,
        high=100 * found.total.share_high,
        detail=slope_text(found.slope),
    )


def _stop_row(code: str, kind: str, found: impact.DoseResponse) -> EffectRow:
    low, high = found.interval or (None, None)
    return EffectRow(
        code=code,
        kind=kind,
        value=impact.percent_change(found.estimate),
        low=None if low is None else impact.percent_change(low),
        high=None if high is None else impact.percent_change(high),
        detail=slope_text(found),
    )


def _rejected_row(code: str, kind: str, found: impact.DifferenceInDifferences) -> EffectRow:
    return EffectRow(
        code=code,
        kind=kind,
        value=impact.percent_change(found.estimate),
        detail=_("difference of logarithms %(value)s, no standard error from two groups")
        % {"value": signed(found.estimate, 3)},
    )


@kept
def comparisons(version: str) -> pd.DataFrame:
    """Hold May 2022 against the published levels of other times."""
    last = float(network_months()["boardings_per_day"].iloc[-1])
    rows = levels(version)
    found = [impact.before_after(value, last) for value in rows["value"]]
    return rows.assign(extra=[each[0] for each in found], percent=[each[1] for each in found])


@kept
def effect_rows(version: str, look: Look) -> tuple[EffectRow, ...]:  # noqa: ARG001 - the language is part of the key
    """List the estimate, its placebos, other looks at it, and the rejected designs."""
    held = comparisons(version)
    codes = {"2021-11": "against_november_2021", "2019": "against_2019"}
    looks = [
        EffectRow(
            code=codes[end],
            kind="check",
            value=share,
            detail=_("%(extra)s boardings a day against %(level)s (%(percent)s)")
            % {
                "extra": signed(extra, 0),
                "level": number(value),
                "percent": percent(share, 0),
            },
        )
        for end, extra, share, value in held[["period_end", "extra", "percent", "value"]].to_numpy()
    ]
    return (
        _slope_row("dose_response", "estimate", by_district()),
        _slope_row("dose_january_february", "placebo", by_district(*QUIET[0])),
        _slope_row("dose_february_march", "placebo", by_district(*QUIET[1])),
        _stop_row("gained_stops", "check", gained_stops(BEFORE, AFTER)),
        _stop_row("gained_stops_february_march", "placebo", gained_stops(*QUIET[1])),
        *looks,
        *(
            _rejected_row(
                f"other_routes{'_after_midnight' * late}{'_march' * placebo}",
                "rejected_placebo" if placebo else "rejected",
                against_others(after_midnight=late, placebo=placebo),
            )
            for late in (False, True)
            for placebo in (False, True)
        ),
    )
