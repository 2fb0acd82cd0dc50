"""Methods and sources: how was each figure computed, and where does it come from?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from ileaps_views import controls, methods, show
from ileaps_views.i18n import gettext as _
from pages import frames, methods_views

if TYPE_CHECKING:
    from collections.abc import Callable

link = controls.Link("methodsandsources")
look = frames.look()
show.page_title(
    _("Methods and sources"), _("How was each figure computed, and where does it come from?")
)


def one_method() -> None:
    """Show one method, chosen by name or by link, and all of them below it."""
    names = methods.names()
    label = _("Method (type to search)")
    chosen = link.choose("method", label, names, "linear_pace")
    methods_views.show_method(
        methods.catalogue()[chosen], lambda part: link.set("part", part, words)
    )
    st.divider()
    methods_views.show_index(lambda method: link.set("method", method, names))


def reproduced() -> None:
    """Show which published results come out."""
    show.view(methods_views.reproduced(look))


def sources() -> None:
    """Show every source with its licence and edition."""
    kinds = {
        "dataset": _("Data sets and published results"),
        "programme": _("Evidence on the programme"),
    }
    kind = link.choose("kind", _("Sources"), kinds, "dataset", kind="segmented")
    methods_views.show_sources(kind)


def tables() -> None:
    """Show what one table holds, and all of them below it."""
    names = {name: each["title"] for name, each in methods_views.resources().items()}
    chosen = link.choose("table", _("Table (type to search)"), names, "urban_population")
    methods_views.show_table(chosen)
    st.header(_("All tables"), anchor=False)
    methods_views.show_tables()


PARTS: dict[str, tuple[str, Callable[[], None]]] = {
    "method": (_("Methods"), one_method),
    "reproduced": (_("Reproduced results"), reproduced),
    "sources": (_("Sources"), sources),
    "tables": (_("Tables"), tables),
}
words = {name: label for name, (label, _show) in PARTS.items()}
part = link.choose("part", _("Part"), words, "method", kind="segmented")
PARTS[part][1]()
link.finish()
