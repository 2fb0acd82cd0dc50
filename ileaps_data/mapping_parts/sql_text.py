"""Texts and names inside SQL: the one place where a text of a file meets a query."""

from __future__ import annotations

from ileaps_data.reading.numbers import literal as quoted

BLANKS = " \t\n\r\u00a0\u200b\ufeff\u2007\u202f\u3000"


def identifier(name: str) -> str:
    """A declared name as an SQL identifier.

    >>> identifier("group")
    '"group"'
    """
    return '"' + name.replace('"', '""') + '"'


def cell(column: str) -> str:
    """The SQL of a cell without blanks around it; NULL when nothing is left.

    >>> import duckdb
    >>> cells = "(VALUES ('x'), (' 도시　'), (chr(160))) AS t(c0)"
    >>> duckdb.connect().execute(f"SELECT {cell('c0')} FROM {cells}").fetchall()
    [('x',), ('도시',), (None,)]
    """
    # comparing the two ends is several times faster than trimming these signs; what begins or
    # ends between the plain ASCII signs, or in scripts after the ideographic space, has no blank
    ends = " AND ".join(
        f"({end} BETWEEN '!' AND '~' OR {end} BETWEEN '、' AND '\uf000')"
        for end in (column, f"{column}[-1]")
    )
    return f"CASE WHEN {ends} THEN {column} ELSE nullif(trim({column}, {quoted(BLANKS)}), '') END"


__all__ = ["BLANKS", "cell", "identifier", "quoted"]
