"""The views of urban growth, each computed once for a choice and kept for the next viewer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ileaps_metrics import city_systems
from ileaps_views.charts.city_sizes import largest_cities_view, primacy_view, rank_size_view
from ileaps_views.charts.decomposition import growth_decomposition_view, urban_rural_growth
from ileaps_views.charts.economies import economies_map, economies_tiles
from ileaps_views.charts.population_lines import population_lines
from ileaps_views.charts.revisions import revisions_side_by_side
from pages import frames
from pages.frames import Look, kept

if TYPE_CHECKING:
    from ileaps_views.view import View

MOST_PLACES = 6
MOST_BARS = 10
LEAST_CITY = 300.0  # thousand: the least size for which the United Nations publish cities


@kept
def over_time(revision_id: str, places: tuple[str, ...], measure: str, look: Look) -> View:
    """Compare places over the years of one revision."""
    names = frames.place_names()
    return population_lines(
        frames.places(revision_id),
        {place: names[place] for place in places},
        frames.revision(revision_id),
        measure=measure,  # type: ignore[arg-type] # an id of the link, checked there
        mode=look.mode,
    )


@kept
def in_every_revision(place: str, year: int, measure: str, look: Look) -> View:
    """Show one place in every revision, never joined."""
    return revisions_side_by_side(
        frames.in_every_revision(place, year),
        frames.place_names()[place],
        [frames.revision(each) for each in frames.revision_names()],
        year,
        measure=measure,  # type: ignore[arg-type] # an id of the link, checked there
        mode=look.mode,
    )


@kept
def all_economies(  # the choices of one page
    revision_id: str,
    measure: str,
    shape: str,
    period: tuple[int, int],
    animated: bool,
    look: Look,
) -> View:
    """Show all economies at once, as a map or as tiles of equal size."""
    if measure == "percent_urban":
        table = frames.economies(revision_id)
        table = table if animated else table[table["year"].eq(period[1])]
    else:
        table = frames.growth_between(revision_id, *period)
    values = table.rename(columns={measure: "value"})
    revision = frames.revision(revision_id)
    if shape == "map":
        return economies_map(
            frames.members(),
            values,
            period,
            revision,
            measure=measure,  # type: ignore[arg-type] # an id of the link, checked there
            mode=look.mode,
            frames=animated,
        )
    return economies_tiles(
        frames.members(),
        values,
        frames.subregion_names(),
        period,
        revision,
        measure=measure,  # type: ignore[arg-type] # an id of the link, checked there
        mode=look.mode,
        frames=animated,
    )


@kept
def drivers(revision_id: str, period: tuple[int, int], group: str, look: Look) -> tuple[View, View]:
    """Split growth into its two parts, and compare town and countryside."""
    table = frames.growth_between(revision_id, *period)
    # the region is not one more place beside the subregions it consists of
    names = frames.economy_names(group) if group else frames.subregion_names()
    ranked = table[table["area_id"].isin(names)].nlargest(MOST_BARS, "urban_end")["area_id"]
    shown = {area: names[area] for area in ranked}
    revision = frames.revision(revision_id)
    return (
        growth_decomposition_view(table, shown, period, revision, mode=look.mode),
        urban_rural_growth(table, shown, period, revision, mode=look.mode),
    )


@kept
def cities(revision_id: str, place: str, year: int, look: Look) -> tuple[View, View, View]:
    """Show how the cities of one economy compare in size, and how the largest grow."""
    edition = frames.revision(revision_id)
    name = frames.economy_names()[place]
    table = frames.cities_of(revision_id, place)
    now = table[table["year"].eq(year) & table["population"].ge(LEAST_CITY)]
    sizes = now["population"]
    fit = city_systems.rank_size(sizes)
    primacy = {
        2: city_systems.primacy(sizes, 2),
        4: city_systems.primacy(sizes, 4),
        11: city_systems.primacy(sizes, 11),
    }
    share = city_systems.largest_city_share(sizes, frames.urban_in(revision_id, place, year))
    largest = now.nlargest(MOST_PLACES, "population").set_index("city_code")["name"].to_dict()
    return (
        rank_size_view(now, fit, name, year, edition, mode=look.mode, threshold=LEAST_CITY),
        primacy_view(primacy, len(now), name, year, edition, largest_share=share),
        largest_cities_view(table, largest, name, edition, mode=look.mode, marked_year=year),
    )
