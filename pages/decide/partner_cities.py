"""Partner cities: who works with whom, on what?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from ileaps_views import controls, show, tables
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
from pages import frames, programme_views

if TYPE_CHECKING:
    import pandas as pd

link = controls.Link("partnercities")
version = controls.shared_value("version")
show.page_title(_("Partner cities"), _("Who works with whom, on what, and since when?"))
cities, pilots, policies = (frames.table(name) for name in ("cities", "pilots", "policies"))
years = sorted(int(year) for year in frames.links(version)["year"].dropna().unique())


def one_of(name: str, label: str, words: dict[str, str]) -> str:
    """Offer one value of a column, or all of them."""
    return link.choose(name, label, {"": _("All")} | words, "")


def filters() -> tuple[str, int | None, str, str, str, str, str]:
    """Let a person narrow the transfers."""
    everything = frames.links(version)
    sectors = {s: sector_name(s) for s in sorted(policies["sector"].unique())}
    instruments = {i: instrument_name(i) for i in sorted(everything["instrument"].unique())}
    statuses = {s: transfer_status_name(s) for s in sorted(everything["status"].unique())}
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


def city_panel(city_id: str, transfers: pd.DataFrame) -> None:
    """Tell what is known of one city: its role, its transfers, its pilots and their stage."""
    city = cities.set_index("city_id").loc[city_id]
    country = frames.country_names().get(city["country_iso3"], city["country_iso3"])
    st.header(plain(city["name"]), anchor=False)
    st.markdown(
        _("%(role)s in %(country)s; first step together: %(date)s.")
        % {
            "role": role_name(city["role"]),
            "country": plain(country),
            "date": partial_date(city["joined_on"]),
        }
    )
    show.sources(frames.sources().lines([city["source_id"]]))
    own = transfers[transfers["to_city_id"].eq(city_id) | transfers["from_city_id"].eq(city_id)]
    if own.empty:
        st.markdown(_("No transfer to this city is published under these filters."))
    else:
        show.table(tables.transfer_table(own, frames.sources(), frames.country_names()))
    here = pilots[pilots["city_id"].eq(city_id)]
    if not here.empty:
        show.table(tables.pilot_table(here, frames.sources(), frames.city_names()))


chosen = filters()
transfers = programme_views.narrowed(*chosen)
selection = show.view(programme_views.network(chosen, frames.look()), on_select="rerun")
names = frames.city_names()
clicked = show.clicked(selection, "city_id")
if clicked and clicked != st.session_state.get("partnercities:clicked"):
    link.set("city", clicked, names)
st.session_state["partnercities:clicked"] = clicked
city_panel(link.choose("city", _("City"), names, "makassar"), transfers)
link.finish()
