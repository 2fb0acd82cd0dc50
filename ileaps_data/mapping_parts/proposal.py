"""What is proposed for a raw table: a mapping, why, and what a person has to confirm."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from ileaps_data.mapping_parts.headers import (
    FieldEvidence,
    HeaderSuggestion,
    alike_headers,
    matched_headers,
    named_columns,
    year_columns,
)
from ileaps_data.mapping_parts.model import FieldSource, Mapping, Unpivot
from ileaps_data.mapping_parts.values import Contents
from ileaps_data.reading.dialect import Dialect
from ileaps_data.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping as Mapped

    import pandas as pd

    from ileaps_data.mapping_parts.cells import DateGuess
    from ileaps_data.mapping_parts.questions import Suggestion
    from ileaps_data.mapping_parts.units import UnitGuess
    from ileaps_data.reading.tables import RawTable

OBSERVATION_KEY = ("indicator_id", "period_end|period_start", "source_id", "disaggregation")
"""What a figure is known by, as in the observations that ship: correcting its value leaves it."""

DEFAULTS: dict[str, dict[str, str]] = {
    "observations": {"qualifier": "exact", "value_kind": "reported", "group": "pilot"},
    "sources": {"kind": "programme"},
}


@dataclass(frozen=True, kw_only=True)
class Default:
    """What a required field that the file lacks would be in every row, once a person says so."""

    field: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """How a raw table may become a declared one.

    Attributes:
        mapping: what is certain: headers by name or synonym, texts by id, name or codelist.
        evidence: for each mapped field why.
        headers: headers only like a word for a field; not in the mapping.
        suggestions: texts of the file not understood, with what they may mean; not applied.
        unmapped: columns without a field, each with its header.
        missing: required fields that nothing is mapped to.
        defaults: constants to confirm for some of these.
        units: factors to confirm.
        dates: formats found, and those a person must choose.
        unpivot: columns side by side that may become rows; None where there are none.
        pilots: for each indicator its pilot, for an indicator confirmed later.
    """

    mapping: Mapping
    evidence: tuple[FieldEvidence, ...]
    headers: tuple[HeaderSuggestion, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    unmapped: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()
    defaults: tuple[Default, ...] = ()
    units: tuple[UnitGuess, ...] = ()
    dates: tuple[DateGuess, ...] = ()
    unpivot: Unpivot | None = None
    pilots: dict[str, str] = field(default_factory=dict, repr=False)

    def confirmed(
        self, suggestion: Suggestion, to: str | None = None, *, mapping: Mapping | None = None
    ) -> Mapping:
        """The mapping with a text replaced, by what was suggested or by another id.

        `mapping` is the one reached so far, by default the proposed one. An indicator's pilot
        follows where it is taken from the same column.
        """
        meant = suggestion.to if to is None else to
        changed = mapping or self.mapping
        changed = changed.with_replacements(suggestion.field, {suggestion.text: meant})
        pilot = changed.fields.get("pilot_id")
        column = changed.fields[suggestion.field].column
        if (
            suggestion.field == "indicator_id"
            and meant in self.pilots
            and pilot is not None
            and pilot.column == column
        ):
            changed = changed.with_replacements("pilot_id", {suggestion.text: self.pilots[meant]})
        return changed

    def with_constant(self, name: str, value: str, mapping: Mapping | None = None) -> Mapping:
        """The mapping with one text in every row of a field; an indicator brings its pilot."""
        changed = (mapping or self.mapping).with_field(name, FieldSource(constant=value))
        if name == "indicator_id" and value in self.pilots and "pilot_id" not in changed.fields:
            pilot = FieldSource(constant=self.pilots[value])
            changed = changed.with_field("pilot_id", pilot)
        return changed

    def with_defaults(self, mapping: Mapping | None = None) -> Mapping:
        """The mapping with the defaults in the fields that still have nothing."""
        changed = mapping or self.mapping
        for default in self.defaults:
            if default.field not in changed.fields:
                changed = changed.with_field(default.field, FieldSource(constant=default.value))
        return changed


def propose(
    raw: RawTable,
    table: str,
    known: Mapped[str, pd.DataFrame],
    *,
    dialect: Dialect | None = None,
    columns: Mapped[str, str | None] | None = None,
    unpivot: bool | Unpivot = False,
) -> Proposal:
    """A mapping of a raw table to a declared one, with what a person should confirm.

    `known` are the tables that fields refer to, as the workspace has them ("cities",
    "economies", "indicators" …); a field that refers to none of them keeps its texts. `columns`
    are a person's choices, such as {"city_id": "c3"}, None for a field to be left out; they go
    before what the headers say. `unpivot` asks for the columns found side by side, or names them.

    Raises:
        ValueError: no such table, field or column.
    """
    if table not in TABLES:
        raise ValueError(f"no table {table!r}; known: {', '.join(TABLES)}")
    builder = _Builder(raw, table, known, dialect or Dialect(decimal=".", thousands=""))
    builder.take_headers(columns or {}, unpivot)
    builder.take_keys(columns or {})
    builder.take_contents()
    return builder.proposal()


class _Builder:
    """Puts a proposal together step by step."""

    def __init__(
        self, raw: RawTable, table: str, known: Mapped[str, pd.DataFrame], dialect: Dialect
    ) -> None:
        self._raw = raw
        self._table = TABLES[table]
        self._known = known
        self._contents = Contents(raw, self._table, known, dialect)
        self._mapping = Mapping(table=table, fields={})
        self._evidence: dict[str, FieldEvidence] = {}
        self._alike: list[HeaderSuggestion] = []
        self._spread: Unpivot | None = None
        self._left_out: set[str] = set()

    def take_headers(
        self, columns: Mapped[str, str | None], unpivot: Literal[True, False] | Unpivot
    ) -> None:
        raw = self._raw
        self._left_out = {name for name, column in columns.items() if column is None}
        chosen = {name: column for name, column in columns.items() if column}
        absent = sorted(set(chosen.values()) - set(raw.names))
        if absent:
            raise ValueError(f"the table has no column {', '.join(absent)}")
        found = [
            one
            for one in matched_headers(raw.columns, self._table.name)
            if one.field not in columns and one.column not in chosen.values()
        ]
        chosen_evidence = [
            FieldEvidence(
                field=name, column=column, header=self._header(column), how="chosen", score=1.0
            )
            for name, column in chosen.items()
        ]
        self._spread = self._side_by_side({one.column: one.field for one in found}, chosen)
        if unpivot:
            wanted = unpivot if isinstance(unpivot, Unpivot) else self._spread
            found = self._without_spread(found, wanted)
            self._mapping = replace(self._mapping, unpivot=wanted)
            self._spread = wanted
        for one in [*chosen_evidence, *found]:
            source = FieldSource(column=one.column)
            self._mapping = self._mapping.with_field(one.field, source)
            self._evidence[one.field] = one
        self._alike = [
            one
            for one in alike_headers(raw.columns, self._table.name, list(self._evidence.values()))
            if one.field not in self._left_out and one.field not in self._mapping.spread
        ]

    def _without_spread(
        self, found: list[FieldEvidence], wanted: Unpivot | None
    ) -> list[FieldEvidence]:
        if wanted is None:
            return found
        columns = {column for column, _ in wanted.columns}
        fields = {wanted.name_field, wanted.value_field}
        for name in fields:
            first, last = wanted.columns[0][0], wanted.columns[-1][0]
            header = f"{self._header(first)} … {self._header(last)}"
            self._evidence[name] = FieldEvidence(
                field=name, column=first, header=header, how="unpivot", score=1.0
            )
        return [one for one in found if one.column not in columns and one.field not in fields]

    def _side_by_side(self, taken: Mapped[str, str], chosen: Mapped[str, str]) -> Unpivot | None:
        """Columns a year or an indicator each, where the table holds observations."""
        if self._table.name != "observations":
            return None
        used = {**taken, **{column: name for name, column in chosen.items()}}
        years = [pair for pair in year_columns(self._raw.columns) if pair[0] not in used]
        if len(years) > 1:
            return Unpivot(columns=tuple(years))
        if "indicator_id" in used.values():
            return None
        lookup = self._contents.lookup("indicator_id")
        named = named_columns(self._raw.columns, lookup, used)
        return Unpivot(columns=tuple(named), name_field="indicator_id") if named else None

    def _header(self, column: str) -> str:
        return self._raw.columns[int(column[1:])]

    def take_keys(self, columns: Mapped[str, str | None]) -> None:
        """Take keys that the file lacks from what it has."""
        name = self._table.name
        has = {*self._mapping.fields, *self._mapping.spread}
        free = {"observation_id", "pilot_id"} - {*has, *columns}
        if name == "observations":
            if "observation_id" in free:
                self._derive("observation_id", FieldSource(joined=OBSERVATION_KEY))
            pilot = self._pilot()
            if "pilot_id" in free and pilot:
                self._derive("pilot_id", pilot)
            return
        key = self._table.key[0]
        naming = self._mapping.fields.get("title" if name == "sources" else "name")
        if len(self._table.key) == 1 and key not in {*has, *columns} and naming:
            self._derive(key, FieldSource(column=naming.column))

    def _pilot(self) -> FieldSource | None:
        """Where the pilot of a figure follows from: its indicator."""
        indicator = self._mapping.fields.get("indicator_id")
        if indicator and indicator.column and self._contents.pilots:
            return FieldSource(column=indicator.column)
        unpivot = self._mapping.unpivot
        if unpivot and unpivot.name_field == "indicator_id":
            pilots = {self._contents.pilots.get(stands) for _, stands in unpivot.columns}
            only = pilots.pop() if len(pilots) == 1 else None
            return FieldSource(constant=only) if only else None
        return None

    def _derive(self, name: str, source: FieldSource) -> None:
        self._mapping = self._mapping.with_field(name, source)
        header = self._header(source.column) if source.column else ""
        self._evidence[name] = FieldEvidence(
            field=name, column=source.column, header=header, how="derived", score=1.0
        )

    def take_contents(self) -> None:
        derived = frozenset(n for n, one in self._evidence.items() if one.how == "derived")
        self._mapping = self._contents.read(self._mapping, derived)

    def proposal(self) -> Proposal:
        mapping, contents = self._mapping, self._contents
        has = {*mapping.fields, *mapping.spread}
        missing = [f.name for f in self._table.fields if f.required and f.name not in has]
        defaults = DEFAULTS.get(self._table.name, {})
        used = {source.column for source in mapping.fields.values()}
        used |= {column for column, _ in mapping.unpivot.columns} if mapping.unpivot else set()
        order = {name: place for place, name in enumerate(mapping.columns)}
        return Proposal(
            mapping=mapping,
            evidence=tuple(sorted(self._evidence.values(), key=lambda one: order[one.field])),
            headers=tuple(self._alike),
            suggestions=tuple(contents.suggestions),
            unmapped=tuple(
                (name, header)
                for name, header in zip(self._raw.names, self._raw.columns, strict=True)
                if name not in used
            ),
            missing=tuple(missing),
            defaults=tuple(
                Default(field=name, value=value)
                for name, value in defaults.items()
                if name in missing and name not in self._left_out
            ),
            units=tuple(contents.units),
            dates=tuple(contents.dates),
            unpivot=self._spread,
            pilots=contents.pilots,
        )
