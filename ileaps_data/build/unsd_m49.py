"""The UN M49 list of countries and areas (UNSD)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ileaps_data.build.errors import BuildError

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = {
    "ISO-alpha3 Code": "iso3",
    "ISO-alpha2 Code": "iso2",
    "M49 Code": "m49",
    "Country or Area": "name",
    "Least Developed Countries (LDC)": "least_developed",
    "Land Locked Developing Countries (LLDC)": "landlocked_developing",
    "Small Island Developing States (SIDS)": "small_island_developing",
}
FLAGS = ("least_developed", "landlocked_developing", "small_island_developing")

SHORT_NAMES = {
    "ATF": "French Southern Terr.",
    "BES": "Caribbean Netherlands",
    "BOL": "Bolivia",
    "BRN": "Brunei",
    "CAF": "Central African Rep.",
    "COD": "DR Congo",
    "FLK": "Falkland Is. (Malvinas)",
    "FSM": "Micronesia (F.S.)",
    "GBR": "United Kingdom",
    "HKG": "Hong Kong SAR",
    "HMD": "Heard and McDonald Is.",
    "IOT": "Chagos Archipelago",
    "IRN": "Iran",
    "KOR": "Rep. of Korea",
    "LAO": "Lao PDR",
    "MAC": "Macao SAR",
    "MAF": "Saint Martin",
    "MNP": "Northern Marianas",
    "NLD": "Netherlands",
    "PRK": "DPR Korea",
    "RUS": "Russia",
    "SGS": "South Georgia",
    "SJM": "Svalbard and Jan Mayen",
    "SXM": "Sint Maarten",
    "SYR": "Syria",
    "TWN": "Taiwan Province of China",
    "TZA": "Tanzania",
    "UMI": "US Minor Outlying Is.",
    "USA": "United States",
    "VCT": "Saint Vincent",
    "VEN": "Venezuela",
    "VGB": "British Virgin Is.",
    "VIR": "US Virgin Is.",
}
"""Our compact forms of long names; all other areas go by their M49 name."""


def compile_areas(path: Path) -> pd.DataFrame:
    """One row a country or area: codes, names and the three flags of vulnerable situations.

    Raises:
        BuildError: the file is not laid out as UNSD publishes it.
    """
    if not path.is_file():
        raise BuildError(f"{path.name}: not found in {path.parent.name}; UNSD's M49 list is needed")
    # Codes are text: Namibia's is NA, and Afghanistan's number starts with a zero.
    published = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8-sig")
    missing = [column for column in COLUMNS if column not in published]
    if missing:
        raise BuildError(f"{path.name}: no column {', '.join(missing)}")
    areas = published[list(COLUMNS)].rename(columns=COLUMNS)
    flags = {flag: areas[flag].str.strip().str.lower() == "x" for flag in FLAGS}
    return areas.assign(
        short_name=areas["iso3"].map(SHORT_NAMES).fillna(areas["name"]),
        **flags,
    )
