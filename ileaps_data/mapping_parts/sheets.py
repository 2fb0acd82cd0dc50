"""Sheets of one upload that refer to each other: a new pilot with its indicators and figures."""

# ruff: noqa: S608 -- names come from declarations, the query from `mapped`

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ileaps_data.mapping_parts.sql_text import identifier
from ileaps_data.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ileaps_data.mapping_parts.model import MappedTable

RECOGNISED_BY = ("name", "title", "local_name", "country_iso3", "pilot_id", "unit")
_MOST_ROWS = 100_000


def with_sheets(
    known: Mapping[str, pd.DataFrame], sheets: Mapping[str, MappedTable]
) -> dict[str, pd.DataFrame]:
    """The known tables with the rows of other sheets of the same upload.

    So that a figure is recognised as one of an indicator that the same workbook brings. Only
    the columns by which rows are recognised are taken, and no table whose key is of several
    fields; where both have a row the sheet's counts. Propose for the sheets in this order:
    sources, cities, policies, pilots, indicators, then the others.
    """
    found = dict(known)
    for name, sheet in sheets.items():
        table = TABLES[name]
        if len(table.key) > 1:
            continue
        key = table.key[0]
        names = dict.fromkeys((key, *(part for part in RECOGNISED_BY if part in table.columns)))
        items = ", ".join(map(identifier, names))
        cursor = sheet.connection.cursor()
        rows = cursor.execute(
            f"SELECT {items} FROM ({sheet.query}) WHERE {identifier(key)} IS NOT NULL "
            f"ORDER BY _row LIMIT {_MOST_ROWS}"
        ).fetchall()
        frame = pd.DataFrame(rows, columns=list(names), dtype="str")
        both = [each for each in (found.get(name), frame) if each is not None and len(each)]
        if both:
            together = pd.concat(both, ignore_index=True)
            found[name] = together.drop_duplicates(key, keep="last", ignore_index=True)
    return found
