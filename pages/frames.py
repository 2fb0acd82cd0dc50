"""The tables pages load, each read once a process and shared: callers never change them."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
import streamlit as st

from ileaps_data import reference
from ileaps_metrics import growth, leaps_stages, pilot_progress, policy_transfers
from ileaps_views import i18n, show
from ileaps_views.charts.common import Revision, revision_of
from ileaps_views.evidence import SourceBook
from ileaps_views.i18n import gettext as _

if TYPE_CHECKING:
    from numpy.typing import NDArray

REGION = "AP"

# one computation for one choice, shared by everyone who makes it; nobody changes what it returns
kept = st.cache_resource(show_spinner=False, max_entries=256)


class Look(NamedTuple):
    """What a view depends on beside the figures: the theme and the language."""

    mode: str
    language: str


def look() -> Look:
    """Return the viewer's theme and language."""
    return Look(show.mode(), i18n.active())


@kept
def table(name: str) -> pd.DataFrame:
    """Load one table of the reference data or of the programme's fact base."""
    return reference.load(name)


@kept
def versions() -> pd.DataFrame:
    """List the publications of the programme's own figures."""
    return reference.versions()


@kept
def sources() -> SourceBook:
    """Know every source by its id."""
    return SourceBook(table("sources"))


def revision(revision_id: str) -> Revision:
    """Describe the one edition of population figures that a chart draws."""
    row = record("revisions", "revision_id", revision_id)
    return revision_of(row, sources().line(row["source_id"]))


@kept
def members() -> pd.DataFrame:
    """List the economies of the ESCAP region, subregion by subregion."""
    order = table("subregions")[["subregion_id", "position"]]
    economies = table("economies").dropna(subset=["subregion_id"])
    return economies.merge(order, on="subregion_id").sort_values(["position", "name"])


@kept
def membership() -> pd.DataFrame:
    """Say which economy counts in which subregion, and each of them in the region."""
    pairs = members()[["iso3", "subregion_id"]].set_axis(["area_id", "group_id"], axis=1)
    return pd.concat([pairs, pairs.assign(group_id=REGION)], ignore_index=True)


@kept
def economies(revision_id: str) -> pd.DataFrame:
    """Load one revision's figures of the economies of the region."""
    figures = table("urban_population")
    wanted = figures["revision_id"].eq(revision_id) & figures["area_id"].isin(members()["iso3"])
    return figures[wanted]


@kept
def groups(revision_id: str) -> pd.DataFrame:
    """Sum one revision over the region and its subregions."""
    return growth.aggregate_population(economies(revision_id), membership())


@kept
def places(revision_id: str) -> pd.DataFrame:
    """Put the region, its subregions and its economies into one table of one revision."""
    return pd.concat([groups(revision_id), economies(revision_id)], ignore_index=True)


@kept
def growth_between(revision_id: str, start: int, end: int) -> pd.DataFrame:
    """Compute growth between two years for the region, its subregions and its economies."""
    return pd.concat(
        [
            growth.growth_table(groups(revision_id), start, end),
            growth.growth_table(economies(revision_id), start, end),
        ],
        ignore_index=True,
    )


@kept
def years(revision_id: str) -> list[int]:
    """List the years a revision publishes."""
    return sorted(int(year) for year in economies(revision_id)["year"].unique())


@kept
def _named(name: str, key: str, by: tuple[str, ...], label: str = "name") -> dict[str, str]:
    """Pair a table's ids with its names, in the order of some of its columns."""
    rows = table(name).dropna(subset=[key]).sort_values(list(by))
    return dict(zip(rows[key], rows[label], strict=True))


def group_names() -> dict[str, str]:
    """Name the region and its subregions, by id."""
    subregions = _named("subregions", "subregion_id", ("position",))
    return {REGION: _("Asia and the Pacific")} | subregions


@kept
def economy_names(group: str = REGION) -> dict[str, str]:
    """Name the economies of the region or of one subregion, by id."""
    rows = members()
    if group != REGION:
        rows = rows[rows["subregion_id"] == group]
    rows = rows.sort_values("short_name")
    return dict(zip(rows["iso3"], rows["short_name"], strict=True))


def place_names() -> dict[str, str]:
    """Name the region, its subregions and its economies, by id."""
    return group_names() | economy_names()


@kept
def _fewest_members(revision_id: str) -> int:
    sums = groups(revision_id)
    return int(sums.loc[sums["area_id"].eq(REGION), "members_with_data"].min())


