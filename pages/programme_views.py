"""The views of the programme, each computed once for a choice and kept for the next viewer."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np

from ileaps_metrics import leaps_stages, pilot_progress
from ileaps_metrics.policy_transfers import network_summary, transfer_counts
from ileaps_views import evidence, show, tables
from ileaps_views.charts.observations import observation_dots
from ileaps_views.charts.pilots import indicator_bullets
from ileaps_views.charts.stage_funnel import stage_funnel_bars
from ileaps_views.charts.stages import stage_timeline
from ileaps_views.charts.transfers import transfers_by, transfers_by_year
from ileaps_views.findings import claims
from ileaps_views.i18n import gettext as _
from ileaps_views.maps import CityMarks, city_marks, partner_network, sectors_by_size
from ileaps_views.tiles import (
    Tile,
    city_tile,
    disagreement_tile,
    figure_tile,
    indicator_tile,
    people_tile,
    pilot_tile,
)
from pages import frames, impact_views
from pages.frames import Look, kept

if TYPE_CHECKING:
    import pandas as pd

    from ileaps_views.view import View

CLAIM_YEARS = (1980, 2010)
HALF_YEAR, BILLIONS_YEAR = 2018, 2050


@kept
def narrowed(  # the filters of one page
    version: str,
    until: int | None,
    sector: str,
    instrument: str,
    status: str,
    goal: str,
    stage: str,
) -> pd.DataFrame:
    """Narrow the transfers; undated ones stay, since nobody knows that they came later."""
    links = frames.links(version)
    keep = np.ones(len(links), dtype=bool)
    if until is not None:
        agreed = frames.link_column(version, "year") <= until
        keep &= agreed | frames.link_column(version, "undated").astype(bool)
    for column, value in (("sector", sector), ("instrument", instrument), ("status", status)):
        if value:
            keep &= frames.link_column(version, column) == value
    if goal:
        keep &= np.isin(frames.link_column(version, "policy_id"), frames.policies_for(goal))
    if stage:
        keep &= np.isin(frames.link_column(version, "to_city_id"), frames.cities_at(version, stage))
    return links[keep]


@kept
def _city_marks(look: Look) -> CityMarks:
    return city_marks(frames.table("cities"), look.mode, frames.country_names())


@kept
def _sectors(version: str) -> tuple[str, ...]:
    return sectors_by_size(frames.links(version))


@kept
def network(filters: tuple[str, int | None, str, str, str, str, str], look: Look) -> View:
    """Draw the cities and the transfers that the filters leave."""
    transfers = narrowed(*filters)
    return partner_network(
        frames.table("cities"),
        transfers,
        network_summary(transfers),
        frames.sources(),
        look.mode,
        countries=frames.country_names(),
        pilots=frames.table("pilots"),
        placed=_city_marks(look),
        sectors=_sectors(filters[0]),
    )


@kept
def counted(filters: tuple[str, int | None, str, str, str, str, str], by: str, look: Look) -> View:
    """Count the transfers that the filters leave, by one of their columns."""
    transfers = narrowed(*filters)
    counts = transfer_counts(transfers, by)
    if by == "year":
        return transfers_by_year(counts, transfers, frames.sources(), look.mode)
    return transfers_by(counts, transfers, frames.sources(), look.mode, by=by)


@kept
def city_tables(version: str, city: str, look: Look) -> tuple[pd.DataFrame, pd.DataFrame]:  # noqa: ARG001 - the language is part of the key
    """List all transfers of a city, and its pilots and tracks."""
    transfers, pilots = frames.links(version), frames.table("pilots")
    own = transfers[transfers["to_city_id"].eq(city) | transfers["from_city_id"].eq(city)]
    here = pilots[pilots["city_id"].eq(city)]
    book = frames.sources()
    return (
        tables.transfer_table(own, book, frames.country_names()),
        tables.pilot_table(here, book, frames.city_names()),
    )


@kept
def outcomes(version: str, pilot: str, method: str, as_of: str, look: Look) -> View:
    """Set baseline, target, expected and actual of a pilot side by side."""
    kpis = frames.kpis(version, as_of, method)
    own = kpis[kpis["pilot_id"].eq(pilot)]
    return indicator_bullets(own, frames.table("indicators"), frames.sources(), look.mode)


@kept
def published_figures(version: str, indicator: str, look: Look) -> View:
    """Show every published figure of an indicator, disagreeing and undated ones included."""
    return observation_dots(
        frames.table("observations"),
        frames.table("indicators"),
        frames.conflicts(version),
        frames.sources(),
        look.mode,
        indicator_id=indicator,
    )


@kept
def stages(version: str, pilot: str, as_of: str, look: Look) -> View:
    """Show the LEAPS stages of one pilot by their evidence."""
    current = frames.stages(version, as_of)
    return stage_timeline(
        frames.table("stage_events"),
        current[current["pilot_id"].eq(pilot)],
        frames.table("pilots"),
        frames.sources(),
        look.mode,
        as_of=dt.date.fromisoformat(as_of),
        events=frames.table("events"),
    )


@kept
def funnel(version: str, look: Look) -> View:  # noqa: ARG001 - the version is the key of the cache
    """Count pilots and tracks at each stage."""
    events, pilots = frames.table("stage_events"), frames.table("pilots")
    counts = leaps_stages.stage_funnel(events, pilots)
    return stage_funnel_bars(counts, events, pilots, frames.sources(), look.mode)


@kept
def unsayable(version: str, pilot: str, as_of: str, look: Look) -> tuple[str, ...]:  # noqa: ARG001 - the language is part of the key
    """Say what cannot be said about a pilot, and why there is no forecast."""
    limits = frames.limits(version, as_of)
    own = limits[limits["pilot_id"].eq(pilot)]
    readiness = frames.readiness(version, as_of)
    refused = readiness[
        readiness["pilot_id"].eq(pilot) & ~readiness["ready"] & readiness["n"].gt(0)
    ]
    names = frames.table("indicators").set_index("indicator_id")["name"]
    if impact_views.supported(pilot):
        # an estimate stands above; it says itself which time it covers
        own = own[own["code"].ne("no_comparison_group")]
    said = map(evidence.limit_sentence, own["code"], own["detail"])
    unforeseen = (
        _("%(indicator)s: %(reason)s")
        % {"indicator": names[row[0]], "reason": evidence.refusal_sentence(row[1], int(row[2]))}
        for row in refused[["indicator_id", "reason", "n"]].to_numpy()
    )
    return (*said, *unforeseen)


@kept
def tiles(version: str, as_of: str, look: Look) -> tuple[Tile, ...]:  # noqa: ARG001 - the language is part of the key
    """Say where the programme stands in six figures, and how much is not known."""
    observations, indicators = frames.table("observations"), frames.table("indicators")
    return (
        city_tile(frames.table("cities")),
        pilot_tile(frames.stages(version, as_of)),
        people_tile(frames.people(version), frames.sources()),
        indicator_tile(frames.kpis(version, as_of)),
        figure_tile(observations, pilot_progress.undated(observations)),
        disagreement_tile(frames.conflicts(version), indicators),
    )


@kept
def claim_cards(look: Look) -> tuple[show.Card, ...]:  # noqa: ARG001 - the language is part of the key
    """Recompute the three headline claims of 2016, each in every revision."""
    figures = frames.claim_figures(CLAIM_YEARS, HALF_YEAR, BILLIONS_YEAR)
    verdicts = (
        claims.billion_added(CLAIM_YEARS, figures.added),
        claims.half_urban_by(HALF_YEAR, figures.crossings, mid_year=figures.mid_year),
        claims.urban_by(BILLIONS_YEAR, figures.urban),
    )
    return tuple(show.Card(f"{v.shape} {v.word}", v.claim, v.text) for v in verdicts)
