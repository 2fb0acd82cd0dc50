"""Reads the cells of mapped columns: what is certain is applied, the rest suggested."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ileaps_data.mapping_parts.cells import (
    DateGuess,
    date_guess,
    number_facts,
    strange_dates,
    texts_of,
)
from ileaps_data.mapping_parts.model import UNIT, FieldSource
from ileaps_data.mapping_parts.questions import missing, new, question, says_nothing
from ileaps_data.mapping_parts.recognition import codelist, reference_lookup
from ileaps_data.mapping_parts.texts import items
from ileaps_data.mapping_parts.units import header_factor, says_percent, unit_guesses
from ileaps_data.schema import LIST_SEPARATOR, Kind, Table

if TYPE_CHECKING:
    from collections.abc import Mapping as Mapped

    import pandas as pd

    from ileaps_data.mapping_parts.cells import CellText
    from ileaps_data.mapping_parts.model import Mapping
    from ileaps_data.mapping_parts.questions import Suggestion
    from ileaps_data.mapping_parts.recognition import Lookup
    from ileaps_data.mapping_parts.units import UnitGuess
    from ileaps_data.reading.dialect import Dialect
    from ileaps_data.reading.tables import RawTable

MOST_SUGGESTIONS = 200
"""So many texts of one field are suggested, those of most rows first."""

_SDG = re.compile(r"(?<![\d.])(\d{1,2}\.(?:\d{1,2}|[a-d]))(?![\d.])")
_SDG_WORDS = re.compile(r"(?i)\b(sdgs?|targets?|goals?|tpb|dan|and)\b|세부|목표|및|[\s,;/·&]+")
_NUMBERS = {Kind.NUMBER, Kind.INTEGER}


class Contents:
    """The cells of one raw table, read for a mapping.

    Attributes:
        suggestions: texts to confirm.
        units: factors to confirm.
        dates: formats found.
        pilots: for each known indicator its pilot.
    """

    def __init__(
        self,
        raw: RawTable,
        table: Table,
        known: Mapped[str, pd.DataFrame],
        dialect: Dialect,
    ) -> None:
        self._raw = raw
        self._table = table
        self._known = known
        self._dialect = dialect
        self._read: dict[str, list[CellText]] = {}
        self._lookups: dict[str, Lookup | None] = {}
        key = table.key[0]
        is_own = len(table.key) == 1 and not table.field(key).refers_to
        self._own_keys = frozenset({key} if is_own else ())
        self.suggestions: list[Suggestion] = []
        self.units: list[UnitGuess] = []
        self.dates: list[DateGuess] = []
        self.pilots = self._of_indicators("pilot_id") if table.name == "observations" else {}

    def lookup(self, name: str) -> Lookup | None:
        """What the texts of a field may mean; None for free texts and unknown tables."""
        if name not in self._lookups:
            self._lookups[name] = self._lookup(name)
        return self._lookups[name]

    def _lookup(self, name: str) -> Lookup | None:
        if name == UNIT:
            return codelist(self._table.name, UNIT)
        field = self._table.field(name)
        if field.enum or field.kind is Kind.BOOLEAN:
            truth = field.kind is Kind.BOOLEAN
            return codelist(self._table.name, name, field.enum, truth=truth)
        own = f"{self._table.name}.{name}" if name in self._own_keys else ""
        refers_to = field.refers_to or own
        return reference_lookup(refers_to, self._known) if refers_to else None

    def read(self, mapping: Mapping, derived: frozenset[str]) -> Mapping:
        """The mapping with what the cells show for certain; the rest is kept to be asked.

        `derived` are fields that the file lacks and that are taken from another column.
        """
        self.suggestions, self.units, self.dates = [], [], []
        for name, source in mapping.fields.items():
            if source.column and name not in mapping.spread:
                read = self._column(name, source, derived)
                mapping = mapping.with_field(name, read)
        mapping = self._with_dates(mapping)
        for name in mapping.fields:
            if name != UNIT and self._table.field(name).kind in _NUMBERS:
                mapping = self._with_numbers(mapping, name)
        if mapping.unpivot and mapping.unpivot.value_field not in mapping.fields:
            mapping = self._with_numbers(mapping, mapping.unpivot.value_field)
        return mapping

    def _texts(self, column: str) -> list[CellText]:
        if column not in self._read:
            self._read[column] = texts_of(self._raw, (column,))
        return self._read[column]

    def _column(self, name: str, source: FieldSource, derived: frozenset[str]) -> FieldSource:
        if name == "pilot_id" and name in derived and name not in self._own_keys:
            return self._pilots(source)
        if name in {"sdg_targets", "sdg_target"}:
            return self._sdg_targets(source)
        lookup = self.lookup(name)
        if name in self._own_keys:
            return self._own_key(name, source, lookup) if name in derived else source
        if lookup is None:
            return source
        is_list = name != UNIT and self._table.field(name).kind is Kind.TEXT_LIST
        found: dict[str, str] = {}
        asked: list[Suggestion] = []
        for cell in self._texts(source.column):
            answer = _list(cell, lookup) if is_list else lookup.meaning(cell.text)
            if len(answer) == 1:
                found[cell.text] = next(iter(answer))
            elif name != UNIT and len(asked) < MOST_SUGGESTIONS:
                asked.append(question(name, source.column, cell, lookup, answer))
        self.suggestions += asked
        return replace(source, replacements=_changed(found))

    def _own_key(self, name: str, source: FieldSource, lookup: Lookup | None) -> FieldSource:
        """The key of each row by its name: a known row's, or a new one made of the name.

        A name like that of a known row has no key until a person has said which it is.
        """
        found: dict[str, str] = {}
        for cell in self._texts(source.column):
            answer = lookup.meaning(cell.text) if lookup is not None else set()
            if len(answer) == 1:
                found[cell.text] = next(iter(answer))
                continue
            one = new(name, source.column, cell, lookup)
            found[cell.text] = "" if one.alternatives else one.to
            self.suggestions.append(one)
        return replace(source, replacements=_changed(found))

    def _sdg_targets(self, source: FieldSource) -> FieldSource:
        found: dict[str, str] = {}
        for cell in self._texts(source.column):
            text = cell.text.lower()
            numbers = _SDG.findall(text)
            rest = _SDG_WORDS.sub("", _SDG.sub("", text))
            one = LIST_SEPARATOR.join(dict.fromkeys(numbers))
            # what is left over would be lost: such a cell stays as it is
            if numbers and not rest and one != cell.text:
                found[cell.text] = one
        return replace(source, replacements=found)

    def _pilots(self, source: FieldSource) -> FieldSource:
        lookup = self.lookup("indicator_id")
        found: dict[str, str] = {}
        if lookup is not None:
            for cell in self._texts(source.column):
                meant = lookup.meaning(cell.text)
                pilots = {self.pilots[each] for each in meant if each in self.pilots}
                if len(meant) == 1 and pilots:
                    found[cell.text] = next(iter(pilots))
        return replace(source, replacements=found)

    def _with_dates(self, mapping: Mapping) -> Mapping:
        guesses: dict[str, DateGuess] = {}
        strange: list[str] = []
        for name, source in mapping.fields.items():
            is_date = name != UNIT and self._table.field(name).kind is Kind.PARTIAL_DATE
            if not (is_date and source.column) or name in mapping.spread:
                continue
            if not strange_dates(self._raw, (source.column,), ""):
                continue
            strange.append(name)
            guess = date_guess(self._raw, name, (source.column,))
            if guess:
                guesses[name] = guess
        decided = {each.format for each in guesses.values() if each.verdict == "certain"}
        for name, guess in guesses.items():
            open_to = dict(guess.alternatives)
            if guess.verdict == "ambiguous" and len(decided) == 1 and decided <= set(open_to):
                chosen = next(iter(decided))
                unread = guess.rows - open_to[chosen]
                guess = replace(  # noqa: PLW2901
                    guess, format=chosen, verdict="as_in_other_column", unread=unread
                )
            self.dates.append(guess)
            source = replace(mapping.fields[name], date_format=guess.format)
            mapping = mapping.with_field(name, source)
        for name in strange:
            source = mapping.fields[name]
            texts = strange_dates(self._raw, (source.column,), source.date_format)
            self._ask_missing(name, source.column, texts)
        return mapping

    def _ask_missing(self, name: str, column: str, strange: list[CellText]) -> None:
        said = [cell for cell in strange if says_nothing(cell.text)]
        self.suggestions += [missing(name, column, cell) for cell in said]

    def _with_numbers(self, mapping: Mapping, name: str) -> Mapping:
        unpivot = mapping.unpivot
        source = mapping.fields.get(name)
        if unpivot and name == unpivot.value_field:
            columns = tuple(column for column, _ in unpivot.columns)
            source = source or FieldSource(column=columns[0])
        elif source is None or not source.column:
            return mapping
        else:
            columns = (source.column,)
        facts, strange = number_facts(self._raw, columns, self._dialect)
        self._ask_missing(name, columns[0], strange)
        units = self._wanted_units(mapping, name)
        headers = [self._raw.columns[int(column[1:])] for column in columns]
        # columns of different scales cannot have one factor
        same = len({header_factor(header) for header in headers}) == 1
        self.units += unit_guesses(name, headers[0] if same else "", units, facts)
        percent = bool(units) and all(map(says_percent, units))
        if facts.signed and percent:
            source = replace(source, percent_sign=True)
        return mapping.with_field(name, source)

    def _wanted_units(self, mapping: Mapping, name: str) -> frozenset[str]:
        """The units that the numbers of a field should have; empty where they are not known."""
        declared = self._table.field(name).unit
        if declared != "the indicator's":
            return frozenset({declared} - {""})
        unit = mapping.fields.get("unit")
        if unit is not None:
            return frozenset(self._meant(unit))
        units = self._of_indicators("unit")
        unpivot = mapping.unpivot
        if unpivot and unpivot.name_field == "indicator_id":
            meant = [stands for _, stands in unpivot.columns]
        else:
            source = mapping.fields.get("indicator_id")
            meant = self._meant(source) if source and units else []
        return frozenset(units[each] for each in meant if each in units)

    def _meant(self, source: FieldSource) -> list[str]:
        """What the different texts of a column stand for."""
        if not source.column:
            return [source.constant]
        texts = [cell.text for cell in self._texts(source.column)]
        return [source.replacements.get(text, text) for text in texts]

    def _of_indicators(self, column: str) -> dict[str, str]:
        frame = self._known.get("indicators")
        if frame is None or column not in frame:
            return {}
        rows = frame.dropna(subset=["indicator_id", column])
        return dict(
            zip(rows["indicator_id"].astype("str"), rows[column].astype("str"), strict=True)
        )


def _changed(found: dict[str, str]) -> dict[str, str]:
    return {text: meant for text, meant in found.items() if meant != text}


def _list(cell: CellText, lookup: Lookup) -> set[str]:
    """The ids of a list cell joined, where each of its items means one for certain."""
    whole = lookup.meaning(cell.text)
    if len(whole) == 1:
        return whole
    meant = [lookup.meaning(item) for item in items(cell.text)]
    if not meant or any(len(each) != 1 for each in meant):
        return set()
    return {LIST_SEPARATOR.join(dict.fromkeys(next(iter(each)) for each in meant))}
