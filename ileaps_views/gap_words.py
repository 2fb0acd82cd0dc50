"""Words, signs and colours of how well something is known."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from ileaps_views.i18n import _, active
from ileaps_views.theme import palette
from ileaps_views.view import LegendItem
from ileaps_views.wording import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ileaps_views.theme import Palette

DOUBTFUL: Final = "!"
"""Stands beside the sign of a value that carries a caution."""


class Known(NamedTuple):
    """How one degree of knowledge is shown: sign and word first, the colour third."""

    code: str
    word: str
    sign: str
    explanation: str

    @property
    def label(self) -> str:
        """Sign and word, as they stand in a table."""
        return f"{self.sign} {self.word}"


@lru_cache(maxsize=8)
def _known(language: str) -> dict[str, Known]:  # noqa: ARG001 - the key of the cache
    listed = (
        Known("measured", _("Measured"), "●", _("The country's own data, adjusted or not.")),
        Known(
            "estimated",
            _("Estimated"),
            "◆",
            _("An agency's estimate, made where the country's data did not suffice."),
        ),
        Known("modelled", _("Modelled"), "■", _("A model's result, from other quantities.")),
        Known(
            "global_monitoring",
            _("Global monitoring"),
            "▲",
            _("Produced by an agency for global monitoring, from what it could gather."),
        ),
        Known("not_stated", _("Origin not stated"), "○", _("The file does not say how it came.")),
        Known(
            "bounded",
            _("Only a bound"),
            "≷",
            _("Published as above or below a number, not exactly."),
        ),
        Known("old", _("Old"), "□", _("The latest value is older than the years chosen.")),
        Known(
            "no_value",
            _("Listed without a value"),
            "–",
            _("It does not apply there, or nobody collected it: the publisher does not say."),
        ),
        Known("missing", _("Missing"), "×", _("Nothing is published.")),
    )
    return {each.code: each for each in listed}


def known(code: object) -> Known:
    """Return how a degree of knowledge is shown; an unknown code stands for itself.

    >>> known("measured").label, known("new").word
    ('● Measured', 'new')
    """
    text = one_line(code)
    return _known(active()).get(text) or Known(text, text, "?", "")


def known_codes() -> tuple[str, ...]:
    """Return every code, best known first."""
    return tuple(_known(active()))


def known_colour(code: str, colours: Palette) -> str:
    """Return the colour of a code: the better known, the further from the background."""
    scale = colours.sequential
    return {
        "measured": scale[5],
        "estimated": scale[4],
        "modelled": scale[3],
        "global_monitoring": scale[2],
        "not_stated": scale[1],
        "bounded": scale[0],
        "old": colours.diverging[2],
        "no_value": colours.grid,
        "missing": colours.surface,
    }[code]


def known_legend(codes: Iterable[str], mode: str) -> tuple[LegendItem, ...]:
    """Return sign, word and colour of the codes that occur, best known first."""
    colours, present = palette(mode), set(codes)
    # the palest would not be seen as text on the page
    pale = {"bounded", "not_stated", "no_value", "missing", "old"}
    return tuple(
        LegendItem(
            word=known(code).word,
            colour=colours.muted if code in pale else known_colour(code, colours),
            shape=known(code).sign,
        )
        for code in known_codes()
        if code in present
    )


def method_sentence(as_of: int, older_than: int) -> str:
    """Say by which rule a cell has its status.

    >>> "more than 5 years before 2023" in method_sentence(2023, 5)
    True
    """
    return _(
        "The latest value published for a year up to %(as_of)s decides. Missing: no value at all. "
        "Old: more than %(years)s years before %(as_of)s. Only a bound: published as above or "
        "below a number. Else as the publisher states its nature. The years are a choice of the "
        "reader, not a standard."
    ) % {"as_of": as_of, "years": older_than}
