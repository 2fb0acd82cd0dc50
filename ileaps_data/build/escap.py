"""The economies of the ESCAP region and their five subregions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ileaps_data.build.errors import BuildError

if TYPE_CHECKING:
    from pathlib import Path

SUBREGIONS = (
    ("ENEA", "East and North-East Asia"),
    ("SEA", "South-East Asia"),
    ("SSWA", "South and South-West Asia"),
    ("NCA", "North and Central Asia"),
    ("PAC", "Pacific"),
)


def compile_subregions() -> pd.DataFrame:
    """The five subregions in the order used everywhere."""
    return pd.DataFrame(
        {
            "subregion_id": [code for code, _ in SUBREGIONS],
            "name": [name for _, name in SUBREGIONS],
            "position": range(1, len(SUBREGIONS) + 1),
        }
    )


def compile_members(path: Path) -> pd.DataFrame:
    """ISO code, subregion and kind of membership of each economy.

    Raises:
        BuildError: the file is absent, laid out otherwise, or lists an economy twice.
    """
    if not path.is_file():
        raise BuildError(f"{path.name}: not found; the list of ESCAP economies is needed")
    members = pd.read_csv(path, dtype="str", keep_default_na=False)
    expected = ["iso3", "subregion", "membership"]
    if list(members.columns) != expected:
        raise BuildError(f"{path.name}: columns are not {', '.join(expected)}")
    twice = sorted(set(members.loc[members["iso3"].duplicated(), "iso3"]))
    if twice:
        raise BuildError(f"{path.name}: listed more than once: {', '.join(twice)}")
    return members.rename(columns={"subregion": "subregion_id"})
