"""How numbers are written in a file, and the SQL that reads them so."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from ileaps_data.reading.dialect import Dialect, Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable

FULL_WIDTH = "０１２３４５６７８９．，－＋％"
_VARIANTS = FULL_WIDTH + "−’\u00a0\u202f\u2009\u3000"
_PLAIN = "0123456789.,-+%-'    "
_TO_PLAIN = str.maketrans(_VARIANTS, _PLAIN)

_SHAPES = {
    # what the shape says for certain: (decimal sign, thousands sign), None where it says nothing
    r"\d{1,3}(,\d{3})+\.\d+|\d{1,3}(,\d{3}){2,}": (".", ","),
    r"\d{1,3}(\.\d{3})+,\d+|\d{1,3}(\.\d{3}){2,}": (",", "."),
    r"\d{1,3}( \d{3})+\.\d+": (".", " "),
    r"\d{1,3}( \d{3})+,\d+": (",", " "),
    r"\d{1,3}( \d{3})+": (None, " "),
    r"\d{1,3}('\d{3})+\.\d+": (".", "'"),
    r"\d{1,3}('\d{3})+,\d+": (",", "'"),
    r"\d{1,3}('\d{3})+": (None, "'"),
    r"0\.\d+|\d+\.(\d{1,2}|\d{4,})|\d{4,}\.\d+|\.\d+|\d+(\.\d+)?[eE][+-]?\d+": (".", None),
    r"0,\d+|\d+,(\d{1,2}|\d{4,})|\d{4,},\d+|,\d+": (",", None),
}
_CERTAIN = [(re.compile(shape), said) for shape, said in _SHAPES.items()]
_COMMA_AND_THREE = re.compile(r"[1-9]\d{0,2},\d{3}")
_POINT_AND_THREE = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_ANY_NUMBER = re.compile(r"[+-]?(\d[\d.,' ]*|[.,]\d+)([eE][+-]?\d+)?%?")


def plain_digits(text: str) -> str:
    """The text with full-width digits and signs, and unusual spaces, as plain ones.

    >>> plain_digits("１２，５")
    '12,5'
    """
    return text.translate(_TO_PLAIN)


def looks_like_number(text: str) -> bool:
    """Whether a cell holds a number by any convention this module knows.

    >>> looks_like_number("1.234,5"), looks_like_number("11.2.1a"), looks_like_number("−3%")
    (True, False, True)
    """
    return _ANY_NUMBER.fullmatch(plain_digits(text).strip()) is not None


def number_format(cells: Iterable[str]) -> tuple[str, str, list[Evidence]]:
    """The decimal and thousands signs of some cells, with the evidence.

    Shapes that can be read in one way only decide ("1.234,5", "0,5", "1 234"); "1,234" and
    "1.234" follow what those decided. Where nothing decides, a comma before three digits groups
    thousands and a point is a decimal one, and the evidence says that this is a guess.

    >>> number_format(["1.234,5", "1.234"])[:2]
    (',', '.')
    >>> number_format(["1,234"])[2][0].code
    'number_format_ambiguous'
    """
    decimals: Counter[str] = Counter()
    groups: Counter[str] = Counter()
    examples: dict[str, str] = {}
    comma_and_three = point_and_three = 0
    for cell in cells:
        text = plain_digits(cell).strip().removesuffix("%").lstrip("+-").strip()
        if not text or text.isdigit():
            continue
        said = next((what for shape, what in _CERTAIN if shape.fullmatch(text)), None)
        if said is not None:
            decimal, thousands = said
            if decimal:
                decimals[decimal] += 1
                examples.setdefault(decimal, cell)
            if thousands:
                groups[thousands] += 1
        elif _COMMA_AND_THREE.fullmatch(text):
            comma_and_three += 1
            examples.setdefault("comma", cell)
        elif _POINT_AND_THREE.fullmatch(text):
            point_and_three += 1
            examples.setdefault("point", cell)
    return _decided(decimals, groups, comma_and_three, point_and_three, examples)


def _decided(
    decimals: Counter[str],
    groups: Counter[str],
    comma_and_three: int,
    point_and_three: int,
    examples: dict[str, str],
) -> tuple[str, str, list[Evidence]]:
    evidence: list[Evidence] = []
    if not decimals and not groups:
        unclear = examples.get("comma") or examples.get("point")
        if unclear:
            evidence.append(Evidence(code="number_format_ambiguous", parameters={"cell": unclear}))
        return ".", "," if comma_and_three else "", evidence
    if not decimals:
        # only "1 234" and the like: the decimal sign is whatever the three-digit cells leave
        decimal = "," if comma_and_three and not point_and_three else "."
    else:
        decimal = max(sorted(decimals, reverse=True), key=decimals.__getitem__)
        if len(decimals) > 1:
            evidence.append(
                Evidence(
                    code="number_formats_mixed",
                    parameters={"point": decimals["."], "comma": decimals[","]},
                )
            )
        evidence.append(
            Evidence(
                code="decimal_sign", parameters={"sign": decimal, "cell": examples.get(decimal, "")}
            )
        )
    groups.pop(decimal, None)
    other, three = (",", comma_and_three) if decimal == "." else (".", point_and_three)
    groups[other] += three
    thousands = max(sorted(groups), key=groups.__getitem__)
    return decimal, thousands if groups[thousands] else "", evidence


def number_expression(column_sql: str, dialect: Dialect) -> str:
    """The SQL that reads a text column as DOUBLE, by the dialect's decimal and thousands signs.

    NULL where the cell is no number by that convention, where digits are grouped wrongly
    ("1,23,4"), and where the number is not finite (1e309, nan). Full-width digits, the minus
    sign U+2212 and spaces around are read; a percent sign is not.

    >>> number_expression("c0", Dialect(decimal=",", thousands="."))[:14]
    'CASE WHEN (c0)'
    """
    decimal, thousands = dialect.decimal or ".", dialect.thousands or ""
    column = f"({column_sql})"
    plain = f"trim(translate({column}, {literal(_VARIANTS)}, {literal(_PLAIN)}))"
    point, group = re.escape(decimal), re.escape(thousands)
    whole = rf"(\d+|\d{{1,3}}({group}\d{{3}})+)" if thousands else r"\d+"
    pattern = rf"[+-]?({whole}({point}\d*)?|{point}\d+)([eE][+-]?\d+)?"
    unified = plain
    if thousands:
        unified = f"replace({unified}, {literal(thousands)}, '')"
    if decimal != ".":
        unified = f"replace({unified}, {literal(decimal)}, '.')"
    cast = f"try_cast({unified} AS DOUBLE)"
    careful = (
        f"CASE WHEN regexp_full_match({plain}, {literal(pattern)}) AND isfinite({cast}) "
        f"THEN {cast} END"
    )
    if decimal != ".":
        return f"CASE WHEN {column} IS NOT NULL THEN {careful} END"
    # the cast alone is what most cells need, and several times faster than a pattern
    fast = f"try_cast({column} AS DOUBLE)"
    return (
        f"CASE WHEN {column} IS NULL THEN NULL "
        f"WHEN isfinite({fast}) AND NOT contains({column}, '_') THEN {fast} ELSE {careful} END"
    )


def literal(text: str) -> str:
    """The text as an SQL string.

    >>> literal("it's")
    "'it''s'"
    """
    return "'" + text.replace("'", "''") + "'"
