"""SDG progress: on track for 2030?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from ileaps_views import controls, show
from ileaps_views.i18n import gettext as _
from ileaps_views.sdg_methods import method_names
from ileaps_views.sdg_words import GOALS, numbered_goal
from pages import frames, sdg_frames, sdg_views

if TYPE_CHECKING:
    from collections.abc import Callable

link = controls.Link("sdgprogress")
show.page_title(_("SDG progress"), _("On track for 2030, and by whose reckoning?"))
look = frames.look()
economies = frames.economy_names()


def places() -> str:
    """Let a person narrow the economies to a subregion."""
    return link.choose("group", _("Places"), frames.group_names(), frames.REGION)


def goal_filter() -> str:
    """Let a person choose a goal, or every series with a target in numbers."""
    words = {str(goal): numbered_goal(goal) for goal in sdg_frames.goals()}
    every = {sdg_frames.WITH_TARGET: _("All with a numeric target")}
    return link.choose("sdg", _("Goal"), words | every, "11")


def one_series(names: dict[str, str]) -> tuple[str, str, str]:
    """Let a person choose a series, an economy, and what stands beside the total."""
    with st.container(horizontal=True):
        code = link.choose("series", _("Indicator"), names, sdg_frames.usual_series(names))
        iso3 = link.choose("economy", _("Economy"), economies, "IDN")
    parts = sdg_views.beside_names(code, iso3, look)
    if len(parts) == 1:
        return code, iso3, ""
    first = list(parts)[1]
    return code, iso3, link.choose("beside", _("Beside the total"), parts, first, kind="segmented")


def goals() -> None:
    """Show economies by goals, and what is behind one of them."""
    group, edition = places(), sdg_frames.EDITION
    key = f"sdg-goals:{group}"
    picked = sdg_views.clicked(
        show.view(sdg_views.goals(edition, group, look), key=key, on_select="rerun"), key
    )
    numbers = {str(goal): numbered_goal(goal) for goal in GOALS}
    if picked:
        link.set("economy", picked[0], economies)
        link.set("goal", picked[1], numbers)
        sdg_views.open_goal(edition, picked[0], int(picked[1]), look)
    with st.container(horizontal=True):
        iso3 = link.choose("economy", _("Economy"), economies, "IDN")
        goal = link.choose("goal", _("Goal"), numbers, "11")
    sdg_views.goal_details(edition, iso3, int(goal), look, key="sdg-goal")


def indicators() -> None:
    """Show economies by indicators by one method, and what is behind one of them."""
    with st.container(horizontal=True):
        goal = goal_filter()
        group = places()
    method = link.choose("method", _("Status by"), method_names(), "statcan", kind="segmented")
    key = f"sdg-indicators:{goal}:{method}:{group}"
    picked = sdg_views.clicked(
        show.view(sdg_views.indicators(goal, method, group, look), key=key, on_select="rerun"), key
    )
    names = sdg_frames.main_series_names(goal)
    if picked:
        link.set("economy", picked[0], economies)
        link.set("series", picked[1], names)
        sdg_views.open_series(picked[1], picked[0], look)
    code, iso3, beside = one_series(names)
    sdg_views.series_details(code, iso3, beside, look, key="sdg-series")


def cell() -> None:
    """Show one series of one economy."""
    code, iso3, beside = one_series(sdg_frames.series_names(goal_filter()))
    sdg_views.series_details(code, iso3, beside, look, key="sdg-series")


def distance() -> None:
    """Show every economy's latest value of one series."""
    with st.container(horizontal=True):
        names = sdg_frames.series_names(goal_filter())
        group = places()
    code = link.choose("series", _("Indicator"), names, sdg_frames.usual_series(names))
    show.view(sdg_views.distance(code, group, look))


def cities() -> None:
    """Show the city values of SDG 11."""
    names = sdg_frames.city_series_names()
    for view in sdg_views.cities(link.choose("city", _("Indicator"), names, "SP_TRN_PUBL"), look):
        show.view(view)


PARTS: dict[str, tuple[str, Callable[[], None]]] = {
    "goals": (_("Goals"), goals),
    "indicators": (_("Indicators"), indicators),
    "cell": (_("One indicator"), cell),
    "distance": (_("Distance to target"), distance),
    "cities": (_("Partner cities"), cities),
}
words = {name: label for name, (label, _show) in PARTS.items()}
part = link.choose("part", _("Part"), words, "goals", kind="segmented")
PARTS[part][1]()
link.finish()
