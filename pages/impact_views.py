"""What the pilot page says on "would it have happened anyway?"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ileaps_views import effects
from ileaps_views.charts.boardings import (
    EarlierLevel,
    Opening,
    district_months,
    monthly_boardings,
)
from ileaps_views.charts.dose_response import dose_response_scatter
from ileaps_views.charts.effect_forest import effect_forest
from ileaps_views.findings import impact as findings
from ileaps_views.i18n import gettext as _
from pages import frames, impact_frames
from pages.frames import Look, kept

if TYPE_CHECKING:
    import pandas as pd

    from ileaps_views.view import View

RECORDS, STOPS, DISTANCING = "seoul_bus_2022", "seoul_bus_stops_2022", "kr_distancing_2022"
OPENINGS = ("ev_owl_2022a", "ev_owl_2022b")
DISTANCING_ENDED = "2022-04-18"
POINTS_FOR_A_SERIES = 16


def supported(pilot: str) -> bool:
    """Say whether a design supports an estimate of this pilot's effect."""
    return pilot == impact_frames.OWL_BUS


def districts() -> dict[str, str]:
    """Name the districts, the one with the largest change of service first."""
    units = impact_frames.by_district().units.sort_values(impact_frames.DOSE, ascending=False)
    return {
        name: _("%(name)s (%(local)s)") % {"name": name, "local": korean}
        for name, korean in units[["district_name", "district"]].to_numpy()
    }


def _lines(*source_ids: str) -> tuple[str, ...]:
    return frames.sources().lines(source_ids)


def _routes(months: pd.DataFrame, month: str) -> set[str]:
    own = months.loc[months["month"].eq(month), "routes"]
    return {route for routes in own for route in routes.split(";")}


@kept
def _openings(look: Look) -> tuple[Opening, ...]:  # noqa: ARG001 - the language is part of the key
    """List what opened when, by the programme's events, with their sources."""
    table, events = frames.table("owl_bus_districts"), frames.table("events")
    rows = events[events["event_id"].isin(OPENINGS)].sort_values("starts_on")
    months = sorted(table["month"].unique())
    found: list[Opening] = []
    for day, source_id in rows[["starts_on", "source_id"]].to_numpy():
        earlier = months[months.index(day[:7]) - 1]
        new = _routes(table, day[:7]) - _routes(table, earlier)
        ends = day == DISTANCING_ENDED
        told = _lines(source_id, *((DISTANCING,) if ends else ()))
        found.append(
            Opening(
                on=day,
                routes=tuple(sorted(new)),
                distancing_ends=ends,
                source="; ".join(told),
            )
        )
    return tuple(found)


def _caveats() -> tuple[str, ...]:
    return (
        *map(effects.caveat_sentence, impact_frames.by_district().slope.caveats),
        _("All distancing rules ended on the day the first routes opened, for all districts."),
        _("April is left out of the estimate: two networks ran in it."),
        _("Outside spring 2022 nobody measured a comparison, so nothing is said on other years."),
    )


@kept
def months(version: str, look: Look) -> View:
    """Show the network month by month, with the sentence on the effect."""
    held, published = impact_frames.comparisons(version), impact_frames.levels(version)
    total = impact_frames.by_district().total
    return monthly_boardings(
        impact_frames.network_months(),
        total,
        _openings(look),
        [
            EarlierLevel(
                date=date, value=value, qualifier=qualifier, source=frames.sources().line(source_id)
            )
            for date, value, qualifier, source_id in published[
                ["period_end", "value", "qualifier", "source_id"]
            ].to_numpy()
        ],
        frames.sources().line(RECORDS),
        look.mode,
        takeaway=findings.effect_sentence(
            [total.total, *held["extra"]],
            [100 * total.share, *held["percent"]],
            len(impact_frames.EARLIER),
        ),
        notes=_caveats(),
    )


@kept
def scatter(district: str, look: Look) -> View:
    """Show every district by its change of service and of boardings, one of them named."""
    found = impact_frames.by_district()
    return dose_response_scatter(
        found.units,
        found.slope,
        found.total,
        _lines(RECORDS, STOPS),
        look.mode,
        chosen=district,
        period=_("May 2022 against March 2022"),
    )


@kept
def one_district(district: str, look: Look) -> View:
    """Show one district month by month."""
    table = frames.table("owl_bus_districts")
    own = table[table["district_name"].eq(district)].sort_values("month")
    first, last = own["month"].iloc[0], own["month"].iloc[-1]
    new = _routes(own, last) - _routes(own, first)
    return district_months(own, sorted(new), _lines(RECORDS, STOPS), look.mode)


@kept
def designs(version: str, look: Look) -> View:
    """Show the estimate beside its placebos, other looks, and the designs rejected."""
    return effect_forest(
        impact_frames.effect_rows(version, look),
        _lines(RECORDS, STOPS, *impact_frames.levels(version)["source_id"]),
        look.mode,
        notes=_caveats(),
    )


@kept
def unsupported(version: str, pilot: str, as_of: str, look: Look) -> str:  # noqa: ARG001 - the language is part of the key
    """Say why nobody can tell whether it would have happened anyway."""
    rows = frames.table("observations")
    compared = rows["pilot_id"].eq(pilot) & rows["group"].eq("comparison")
    readiness = frames.readiness(version, as_of)
    points = readiness.loc[readiness["pilot_id"].eq(pilot), "n"]
    longest = int(points.max()) if len(points) else 0
    return effects.unsupported_sentence(int(compared.sum()), longest, POINTS_FOR_A_SERIES)