def coverage(revision_id: str) -> tuple[str, ...]:
    """Say how many economies a sum of a revision rests on, where that is not all of them."""
    least = _fewest_members(revision_id)
    if least == len(members()):
        return ()
    words = {"n": least, "all": len(members()), "revision": revision_names()[revision_id]}
    return (_("Sums of %(revision)s cover %(n)s of %(all)s economies.") % words,)


def country_names() -> dict[str, str]:
    """Name every country of the world, by id."""
    return _named("economies", "iso3", ("iso3",), "short_name")


@kept
def cities_of(revision_id: str, iso3: str) -> pd.DataFrame:
    """Load the agglomerations of one economy with their population by year."""
    named = table("urban_agglomerations")
    wanted = named["revision_id"].eq(revision_id) & named["iso3"].eq(iso3)
    return named[wanted].merge(table("city_population"), on=["revision_id", "city_code"])


def today() -> str:
    """Return today's date, the day on which deadlines are judged."""
    return dt.datetime.now(tz=dt.UTC).date().isoformat()


@kept
def kpis(version: str, as_of: str, method: str = "linear_pace") -> pd.DataFrame:  # noqa: ARG001 - the version is the key of the cache
    """Judge every indicator of the programme, as of a day, by a named method."""
    return pilot_progress.pilot_kpis(
        table("indicators"), table("observations"), as_of=as_of, method=method
    )


@kept
def links(version: str) -> pd.DataFrame:  # noqa: ARG001 - the version is the key of the cache
    """Load the policy transfers as links between cities, each transfer once."""
    found = policy_transfers.transfer_links(table("transfers"), table("policies"), table("cities"))
    # thirty rows are filtered again and again: as objects they are one block, not 25 arrow arrays
    return found.astype(dict.fromkeys(found.select_dtypes("string").columns, object))


@kept
def link_column(version: str, column: str) -> NDArray[Any]:
    """Load one column of the links as a plain array, for filters."""
    return np.asarray(links(version)[column])


@kept
def link_values(version: str, column: str) -> tuple[str, ...]:
    """List what a column of the links holds, sorted."""
    return tuple(sorted(str(value) for value in links(version)[column].dropna().unique()))


@kept
def stages(version: str, as_of: str) -> pd.DataFrame:  # noqa: ARG001 - the version is the key of the cache
    """Say where each pilot was last seen, as of a day."""
    return leaps_stages.current_stage(table("stage_events"), table("pilots"), as_of=as_of)


@kept
def revision_names() -> dict[str, str]:
    """Name the population revisions, the default one first."""
    rows = table("revisions").sort_values(["is_default", "name"], ascending=[False, False])
    return dict(zip(rows["revision_id"], rows["name"], strict=True))


class ClaimFigures(NamedTuple):
    """What each revision, by name, gives for the three headline claims of 2016."""

    added: dict[str, float]
    crossings: dict[str, float | None]
    mid_year: dict[str, float]
    urban: dict[str, float]


@kept
def claim_figures(period: tuple[int, int], half: int, horizon: int) -> ClaimFigures:
    """Recompute the region's city people added, its half-urban moment, and those of a year."""
    figures = ClaimFigures({}, {}, {}, {})
    for revision_id, name in revision_names().items():
        region = groups(revision_id)
        region = region[region["area_id"].eq(REGION)]
        change = growth_between(revision_id, *period).set_index("area_id")["change"]
        shares = region.dropna(subset=["percent_urban"])
        inside = [year for year in (half, horizon) if year <= years(revision_id)[-1]]
        at = growth.population_at(region, inside).set_index("year")
        figures.added[name] = float(change[REGION])
        figures.crossings[name] = (
            float(growth.crossing_year(shares["year"], shares["percent_urban"]))
            if len(shares)
            else None
        )
        figures.mid_year[name] = float(at["percent_urban"].get(half, math.nan))
        figures.urban[name] = float(at["urban"].get(horizon, math.nan))
    return figures


def city_names() -> dict[str, str]:
    """Name the partner cities, by id."""
    return _named("cities", "city_id", ("name",))


@kept
def _targets() -> pd.DataFrame:
    """Pair each policy with each SDG target it serves."""
    rows = table("policies")[["policy_id", "sdg_targets"]].dropna()
    return rows.assign(target=rows["sdg_targets"].str.split(";")).explode("target")


def sdg_targets() -> dict[str, str]:
    """List the SDG targets that the policies serve."""
    return {target: target for target in sorted(_targets()["target"].unique())}


def policies_for(target: str) -> list[str]:
    """List the policies that serve an SDG target."""
    rows = _targets()
    return list(rows.loc[rows["target"].eq(target), "policy_id"])


