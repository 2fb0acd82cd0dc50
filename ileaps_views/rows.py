"""Rows of a frame as records to draw, without touching the frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    import pandas as pd


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows as dictionaries by column name.

    >>> import pandas as pd
    >>> records(pd.DataFrame({"city": ["Seoul"]}))
    [{'city': 'Seoul'}]
    """
    return cast("list[dict[str, Any]]", frame.to_dict("records"))


def lookup(frame: pd.DataFrame, key: str, column: str) -> dict[str, Any]:
    """Return a column by the values of another, the first of each.

    >>> import pandas as pd
    >>> lookup(pd.DataFrame({"id": ["a", "a"], "name": ["A", "B"]}), "id", "name")
    {'a': 'A'}
    """
    first = frame.drop_duplicates(key)
    return dict(zip(first[key], first[column], strict=True))
