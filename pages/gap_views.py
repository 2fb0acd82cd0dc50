"""What is known and what is not, computed once for a choice and kept for the next viewer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ileaps_metrics import data_gaps, gap_evidence
from ileaps_views.charts.data_gaps import Asked, Measure, Place, city_gaps_view, economy_gaps_view
from ileaps_views.charts.gap_counts import coverage_view, latest_years_view, pilot_gaps_view
from ileaps_views.i18n import gettext as _
from ileaps_views.terms import role_name
from pages import frames, sdg_frames
from pages.frames import kept

if TYPE_CHECKING:
    from ileaps_views.view import View
    from pages.frames import Look

AIR = "PM2.5"
ROLES = ("hub", "pilot", "exchange", "interested", "bilateral")
URBAN_GOAL = "11"


@kept
def _observations() -> pd.DataFrame:
    """Load the totals of the region's economies; cities stand for those without one."""
    rows = frames.table("sdg_observations")
    own = rows["is_total"] & rows["area_id"].isin(frames.members()["iso3"])
    return gap_evidence.with_cities(rows[own], frames.table("sdg_city_values"))


@kept
def _cells(goal: str, asked: Asked) -> pd.DataFrame:
    """Say how well each indicator of a goal is known of each economy of the region."""
    rows = sdg_frames.series()
    rows = rows[rows["goal"].eq(int(goal))]
    economies = frames.members()["iso3"]
    found = data_gaps.measurement_status(_observations(), rows["series"], economies, *asked)
    best = data_gaps.best_status(found, rows, "indicator").rename(columns={"indicator": "measure"})
    return _described(best)


def _described(cells: pd.DataFrame) -> pd.DataFrame:
    """Add name and unit of the series, and how many cities stand behind a value."""
    about = frames.table("sdg_series")[["series", "short_name", "unit"]]
    cities = _observations()[["series", "area_id", "year", "cities"]]
    named = cells.merge(about.rename(columns={"short_name": "series_name"}), on="series")
    return named.merge(
        cities.rename(columns={"year": "latest_year"}),
        on=["series", "area_id", "latest_year"],
        how="left",
    )


@kept
def _measures(goal: str) -> list[Measure]:
    """List the indicators of a goal, each named by the series most economies have."""
    rows = sdg_frames.series()
    rows = rows[rows["goal"].eq(int(goal))]
    total = _observations()
    held = total[total["value"].notna()].groupby("series")["area_id"].nunique()
    ranked = rows.assign(
        held=rows["series"].map(held).fillna(0), unsd=~rows["series"].str.contains(".", regex=False)
    )
    first = ranked.sort_values(["unsd", "held"], ascending=False, kind="stable")
    names = first.drop_duplicates("indicator").set_index("indicator")["short_name"]
    return [Measure(each, each, names[each]) for each in rows["indicator"].unique()]


@kept
def _places(group: str) -> list[Place]:
    """List the economies of the region or a subregion, under their subregions."""
    names, groups = frames.economy_names(group), frames.subregion_names()
    rows = frames.members()
    rows = rows[rows["iso3"].isin(names)].sort_values(["position", "short_name"])
    return [
        Place(iso3, names[iso3], groups[subregion])
        for iso3, subregion in zip(rows["iso3"], rows["subregion_id"], strict=True)
    ]


def _sources(*ids: str) -> tuple[str, ...]:
    return frames.sources().lines(ids)


def _notes(goal: str) -> tuple[str, ...]:
    notes = [
        _(
            "An indicator of several series is as known as the best known of them. Where a series "
            "is published for cities, an economy counts as known from any of its cities."
        ),
        _(
            "What was published after the harvest of 17 December 2023 is not in the UNSD files "
            "here: a gap on this page may be one of the files, not of the world."
        ),
    ]
    notes.append(
        _(
            "A zero is a value. In series on disasters and on plans it may mean that nobody "
            "reported; the files do not tell the two apart."
        )
    )
    if goal == URBAN_GOAL:
        notes.append(
            _("Of 11.3.2, the say of residents in planning, the files hold no series at all.")
        )
    else:
        notes.append(_("Of this goal the files hold a selection of series."))
    return tuple(notes)


