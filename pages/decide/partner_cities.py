"""Partner cities: who works with whom, on what?"""

from __future__ import annotations

import streamlit as st

from ileaps_views import controls, show
from ileaps_views.i18n import gettext as _
from ileaps_views.i18n import partial_date
from ileaps_views.terms import (
    STAGES,
    instrument_name,
    role_name,
    sector_name,
    stage_name,
    transfer_status_name,
)
from ileaps_views.text import plain
from pages import frames, links, programme_views

link = controls.Link("partnercities")
version = controls.shared_value("version")
show.page_title(_("Partner cities"), _("Who works with whom, on what, and since when?"))
years = sorted(int(float(year)) for year in frames.link_values(version, "year"))

BELOW = {"city": _("One city"), "counts": _("Counts")}


def one_of(name: str, label: str, words: dict[str, str]) -> str:
    """Offer one value of a column, or all of them."""
    return link.choose(name, label, {"": _("All")} | words, "")


def filters() -> tuple[str, int | None, str, str, str, str, str]:
    """Let a person narrow the transfers."""
    sectors = {s: sector_name(s) for s in frames.link_values(version, "sector")}
    instruments = {i: instrument_name(i) for i in frames.link_values(version, "instrument")}
    statuses = {s: transfer_status_name(s) for s in frames.link_values(version, "status")}
    stages = {s: stage_name(s) for s in STAGES}
    with st.expander(_("Filters"), expanded=False):
        left, right = st.columns(2)
        with left:
            until = link.year("year", _("Agreed by the end of"), years, years[-1])
            sector = one_of("sector", _("Sector"), sectors)
            instrument = one_of("instrument", _("Instrument"), instruments)
        with right:
            status = one_of("status", _("Status"), statuses)
            goal = one_of("sdg", _("SDG target of the policy"), frames.sdg_targets())
            stage = one_of("stage", _("Stage of the city's pilot"), stages)
    return version, until, sector, instrument, status, goal, stage


def city_panel(city_id: str) -> None:
    """Tell what is known of one city: its role, its transfers, its pilots."""
    city = frames.record("cities", "city_id", city_id)
    country = frames.country_names().get(city["country_iso3"], city["country_iso3"])
    st.header(plain(city["name"]), anchor=False)
    words = {
        "role": role_name(city["role"]),
        "country": plain(country),
        "date": partial_date(city["joined_on"]),
    }
    st.markdown(_("%(role)s in %(country)s; first step together: %(date)s.") % words)
    show.sources(frames.sources().lines([city["source_id"]]))
    transfers, pilots = programme_views.city_tables(version, city_id, frames.look())
    if transfers.empty:
        st.markdown(_("No transfer to this city is published."))
    else:
        show.table(transfers)
    if not pilots.empty:
        show.table(pilots)
    links.to_page(f"city_profile?city={city_id}", _("Profile of this city"))


chosen = filters()
selection = show.view(programme_views.network(chosen, frames.look()), on_select="rerun")
names = frames.city_names()
clicked = show.clicked(selection, "city_id")
if clicked and clicked != st.session_state.get("partnercities:clicked"):
    link.set("city", clicked, names)
    link.set("below", "city", BELOW)
st.session_state["partnercities:clicked"] = clicked
if link.choose("below", _("Below the map"), BELOW, "city", kind="segmented") == "city":
    city_panel(link.choose("city", _("City"), names, "makassar"))
else:
    ways = {
        "policy_id": _("Policy"),
        "instrument": _("Instrument"),
        "status": _("Status"),
        "year": _("Year"),
    }
    by = link.choose("by", _("Count by"), ways, "policy_id", kind="segmented")
    show.view(programme_views.counted(chosen, by, frames.look()))
link.finish()