def cities_at(version: str, stage: str) -> list[str]:
    """List the cities whose pilot or track was last seen at a stage."""
    seen = stages(version, today())
    at = seen.loc[seen["stage"].eq(stage), "pilot_id"]
    pilots = table("pilots")
    return list(pilots.loc[pilots["pilot_id"].isin(at), "city_id"])


@kept
def pilot_names() -> dict[str, str]:
    """Name pilots, tracks and references, in that order."""
    rows = table("pilots")
    order = rows["kind"].map({"pilot": 0, "track": 1, "reference": 2})
    rows = rows.assign(order=order).sort_values(["order", "name"])
    return dict(zip(rows["pilot_id"], rows["name"], strict=True))


@kept
def record(name: str, key: str, value: str) -> dict[str, Any]:
    """Load one row of a table by its id; what is missing is None."""
    rows = table(name)
    row = rows[rows[key].eq(value)].iloc[0]
    return {column: None if pd.isna(cell) else cell for column, cell in row.items()}


@kept
def conflicts(version: str) -> pd.DataFrame:  # noqa: ARG001 - the version is the key of the cache
    """List the pairs of figures on which sources disagree."""
    return pilot_progress.conflicts(table("indicators"), table("observations"))


@kept
def indicator_names(pilot_id: str) -> dict[str, str]:
    """Name the indicators of a pilot, by id."""
    rows = table("indicators")
    own = rows[rows["pilot_id"].eq(pilot_id)]
    return dict(zip(own["indicator_id"], own["name"], strict=True))


@kept
def first_disputed(version: str, pilot_id: str) -> str:
    """Choose the indicator to open with: one whose sources disagree, else the first."""
    disputes = conflicts(version)["indicator_id"].value_counts()
    return max(indicator_names(pilot_id), key=lambda each: disputes.get(each, 0), default="")


def nearest(years: list[int], wanted: int) -> int:
    """Choose the published year closest to the one wanted."""
    return min(years, key=lambda year: abs(year - wanted))


def subregion_names() -> dict[str, str]:
    """Name the subregions, by id, in their order."""
    return {group: name for group, name in group_names().items() if group != REGION}


@kept
def years_of_all() -> list[int]:
    """List the years that every revision covers, published or between published ones."""
    spans = [years(revision_id) for revision_id in revision_names()]
    return list(range(max(span[0] for span in spans), min(span[-1] for span in spans) + 1))


@kept
def in_every_revision(place: str, year: int) -> pd.DataFrame:
    """Load one place in every revision, with a year that lies between published ones filled in."""
    parts = []
    for revision_id in revision_names():
        rows = places(revision_id)
        rows = rows[rows["area_id"].eq(place)]
        wanted = sorted({*(int(each) for each in rows["year"]), year})
        parts.append(growth.population_at(rows, wanted).assign(revision_id=revision_id))
    return pd.concat(parts, ignore_index=True)


@kept
def city_revision(revision_id: str) -> str:
    """Choose the edition that has cities: the chosen one if it does, else the first that has."""
    named = list(table("urban_agglomerations")["revision_id"].unique())
    return revision_id if revision_id in named else str(named[0])


@kept
def city_years(revision_id: str) -> list[int]:
    """List the years for which an edition has cities."""
    rows = table("city_population")
    of_edition = rows.loc[rows["revision_id"].eq(revision_id), "year"]
    return sorted(int(year) for year in of_edition.unique())


@kept
def urban_in(revision_id: str, place: str, year: int) -> float:
    """Return an economy's city people (thousands) in a year, published or in between."""
    rows = economies(revision_id)
    at = growth.population_at(rows[rows["area_id"].eq(place)], year)
    return float(at["urban"].iloc[0]) if len(at) else math.nan


@kept
def limits(version: str, as_of: str) -> pd.DataFrame:  # noqa: ARG001 - the version is the key of the cache
    """List what cannot be said of each pilot, as of a day."""
    return pilot_progress.evidence_limits(
        table("pilots"), table("indicators"), table("observations"), as_of=as_of
    )


@kept
def readiness(version: str, as_of: str) -> pd.DataFrame:  # noqa: ARG001 - the version is the key of the cache
    """Say of each indicator whether its figures could carry a forecast."""
    return pilot_progress.forecast_readiness(
        table("indicators"), table("observations"), as_of=as_of
    )


@kept
def people(version: str) -> pd.DataFrame:  # noqa: ARG001 - the version is the key of the cache
    """List the figures of people reached by the pilots."""
    return pilot_progress.people_reached(
        table("indicators"), table("observations"), table("pilots")
    )
