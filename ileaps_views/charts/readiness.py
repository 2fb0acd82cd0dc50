"""Readiness to scale, factor by factor: a score somebody signed, or "not evidenced"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ileaps_views import tables
from ileaps_views.charts.sheet import Sheet, hatch
from ileaps_views.i18n import MISSING, _, ngettext, number, partial_date
from ileaps_views.rows import records
from ileaps_views.theme import TEXT_SIZE, palette
from ileaps_views.view import View
from ileaps_views.wording import chart_text, is_missing, one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    import plotly.graph_objects as go

    from ileaps_views.evidence import SourceBook

_ROW: Final = 66
_BOX: Final = 15
_BOXES: Final = 2
_REACH: Final = 12


def factor_name(factor: object) -> str:
    """Return the words of a factor.

    >>> factor_name("finance")
    'Financial management'
    """
    names = {
        "vision": _("Vision of impact at scale"),
        "effectiveness": _("Direct evidence that it works"),
        "demand": _("Demand, and a reason to scale"),
        "timeframe": _("A time frame for scaling"),
        "finance": _("Financial management"),
        "team": _("A team that can do it"),
        "monitoring": _("Capacity to monitor and evaluate"),
    }
    return names.get(one_line(factor), one_line(factor))


def score_words(score: float | None) -> str:
    """Return the words of a score; a missing one is not zero.

    >>> score_words(2.0), score_words(0.0), score_words(None)
    ('2 of 2: met', '0 of 2: looked at and absent', 'not evidenced')
    """
    if is_missing(score) or score is None:
        return _("not evidenced")
    words = {
        0: _("0 of 2: looked at and absent"),
        1: _("1 of 2: in part"),
        2: _("2 of 2: met"),
    }
    return words.get(int(score), number(score))


def _counted(code: str, n: int) -> str:
    """Say what the tables hold under one code."""
    words = {
        "targets": ngettext("%(n)s indicator with a target", "%(n)s indicators with a target", n),
        "outcome_figures": ngettext("%(n)s figure of outcomes", "%(n)s figures of outcomes", n),
        "comparison_figures": _("%(n)s of a comparison group"),
        "transfers_elsewhere": ngettext(
            "%(n)s transfer of its policies elsewhere",
            "%(n)s transfers of its policies elsewhere",
            n,
        ),
        "dated_targets": ngettext("%(n)s deadline", "%(n)s deadlines", n),
        "dated_stages": ngettext("%(n)s dated stage", "%(n)s dated stages", n),
        "cost_figures": ngettext("%(n)s figure of costs", "%(n)s figures of costs", n),
        "partners": ngettext("%(n)s partner named", "%(n)s partners named", n),
        "dated_figures": ngettext("%(n)s dated figure", "%(n)s dated figures", n),
        "undated_figures": _("%(n)s undated"),
    }
    return words.get(code, code) % {"n": number(n)}


def evidence_words(evidence: pd.DataFrame) -> dict[str, str]:
    """Say for each factor what the tables hold that an assessor would look at.

    Args:
        evidence: rows of one pilot of readiness_evidence(...): factor, code, n.
    """
    found: dict[str, list[str]] = {}
    for factor, code, n in zip(evidence["factor"], evidence["code"], evidence["n"], strict=True):
        found.setdefault(str(factor), []).append(_counted(str(code), int(n)))
    return {factor: ", ".join(parts) for factor, parts in found.items()}


def readiness_title(minimum: float | None, n_evidenced: int, n_factors: int) -> str:
    """Say how many factors are evidenced and what the weakest of them is.

    >>> readiness_title(None, 0, 7)
    'Readiness to scale: 0 of 7 factors evidenced'
    >>> readiness_title(1.0, 3, 7)
    'Readiness to scale: 3 of 7 factors evidenced, the weakest at 1 of 2'
    """
    words = {"n": number(n_evidenced), "total": number(n_factors), "least": number(minimum)}
    if is_missing(minimum) or not n_evidenced:
        return _("Readiness to scale: %(n)s of %(total)s factors evidenced") % words
    return (
        _("Readiness to scale: %(n)s of %(total)s factors evidenced, the weakest at %(least)s of 2")
        % words
    )


def readiness_factors(
    scores: pd.DataFrame,
    summary: pd.DataFrame,
    evidence: pd.DataFrame,
    book: SourceBook,
    mode: str,
) -> View:
    """Draw the seven factors of one pilot, each with its score or without one.

    Args:
        scores: the pilot's rows of factor_scores(...).
        summary: its row of readiness_summary(...).
        evidence: its rows of readiness_evidence(...).
        book: the sources.
        mode: "light" or "dark".
    """
    rows, held = records(scores), evidence_words(evidence)
    least, n_evidenced, n_factors = summary[["minimum", "n_evidenced", "n_factors"]].iloc[0]
    return View(
        id="readiness",
        title=readiness_title(least, int(n_evidenced), int(n_factors)),
        takeaway=_takeaway(int(n_evidenced)),
        figure=_figure(rows, held, mode),
        table=_table(rows, held, book),
        unit=_("our reading, after the seven factors of IDIA; 0 absent, 1 in part, 2 met"),
        sources=book.lines(scores["source_id"].dropna()),
        alt="; ".join(
            _("%(factor)s: %(score)s")
            % {"factor": factor_name(row["factor"]), "score": score_words(row["score"])}
            for row in rows
        ),
        method=_(
            "A score counts only with assessor, date and source; the newest one stands. The "
            "summary is the minimum over the factors that are evidenced, with their number. "
            "Unknown is not zero, and the factors are never averaged."
        ),
        notes=(
            _("The counts beside a factor say what an assessor would find; they are no score."),
            _("The tables have no field for an owner of a pilot, so the team is partners only."),
            _(
                "Before a pilot moves on to scaling we would ask for four things more: an outcome "
                "on track, evidence of a comparison, a named owner, and the cost of one unit."
            ),
        ),
    )


def _takeaway(n_evidenced: int) -> str:
    if n_evidenced:
        return _(
            "Read it by the weakest factor: a strong one does not make up for it. Factors without "
            "a score are unknown, not zero."
        )
    return _(
        "Nobody has published a score for it, so nothing is said about its readiness. The small "
        "lines say what the tables hold for somebody who would assess it."
    )


def _table(
    rows: Sequence[Mapping[str, Any]], held: Mapping[str, str], book: SourceBook
) -> pd.DataFrame:
    return tables.rows(
        {
            _("Factor"): factor_name(row["factor"]),
            _("Score"): score_words(row["score"]),
            _("What the tables hold, not a score"): held.get(str(row["factor"]), MISSING),
            _("Assessed by"): MISSING
            if is_missing(row["assessor"])
            else _("%(name)s, %(date)s")
            % {"name": one_line(row["assessor"]), "date": partial_date(str(row["assessed_on"]))},
            _("Source"): MISSING if is_missing(row["source_id"]) else book.line(row["source_id"]),
        }
        for row in rows
    )


def _figure(rows: Sequence[Mapping[str, Any]], held: Mapping[str, str], mode: str) -> go.Figure:
    colours = palette(mode)
    height = _ROW * len(rows)
    feet = [height - (place + 1) * _ROW for place in range(len(rows))]
    sheet = Sheet(mode, height=height + 8, margin={"l": 8, "r": 8, "t": 4, "b": 4})
    boxes = [
        (at, foot + 14, not is_missing(row["score"]), float(row["score"] or 0) > at)
        for row, foot in zip(rows, feet, strict=True)
        for at in range(_BOXES)
    ]
    for name, wanted in (("met", (True, True)), ("empty", (True, False)), ("unknown", None)):
        drawn = [box for box in boxes if (box[2:] == wanted if wanted else not box[2])]
        if not drawn:
            continue
        pattern = {"pattern": hatch(colours)} if name == "unknown" else {}
        sheet.bar(
            base=[at * 0.55 for at, *_rest in drawn],
            x=[0.45] * len(drawn),
            y=[y for _at, y, *_rest in drawn],
            width=_BOX,
            orientation="h",
            name=name,
            marker={
                "color": colours.primary if name == "met" else colours.background,
                "line": {"width": 1.5, "color": colours.muted},
                **pattern,
            },
            hoverinfo="skip",
        )
    for row, foot in zip(rows, feet, strict=True):
        name, known = factor_name(row["factor"]), held.get(str(row["factor"]), "")
        _write(sheet, name, 0, foot + 50, colours.text, TEXT_SIZE)
        _write(sheet, known, 0, foot + 33, colours.muted, TEXT_SIZE - 2)
        _write(sheet, score_words(row["score"]), 1.25, foot + 14, colours.text, TEXT_SIZE - 1)
    sheet.axis("yaxis", range=[0, height], visible=False)
    sheet.axis("xaxis", range=[0, _REACH], visible=False)
    return sheet.figure()


def _write(sheet: Sheet, text: str, x: float, y: float, colour: str, size: int) -> None:
    sheet.note(
        chart_text(text),
        x=x,
        y=y,
        xanchor="left",
        yanchor="middle",
        align="left",
        font={"size": size, "color": colour},
    )
