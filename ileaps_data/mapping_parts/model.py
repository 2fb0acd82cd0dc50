"""A mapping as data: which column, constant or other fields each field of a table comes from."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ileaps_data.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping as Mapped

    import duckdb

    from ileaps_data.reading.dialect import Dialect
    from ileaps_data.schema import Table

ALWAYS_READ = ""
UNIT = "_unit"
"""The unit written beside each figure: no field of the observations, but checked against the
indicator's."""

DATE_FORMATS: tuple[str, ...] = (
    ALWAYS_READ,
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d/%m/%y",
    "%m/%d/%y",
    "%y/%m/%d",
    "%Y%m",
    "excel",
    "buddhist",
)
"""How dates that can be read in several ways are read; "/" stands for "/", "." and "-".

The empty one reads what can be read in one way only, and the others read that too: ISO dates,
year first with any separator, "2018년 5월", "20180503", "05/2018", "3 Mei 2018", "May 2018".
"excel" are days counted from 1899-12-30, "buddhist" years 543 ahead, day before month.
"""

_COLUMN = re.compile(r"c(0|[1-9]\d{0,3})")
_PROFILE_VERSION = 1


@dataclass(frozen=True, kw_only=True)
class FieldSource:
    """Where the content of one field comes from: one column, one constant, or other fields.

    Attributes:
        column: the column's name in the raw table, such as "c3".
        constant: the same text in every row.
        joined: fields of the same table joined by points, for a key the file lacks; "a|b" takes
            the first of them that is there, a missing date is written "undated".
        unit_factor: what numbers are multiplied by, 100 for a share that becomes a percentage.
        percent_sign: whether a percent sign after a number only says that it is a percentage;
            such numbers are not multiplied.
        date_format: one of `DATE_FORMATS`.
        replacements: texts as in the file, spaces around them cut, with what stands for them;
            an empty one makes the cell missing.

    >>> FieldSource(column="c3", constant="seoul")
    Traceback (most recent call last):
    ...
    ValueError: a field comes from one of column, constant and joined; 2 are given
    """

    column: str = ""
    constant: str = ""
    joined: tuple[str, ...] = ()
    unit_factor: float = 1.0
    percent_sign: bool = False
    date_format: str = ALWAYS_READ
    replacements: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what cannot be applied.

        Raises:
            ValueError: not exactly one origin, or a part that is none of its choices.
        """
        given = sum(map(bool, (self.column, self.constant, self.joined)))
        if given != 1:
            raise ValueError(
                f"a field comes from one of column, constant and joined; {given} are given"
            )
        if self.column and not _COLUMN.fullmatch(self.column):
            raise ValueError(f"{self.column!r} is no column of a raw table; they are c0, c1, …")
        if not (math.isfinite(self.unit_factor) and self.unit_factor > 0):
            raise ValueError(f"unit_factor {self.unit_factor} is no positive number")
        if self.date_format not in DATE_FORMATS:
            known = ", ".join(repr(each) for each in DATE_FORMATS)
            raise ValueError(f"date_format {self.date_format!r} is none of {known}")

    @property
    def place(self) -> int:
        """The column's place in the file, counted from 0; -1 when it is no column."""
        return int(self.column[1:]) if self.column else -1


@dataclass(frozen=True, kw_only=True)
class Unpivot:
    """Columns side by side that become rows: a column a year, or a column an indicator.

    Attributes:
        columns: each column with the text it stands for, such as ("c4", "2018").
        name_field: the field that takes this text.
        value_field: the field that takes the cell; empty cells give no row.
    """

    columns: tuple[tuple[str, str], ...]
    name_field: str = "period_end"
    value_field: str = "value"

    def __post_init__(self) -> None:
        """Refuse what is no set of columns.

        Raises:
            ValueError: no column, one given twice, or one that is no column of a raw table.
        """
        names = [column for column, _ in self.columns]
        if not names or len(set(names)) < len(names):
            raise ValueError("the columns to unpivot must be one or more, each given once")
        for name in names:
            if not _COLUMN.fullmatch(name):
                raise ValueError(f"{name!r} is no column of a raw table; they are c0, c1, …")


