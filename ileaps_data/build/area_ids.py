"""From publishers' area codes to ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping


def m49_text(number: float) -> str:
    """A UN area number as text of three digits or more.

    >>> m49_text(4.0), m49_text(5501)
    ('004', '5501')
    """
    return f"{int(number):03d}"


def from_m49(numbers: pd.Series[Any], iso3_by_m49: Mapping[str, str]) -> pd.Series[Any]:
    """`area_id` of UN area numbers: the ISO code of an economy, or m49: and the number.

    >>> from_m49(pd.Series([360.0, 935.0]), {"360": "IDN"}).tolist()
    ['IDN', 'm49:935']
    """
    text = numbers.map(m49_text)
    return text.map(iso3_by_m49).fillna("m49:" + text).astype("str")


def from_world_bank(codes: pd.Series[Any], iso3: frozenset[str]) -> pd.Series[Any]:
    """`area_id` of World Bank codes: those of ISO 3166 as they are, all others with wb:.

    The World, which the United Nations number too, has the United Nations' id so that the two
    publishers' figures for it meet.

    >>> from_world_bank(pd.Series(["IDN", "WLD", "XKX"]), frozenset({"IDN"})).tolist()
    ['IDN', 'm49:900', 'wb:XKX']
    """
    ids = codes.where(codes.isin(iso3), "wb:" + codes)
    return ids.replace({"wb:WLD": "m49:900"}).astype("str")


def kind_of(area_ids: pd.Series[Any]) -> pd.Series[Any]:
    """`economy` for ids that are ISO codes, `aggregate` for all others."""
    return pd.Series("economy", index=area_ids.index, dtype="str").mask(
        area_ids.str.contains(":", regex=False), "aggregate"
    )
