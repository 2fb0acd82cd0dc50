"""Links from one page to another, by the page's name and one of its filters."""

from __future__ import annotations

import streamlit as st

from ileaps_views.i18n import gettext as _

SEPARATOR = "?"


def _titles() -> dict[str, tuple[str, str]]:
    """Give each page its script and its title."""
    return {
        "partner_cities": ("decide/partner_cities.py", _("Partner cities")),
        "city_profile": ("decide/city_profile.py", _("City profile")),
        "pilot_outcomes": ("decide/pilot_outcomes.py", _("Pilot outcomes")),
        "urban_growth": ("decide/urban_growth.py", _("Urban growth")),
        "programme": ("decide/programme.py", _("Programme")),
        "sdg_progress": ("decide/sdg_progress.py", _("SDG progress")),
        "data_gaps": ("analyse/data_gaps.py", _("Data gaps")),
        "methods_and_sources": (
            "analyse/methods_and_sources.py",
            _("Methods and sources"),
        ),
    }


def _parts() -> dict[str, str]:
    """Name the filters that a link may open a page with."""
    return {
        "below=counts": _("counts"),
        "part=events": _("Events on a line of years"),
        "pilot=hul-smart": _("Hulhumalé"),
    }


def part_name(query: str) -> str:
    """Name a filter that a link opens a page with."""
    return _parts().get(query, query)


def to_page(target: str, label: str = "") -> None:
    """Link to a page ("pilot_outcomes", "programme?part=events"), named by its title.

    Args:
        target: the page's name and, after a question mark, one filter as name=value.
        label: the words of the link, where they are not the page's title.
    """
    page, _mark, query = target.partition(SEPARATOR)
    script, title = _titles()[page]
    if query in _parts():
        title = _("%(page)s: %(part)s") % {"page": title, "part": _parts()[query]}
    name, _equals, value = query.partition("=")
    st.page_link(
        script,
        label=label or title,
        icon=":material/arrow_forward:",
        query_params={name: value} if query else None,
    )
