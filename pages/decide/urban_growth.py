"""Urban growth: what is coming?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from ileaps_views import controls, show
from ileaps_views.i18n import gettext as _
from pages import frames, growth_views

if TYPE_CHECKING:
    from collections.abc import Callable

link = controls.Link("urbangrowth")
show.page_title(_("Urban growth"), _("What urban growth are these places facing?"))
revision = controls.shared_value("revision")
years = frames.years(revision)
usual = (frames.nearest(years, 2000), frames.nearest(years, 2020))
look = frames.look()
MEASURES = {"percent_urban": _("Share living in cities"), "urban": _("City people")}


def over_time() -> None:
    """Compare places over the years."""
    measure = link.choose("measure", _("Shown as"), MEASURES, "percent_urban", kind="segmented")
    label = _("Compare up to %(n)s places") % {"n": growth_views.MOST_PLACES}
    names = frames.place_names()
    usual_places = (frames.REGION, "ENEA", "SEA", "SSWA")
    most = growth_views.MOST_PLACES
    places = link.choose_many("place", label, names, usual_places, most=most)
    show.view(growth_views.over_time(revision, places, measure, look))


def economies() -> None:
    """Show all economies at once."""
    words = {
        "percent_urban": MEASURES["percent_urban"],
        "urban_growth": _("Urban growth"),
        "change": _("City people added"),
    }
    shapes = {"tiles": _("Tiles"), "map": _("Map")}
    with st.container(horizontal=True):
        measure = link.choose("value", _("Shown as"), words, "percent_urban", kind="segmented")
        shape = link.choose("shape", _("Drawn as"), shapes, "tiles", kind="segmented")
        animated = False
        if measure == "percent_urban":
            spans = {"one": _("One year"), "all": _("All years, moving")}
            animated = link.choose("years", _("Years"), spans, "one", kind="segmented") == "all"
    period = (years[0], usual[1])
    if measure != "percent_urban":
        period = link.period("period", _("Period"), years, usual)
    elif not animated:
        period = (years[0], link.year("year", _("Year"), years, usual[1]))
    show.view(growth_views.all_economies(revision, measure, shape, period, animated, look))


def drivers() -> None:
    """Split growth into its two parts, and compare town and countryside."""
    groups = {"": _("Subregions")} | frames.group_names()
    group = link.choose("group", _("Places"), groups, "")
    period = link.period("period", _("Period"), years, usual)
    for view in growth_views.drivers(revision, period, group, look):
        show.view(view)


def cities() -> None:
    """Show how the cities of one economy compare in size, and how the largest grow."""
    edition = frames.city_revision(revision)
    place = link.choose("economy", _("Economy"), frames.economy_names(), "IDN")
    if edition != revision:
        names = frames.revision_names()
        words = {"chosen": names[revision], "shown": names[edition]}
        st.info(_("%(chosen)s has no cities; these are of %(shown)s.") % words)
    year = link.year("year", _("Year"), frames.city_years(edition), 2015)
    for view in growth_views.cities(edition, place, year, look):
        show.view(view)


def revisions() -> None:
    """Show one place in every revision."""
    measure = link.choose("measure", _("Shown as"), MEASURES, "percent_urban", kind="segmented")
    place = link.choose("economy", _("Place"), frames.place_names(), "BGD")
    year = link.year("year", _("Year"), frames.years_of_all(), 2020)
    show.view(growth_views.in_every_revision(place, year, measure, look))


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
if part in {"time", "map", "drivers"}:
    show.sources((), before=frames.coverage(revision))
link.finish()
