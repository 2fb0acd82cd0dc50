"""What is told of a method."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Mark = Literal["reproduced", "read", "ours", "memory"]


@dataclass(frozen=True, kw_only=True)
class Method:
    """One method as it is told to a reader.

    Attributes:
        id: stable name, used in links; never translated.
        group: the field of use: growth, pilots, sdg, effects.
        name: what it is called.
        answers: the question it answers, in a sentence.
        formulas: the formulas in LaTeX, without words of any language.
        symbols: what the letters stand for.
        rules: what is done at the edges: gaps, zeros, ties, refusals.
        source: where the method comes from.
        mark: reproduced (published figures come out), read (read in the source), ours (a rule of
            this product), memory (not checked against its source).
        checked: what exactly was checked, and what was not.
        pages: pages that use it.

    >>> Method(id="x", group="growth", name="X", answers="Why?", mark="ours").formulas
    ()
    """

    id: str
    group: str
    name: str
    answers: str
    mark: Mark
    formulas: tuple[str, ...] = ()
    symbols: str = ""
    rules: tuple[str, ...] = ()
    source: str = ""
    checked: str = ""
    pages: tuple[str, ...] = ()
