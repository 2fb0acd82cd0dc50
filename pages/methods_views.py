"""Methods, sources and tables as they are told on their page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from ileaps_data import reference, reproduce
from ileaps_views import methods, show, tables
from ileaps_views.charts.reproduction import reproduction_bars
from ileaps_views.i18n import gettext as _
from ileaps_views.i18n import number, partial_date
from ileaps_views.rows import records
from ileaps_views.text import plain
from pages import frames, links
from pages.frames import Look, kept

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ileaps_views.method_texts.entry import Method
    from ileaps_views.view import View

PUBLISHED = "published/"


@kept
def reproduced(look: Look) -> View:
    """Compare every published result with our own."""
    return reproduction_bars(reproduce.results(), frames.sources(), look.mode)


@kept
def resources() -> dict[str, dict[str, Any]]:
    """Describe every table of the data folder, and of the published results, by name."""
    own = {each["name"]: each for each in reference.package()["resources"]}
    published = reference.package(reference.PUBLISHED)["resources"]
    return own | {PUBLISHED + each["name"]: each for each in published}


def show_method(method: Method, open_part: Callable[[str], None]) -> None:
    """Show one method whole: question, formula, rules, source, what was checked, where used."""
    words = methods.mark_words(method.mark)
    st.header(plain(method.name), anchor=False)
    st.markdown(f"**{plain(words.label)}** · {plain(words.meaning)}")
    st.markdown(plain(method.answers))
    for formula in method.formulas:
        st.latex(formula)
    if method.symbols:
        st.caption(plain(method.symbols))
    if method.rules:
        st.markdown("\n".join("- " + plain(rule) for rule in method.rules))
    st.markdown(_("**Source.** %(text)s") % {"text": plain(method.source)})
    if method.checked:
        st.markdown(_("**Checked.** %(text)s") % {"text": plain(method.checked)})
    with st.container(horizontal=True):
        for page in method.pages:
            links.to_page(page)
    if method.mark == "reproduced":
        st.button(
            _("Reproduced results"),
            icon=":material/arrow_forward:",
            type="tertiary",
            on_click=open_part,
            args=("reproduced",),
            key="methods:reproduced",
        )


def show_index(open_method: Callable[[str], None]) -> None:
    """Show all methods by field of use, each a button with the mark of how far it was checked."""
    st.header(plain(methods.title()), anchor=False)
    words = [methods.mark_words(mark) for mark in methods.MARKS]
    st.markdown("\n".join(f"- {plain(each.label)}: {plain(each.meaning)}" for each in words))
    for group in methods.GROUPS:
        st.subheader(plain(methods.group_name(group)), anchor=False)
        with st.container(horizontal=True, gap="small"):
            for method in methods.catalogue().values():
                if method.group == group:
                    shape = methods.mark_words(method.mark).shape
                    st.button(
                        f"{shape} {plain(method.name)}",
                        key=f"methods:open:{method.id}",
                        on_click=open_method,
                        args=(method.id,),
                    )


def show_sources(kind: str) -> None:
    """Show the sources of one kind with edition and licence: few as a list, many as a table."""
    book, rows = frames.sources(), frames.table("sources")
    rows = rows[rows["kind"].eq(kind)].sort_values("title")
    if kind != "dataset":
        show.table(tables.source_table(rows))
        return
    lines = (
        _("**%(title)s** · %(publisher)s · edition: %(date)s · licence: %(licence)s")
        % {
            "title": show.linked(plain(row["title"]), book.link(row["source_id"])),
            "publisher": plain(row["publisher"]),
            "date": partial_date(_text(row["published_on"])),
            "licence": plain(_text(row["licence"]) or _("not stated")),
        }
        for row in records(rows)
    )
    _bullets(lines)


def show_tables() -> None:
    """Show every table with its rows, edition and licence."""
    _bullets(_described(name, each) for name, each in resources().items())


def show_table(name: str) -> None:
    """Show what one table holds: its meaning, its sources, its fields."""
    resource = resources()[name]
    st.header(_("Table: %(title)s") % {"title": plain(resource["title"])}, anchor=False)
    st.markdown(_("**Holds.** %(text)s") % {"text": plain(resource["description"])})
    linked = (show.linked(plain(each["title"]), each.get("path")) for each in resource["sources"])
    _bullets(_("Compiled from %(source)s") % {"source": source} for source in linked)
    _bullets([_described(name, resource)])
    fields = resource.get("schema", {}).get("fields", [])
    if fields:
        st.subheader(_("Fields"), anchor=False)
        _bullets(_field(each) for each in fields)


def _field(field: dict[str, Any]) -> str:
    values = {
        "name": plain(field["name"]),
        "type": plain(field["type"]),
        "meaning": plain(field["description"]),
        "unit": plain(field.get("unit", "")),
    }
    if not values["unit"]:
        return _("**%(name)s** (%(type)s): %(meaning)s") % values
    return _("**%(name)s** (%(type)s, in %(unit)s): %(meaning)s") % values


def _described(name: str, resource: dict[str, Any]) -> str:
    sources = resource["sources"]
    values = {
        "title": plain(resource["title"]),
        "name": plain(name),
        "rows": number(resource.get("rows", resource.get("features"))),
        "edition": plain(", ".join(dict.fromkeys(each["edition"] for each in sources))),
        "licence": plain("; ".join(dict.fromkeys(each["licence"] for each in sources))),
    }
    return (
        _("**%(title)s** (%(name)s) · rows: %(rows)s · edition: %(edition)s · licence: %(licence)s")
        % values
    )


def _text(cell: object) -> str | None:
    return cell if isinstance(cell, str) and cell else None


def _bullets(lines: Iterable[str]) -> None:
    st.markdown("\n".join(f"- {line}" for line in lines))
