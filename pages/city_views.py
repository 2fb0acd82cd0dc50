"""The views of the city profile, each computed once for a choice and kept for the next viewer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ileaps_metrics import growth
from ileaps_views.charts.city_air import city_air
from ileaps_views.charts.city_country import country_values
from ileaps_views.charts.city_gaps import city_gaps
from ileaps_views.charts.city_peers import city_peers, peer_reasons
from ileaps_views.charts.city_profile import city_growth, city_population
from ileaps_views.charts.city_sdg import city_goal_values
from ileaps_views.charts.city_tiles import city_tiles
from ileaps_views.i18n import gettext as _
from pages import city_frames, frames
from pages.city_frames import UNSD, WHO
from pages.frames import Look, kept

if TYPE_CHECKING:
    from ileaps_views.tiles import Tile
    from ileaps_views.view import View


def place(city_id: str) -> tuple[str, str, str]:
    """Name a city, its country and its subregion (nothing outside the region)."""
    iso3 = city_frames.city(city_id)["country_iso3"]
    region = city_frames.subregion_of(iso3)
    names = frames.group_names()
    return frames.city_names()[city_id], frames.country_names()[iso3], names.get(region, "")


@kept
def people(edition: str, city_id: str, look: Look) -> View:
    """Draw a city's population."""
    code = city_frames.city(city_id)["wup_city_code"]
    return city_population(
        city_frames.population(edition, code),
        place(city_id)[0],
        city_frames.listed_as(edition, code),
        frames.revision(edition),
        mode=look.mode,
    )


@kept
def against(edition: str, city_id: str, period: tuple[int, int], look: Look) -> View:
    """Set a city's growth beside that of its country and subregion."""
    name, country, region = place(city_id)
    record = city_frames.city(city_id)
    iso3 = record["country_iso3"]
    first, last, rate = city_frames.city_growth(edition, record["wup_city_code"], *period)
    rows = [(name, "city", rate, first, last)]
    around = city_frames.country_growth(edition, iso3, *period)
    if around:
        rows += [
            (
                _("All cities of %(country)s") % {"country": country},
                "country_urban",
                around["urban_growth"],
                around["urban_start"],
                around["urban_end"],
            ),
            (
                _("%(country)s, town and countryside") % {"country": country},
                "country_total",
                around["total_growth"],
                around["total_start"],
                around["total_end"],
            ),
        ]
    if region:
        sums = growth.growth_table(frames.groups(edition), *period).set_index("area_id")
        own = sums.loc[city_frames.subregion_of(iso3)]
        rows.append(
            (
                _("All cities of %(region)s") % {"region": region},
                "subregion_urban",
                float(own["urban_growth"]),
                float(own["urban_start"]),
                float(own["urban_end"]),
            )
        )
    table = pd.DataFrame(rows, columns=["place", "role", "growth", "start", "end"])
    revision = frames.revision(edition)
    return city_growth(table, name, country, period, revision, mode=look.mode)


@kept
def goal_values(city_id: str, look: Look) -> View:
    """Show what is published of Goal 11 for a city itself."""
    return city_goal_values(
        city_frames.city_values(city_id),
        city_frames.city_series(),
        city_frames.standings(city_id),
        *place(city_id),
        look.mode,
        source=frames.sources().line(UNSD),
    )


@kept
def of_country(city_id: str, look: Look) -> View:  # noqa: ARG001 - the language is part of the key
    """Show what is published of Goal 11 for the city's country."""
    iso3 = city_frames.city(city_id)["country_iso3"]
    rows = city_frames.country_values(iso3)
    return country_values(rows, place(city_id)[1], source=frames.sources().line(UNSD))


@kept
def air(city_id: str, look: Look) -> View:
    """Show what stations measured in a city."""
    name, country, _region = place(city_id)
    return city_air(
        city_frames.measured_air(city_id),
        city_frames.modelled_air(city_frames.city(city_id)["country_iso3"]),
        name,
        country,
        sources=frames.sources().lines([WHO, UNSD]),
        mode=look.mode,
    )


@kept
def alike(
    edition: str, city_id: str, indicators: tuple[str, ...], look: Look
) -> tuple[View, pd.DataFrame]:
    """Show the nearest peers of a city, and the reasons."""
    found = city_frames.peers(edition, city_id, indicators)
    names = frames.city_names()
    view = city_peers(
        found.peers,
        city_frames.profiles(edition),
        names,
        city_id,
        indicators,
        look.mode,
        refused=found.refused,
        missing=found.missing,
        left_out=found.left_out,
        sources=frames.sources().lines(city_frames.peer_sources(edition, indicators)),
    )
    return view, peer_reasons(found.gaps, found.peers, names)


@kept
def unmeasured(city_id: str, as_of: int, look: Look) -> View:  # noqa: ARG001 - the language is part of the key
    """Show what is not measured in a city."""
    name, country, _region = place(city_id)
    lines = frames.sources().lines([UNSD, WHO])
    return city_gaps(city_frames.gaps(city_id), name, country, as_of, sources=lines)


@kept
def tiles(version: str, edition: str, city_id: str, look: Look) -> tuple[Tile, ...]:  # noqa: ARG001 - the language is part of the key
    """Say in a few figures what a city faces, and how much is not known."""
    transfers, pilots = frames.links(version), frames.table("pilots")
    both = transfers["to_city_id"].eq(city_id) | transfers["from_city_id"].eq(city_id)
    kinds = pilots.loc[pilots["city_id"].eq(city_id), "kind"]
    code = city_frames.city(city_id)["wup_city_code"]
    return city_tiles(
        frames.revision(edition),
        city_frames.PROFILE_YEARS,
        city_frames.city_growth(edition, code, *city_frames.PROFILE_YEARS),
        city_frames.measured_air(city_id),
        city_frames.gaps(city_id),
        int(both.sum()),
        list(kinds),
    )
