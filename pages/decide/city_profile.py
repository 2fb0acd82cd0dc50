"""City profile: what does this city face, and what does it do about it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from ileaps_views import controls, peer_words, show
from ileaps_views.i18n import gettext as _
from ileaps_views.i18n import partial_date
from ileaps_views.terms import role_name
from ileaps_views.text import plain
from pages import city_frames, city_views, frames, links, programme_views

if TYPE_CHECKING:
    from collections.abc import Callable

link = controls.Link("cityprofile")
show.page_title(_("City profile"), _("What does this city face, and what does it do about it?"))
version = controls.shared_value("version")
revision = controls.shared_value("revision")
edition = frames.city_revision(revision)
look = frames.look()
city_id = link.choose("city", _("City"), frames.city_names(), "makassar")
name, country, _region = city_views.place(city_id)


def heading() -> None:
    """Say who the city is to the programme."""
    city = city_frames.city(city_id)
    words = {
        "role": role_name(city["role"]),
        "country": plain(country),
        "date": partial_date(city["joined_on"]),
    }
    st.header(plain(name), anchor=False)
    st.markdown(_("%(role)s in %(country)s; first step together: %(date)s.") % words)
    show.sources(frames.sources().lines([city["source_id"]]))


def glance() -> None:
    """Show six figures, then size and growth against country and subregion."""
    show.tiles(city_views.tiles(version, edition, city_id, look))
    if edition != revision:
        names = frames.revision_names()
        said = {"chosen": names[revision], "shown": names[edition]}
        st.info(_("%(chosen)s has no cities; these are of %(shown)s.") % said)
    show.view(city_views.people(edition, city_id, look))
    years = [year for year in city_frames.years(edition) if year <= city_frames.LAST_YEAR]
    period = link.period("period", _("Period"), years, city_frames.PROFILE_YEARS)
    show.view(city_views.against(edition, city_id, period, look))


def goal() -> None:
    """Show Goal 11 for the city itself, then for its country."""
    show.view(city_views.goal_values(city_id, look))
    show.view(city_views.of_country(city_id, look))
    links.to_page("sdg_progress?part=cities", _("All partner cities on these indicators"))


def air() -> None:
    """Show the air that stations measured."""
    show.view(city_views.air(city_id, look))


def work() -> None:
    """Show what the city does with the programme."""
    transfers, pilots = programme_views.city_tables(version, city_id, look)
    st.header(_("Policy transfers"), anchor=False)
    if transfers.empty:
        st.markdown(_("No transfer to this city is published."))
    else:
        show.table(transfers)
    st.header(_("Pilots and tracks"), anchor=False)
    if pilots.empty:
        st.markdown(_("No pilot or track in this city is published."))
    else:
        show.table(pilots)
        links.to_page("pilot_outcomes", _("What the pilots achieved"))
    links.to_page(f"partner_cities?city={city_id}", _("This city on the map of partners"))


def peers() -> None:
    """Show which partner cities are most like this one, and why."""
    label = _("Compare on these indicators")
    usual = peer_words.USUAL_INDICATORS
    chosen = link.choose_many("on", label, peer_words.peer_names(), usual) or usual
    view, reasons = city_views.alike(edition, city_id, chosen, look)
    show.view(view)
    if not reasons.empty:
        st.subheader(_("In what they are alike, and in what not"), anchor=False)
        show.table(reasons)
        st.caption(_("In brackets: the gap in standard deviations over the partner cities."))


def gaps() -> None:
    """Show what is not measured here."""
    show.view(city_views.unmeasured(city_id, int(frames.today()[:4]), look))
    links.to_page("data_gaps")


PARTS: dict[str, tuple[str, Callable[[], None]]] = {
    "glance": (_("At a glance"), glance),
    "goal": (_("SDG 11"), goal),
    "air": (_("Air"), air),
    "work": (_("With the programme"), work),
    "peers": (_("Similar cities"), peers),
    "gaps": (_("Not measured"), gaps),
}
heading()
words = {part: label for part, (label, _show) in PARTS.items()}
PARTS[link.choose("part", _("Part"), words, "glance", kind="segmented")][1]()
link.finish()