@kept
def by_indicator(goal: str, asked: Asked, look: Look) -> View:
    """Show how many economies are known, indicator by indicator."""
    return coverage_view(
        data_gaps.coverage(_cells(goal, asked), "measure"),
        _measures(goal),
        asked,
        sources=_sources("unsd_sdg_2023_12", "wb_wdi_2026_07"),
        notes=_notes(goal),
        mode=look.mode,
    )


@kept
def by_economy(goal: str, group: str, asked: Asked, look: Look) -> View:
    """Show each economy and indicator as a tile."""
    places = _places(group)
    cells = _cells(goal, asked)
    return economy_gaps_view(
        cells[cells["area_id"].isin({place.id for place in places})],
        places,
        _measures(goal),
        asked,
        sources=_sources("unsd_sdg_2023_12", "wb_wdi_2026_07"),
        notes=_notes(goal),
        mode=look.mode,
    )


@kept
def by_year(goal: str, asked: Asked, look: Look) -> View:
    """Show from which years the latest values are."""
    cells = _cells(goal, asked).dropna(subset=["latest_year"])
    years = cells.groupby(["measure", "latest_year"], as_index=False).size()
    return latest_years_view(
        years.rename(columns={"latest_year": "year", "size": "places"}),
        _measures(goal),
        asked,
        sources=_sources("unsd_sdg_2023_12", "wb_wdi_2026_07"),
        notes=_notes(goal),
        mode=look.mode,
    )


@kept
def _city_values() -> pd.DataFrame:
    """Put the values of partner cities and their measured air into one table."""
    values = frames.table("sdg_city_values").dropna(subset=["city_id"])
    values = values.rename(columns={"city_id": "area_id"})
    air = frames.table("city_air_quality").rename(columns={"city_id": "area_id", "pm25": "value"})
    air = air.assign(series=AIR, nature="country")
    columns = ["series", "area_id", "year", "value", "nature", "caution"]
    return pd.concat([values[columns], air.reindex(columns=columns)], ignore_index=True)


@kept
def by_city(asked: Asked, look: Look) -> View:
    """Show each partner city and city indicator as a tile."""
    about = frames.table("sdg_series").set_index("series")
    measures = [
        Measure(code, about.loc[code, "indicator"], about.loc[code, "short_name"])
        for code in sdg_frames.CITY_SERIES
    ]
    measures.append(Measure(AIR, "", _("PM2.5 at stations")))
    rows = frames.table("cities")
    rows = rows.assign(order=rows["role"].map(ROLES.index)).sort_values(["order", "name"])
    places = [
        Place(city, name, role_name(role))
        for city, name, role in zip(rows["city_id"], rows["name"], rows["role"], strict=True)
    ]
    found = data_gaps.measurement_status(
        _city_values(), [each.id for each in measures], rows["city_id"], *asked
    )
    doubts = _city_values()[["series", "area_id", "year", "caution"]]
    cells = found.merge(
        doubts.rename(columns={"year": "latest_year"}),
        on=["series", "area_id", "latest_year"],
        how="left",
    ).assign(
        measure=found["series"],
        unit=found["series"].map(about["unit"]).fillna("micrograms per cubic metre"),
    )
    return city_gaps_view(
        cells,
        places,
        measures,
        asked,
        sources=_sources("unsd_sdg_2023_12", "who_aaq_2022"),
        notes=(
            _("The air database of the WHO ends in 2021, the city values of the UNSD in 2023."),
            _("PM2.5 at stations counts as measured whatever part of the year was covered."),
        ),
        mode=look.mode,
    )


@kept
def by_pilot(version: str, look: Look) -> View:  # noqa: ARG001 - the version is the key of the cache
    """Show what the indicators of the pilots lack."""
    pilots = frames.table("pilots")[["pilot_id", "name"]].rename(columns={"name": "pilot"})
    indicators, book = frames.table("indicators"), frames.sources()
    names = indicators[["pilot_id", "indicator_id"]].assign(
        indicator=indicators["name"],
        source=indicators["source_id"].map(book.line),
        link=indicators["source_id"].map(book.link),
    )
    return pilot_gaps_view(
        gap_evidence.pilot_gaps(indicators, frames.table("observations")),
        names.merge(pilots, on="pilot_id"),
        sources=book.lines(indicators["source_id"]),
        mode=look.mode,
    )
