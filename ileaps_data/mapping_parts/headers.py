"""Which header is which field: exact names, synonyms, parts of headers, and what is only alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import duckdb
from rapidfuzz import fuzz, process

from ileaps_data.mapping_parts.dates import date_expression
from ileaps_data.mapping_parts.header_words import UPLOADED, words
from ileaps_data.mapping_parts.model import UNIT
from ileaps_data.mapping_parts.recognition import reference_lookup
from ileaps_data.mapping_parts.texts import folded, readings, spelled
from ileaps_data.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from ileaps_data.mapping_parts.recognition import Lookup

How = Literal["exact", "synonym", "part", "derived", "unpivot", "chosen"]
LIKELY_TABLE = 0.35
"""From this score on a table is likely; where none has it, the file is of no known table."""

_ALIKE_FROM = 82.0
_PART_FACTOR = 0.95
_IN_BRACKETS = re.compile(r"\s*[(\[（［][^()\[\]（）［］]*[)\]）］]\s*$")


@dataclass(frozen=True, kw_only=True)
class FieldEvidence:
    """Why a field was mapped: its column, its header, how it was recognised, how surely (0–1)."""

    field: str
    column: str
    header: str
    how: How
    score: float


@dataclass(frozen=True, kw_only=True)
class HeaderSuggestion:
    """A header that is only like a word for a field: to be confirmed by a person."""

    field: str
    column: str
    header: str
    word: str
    score: float


@dataclass(frozen=True, kw_only=True)
class TableScore:
    """How well the headers of a file fit a table, 0 to 1, and the fields they were taken for."""

    table: str
    score: float
    fields: dict[str, str]

    @property
    def likely(self) -> bool:
        """Whether the file may well be of this table."""
        return self.score >= LIKELY_TABLE


def matched_headers(headers: Sequence[str], table: str) -> list[FieldEvidence]:
    """Each field with the header that surely names it, each header used once.

    >>> [(e.field, e.header, e.how) for e in matched_headers(["도시", "Country code"], "cities")]
    [('name', '도시', 'synonym'), ('country_iso3', 'Country code', 'synonym')]
    """
    known = words(table)
    order = {name: place for place, name in enumerate((*TABLES[table].columns, UNIT))}
    found: list[tuple[float, int, int, str]] = []
    for place, header in enumerate(headers):
        for step, reading in enumerate(readings(header)):
            for name, score in known.get(reading, {}).items():
                certain = score * (_PART_FACTOR if step else 1.0)
                found.append((certain, place, order[name], name))
    taken: dict[str, FieldEvidence] = {}
    used: set[int] = set()
    for score, place, _, name in sorted(found, key=lambda one: (-one[0], one[1], one[2])):
        if place in used or name in taken:
            continue
        used.add(place)
        whole = folded(headers[place]) in known
        how: How = "exact" if score == 1.0 else "synonym" if whole else "part"
        taken[name] = FieldEvidence(
            field=name, column=f"c{place}", header=headers[place], how=how, score=round(score, 3)
        )
    return sorted(taken.values(), key=lambda one: order[one.field])


def alike_headers(
    headers: Sequence[str], table: str, taken: Sequence[FieldEvidence]
) -> list[HeaderSuggestion]:
    """Headers left over that are like a word for a field left over, the best for each header.

    >>> [s.field for s in alike_headers(["Lattitude"], "cities", [])]
    ['latitude']
    """
    fields, columns = {one.field for one in taken}, {one.column for one in taken}
    choices = {
        spelled(word): (name, word)
        for word, names in words(table).items()
        for name in names
        if name not in fields and len(word) > 1
    }
    found: list[HeaderSuggestion] = []
    for place, header in enumerate(headers):
        wanted = spelled(header)
        if f"c{place}" in columns or len(wanted) < 3:
            continue
        best = process.extractOne(
            wanted, list(choices), scorer=fuzz.ratio, score_cutoff=_ALIKE_FROM
        )
        if best:
            name, word = choices[best[0]]
            found.append(
                HeaderSuggestion(
                    field=name,
                    column=f"c{place}",
                    header=header,
                    word=word,
                    score=round(best[1], 1),
                )
            )
    return found


def table_for(
    headers: Sequence[str], known: Mapping[str, pd.DataFrame] | None = None
) -> list[TableScore]:
    """The tables people upload, the one that the headers fit best first.

    Three fifths of the score are the share of headers that are known for the table, each
    counting less the more tables know it; two fifths the share of the required fields found.
    Columns a year are values of observations; so are columns an indicator, by the names in
    `known`.

    >>> table_for(["지표", "기간", "값", "출처"])[0].table
    'observations'
    """
    matches = {table: matched_headers(headers, table) for table in UPLOADED}
    knowing = {
        f"c{place}": sum(
            any(one.column == f"c{place}" for one in each) for each in matches.values()
        )
        for place in range(len(headers))
    }
    spread = {column for column, _ in year_columns(headers)}
    side = "period_end"
    if len(spread) < 2 and known is not None:
        certain = {one.column: one.field for each in matches.values() for one in each}
        lookup = reference_lookup("indicators.indicator_id", known)
        spread, side = {one for one, _ in named_columns(headers, lookup, certain)}, "indicator_id"
    every = sum(1 / max(1, count) for count in knowing.values())
    scores = []
    for table, found in matches.items():
        wide = len(spread) if table == "observations" and len(spread) > 1 else 0
        here = sum(one.score / knowing[one.column] for one in found if one.column not in spread)
        fields = {one.field for one in found} | ({side, "value"} if wide else set())
        required = [field.name for field in TABLES[table].fields if field.required]
        share = sum(name in fields for name in required) / len(required)
        score = 0.6 * (here + wide) / every + 0.4 * share if every else 0.0
        named = {one.field: one.column for one in found}
        scores.append(TableScore(table=table, score=round(min(score, 1.0), 3), fields=named))
    return sorted(scores, key=lambda one: -one.score)


def year_columns(headers: Sequence[str]) -> list[tuple[str, str]]:
    """The columns whose header is a year, a month or a day, each with its ISO text.

    >>> year_columns(["도시", "2018년", "2019 (명)", "2020-05"])
    [('c1', '2018'), ('c2', '2019'), ('c3', '2020-05')]
    """
    bare = [_IN_BRACKETS.sub("", header).strip()[:40] for header in headers]
    if not any(any(sign.isdigit() for sign in header) for header in bare):
        return []
    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        read = connection.execute(
            f"SELECT {date_expression('h')} FROM unnest($1::VARCHAR[]) AS u(h)",  # noqa: S608
            [bare],
        ).fetchall()
    # eight digits alone are more often a number than a day
    return [
        (f"c{place}", text)
        for place, (header, (text,)) in enumerate(zip(bare, read, strict=True))
        if text and not re.fullmatch(r"\d{8}", header)
    ]


def named_columns(
    headers: Sequence[str], lookup: Lookup | None, taken: Mapping[str, str]
) -> list[tuple[str, str]]:
    """The columns left over whose header is a row of a reference table, each with its id."""
    if lookup is None:
        return []
    found = []
    for place, header in enumerate(headers):
        column = f"c{place}"
        if column in taken or header.strip().isdigit():
            continue
        meant = lookup.meaning(header) or lookup.meaning(_IN_BRACKETS.sub("", header))
        if len(meant) == 1:
            found.append((column, next(iter(meant))))
    return found
