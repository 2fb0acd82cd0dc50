"""Pilot outcomes: did it work?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from ileaps_views import controls, show
from ileaps_views.i18n import gettext as _
from ileaps_views.i18n import partial_date
from ileaps_views.statuses import method_sentence
from ileaps_views.terms import kind_name, sector_name
from ileaps_views.text import plain
from pages import frames, impact_views, programme_views, readiness_views

if TYPE_CHECKING:
    from collections.abc import Callable

link = controls.Link("pilotoutcomes")
version = controls.shared_value("version")
show.page_title(
    _("Pilot outcomes"),
    _("Did each pilot do what it set out to do, and what can nobody say?"),
)
look, today = frames.look(), frames.today()


def heading(pilot_id: str) -> None:
    """Say what the pilot is, who ran it, and what ties it to the programme."""
    pilot = frames.record("pilots", "pilot_id", pilot_id)
    st.markdown(
        _("**%(kind)s** · %(city)s · %(sector)s · started %(date)s · attribution: %(attribution)s")
        % {
            "kind": kind_name(pilot["kind"]),
            "city": plain(frames.city_names().get(pilot["city_id"], pilot["city_id"])),
            "sector": sector_name(pilot["sector"]),
            "date": partial_date(pilot["started_on"]),
            "attribution": plain(pilot["attribution"] or _("not stated")),
        }
    )
    show.sources(frames.sources().lines([pilot["source_id"]]))


def against_target() -> None:
    """Set every indicator against its target, and list what was published of one of them."""
    methods = {
        "linear_pace": _("Pace on a straight line (ours)"),
        "undp_rag": _("UNDP Report Card 2014"),
    }
    method = link.choose("method", _("Status by"), methods, "linear_pace", kind="segmented")
    show.view(programme_views.outcomes(version, pilot, method, today, look))
    st.caption(method_sentence(method))
    indicators = frames.indicator_names(pilot)
    if not indicators:
        st.info(_("No figure of this track is published: there is nothing to judge."))
        return
    opening = frames.first_disputed(version, pilot)
    chosen = link.choose("indicator", _("Indicator"), indicators, opening)
    show.view(programme_views.published_figures(version, chosen, look))


def anyway() -> None:
    """Show the estimate of what the pilot added, where a design supports one, or say why none."""
    if not impact_views.supported(pilot):
        st.header(_("Nobody can say whether it would have happened anyway"), anchor=False)
        st.markdown(plain(impact_views.unsupported(version, pilot, today, look)))
        return
    show.view(impact_views.months(version, look))
    show.view(impact_views.designs(version, look))
    districts = impact_views.districts()
    district = link.choose("district", _("District of Seoul"), districts, next(iter(districts)))
    show.view(impact_views.scatter(district, look))
    show.view(impact_views.one_district(district, look))


def stages() -> None:
    """Show the stages by their evidence, and what is known of readiness to scale."""
    show.view(programme_views.stages(version, pilot, today, look))
    show.view(programme_views.funnel(version, look))
    readiness_views.show_readiness(version, pilot, look)


pilot = link.choose("pilot", _("Pilot, track or reference"), frames.pilot_names(), "mks-pasikola")
heading(pilot)
PARTS: dict[str, tuple[str, Callable[[], None]]] = {
    "target": (_("Against its target"), against_target),
    "anyway": (_("Would it have happened anyway?"), anyway),
    "stages": (_("Stages and readiness"), stages),
}
words = {name: label for name, (label, _show) in PARTS.items()}
part = link.choose("part", _("Part"), words, "target", kind="segmented")
PARTS[part][1]()

st.header(_("What we cannot say"), anchor=False)
sentences = programme_views.unsayable(version, pilot, today, look)
st.markdown("\n".join("- " + plain(sentence) for sentence in sentences))
link.finish()
