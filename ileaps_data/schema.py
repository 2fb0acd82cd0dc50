"""What a table is: fields, kinds, constraints, and everything that follows from them.

One `Table` declares one table of the product. The types a loader gives, the descriptor in
`data/datapackage.json` and the check of a table's content all come from that declaration.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PARTIAL_DATE = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"
"""A date to the year, the month or the day: `2018`, `2018-05`, `2018-05-03`."""

LIST_SEPARATOR = ";"


class Kind(StrEnum):
    """What a field holds."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    PARTIAL_DATE = "partial_date"
    TEXT_LIST = "text_list"


_FRICTIONLESS_TYPES = {
    Kind.TEXT: "string",
    Kind.INTEGER: "integer",
    Kind.NUMBER: "number",
    Kind.BOOLEAN: "boolean",
    Kind.PARTIAL_DATE: "string",
    Kind.TEXT_LIST: "string",
}


@dataclass(frozen=True, kw_only=True)
class Field:
    """One column: its name, kind, meaning, unit and what its values must keep to.

    `refers_to` names the field whose values it repeats, as "table.field".

    >>> Field(name="year", kind=Kind.INTEGER, description="Calendar year", required=True).dtype
    'int64'
    """

    name: str
    kind: Kind
    description: str
    unit: str = ""
    required: bool = False
    unique: bool = False
    enum: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    pattern: str = ""
    refers_to: str = ""

    @property
    def dtype(self) -> str:
        """The pandas dtype of the column; optional integers and booleans are nullable ones."""
        if self.kind is Kind.NUMBER:
            return "float64"
        if self.kind is Kind.INTEGER:
            return "int64" if self.required else "Int64"
        if self.kind is Kind.BOOLEAN:
            return "bool" if self.required else "boolean"
        return "str"

    @property
    def effective_pattern(self) -> str:
        """The regular expression the text of this field must match, or an empty text."""
        return PARTIAL_DATE if self.kind is Kind.PARTIAL_DATE else self.pattern

    def descriptor(self) -> dict[str, Any]:
        """The field as a Frictionless Table Schema field."""
        possible: dict[str, Any] = {
            "required": self.required or None,
            "unique": self.unique or None,
            "enum": list(self.enum) or None,
            "minimum": _plain(self.minimum, self.kind),
            "maximum": _plain(self.maximum, self.kind),
            "pattern": self.effective_pattern or None,
        }
        constraints = {name: value for name, value in possible.items() if value is not None}
        described: dict[str, Any] = {
            "name": self.name,
            "type": _FRICTIONLESS_TYPES[self.kind],
            "description": self.description,
        }
        if self.unit:
            described["unit"] = self.unit
        if self.kind is Kind.PARTIAL_DATE:
            described["precision"] = "year, month or day, as published"
        if self.kind is Kind.TEXT_LIST:
            described["separator"] = LIST_SEPARATOR
        if constraints:
            described["constraints"] = constraints
        return described


def text_field(
    name: str,
    description: str,
    *,
    required: bool = False,
    unique: bool = False,
    enum: tuple[str, ...] = (),
    pattern: str = "",
    refers_to: str = "",
) -> Field:
    """A column of text, with what its values must keep to.

    >>> text_field("name", "Name shown to people", required=True).kind
    <Kind.TEXT: 'text'>
    """
    return Field(
        name=name,
        kind=Kind.TEXT,
        description=description,
        required=required,
        unique=unique,
        enum=enum,
        pattern=pattern,
        refers_to=refers_to,
    )


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table: its file, meaning, fields, key and the data sources it is compiled from.

    `sources` names rows of the table of sources; a table whose rows each carry their own
    `source_id` may leave it empty.
    """

    name: str
    title: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    sources: tuple[str, ...] = ()
    file_format: Literal["csv", "parquet"] = "csv"

    @property
    def path(self) -> str:
        """The file's name inside the data folder."""
        return f"{self.name}.{self.file_format}"

    @property
    def columns(self) -> list[str]:
        """The column names in file order."""
        return [field.name for field in self.fields]

    @property
    def dtypes(self) -> dict[str, str]:
        """The pandas dtype of each column."""
        return {field.name: field.dtype for field in self.fields}

    def field(self, name: str) -> Field:
        """The field of that name.

        Raises:
            KeyError: no field has that name.
        """
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"{self.name} has no field {name!r}; it has {', '.join(self.columns)}")

    def schema_descriptor(self) -> dict[str, Any]:
        """The table's fields, key and references as a Frictionless Table Schema."""
        schema: dict[str, Any] = {
            "fields": [field.descriptor() for field in self.fields],
            "primaryKey": list(self.key),
            "missingValues": [""],
        }
        references = [
            {"fields": [field.name], "reference": {"resource": table, "fields": [column]}}
            for field in self.fields
            if field.refers_to
            for table, column in [field.refers_to.split(".")]
            if field.kind is not Kind.TEXT_LIST
        ]
        if references:
            schema["foreignKeys"] = references
        return schema


