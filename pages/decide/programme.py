"""Programme: what was agreed, and what came of it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from ileaps_views import aims, controls, show
from ileaps_views.agreement_words import EVENT_GROUPS, document_name, event_group_name
from ileaps_views.i18n import gettext as _
from ileaps_views.terms import sector_name
from ileaps_views.text import plain
from pages import agreement_views, frames

if TYPE_CHECKING:
    from collections.abc import Callable

link = controls.Link("programme")
version, look = controls.shared_value("version"), frames.look()
show.page_title(_("Programme"), _("What was agreed, and what came of it?"))


def agreed() -> None:
    """Show the six aims, each with what measures it and where that stands."""
    cards = agreement_views.aim_cards(version, frames.today(), look)
    st.header(plain(aims.title(cards)), anchor=False)
    st.markdown(plain(aims.takeaway()))
    agreement_views.show_aims(cards, lambda part: link.set("part", part, words))


def events() -> None:
    """Show the events on a line of years, with counts and sources."""
    groups = {"": _("All")} | {group: event_group_name(group) for group in EVENT_GROUPS}
    years = {"": _("All")} | {year: year for year in agreement_views.event_years(version)}
    left, right = st.columns(2)
    with left:
        group = link.choose("group", _("Kind of event"), groups, "")
    with right:
        year = link.choose("year", _("Year"), years, "")
    view = agreement_views.events_view(version, group, year, look)
    show.view(view)
    if view.table is not None:
        st.header(_("The events one by one"), anchor=False)
        agreement_views.show_events(view.table)


def policies() -> None:
    """Show the catalogue of policies and who took each up."""
    sectors = {"": _("All")} | {each: sector_name(each) for each in agreement_views.sectors()}
    left, right = st.columns(2)
    with left:
        sector = link.choose("sector", _("Sector"), sectors, "")
    with right:
        targets = {"": _("All")} | frames.sdg_targets()
        target = link.choose("sdg", _("SDG target of the policy"), targets, "")
    show.view(agreement_views.catalogue(version, sector, target, look))
    lines = agreement_views.takers(version, sector, target, look)
    if lines:
        st.header(_("Who took up what"), anchor=False)
        st.markdown("\n".join(f"- {line}" for line in lines))


def commitments() -> None:
    """Show the areas and principles of the forum, and what serves the same SDG targets."""
    names = {each: document_name(each) for each in ("declaration", "communique")}
    document = link.choose("document", _("Document"), names, "declaration", kind="segmented")
    show.view(agreement_views.commitments_view(version, document, look))
    agreement_views.show_commitments(agreement_views.commitment_rows(version, document, look))


PARTS: dict[str, tuple[str, Callable[[], None]]] = {
    "aims": (_("Six aims"), agreed),
    "events": (_("Events"), events),
    "policies": (_("Policies"), policies),
    "commitments": (_("Areas and principles"), commitments),
}
words = {name: label for name, (label, _show) in PARTS.items()}
part = link.choose("part", _("Part"), words, "aims", kind="segmented")
PARTS[part][1]()
link.finish()
