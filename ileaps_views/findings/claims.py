"""Verdicts on published headline claims, recomputed: what each revision gives.

A verdict never picks a revision silently: the text names every one that was looked at and
says which of them bear the claim out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ileaps_views.findings.words import calendar_year, join_names, known
from ileaps_views.i18n import _, number, percent, population

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

REPRODUCED: Final = "reproduced"
BY_SOME: Final = "reproduced_by_some"
NOT_REPRODUCED: Final = "not_reproduced"
NO_DATA: Final = "no_data"

SHAPES: Final = {REPRODUCED: "●", BY_SOME: "◐", NOT_REPRODUCED: "▲", NO_DATA: "○"}
_BILLION: Final = 1e6  # in thousands


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """A claim, whether the data bear it out, and the figure of each revision."""

    claim: str
    status: str
    word: str
    text: str
    figures: tuple[tuple[str, str], ...] = ()

    @property
    def shape(self) -> str:
        """A shape that tells the status without colour."""
        return SHAPES[self.status]


def billion_added(
    years: tuple[int, int], added: Mapping[str, float | None], *, claimed: float = 1.0
) -> Verdict:
    """Judge "cities added a billion people between these years".

    `added` maps revision names to the change of urban population (thousands). Borne out where
    the change, rounded to the claim's whole billions, reaches it.

    >>> billion_added((1980, 2010), {"WUP 2018": 1_102_800.0}).text
    'Borne out by WUP 2018 (+1.10 billion).'
    """
    claim = _("Between %(start)s and %(end)s cities in the region added %(people)s people") % {
        "start": years[0],
        "end": years[1],
        "people": _billions(claimed, 0),
    }
    return _verdict(
        claim,
        added,
        bears_out=lambda change: round(change / _BILLION) >= claimed,
        write=lambda change: ("−" if change < 0 else "+") + population(abs(change)),
    )


def half_urban_by(
    year: int,
    crossings: Mapping[str, float | None],
    *,
    mid_year: Mapping[str, float | None] | None = None,
) -> Verdict:
    """Judge "more than half of the region's people live in cities by this year".

    `crossings` maps revision names to the moment, on the mid-year scale, at which the share
    passes 50%; NaN where it never does, None where the revision cannot say. `mid_year` gives
    the share in the middle of the claimed year, told where it is given.

    >>> half_urban_by(2018, {"WUP 2018": 2018.3}, mid_year={"WUP 2018": 49.81}).text
    'Borne out by WUP 2018 (half urban in 2018; 49.8% at mid-2018).'
    """
    claim = _("By %(year)s more than half of the region's people live in cities") % {"year": year}
    shares = mid_year or {}

    def write(crossing: float, revision: str) -> str:
        words = {
            "crossing": calendar_year(crossing),
            "share": percent(shares.get(revision)),
            "year": year,
        }
        if known(shares.get(revision)):
            return _("half urban in %(crossing)s; %(share)s at mid-%(year)s") % words
        return _("half urban in %(crossing)s") % words

    given = {name: value for name, value in crossings.items() if value is not None}
    figures = tuple(
        (name, write(value, name) if known(value) else _("never half urban"))
        for name, value in given.items()
    )
    supporting = [n for n, v in given.items() if known(v) and calendar_year(v) <= year]
    return _judged(claim, figures, supporting)


def urban_by(year: int, urban: Mapping[str, float | None], *, claimed: float = 3.2) -> Verdict:
    """Judge "so many billion people of the region live in cities in this year".

    `urban` maps revision names to urban population (thousands). Borne out where the figure,
    rounded to a tenth of a billion, is the one claimed.

    >>> verdict = urban_by(2050, {"WUP 2018": 3_382_500.0, "WUP 2014": 3_230_200.0})
    >>> verdict.text
    'Borne out by WUP 2014 (3.23 billion), not by WUP 2018 (3.38 billion).'
    >>> verdict.status
    'reproduced_by_some'
    """
    claim = _("In %(year)s %(people)s people of the region live in cities") % {
        "year": year,
        "people": _billions(claimed, 1),
    }
    return _verdict(
        claim,
        urban,
        bears_out=lambda people: round(people / _BILLION, 1) == round(claimed, 1),
        write=population,
    )


def _billions(amount: float, digits: int) -> str:
    return _("%(n)s billion") % {"n": number(amount, digits)}


def _verdict(
    claim: str,
    values: Mapping[str, float | None],
    *,
    bears_out: Callable[[float], bool],
    write: Callable[[float], str],
) -> Verdict:
    given = {name: value for name, value in values.items() if value is not None and known(value)}
    figures = tuple((name, write(value)) for name, value in given.items())
    return _judged(claim, figures, [name for name, value in given.items() if bears_out(value)])


def _judged(claim: str, figures: tuple[tuple[str, str], ...], supporting: list[str]) -> Verdict:
    named = {
        name: _("%(revision)s (%(figure)s)") % {"revision": name, "figure": figure}
        for name, figure in figures
    }
    words = {
        "for": join_names(named[name] for name in supporting),
        "against": join_names(text for name, text in named.items() if name not in supporting),
    }
    if not figures:
        status, word = NO_DATA, _("Not enough data")
        text = _("No revision at hand has the figures to check this.")
    elif len(supporting) == len(figures):
        status, word = REPRODUCED, _("Borne out")
        text = _("Borne out by %(for)s.") % words
    elif supporting:
        status, word = BY_SOME, _("Depends on the revision")
        text = _("Borne out by %(for)s, not by %(against)s.") % words
    else:
        status, word = NOT_REPRODUCED, _("Not borne out")
        text = _("Not borne out by %(against)s.") % words
    return Verdict(claim=claim, status=status, word=word, text=text, figures=figures)
