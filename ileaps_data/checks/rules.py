"""What a rule is, and how its condition and its words are written in SQL."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Literal, Protocol

from ileaps_data.publishing.columns import quoted, text_literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

    from ileaps_data.reading.dialect import Dialect

Severity = Literal["error", "warning", "notice"]

CELL_CODES = ("error_cell", "formula_without_value")
"""What the readers say of one cell of a row that they did read."""

DAY, MONTH, YEAR = 10, 7, 4
"""The precision of a date is the number of characters it is written with."""

_PLACEHOLDER = re.compile(r"%\((\w+)\)s|%%")


class Mapped(Protocol):
    """A table of a file once its columns are known, as `ileaps_data.mapping.mapped` gives it.

    `query` is a SELECT that gives `_row` and one text column for each field of the declared
    table, without spaces around it and missing where it is empty; `headers` names the file's
    column of each field it has one for. A query may give `_unit` besides: the unit written beside
    each figure.
    """

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The database the query runs on."""
        ...

    @property
    def query(self) -> str:
        """The rows, as text."""
        ...

    @property
    def table(self) -> str:
        """The declared table's name."""
        ...

    @property
    def headers(self) -> Mapping[str, str]:
        """The file's header of each field."""
        ...

    @property
    def dialect(self) -> Dialect:
        """How the file is written."""
        ...


@dataclasses.dataclass(frozen=True, kw_only=True)
class Rule:
    """One thing that may be wrong with a row.

    Attributes:
        code: the stable word of the problem.
        severity: an "error" keeps its row from being published; the others only tell.
        field: the declared field it is shown at; empty when it is the whole row.
        broken: the SQL condition on a row `c` of the typed table; empty when a step of its own
            finds the rows.
        value: the SQL of the value shown.
        parameters: the SQL of what the sentence mentions, by name; `h` is the hit.
        needs: the fields it cannot be judged without.
        also: other fields whose cells are marked.
    """

    code: str
    severity: Severity = "error"
    field: str = ""
    broken: str = ""
    value: str = "NULL"
    parameters: Mapping[str, str] = dataclasses.field(default_factory=dict)
    needs: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


def column(name: str) -> str:
    """A field of the row that is looked at.

    >>> column("group")
    'c."group"'
    """
    return f"c.{quoted(name)}"


def precision(name: str, table: str = "c") -> str:
    """The column that holds how precise a date is."""
    return f"{table}.{quoted(f'_precision_{name}')}"


def last_day(name: str, table: str = "c") -> str:
    """The SQL of the last day a partial date stands for."""
    day = f"{table}.{quoted(name)}"
    return (
        f"CASE {precision(name, table)} WHEN {DAY} THEN {day} WHEN {MONTH} THEN last_day({day}) "
        f"ELSE make_date(year({day}), 12, 31) END"
    )


def date_text(name: str, table: str = "c") -> str:
    """The SQL of a partial date as text."""
    return f"left(CAST({table}.{quoted(name)} AS VARCHAR), {precision(name, table)})"


def number_text(sql: str) -> str:
    r"""The SQL of a number as people write it: whole numbers without ".0".

    >>> print(number_text("x"))
    regexp_replace(CAST(x AS VARCHAR), '\.0$', '')
    """
    return rf"regexp_replace(CAST({sql} AS VARCHAR), '\.0$', '')"


def constant(text: str) -> str:
    """A text that is the same in every row."""
    return text_literal(text)


def sentence(template: str, parameters: Mapping[str, str]) -> str:
    """The SQL of a sentence whose placeholders are SQL expressions; what is missing is empty.

    Raises:
        KeyError: the sentence mentions something that is not given.

    >>> sentence("Row %(row)s is 5%% off.", {"row": "c._row"})
    "'Row ' || coalesce(CAST(c._row AS VARCHAR), '') || ' is 5' || '%' || ' off.'"
    """
    parts: list[str] = []
    end = 0
    for found in _PLACEHOLDER.finditer(template):
        if found.start() > end:
            parts.append(text_literal(template[end : found.start()]))
        name = found[1]
        parts.append(f"coalesce(CAST({parameters[name]} AS VARCHAR), '')" if name else "'%'")
        end = found.end()
    if end < len(template):
        parts.append(text_literal(template[end:]))
    return " || ".join(parts) or "''"
