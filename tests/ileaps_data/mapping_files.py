"""Small files of people, and what the mapping tests do with them."""

from __future__ import annotations

import functools
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ileaps_data import reference
from ileaps_data.mapping import Mapping, Proposal, mapped, propose
from ileaps_data.readers import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from ileaps_data.readers import RawTables

NAMES = (
    "cities",
    "economies",
    "urban_agglomerations",
    "policies",
    "pilots",
    "indicators",
    "sources",
    "events",
    "transfers",
)


@functools.cache
def known() -> dict[str, pd.DataFrame]:
    return {name: reference.load(name) for name in NAMES}


@contextmanager
def opened(text: str, encoding: str = "utf-8") -> Iterator[RawTables]:
    with read(text.encode(encoding), "a.csv", threads=1) as tables:
        yield tables


def proposed(text: str, table: str, encoding: str = "utf-8", **more: Any) -> Proposal:
    with opened(text, encoding) as tables:
        return propose(tables.only, table, known(), dialect=tables.dialect, **more)


def rows(tables: RawTables, mapping: Mapping, *names: str) -> list[tuple[Any, ...]]:
    """The named fields of the mapped rows, in the order of the file."""
    shown = mapped(tables.only, mapping, tables.dialect)
    columns = ", ".join(f'"{name}"' for name in names)
    sql = f"SELECT {columns} FROM ({shown.query}) ORDER BY _row, {columns}"  # noqa: S608
    return shown.connection.execute(sql).fetchall()


def mapped_rows(text: str, table: str, *names: str, **more: Any) -> list[tuple[Any, ...]]:
    """What is proposed for a file, applied as it is."""
    with opened(text) as tables:
        proposal = propose(tables.only, table, known(), dialect=tables.dialect, **more)
        return rows(tables, proposal.mapping, *names)
