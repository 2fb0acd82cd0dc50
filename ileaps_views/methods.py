"""Every method of the product: formula, source, rules at the edges, and how far it was checked."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from ileaps_views.i18n import _, active
from ileaps_views.method_texts import effects, growth, pilots, sdg

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ileaps_views.method_texts.entry import Mark, Method

GROUPS: Final = ("growth", "pilots", "sdg", "effects")
MARKS: Final[tuple[Mark, ...]] = ("reproduced", "read", "ours", "memory")


class MarkWords(NamedTuple):
    """How far a method was checked: a shape, a word, and what the word means."""

    shape: str
    word: str
    meaning: str

    @property
    def label(self) -> str:
        """Shape and word."""
        return f"{self.shape} {self.word}"


def mark_words(mark: Mark) -> MarkWords:
    """Return shape, word and meaning of a mark.

    >>> mark_words("reproduced").label, mark_words("memory").label
    ('● Reproduced', '○ Not verified')
    """
    words: dict[str, MarkWords] = {
        "reproduced": MarkWords(
            "●", _("Reproduced"), _("figures its publisher printed come out of our code")
        ),
        "read": MarkWords(
            "◐", _("Read in the source"), _("followed as written there, no printed figures to meet")
        ),
        "ours": MarkWords(
            "◇", _("A rule of ours"), _("made for this product; nobody else need agree")
        ),
        "memory": MarkWords(
            "○", _("Not verified"), _("partly from memory or from part of a source; read with care")
        ),
    }
    return words[mark]


def group_name(group: str) -> str:
    """Return the name of a field of use.

    >>> group_name("effects")
    'Effects'
    """
    names = {
        "growth": _("Urban growth"),
        "pilots": _("Programme and pilots"),
        "sdg": _("SDGs, gaps and peers"),
        "effects": _("Effects"),
    }
    return names.get(group, group)


@lru_cache(maxsize=8)
def _catalogue(language: str) -> dict[str, Method]:  # noqa: ARG001 - the key of the cache
    every = (*growth.methods(), *pilots.methods(), *sdg.methods(), *effects.methods())
    return {method.id: method for method in every}


def catalogue() -> Mapping[str, Method]:
    """Return every method by its id, in the order shown.

    >>> list(catalogue())[:2]
    ['growth', 'urban_rural_difference']
    """
    return _catalogue(active())


def names() -> dict[str, str]:
    """Return the methods' names by id, each after its field of use.

    >>> names()["statcan"]
    'SDGs, gaps and peers: Statistics Canada'
    """
    return {
        key: _("%(group)s: %(name)s") % {"group": group_name(method.group), "name": method.name}
        for key, method in catalogue().items()
    }


def title() -> str:
    """Say how many methods there are and how far each was checked."""
    by_mark = [method.mark for method in catalogue().values()]
    return _("%(n)s methods: %(reproduced)s reproduce published figures, %(ours)s are our own") % {
        "n": len(by_mark),
        "reproduced": by_mark.count("reproduced"),
        "ours": by_mark.count("ours"),
    }
