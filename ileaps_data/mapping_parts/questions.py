"""Texts that a person should look at, and what is suggested for each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ileaps_data.mapping_parts.recognition import Alternative
from ileaps_data.mapping_parts.texts import folded
from ileaps_data.mapping_parts.value_words import MISSING

if TYPE_CHECKING:
    from ileaps_data.mapping_parts.cells import CellText
    from ileaps_data.mapping_parts.recognition import Lookup

_UNKNOWN_WORD = re.compile(r"\w")


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A text of the file that a person should look at.

    Attributes:
        field: the field it stands in.
        column: its column.
        text: the text as in the file, without blanks around.
        rows: how many rows hold it.
        first_row: the first of them.
        kind: "alike": like a known word; "ambiguous": the name of several; "missing": says that
            nothing is known; "new": a new row, whose key is made of its name; "unknown": like
            nothing that is known.
        to: what is suggested to stand for it; empty for "missing" and "unknown".
        alternatives: what else it may mean, the likeliest first.
    """

    field: str
    column: str
    text: str
    rows: int
    first_row: int
    kind: Literal["alike", "ambiguous", "missing", "new", "unknown"]
    to: str = ""
    alternatives: tuple[Alternative, ...] = ()

    @property
    def score(self) -> float:
        """How alike the text and the first alternative are, in percent."""
        return self.alternatives[0].score if self.alternatives else 0.0


def says_nothing(text: str) -> bool:
    """Whether a text only says that nothing is known.

    >>> says_nothing("-"), says_nothing("없음"), says_nothing("0")
    (True, True, False)
    """
    fold = folded(text)
    return fold in MISSING if fold else _UNKNOWN_WORD.search(text) is None


def missing(name: str, column: str, cell: CellText) -> Suggestion:
    """The question whether a text stands for a missing value."""
    return Suggestion(
        field=name,
        column=column,
        text=cell.text,
        rows=cell.rows,
        first_row=cell.first_row,
        kind="missing",
    )


def question(
    name: str, column: str, cell: CellText, lookup: Lookup | None, several: set[str]
) -> Suggestion:
    """The question what a text means that means no id, or several, for certain."""
    if says_nothing(cell.text):
        return missing(name, column, cell)
    alternatives: tuple[Alternative, ...] = ()
    if lookup is not None:
        names = lookup.names
        alternatives = tuple(
            Alternative(id=each, name=names.get(each, each), score=100.0)
            for each in sorted(several)
        ) or lookup.alike(cell.text)
    return Suggestion(
        field=name,
        column=column,
        text=cell.text,
        rows=cell.rows,
        first_row=cell.first_row,
        kind="ambiguous" if several else "alike" if alternatives else "unknown",
        to="" if several or not alternatives else alternatives[0].id,
        alternatives=alternatives,
    )


def new(name: str, column: str, cell: CellText, lookup: Lookup | None) -> Suggestion:
    """The key of a new row: its name in small Latin letters and digits, or as it is without any.

    What is known and like the name stands in the alternatives: the row may not be new.
    """
    plain = re.sub(r"[^a-z0-9]+", "_", _latin(cell.text)).strip("_")
    return Suggestion(
        field=name,
        column=column,
        text=cell.text,
        rows=cell.rows,
        first_row=cell.first_row,
        kind="new",
        to=plain or folded(cell.text),
        alternatives=lookup.alike(cell.text) if lookup else (),
    )


def _latin(text: str) -> str:
    return " ".join(folded(word) for word in re.split(r"[\s_\-–/.,]+", text))
