"""Areas and principles of 2016, and what serves the same SDG targets."""

from __future__ import annotations

import textwrap
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ileaps_views import tables
from ileaps_views.agreement_words import commitment_words, document_name
from ileaps_views.charts.sheet import Sheet, hatch
from ileaps_views.findings import agreements
from ileaps_views.findings.words import join_names
from ileaps_views.i18n import _, number
from ileaps_views.rows import records
from ileaps_views.theme import TEXT_SIZE, palette
from ileaps_views.view import LegendItem, View
from ileaps_views.wording import chart_text, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    import plotly.graph_objects as go

    from ileaps_views.evidence import SourceBook

_ROW: Final = 66
_EXTRA: Final = 17
_LINE: Final = 44
_BAR: Final = 13


class Related(NamedTuple):
    """One area or principle with what shares an SDG target with it; pilots as id and name."""

    name: str
    statement: str
    targets: str
    policies: tuple[str, ...]
    pilots: tuple[tuple[str, str], ...]
    source_id: str


def related(commitments: pd.DataFrame, shared: pd.DataFrame) -> tuple[Related, ...]:
    """Bring together each area or principle, in the order of its text, with its relations.

    Args:
        commitments: rows of the commitments table.
        shared: shared_targets(...); reference series are Seoul's own and left out.
    """
    found = []
    for row in records(commitments.sort_values("position")):
        own = shared[shared["commitment_id"].eq(row["commitment_id"])]
        policies = own.loc[own["item_kind"].eq("policy"), "item"]
        pilots = own[own["item_kind"].isin(["pilot", "track"])]
        words = commitment_words(row)
        found.append(
            Related(
                words.name,
                words.statement,
                one_line(row["sdg_targets"]).replace(";", ", "),
                tuple(one_line(name) for name in policies),
                tuple(
                    (str(key), one_line(name))
                    for key, name in zip(pilots["item_id"], pilots["item"], strict=True)
                ),
                str(row["source_id"]),
            )
        )
    return tuple(found)


def commitment_bars(
    commitments: pd.DataFrame, shared: pd.DataFrame, book: SourceBook, mode: str
) -> View:
    """Draw how many policies, and how many pilots and tracks, share a target with each.

    Args:
        commitments: the rows of one document of the commitments table.
        shared: shared_targets(...).
        book: the sources.
        mode: "light" or "dark".
    """
    rows = related(commitments, shared)
    document = document_name(commitments["document"].iloc[0]) if len(commitments) else ""
    colours = palette(mode)
    return View(
        id="commitments",
        title=agreements.commitments_title(
            [row.name for row in rows if not row.policies], len(rows)
        ),
        takeaway=_(
            "A shared SDG target is a shared subject: it does not say that the document led to "
            "the policy or the pilot."
        ),
        figure=_bars(rows, mode) if rows else None,
        table=_table(rows, book) if rows else None,
        unit=document,
        period="2016",
        sources=book.lines(commitments["source_id"]),
        alt=_("Bars for each: %(text)s.")
        % {
            "text": "; ".join(
                _("%(name)s: policies %(policies)s, pilots and tracks %(pilots)s")
                % {
                    "name": row.name,
                    "policies": number(len(row.policies)),
                    "pilots": number(len(row.pilots)),
                }
                for row in rows
            )
        },
        notes=(
            _("The SDG targets of the five are our reading of the text; it prints none."),
            _(
                "Two documents of 2016 are called Seoul Communiqué: this one, of the forum, on "
                "urban policy; the other, of Seoul and UNDP, began City-I-LEAPS."
            ),
        ),
        legend=(
            LegendItem(word=_("policies"), colour=colours.primary, shape="■"),
            LegendItem(word=_("pilots and tracks"), colour=colours.muted, shape="▨"),
        ),
    )


def _table(rows: Sequence[Related], book: SourceBook) -> pd.DataFrame:
    none = _("none")
    return tables.rows(
        {
            _("Area or principle"): row.name,
            _("In our words"): row.statement,
            _("SDG targets"): row.targets,
            _("Policies"): join_names(row.policies) or none,
            _("Pilots and tracks"): join_names(name for _id, name in row.pilots) or none,
            _("Source"): book.line(row.source_id),
        }
        for row in rows
    )


def _bars(rows: Sequence[Related], mode: str) -> go.Figure:
    colours = palette(mode)
    names = [textwrap.wrap(row.name, _LINE) or [""] for row in rows]
    feet = list(accumulate(_ROW + _EXTRA * (len(name) - 1) for name in names))
    height = feet[-1]
    places = [height - foot + 10 for foot in feet]
    sheet = Sheet(
        mode, height=height + 12, margin={"l": 8, "r": 36, "t": 4, "b": 4}, barmode="overlay"
    )
    series: tuple[tuple[str, list[int], float, dict[str, Any]], ...] = (
        ("policies", [len(row.policies) for row in rows], 16, {"color": colours.primary}),
        (
            "pilots",
            [len(row.pilots) for row in rows],
            0,
            {
                "color": colours.background,
                "line": {"color": colours.muted, "width": 1.5},
                "pattern": hatch(colours),
            },
        ),
    )
    for name, counts, lift, marker in series:
        sheet.bar(
            x=counts,
            y=[y + lift for y in places],
            orientation="h",
            name=name,
            width=_BAR,
            marker=marker,
            text=[number(n) for n in counts],
            textposition="outside",
            textfont={"color": colours.text},
            cliponaxis=False,
            hoverinfo="skip",
        )
    for lines, y in zip(names, places, strict=True):
        sheet.note(
            "<br>".join(chart_text(line) for line in lines),
            xref="paper",
            x=0,
            y=y + 24,
            xanchor="left",
            yanchor="bottom",
            align="left",
            font={"size": TEXT_SIZE - 1, "color": colours.text},
        )
    sheet.axis("yaxis", range=[0, height], visible=False)
    longest = max([1, *(len(row.policies) for row in rows), *(len(row.pilots) for row in rows)])
    sheet.axis("xaxis", range=[0, longest], visible=False)
    return sheet.figure()


def related_sentences(row: Related) -> tuple[str, ...]:
    """Say for one area or principle which targets and policies belong to it, and how many pilots.

    >>> related_sentences(Related("Name", "Says.", "11.3", ("Expo",), (), "s"))[1:]
    ('Policies: Expo', 'No pilot or track')
    """
    return (
        _("SDG targets, our reading: %(list)s") % {"list": row.targets},
        _("Policies: %(list)s") % {"list": join_names(row.policies)}
        if row.policies
        else _("No policy"),
        _("Pilots and tracks:") if row.pilots else _("No pilot or track"),
    )
