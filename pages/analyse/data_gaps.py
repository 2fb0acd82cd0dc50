"""Data gaps: What is not known, because nobody measured it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from ileaps_metrics.data_gaps import USUAL_AGE
from ileaps_views import controls, show
from ileaps_views.charts.data_gaps import Asked
from ileaps_views.i18n import gettext as _
from ileaps_views.sdg_words import numbered_goal
from pages import frames, gap_views, sdg_frames

if TYPE_CHECKING:
    from collections.abc import Callable

HARVEST = 2023
FIRST_YEAR = 2015
OLDEST = 15

link = controls.Link("datagaps")
show.page_title(_("Data gaps"), _("What is not known, because nobody measured it?"))
look = frames.look()


def asked() -> Asked:
    """Let a person choose the year to look from and the age of an old value."""
    last = max(int(frames.today()[:4]), HARVEST)
    with st.container(horizontal=True):
        as_of = link.year("asof", _("Known by"), list(range(FIRST_YEAR, last + 1)), HARVEST)
        age = link.year("age", _("Old after years"), list(range(1, OLDEST + 1)), USUAL_AGE)
    if as_of > HARVEST:
        st.info(
            _(
                "The UNSD files here end with the harvest of December 2023: what was published "
                "since then counts as missing, and older values age."
            )
        )
    return Asked(as_of, age)


def goal() -> str:
    """Let a person choose a goal."""
    goals = {str(each): numbered_goal(each) for each in sdg_frames.goals()}
    return link.choose("goal", _("Goal"), goals, gap_views.URBAN_GOAL)


def by_indicator() -> None:
    """Show how many economies are known, indicator by indicator."""
    show.view(gap_views.by_indicator(goal(), asked(), look))


def by_economy() -> None:
    """Show each economy and indicator as a tile."""
    with st.container(horizontal=True):
        chosen = goal()
        group = link.choose("group", _("Places"), frames.group_names(), frames.REGION)
    show.view(gap_views.by_economy(chosen, group, asked(), look))


def by_year() -> None:
    """Show from which years the latest values are."""
    show.view(gap_views.by_year(goal(), asked(), look))


def by_city() -> None:
    """Show each partner city and city indicator as a tile."""
    show.view(gap_views.by_city(asked(), look))


def by_pilot() -> None:
    """Show what the indicators of the pilots lack."""
    show.view(gap_views.by_pilot(controls.shared_value("version"), look))


PARTS: dict[str, tuple[str, Callable[[], None]]] = {
    "indicators": (_("By indicator"), by_indicator),
    "economies": (_("By economy"), by_economy),
    "years": (_("Age of the values"), by_year),
    "cities": (_("Partner cities"), by_city),
    "pilots": (_("Pilots"), by_pilot),
}
words = {name: label for name, (label, _show) in PARTS.items()}
part = link.choose("part", _("Part"), words, "indicators", kind="segmented")
PARTS[part][1]()
link.finish()
