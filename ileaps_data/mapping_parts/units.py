"""Units and shares: what headers and ranges of numbers say; offered, never applied by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_BRACKETS = re.compile(r"[(\[（［]([^()\[\]（）［］]*)[)\]）］]")
_ENDING = re.compile(r"(?:,|\bin\b|단위\s*[:：]|\bdalam\b)\s*([^,:：()]+)$", re.IGNORECASE)
_FACTORS: tuple[tuple[float, str], ...] = (
    (1e9, r"십억|billions?\b|miliar\b|milyar\b|bn\b"),
    (1e8, r"억"),
    (1e6, r"백만|millions?\b|juta\b|mn\b|mio\b"),
    (1e4, r"만"),
    (1e3, r"천|thousands?\b|ribu\b|ribuan\b|['’]?000\b|k\b"),
)
_SHARE = re.compile(
    r"\b(share|ratio|proportion|fraction|rasio|proporsi)\b|비율|비중", re.IGNORECASE
)
_PERCENT = re.compile(
    r"[%％]|\b(percent|per cent|percentage|persen|persentase|pct)\b|퍼센트|백분율", re.IGNORECASE
)
_SCALED = re.compile(r"thousand|million|billion|000|천|만|억|ribu|juta|miliar", re.IGNORECASE)
_FEWEST = 3


@dataclass(frozen=True, kw_only=True)
class UnitGuess:
    """A factor for a field that a person may apply.

    Attributes:
        field: the field.
        factor: what its numbers would be multiplied by.
        basis: "header": a word of the header says so; "values": their range does.
        word: the word, or the largest number.
        rows: cells that hold a number.
    """

    field: str
    factor: float
    basis: Literal["header", "values"]
    word: str
    rows: int


@dataclass(frozen=True, kw_only=True)
class NumberFacts:
    """What the cells of a number column are.

    Attributes:
        cells: cells that are not empty.
        numbers: those that are numbers, by the file's dialect.
        signed: those that are numbers with a percent sign.
        smallest: the smallest number without a sign; None without any.
        largest: the largest one.
        broken: those numbers that are not whole.
    """

    cells: int
    numbers: int
    signed: int
    smallest: float | None
    largest: float | None
    broken: int


def header_factor(header: str) -> tuple[float, str] | None:
    """The factor that a word of a header stands for, with the word.

    >>> header_factor("인구 (천명)"), header_factor("Jumlah (juta)"), header_factor("천안시")
    ((1000.0, '천명'), (1000000.0, 'juta'), None)
    """
    said = [*_BRACKETS.findall(header), *_ENDING.findall(header)]
    for text in map(str.strip, said):
        for factor, words in _FACTORS:
            if re.match(rf"(?:in |dalam )?(?:{words})", text, re.IGNORECASE):
                return factor, text
    return None


def says_percent(text: str) -> bool:
    """Whether a text names a percentage.

    >>> says_percent("Crowding (%)"), says_percent("persons")
    (True, False)
    """
    return _PERCENT.search(text) is not None


def unit_guesses(
    field: str, header: str, units: frozenset[str], facts: NumberFacts
) -> list[UnitGuess]:
    """Factors to offer for a number column, by its header, its numbers and the wanted units.

    A header's thousands or millions are offered unless the wanted unit itself counts so; a share
    where the wanted unit is a percentage and the header says so, or all numbers lie within −1
    and 1 and some are not whole.

    >>> facts = NumberFacts(cells=3, numbers=3, signed=0, smallest=0.2, largest=0.7, broken=3)
    >>> unit_guesses("value", "비율", frozenset({"percent"}), facts)[0].factor
    100.0
    """
    found = header_factor(header)
    numbers = facts.numbers - facts.signed
    if found and not any(_SCALED.search(unit) for unit in units):
        factor, word = found
        return [UnitGuess(field=field, factor=factor, basis="header", word=word, rows=numbers)]
    if not units or not all(says_percent(unit) for unit in units) or facts.largest is None:
        return []
    small = facts.largest <= 1 and (facts.smallest or 0) >= -1 and facts.broken > 0
    if not small or says_percent(header):
        return []
    said = _SHARE.search(header)
    if said:
        return [UnitGuess(field=field, factor=100.0, basis="header", word=said[0], rows=numbers)]
    if numbers < _FEWEST:
        return []
    word = f"{facts.largest:g}"
    return [UnitGuess(field=field, factor=100.0, basis="values", word=word, rows=numbers)]
