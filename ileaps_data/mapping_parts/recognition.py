"""Which row of a reference table, or which code, a text of a file means."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from ileaps_data.mapping_parts import place_names
from ileaps_data.mapping_parts.texts import folded, readings, spelled
from ileaps_data.mapping_parts.value_words import codes, key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

FUZZY_FROM = 75.0
"""Likeness in percent from which a text is suggested; nothing fuzzy is applied by itself."""

_NAMES = ("name", "title", "local_name", "short_name")
_CANDIDATES = 3
_COUNTRY_CODES = ("iso2", "m49")


@dataclass(frozen=True, kw_only=True)
class Alternative:
    """One id a text may mean, the name it is known by, and how alike the two are in percent."""

    id: str
    name: str
    score: float


@dataclass(kw_only=True)
class Lookup:
    """The ids a field may hold, and the words that mean each of them.

    Attributes:
        ids: the ids.
        words: folded words, each with the ids it may mean.
        names: for each id the name shown to people.
        spellings: words to compare with, each with its id.
    """

    ids: frozenset[str] = frozenset()
    words: dict[str, set[str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    spellings: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for meant in self.ids:
            self.add(meant, meant)

    def add(self, word: str, meant: str) -> None:
        """Let a word mean an id."""
        fold = key(word)
        if fold and meant in self.ids:
            self.words.setdefault(fold, set()).add(meant)
            self.spellings.setdefault(spelled(word), meant)

    def meaning(self, text: str) -> set[str]:
        """The ids a text means for certain: one is an answer, several are a question.

        >>> seoul = Lookup(ids=frozenset({"seoul"}))
        >>> seoul.add("서울", "seoul")
        >>> seoul.meaning(" 서울 "), seoul.meaning("서울이"), seoul.meaning("SEOUL")
        ({'seoul'}, set(), {'seoul'})
        """
        stripped = text.strip()
        if stripped in self.ids:
            return {stripped}
        return self.words.get(key(stripped), set())

    def alike(self, text: str) -> tuple[Alternative, ...]:
        """The ids whose words are most like a text, the best first."""
        wanted = spelled(text)
        if not wanted:
            return ()
        found = process.extract(
            wanted, list(self.spellings), scorer=fuzz.WRatio, score_cutoff=FUZZY_FROM, limit=12
        )
        best: dict[str, float] = {}
        for word, score, _ in found:
            meant = self.spellings[word]
            best[meant] = max(best.get(meant, 0.0), score)
        ranked = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))[:_CANDIDATES]
        return tuple(
            Alternative(id=meant, name=self.names.get(meant, meant), score=round(score, 1))
            for meant, score in ranked
        )


@dataclass(kw_only=True)
class PlaceLookup(Lookup):
    """A lookup of cities: words around a name, and the country after it, are understood.

    Attributes:
        countries: for each city the folded words for its country.
    """

    countries: dict[str, set[str]] = field(default_factory=dict)

    def meaning(self, text: str) -> set[str]:
        """The cities a text means, such as "Kota Makassar" or "Makassar, Indonesia"."""
        found = super().meaning(text)
        if found:
            return found
        fold = folded(text)
        for around in place_names.WORDS_AROUND:
            for rest in (fold.removeprefix(around), fold.removesuffix(around)):
                if rest != fold and rest in self.words:
                    return self.words[rest]
        parts = readings(text.replace(",", "/"))[1:]
        for part in parts:
            for other in parts:
                inside = {
                    city
                    for city in self.words.get(part, set())
                    if other != part and other in self.countries.get(city, set())
                }
                if inside:
                    return inside
        return set()


def codelist(table: str, name: str, enum: tuple[str, ...] = (), *, truth: bool = False) -> Lookup:
    """The lookup of a field with a codelist, or of a boolean one."""
    found = codes(table, name, enum, truth=truth)
    ids = frozenset(found.values())
    lookup = Lookup(ids=ids, names={code: code for code in ids})
    for word, code in found.items():
        lookup.add(word, code)
    return lookup


def reference_lookup(name: str, known: Mapping[str, pd.DataFrame]) -> Lookup | None:
    """The lookup of a field that refers to "table.column"; None where the table is not known."""
    table, column = name.split(".")
    frame = known.get(table)
    if frame is None or column not in frame:
        return None
    rows = frame.dropna(subset=[column])
    ids = rows[column].astype("str")
    lookup = (PlaceLookup if table == "cities" else Lookup)(ids=frozenset(ids))
    for each in [part for part in _NAMES if part in rows]:
        for meant, word in _pairs(ids, rows[each]):
            lookup.names.setdefault(meant, word)
            lookup.add(word, meant)
    if isinstance(lookup, PlaceLookup):
        _add_city_words(lookup, rows, known)
    elif table == "economies":
        _add_country_words(lookup, rows)
    return lookup


def _pairs(ids: pd.Series, words: pd.Series) -> Iterable[tuple[str, str]]:
    here = words.notna()
    return zip(ids[here], words[here].astype("str"), strict=True)


def _add_city_words(
    lookup: PlaceLookup, rows: pd.DataFrame, known: Mapping[str, pd.DataFrame]
) -> None:
    for meant, words in place_names.CITIES.items():
        for word in words.split(","):
            lookup.add(word, meant)
    _add_agglomerations(lookup, rows, known)
    economies = reference_lookup("economies.iso3", known)
    if economies is None or "country_iso3" not in rows:
        return
    of_country: dict[str, set[str]] = {}
    for word, countries in economies.words.items():
        for country in countries:
            of_country.setdefault(country, set()).add(word)
    lookup.countries = {
        meant: of_country.get(country, set())
        for meant, country in _pairs(rows["city_id"], rows["country_iso3"])
    }


def _add_agglomerations(
    lookup: PlaceLookup, rows: pd.DataFrame, known: Mapping[str, pd.DataFrame]
) -> None:
    agglomerations = known.get("urban_agglomerations")
    if agglomerations is None or "wup_city_code" not in rows:
        return
    names = agglomerations.drop_duplicates(["city_code", "name"])
    joined = (
        rows[["city_id", "wup_city_code"]]
        .astype("str")
        .merge(
            names[["city_code", "name"]].astype("str"),
            left_on="wup_city_code",
            right_on="city_code",
        )
    )
    for meant, word in _pairs(joined["city_id"], joined["name"]):
        for each in readings(word):
            # several agglomerations may share a part of their names with another city
            if not lookup.words.get(each, {meant}) - {meant}:
                lookup.add(each, meant)
    for meant, code in _pairs(rows["city_id"], rows["wup_city_code"]):
        lookup.add(code, meant)


def _add_country_words(lookup: Lookup, rows: pd.DataFrame) -> None:
    ids = rows["iso3"].astype("str")
    for column in [each for each in _COUNTRY_CODES if each in rows]:
        for meant, code in _pairs(ids, rows[column]):
            lookup.add(code, meant)
            # spreadsheets cut the zeros before a number
            lookup.add(code.lstrip("0"), meant)
    if "iso2" in rows:
        names = place_names.territories()
        for meant, code in _pairs(ids, rows["iso2"]):
            for word in names.get(code, ()):
                lookup.add(word, meant)
    for meant, words in place_names.COUNTRIES.items():
        for word in words.split(","):
            lookup.add(word, meant)