@dataclass(frozen=True, kw_only=True)
class Mapping:
    """What becomes of a raw table: the declared table, and where each of its fields comes from.

    Raises:
        ValueError: no such table or field, or a field both unpivoted and mapped.

    >>> mapping = Mapping(table="cities", fields={"name": FieldSource(column="c0")})
    >>> Mapping.from_json(mapping.to_json()) == mapping
    True
    """

    table: str
    fields: dict[str, FieldSource]
    unpivot: Unpivot | None = None

    def __post_init__(self) -> None:
        if self.table not in TABLES:
            raise ValueError(f"no table {self.table!r}; known: {', '.join(TABLES)}")
        known = set(self.columns)
        parts = {
            name
            for each in self.fields.values()
            for text in each.joined
            for name in text.split("|")
        }
        spread = self.spread
        for name in [*self.fields, *parts, *spread]:
            if name not in known:
                raise ValueError(
                    f"{self.table} has no field {name!r}; it has {', '.join(self.declared.columns)}"
                )
        for name in parts:
            if name in self.fields and self.fields[name].joined:
                raise ValueError(f"{name} is itself joined from other fields")
        for name in spread:
            if name in self.fields and self.unpivot and name == self.unpivot.name_field:
                raise ValueError(f"{name} is unpivoted and mapped; leave one")

    @property
    def declared(self) -> Table:
        """The declaration of the table."""
        return TABLES[self.table]

    @property
    def columns(self) -> tuple[str, ...]:
        """What can be mapped: the fields of the table, and the unit beside a figure."""
        return (*self.declared.columns, *([UNIT] if self.table == "observations" else []))

    @property
    def spread(self) -> tuple[str, ...]:
        """The fields that unpivoting fills."""
        return (self.unpivot.name_field, self.unpivot.value_field) if self.unpivot else ()

    def with_field(self, name: str, source: FieldSource | None) -> Mapping:
        """The mapping with another origin of a field, or without it when None."""
        fields = {other: one for other, one in self.fields.items() if other != name}
        if source is not None:
            fields[name] = source
        return replace(self, fields=fields)

    def with_replacements(self, name: str, more: Mapped[str, str]) -> Mapping:
        """The mapping with more texts of a field replaced: what a person has confirmed.

        Raises:
            ValueError: the field comes from no column.
        """
        source = self.fields.get(name)
        if source is None or not source.column:
            raise ValueError(f"{name} comes from no column: there is no text to replace")
        return self.with_field(
            name, replace(source, replacements={**source.replacements, **dict(more)})
        )

    def to_json(self) -> str:
        """The mapping as text, for a profile."""
        return json.dumps(_as_data(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Mapping:
        """The mapping of such a text.

        Raises:
            ValueError: it is not what `to_json` wrote, or names what no longer exists.
        """
        try:
            return _from_data(json.loads(text))
        except (AttributeError, KeyError, TypeError, RecursionError) as error:
            raise ValueError(f"this is no saved mapping ({error!r})") from error


@dataclass(frozen=True, kw_only=True, eq=False)
class MappedTable:
    """A raw table seen through a mapping.

    Attributes:
        connection: the database of the raw table.
        query: SQL of a SELECT that gives `_row` (BIGINT), each field of the declared table
            (VARCHAR), in declared order, and last `_unit` where it is mapped. Numbers are plain
            ("1234.5"), dates ISO to the day, month or year; what is neither keeps its text.
        table: the declared table's name.
        mapping: the mapping.
        dialect: how numbers are written in the file.
        headers: for each mapped field the header of its column as in the file.
    """

    connection: duckdb.DuckDBPyConnection
    query: str
    table: str
    mapping: Mapping
    dialect: Dialect
    headers: dict[str, str]


def _as_data(mapping: Mapping) -> dict[str, Any]:
    fields = {name: _source_data(source) for name, source in mapping.fields.items()}
    data: dict[str, Any] = {"profile": _PROFILE_VERSION, "table": mapping.table, "fields": fields}
    if mapping.unpivot:
        data["unpivot"] = {
            "columns": [list(pair) for pair in mapping.unpivot.columns],
            "name_field": mapping.unpivot.name_field,
            "value_field": mapping.unpivot.value_field,
        }
    return data


def _source_data(source: FieldSource) -> dict[str, Any]:
    data: dict[str, Any] = {
        "column": source.column,
        "constant": source.constant,
        "joined": list(source.joined),
        "date_format": source.date_format,
        "replacements": source.replacements,
    }
    data = {name: value for name, value in data.items() if value}
    if source.percent_sign:
        data["percent_sign"] = True
    if source.unit_factor != 1.0:
        data["unit_factor"] = source.unit_factor
    return data


def _from_data(data: dict[str, Any]) -> Mapping:
    if data["profile"] != _PROFILE_VERSION:
        raise ValueError(f"a mapping of another version: {data['profile']!r}")
    fields = {
        str(name): FieldSource(
            column=_text(one.get("column", "")),
            constant=_text(one.get("constant", "")),
            joined=tuple(_text(part) for part in one.get("joined", ())),
            unit_factor=float(one.get("unit_factor", 1.0)),
            percent_sign=one.get("percent_sign", False) is True,
            date_format=_text(one.get("date_format", "")),
            replacements={
                _text(text): _text(to) for text, to in one.get("replacements", {}).items()
            },
        )
        for name, one in data["fields"].items()
    }
    spread = data.get("unpivot")
    unpivot = spread and Unpivot(
        columns=tuple((_text(column), _text(stands)) for column, stands in spread["columns"]),
        name_field=_text(spread["name_field"]),
        value_field=_text(spread["value_field"]),
    )
    return Mapping(table=_text(data["table"]), fields=fields, unpivot=unpivot or None)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"no text: {value!r}")
    return value
