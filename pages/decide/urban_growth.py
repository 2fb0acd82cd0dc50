"""Urban growth: what is coming?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from ileaps_metrics import city_systems
from ileaps_views import controls, show
from ileaps_views.charts.city_sizes import largest_cities_view, primacy_view, rank_size_view
from ileaps_views.charts.decomposition import growth_decomposition_view, urban_rural_growth
from ileaps_views.charts.economies import economies_map, economies_tiles
from ileaps_views.charts.population_lines import population_lines
from ileaps_views.charts.revisions import revisions_side_by_side
from ileaps_views.i18n import gettext as _
from pages import frames

if TYPE_CHECKING:
    from collections.abc import Callable

MOST = 6
LEAST_CITY = 300.0  # thousand: the least size for which the United Nations publish cities

link = controls.Link("urbangrowth")
show.page_title(_("Urban growth"), _("What urban growth are these places facing?"))
revision = frames.revision(controls.shared_value("revision"))
years = frames.years(revision.id)
mode = show.mode()
USUAL = (frames.nearest(years, 2000), frames.nearest(years, 2020))
MEASURES = {"percent_urban": _("Share living in cities"), "urban": _("City people")}


def over_time() -> None:
    """Compare places over the years, in one revision and between revisions."""
    measure = link.choose("measure", _("Shown as"), MEASURES, "percent_urban", kind="segmented")
    names = frames.group_names() | frames.economy_names()
    chosen = link.choose_many(
        "place",
        _("Compare up to %(n)s places") % {"n": MOST},
        names,
        (frames.REGION, "ENEA", "SEA", "SSWA"),
        most=MOST,
    )
    shown = {place: names[place] for place in chosen}
    show.view(
        population_lines(frames.places(revision.id), shown, revision, measure=measure, mode=mode)
    )


def revisions() -> None:
    """Show one place in every revision, never joined."""
    measure = link.choose("measure", _("Shown as"), MEASURES, "percent_urban", kind="segmented")
    names = frames.economy_names() | frames.group_names()
    place = link.choose("economy", _("Place"), names, "BGD")
    shared = frames.years_of_all()
    year = link.year("year", _("Year"), shared, min(2020, shared[-1]))
    show.view(
        revisions_side_by_side(
            frames.in_every_revision(place, year),
            names[place],
            [frames.revision(each) for each in frames.revision_names()],
            year,
            measure=measure,
            mode=mode,
        )
    )


def economies() -> None:
    """Show all economies at once, as a map or as tiles of equal size."""
    words = MEASURES | {"urban_growth": _("Urban growth"), "change": _("City people added")}
    del words["urban"]
    measure = link.choose("value", _("Shown as"), words, "percent_urban", kind="segmented")
    shapes = {"tiles": _("Tiles"), "map": _("Map")}
    shape = link.choose("shape", _("Drawn as"), shapes, "tiles", kind="segmented")
    animated = measure == "percent_urban"
    if animated:
        last = link.year("year", _("Year"), years, USUAL[1])
        period, values = (years[0], last), frames.economies(revision.id)
    else:
        period = link.period("period", _("Period"), years, USUAL)
        values = frames.growth_between(revision.id, *period)
    table = values.rename(columns={measure: "value"})
    looks = {"measure": measure, "mode": mode, "frames": animated}
    if shape == "map":
        show.view(economies_map(frames.members(), table, period, revision, **looks))
    else:
        names = frames.subregion_names()
        show.view(economies_tiles(frames.members(), table, names, period, revision, **looks))


def drivers() -> None:
    """Split growth into its two parts, and compare town and countryside."""
    start, end = link.period("period", _("Period"), years, USUAL)
    group = link.choose("group", _("Places"), {"": _("Subregions")} | frames.group_names(), "")
    table = frames.growth_between(revision.id, start, end)
    names = frames.economy_names(group) if group else frames.group_names()
    largest = table[table["area_id"].isin(names)].nlargest(10, "urban_end")["area_id"]
    shown = {area: names[area] for area in largest}
    show.view(growth_decomposition_view(table, shown, (start, end), revision, mode=mode))
    show.view(urban_rural_growth(table, shown, (start, end), revision, mode=mode))


def cities() -> None:
    """Show how the cities of one economy compare in size, and how the largest grow."""
    names = frames.economy_names()
    place = link.choose("economy", _("Economy"), names, "IDN")
    edition = frames.city_revision(revision.id)
    if edition.id != revision.id:
        words = {"chosen": revision.name, "shown": edition.name}
        st.info(_("%(chosen)s has no cities; these are of %(shown)s.") % words)
    table = frames.cities_of(edition.id, place)
    year = link.year("year", _("Year"), frames.city_years(edition.id), 2015)
    now = table[table["year"].eq(year) & table["population"].ge(LEAST_CITY)]
    fit = city_systems.rank_size(now["population"])
    show.view(rank_size_view(now, fit, names[place], year, edition, mode=mode))
    primacy = {n: city_systems.primacy(now["population"], n) for n in (2, 4, 11)}
    share = city_systems.largest_city_share(
        now["population"], frames.urban_in(edition.id, place, year)
    )
    show.view(primacy_view(primacy, len(now), names[place], year, edition, largest_share=share))
    largest = dict(now.nlargest(MOST, "population")[["city_code", "name"]].to_numpy())
    show.view(
        largest_cities_view(table, largest, names[place], edition, mode=mode, marked_year=year)
    )


PARTS: dict[str, tuple[str, Callable[[], None]]] = {
    "time": (_("Over time"), over_time),
    "map": (_("All economies"), economies),
    "drivers": (_("What drives it"), drivers),
    "cities": (_("Cities"), cities),
    "revisions": (_("Revisions compared"), revisions),
}
words = {name: label for name, (label, _show) in PARTS.items()}
part = link.choose("part", _("Part"), words, "time", kind="segmented")
PARTS[part][1]()
link.finish()
