"""How a View stands on a page: finding, figure, unit, source, figures, method."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import quote

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from ileaps_views.i18n import gettext as _
from ileaps_views.i18n import number
from ileaps_views.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ileaps_views.theme import Mode
    from ileaps_views.tiles import Tile
    from ileaps_views.view import LegendItem, View


class Card(NamedTuple):
    """A short text under a mark, a shape and a word."""

    mark: str
    heading: str
    text: str


ROWS_AS_HTML: Final = 60
MOST_SOURCES: Final = 4
URL_CHARACTERS: Final = "/:?=&%#+,;@~!*'"
TOPOJSON: Final = "/app/static/topojson/"


def mode() -> Mode:
    """Return the theme the viewer has, light where it is not known yet."""
    return "dark" if st.context.theme.type == "dark" else "light"


def page_title(title: str, question: str) -> None:
    """Head a page with its name and the one question it answers."""
    st.title(title, anchor=False)
    st.markdown(question)


def legend(items: Iterable[LegendItem]) -> None:
    """Draw a legend as text: shape, colour and word for each entry."""
    # the outline keeps the lightest colours visible on the page's own background
    entries = " ".join(
        f'<span style="display:inline-block;margin-right:1.1rem">'
        f'<span aria-hidden="true" style="color:{html.escape(item.colour, quote=True)};'
        f"font-size:1.1em;-webkit-text-stroke:.5px currentColor;"
        f'text-shadow:0 0 1px #7A8594">{html.escape(item.shape)}</span> '
        f"{html.escape(item.word)}</span>"
        for item in items
    )
    if entries:
        st.html(f'<p style="line-height:1.7;margin:0">{entries}</p>')


def table(frame: pd.DataFrame) -> None:
    """Show figures as a real table where they are few, as a scrolling grid where they are many.

    A column of addresses becomes the link of the source beside it: one click from the figure.
    """
    address, source = _("Link"), _("Source")
    if len(frame) > ROWS_AS_HTML:
        links = {address: st.column_config.LinkColumn()} if address in frame else {}
        st.dataframe(frame, hide_index=True, column_config=links)
        return
    # plain lists: a table of a few rows costs ten times as much column by column in pandas
    columns = {
        str(name): [plain(cell) if isinstance(cell, str) else cell for cell in frame[name].tolist()]
        for name in frame.columns
    }
    if address in columns and source in columns:
        del columns[address]
        pairs = zip(columns[source], frame[address].tolist(), strict=True)
        columns[source] = [linked(words, link) for words, link in pairs]
    safe = pd.DataFrame({plain(name): cells for name, cells in columns.items()})
    st.table(safe, border="horizontal", hide_index=True)


def linked(words: str, address: object) -> str:
    """Make Markdown words, already plain, the link of an address a browser may open."""
    if not isinstance(address, str) or not address.startswith(("https://", "http://")):
        return words
    return f"[{words}]({quote(address, safe=URL_CHARACTERS)})"


def clicked(selection: Any, name: str) -> str:  # noqa: ANN401 - Streamlit's selection
    """Return one property of the object a person clicked in a map, or nothing."""
    objects = selection["selection"]["objects"] if selection else {}
    for picked in objects.values():
        for each in picked:
            if each.get(name):
                return str(each[name])
    return ""


def _csv(frame: pd.DataFrame) -> bytes:
    text = frame.select_dtypes(include=["object", "string"]).columns
    # a spreadsheet runs a cell that starts like a formula; a leading apostrophe keeps it text
    safe = frame.assign(
        **{
            name: frame[name].where(
                ~frame[name].astype("str").str.match(r"[=+\-@\t\r]"),
                "'" + frame[name].astype("str"),
            )
            for name in text
        }
    )
    return safe.to_csv(index=False).encode("utf-8-sig")


def _figure(view: View, key: str, on_select: Any) -> Any:  # noqa: ANN401 - Streamlit's selection
    if view.figure is None:
        return None
    if isinstance(view.figure, go.Figure):
        return st.plotly_chart(
            view.figure,
            theme=None,
            key=key,
            alt=view.alt or view.title,
            config={
                "displaylogo": False,
                "showSendToCloud": False,
                "topojsonURL": TOPOJSON,
                "toImageButtonOptions": {"format": "svg", "filename": view.id},
                "modeBarButtonsToRemove": ["lasso2d", "select2d", "autoScale2d"],
            },
            **({} if on_select == "ignore" else {"on_select": on_select}),
            selection_mode="points",
        )
    return st.pydeck_chart(
        view.figure, key=key, height=480, on_select=on_select, alt=view.alt or view.title
    )


def view(item: View, *, key: str = "", on_select: Any = "ignore", headed: bool = True) -> Any:  # noqa: ANN401 - Streamlit's selection
    """Show a View whole; return what was selected in its figure, where that is asked for."""
    key = key or item.id
    if headed:
        st.header(plain(item.title), anchor=False)
    if item.takeaway:
        st.markdown(plain(item.takeaway))
    selected = _figure(item, key, on_select)
    if item.figure is not None:
        legend(item.legend)
    evidence(item)
    if item.figure is None and item.table is not None and not item.table.empty:
        table(item.table)
    if item.table is None and not item.method and not item.notes:
        return selected
    # the table is sent when it is asked for: most readers of a chart never open it
    details = st.expander(_("Figures, method and caveats"), key=f"{key}:details", on_change="rerun")
    if details.open:
        with details:
            figures(item, key)
    return selected


def evidence(item: View) -> None:
    """Say unit, period, source and revision under a figure."""
    sources(item.sources, before=tuple(part for part in (item.unit, item.period) if part))


def sources(lines: Iterable[str], *, before: tuple[str, ...] = ()) -> None:
    """Name sources in a small line, after what else belongs there; many are counted."""
    named = list(dict.fromkeys(lines))
    parts = [*before]
    if len(named) > MOST_SOURCES:
        parts.append(
            _("%(n)s published sources, each named beside its figure in the table")
            % {"n": number(len(named))}
        )
    elif named:
        parts.append(_("Source: %(sources)s") % {"sources": "; ".join(named)})
    if parts:
        st.caption(" · ".join(plain(part) for part in parts))


def figures(item: View, key: str) -> None:
    """Show what a figure is made of: method, caveats, the numbers, and the numbers as a file."""
    if item.method:
        st.markdown(_("**Method.** %(method)s") % {"method": plain(item.method)})
    for note in item.notes:
        st.markdown("- " + plain(note))
    if item.table is not None and not item.table.empty:
        table(item.table)
        frame = item.table
        st.download_button(
            _("Download these figures (CSV)"),
            data=lambda: _csv(frame),
            file_name=f"{item.id}.csv",
            mime="text/csv",
            key=f"{key}:csv",
            on_click="ignore",
        )


def tiles(entries: Sequence[Tile], *, across: int = 3) -> None:
    """Show figures side by side, so many across; one below the other where it is narrow."""
    for first in range(0, len(entries), across):
        for column, tile in zip(st.columns(across), entries[first : first + across], strict=False):
            with column.container(border=True, height="stretch"):
                st.metric(tile.label, tile.figure)
                st.caption(plain(tile.explanation))


def cards(entries: Sequence[Card]) -> None:
    """Show short texts side by side, one below the other where it is narrow."""
    for column, card in zip(st.columns(len(entries)), entries, strict=True):
        with column.container(border=True, height="stretch"):
            st.markdown(f"**{plain(card.mark)}**")
            st.markdown(plain(card.heading))
            st.caption(plain(card.text))