def typed(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """The frame with the table's columns, in its order, with its types, sorted by its key.

    Empty text becomes missing. Rows that are equal in the key keep the order they came in.

    Raises:
        ValueError: a column is missing, or a value cannot be of its field's type.
    """
    absent = [name for name in table.columns if name not in frame.columns]
    if absent:
        raise ValueError(
            f"table {table.name}: no column {', '.join(absent)}; it has {', '.join(frame.columns)}"
        )
    columns = {field.name: _cast(frame[field.name], field, table) for field in table.fields}
    return pd.DataFrame(columns).sort_values(list(table.key), kind="stable", ignore_index=True)


def _cast(column: pd.Series[Any], field: Field, table: Table) -> pd.Series[Any]:
    dtype: Any = field.dtype
    try:
        if pd.api.types.is_string_dtype(column.dtype) or dtype == "str":
            text = column.astype("str").str.strip()
            text = text.mask(text == "")
            if field.kind is Kind.BOOLEAN:
                return _truth(text).astype(dtype)
            column = text if dtype == "str" else pd.to_numeric(text)
        return column.astype(dtype)
    except (TypeError, ValueError) as error:
        raise ValueError(
            f"table {table.name}, column {field.name}: not {field.kind.value} ({error})"
        ) from error


def _truth(text: pd.Series[Any]) -> pd.Series[Any]:
    text = text.str.lower()
    unknown = set(text.dropna()) - {"true", "false"}
    if unknown:
        raise ValueError(f"neither true nor false: {min(unknown)}")
    return text.map({"true": True, "false": False}).astype("boolean")


def problems(frame: pd.DataFrame, table: Table) -> list[str]:
    """Every way in which a typed frame breaks its declaration, each as one sentence.

    Looks at required values, unique values and keys, codelists, bounds and patterns; references
    to other tables are `unresolved_references`.
    """
    found: list[str] = []
    for field in table.fields:
        column = frame[field.name]
        found += [f"{table.name}.{field.name}: {text}" for text in _field_problems(column, field)]
    repeated = frame[frame.duplicated(list(table.key), keep="first")]
    if len(repeated):
        example = ", ".join(str(value) for value in repeated[list(table.key)].iloc[0])
        found.append(
            f"{table.name}: {len(repeated)} rows repeat the key "
            f"({', '.join(table.key)}), the first is {example}"
        )
    return found


def _field_problems(column: pd.Series[Any], field: Field) -> Iterator[str]:
    present = column.dropna()
    if field.required and len(present) < len(column):
        yield f"{len(column) - len(present)} values are missing"
    if field.unique and present.duplicated().any():
        yield f"not unique: {present[present.duplicated()].iloc[0]}"
    if field.enum:
        strange = sorted(set(present.astype("str")) - set(field.enum))
        if strange:
            yield f"not in the codelist: {', '.join(strange)}; known: {', '.join(field.enum)}"
    if field.minimum is not None and (present < field.minimum).any():
        yield f"below {field.minimum}: {present.min()}"
    if field.maximum is not None and (present > field.maximum).any():
        yield f"above {field.maximum}: {present.max()}"
    pattern = field.effective_pattern
    if pattern:
        wrong = [str(value) for value in present if not re.match(pattern, str(value))]
        if wrong:
            yield f"not written as {pattern}: {wrong[0]}"


def unresolved_references(
    tables: Mapping[str, pd.DataFrame], declared: Mapping[str, Table]
) -> list[str]:
    """Every value that points at a row of another table which is not there."""
    found: list[str] = []
    for name, frame in tables.items():
        for field in declared[name].fields:
            if not field.refers_to:
                continue
            other, column = field.refers_to.split(".")
            values = frame[field.name].dropna()
            if field.kind is Kind.TEXT_LIST:
                values = values.str.split(LIST_SEPARATOR).explode()
            unknown = sorted(set(values) - set(tables[other][column].dropna()))
            if unknown:
                found.append(f"{name}.{field.name}: not in {field.refers_to}: {', '.join(unknown)}")
    return found


def _plain(number: float | None, kind: Kind) -> float | None:
    return int(number) if number is not None and kind is Kind.INTEGER else number
