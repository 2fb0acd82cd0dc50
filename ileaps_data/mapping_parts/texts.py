"""Texts compared as people read them: without case, spaces, marks on Latin letters or signs."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ı": "i"})
_IN_BRACKETS = re.compile(r"[(\[{（［「]([^()\[\]{}（）［］「」]*)[)\]}）］」]")
_SEPARATORS = re.compile(r"[/|\n·:;,]| [-–—] ")
_COMBINING_LATIN = range(0x300, 0x370)
_LONGEST = 300


def folded(text: str) -> str:
    """The letters and digits of a text in one form, so that equal folds mean the same words.

    Marks on Latin letters go; vowel signs of Thai, Indic scripts and Thaana stay, as they are
    part of the word.

    >>> folded(" Bogotá "), folded("ＣＩＴＹ_name"), folded("도시 이름"), folded("ހުޅުމާލެ")[:2]
    ('bogota', 'cityname', '도시이름', 'ހު')
    """
    plain = unicodedata.normalize("NFKD", text[:_LONGEST]).casefold()
    kept = "".join(sign for sign in plain if ord(sign) not in _COMBINING_LATIN)
    whole = unicodedata.normalize("NFKC", kept).translate(_LETTERS)
    return "".join(sign for sign in whole if unicodedata.category(sign)[0] in "LNM")


def spelled(text: str) -> str:
    """The fold with Hangul syllables in letters, so that one wrong letter counts as one.

    >>> len(spelled("서울"))
    5
    """
    return unicodedata.normalize("NFD", folded(text))


def readings(header: str) -> list[str]:
    """The folds under which a header may be known: whole, without brackets, inside, in parts.

    >>> readings("도시 (City name)")
    ['도시cityname', '도시', 'cityname']
    """
    whole = header[:_LONGEST]
    found = [whole, _IN_BRACKETS.sub(" ", whole), *_IN_BRACKETS.findall(whole)]
    found += _SEPARATORS.split(whole)
    return [each for each in dict.fromkeys(map(folded, found)) if each]


def items(cell: str) -> list[str]:
    """The items of a list cell, separated by semicolons, or where there is none by commas.

    >>> items("a; b"), items("a, b")
    (['a', 'b'], ['a', 'b'])
    """
    sign = next((sign for sign in (";", "\n", "|", ",", "、") if sign in cell), ";")
    return [item.strip() for item in cell.split(sign) if item.strip()]
