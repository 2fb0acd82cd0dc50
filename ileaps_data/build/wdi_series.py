"""World Development Indicators that measure an SDG indicator or tell about the place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from ileaps_data.build import world_bank
from ileaps_data.build.area_ids import from_world_bank
from ileaps_data.sdg_tables import TOTAL, WDI

if TYPE_CHECKING:
    from pathlib import Path

WORLD = {"m49:900": "m49:001"}
"""The SDG values number the World as the M49 list does, the population tables as WUP does."""

AGGREGATES = {
    "m49:001": "World",
    "wb:EAS": "East Asia & Pacific (World Bank)",
    "wb:SAS": "South Asia (World Bank)",
    "wb:LDC": "Least developed countries (World Bank)",
    "wb:PSS": "Pacific island small states (World Bank)",
}
FOLDERS = ("worldbank_wdi", "worldbank_wdi_2026-07")
"""Other vintages stay out: the series and their source are those of July 2026."""

URBAN = frozenset({"EN.POP.SLUM.UR.ZS"})
"""Series of urban areas alone."""


@dataclass(frozen=True, kw_only=True)
class WdiSeries:
    """A series of the WDI: the indicator it measures, if any, and how progress is read."""

    name: str
    short_name: str
    unit: str
    indicator: str = ""
    direction: int = 0
    natural_limit: float | None = None
    target_value: float | None = None
    target_basis: str = "none"
    note: str = "Context: tells about the place, not judged"


SERIES = {
    "EN.POP.SLUM.UR.ZS": WdiSeries(
        name="Population living in slums (% of urban population)",
        short_name="Slum population, WDI",
        unit="percent",
        indicator="11.1.1",
        direction=-1,
        natural_limit=0,
        target_value=0,
        target_basis="universal access",
        note="Years of the global monitoring rounds only; kept apart from the UNSD series",
    ),
    "EN.ATM.PM25.MC.M3": WdiSeries(
        name="PM2.5 air pollution, mean annual exposure (micrograms per cubic meter)",
        short_name="PM2.5 exposure, WDI",
        unit="micrograms per cubic metre",
        indicator="11.6.2",
        direction=-1,
        natural_limit=0,
        note="Modelled exposure of the whole population, not of cities alone; other model than "
        "the UNSD series",
    ),
    "EG.ELC.ACCS.ZS": WdiSeries(
        name="Access to electricity (% of population)",
        short_name="Access to electricity, WDI",
        unit="percent",
        indicator="7.1.1",
        direction=1,
        natural_limit=100,
        target_value=100,
        target_basis="universal access",
        note="Later edition of the series that the UNSD database also has",
    ),
    "SH.STA.TRAF.P5": WdiSeries(
        name="Mortality caused by road traffic injury (per 100,000 population)",
        short_name="Road traffic deaths, WDI",
        unit="per 100,000 population",
        indicator="3.6.1",
        direction=-1,
        natural_limit=0,
        note="The text halves the global number of deaths; that is no target for the rate of an "
        "economy",
    ),
    "SI.POV.DDAY": WdiSeries(
        name="Poverty headcount ratio at $3.00 a day (2021 PPP) (% of population)",
        short_name="Poverty at $3.00 a day (2021 PPP), WDI",
        unit="percent",
        indicator="1.1.1",
        direction=-1,
        natural_limit=0,
        target_value=0,
        target_basis="explicit in SDG text",
        note="A higher line than that of the UNSD series: the two are never compared; survey "
        "years only",
    ),
    "SL.UEM.TOTL.ZS": WdiSeries(
        name="Unemployment, total (% of total labor force) (modeled ILO estimate)",
        short_name="Unemployment, WDI",
        unit="percent",
        indicator="8.5.2",
        direction=-1,
        natural_limit=0,
        note="Modelled by the ILO; low rates also mean that people cannot afford to look for work",
    ),
    "IT.NET.BBND.P2": WdiSeries(
        name="Fixed broadband subscriptions (per 100 people)",
        short_name="Fixed broadband, WDI",
        unit="per 100 population",
        indicator="17.6.1",
        direction=1,
        note="Mobile broadband is not counted",
    ),
    "NY.GDP.PCAP.PP.CD": WdiSeries(
        name="GDP per capita, PPP (current international $)",
        short_name="GDP per person, PPP",
        unit="current international dollars",
    ),
    "NY.GDP.PCAP.CD": WdiSeries(
        name="GDP per capita (current US$)",
        short_name="GDP per person",
        unit="current United States dollars",
    ),
    "NY.GDP.MKTP.CD": WdiSeries(
        name="GDP (current US$)", short_name="GDP", unit="current United States dollars"
    ),
    "SI.POV.GINI": WdiSeries(name="Gini index", short_name="Gini index", unit="index, 0 to 100"),
    "EN.POP.DNST": WdiSeries(
        name="Population density (people per sq. km of land area)",
        short_name="Population density",
        unit="people per square kilometre",
    ),
    "SM.POP.NETM": WdiSeries(name="Net migration", short_name="Net migration", unit="persons"),
    "SP.POP.GROW": WdiSeries(
        name="Population growth (annual %)",
        short_name="Population growth",
        unit="percent a year",
    ),
    "AG.LND.TOTL.K2": WdiSeries(
        name="Land area (sq. km)", short_name="Land area, WDI", unit="square kilometres"
    ),
    "AG.SRF.TOTL.K2": WdiSeries(
        name="Surface area (sq. km)", short_name="Surface area", unit="square kilometres"
    ),
    "EN.POP.EL5M.ZS": WdiSeries(
        name="Population living in areas where elevation is below 5 meters (% of total population)",
        short_name="People living below 5 metres",
        unit="percent",
    ),
    "EN.URB.LCTY.UR.ZS": WdiSeries(
        name="Population in the largest city (% of urban population)",
        short_name="Share of the largest city",
        unit="percent of urban population",
    ),
    "EN.URB.MCTY.TL.ZS": WdiSeries(
        name="Population in urban agglomerations of more than 1 million (% of total population)",
        short_name="People in cities over 1 million",
        unit="percent",
    ),
}


def observations(sources: Path, area_ids: frozenset[str], iso3: frozenset[str]) -> pd.DataFrame:
    """The rows of `sdg_observations` of every WDI series in the folder of July 2026.

    Raises:
        BuildError: a file cannot be read.
    """
    folders = [sources / name for name in FOLDERS if (sources / name).is_dir()]
    parts = []
    for folder in folders[:1]:
        for path in sorted(folder.glob("*.csv")):
            code = path.stem.upper()
            if code in SERIES:
                rows = world_bank.read_long(path)
                parts.append(_rows(code, rows, area_ids, iso3))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def _rows(
    code: str, lines: pd.DataFrame, area_ids: frozenset[str], iso3: frozenset[str]
) -> pd.DataFrame:
    area = from_world_bank(lines["code"], iso3).replace(WORLD)
    wanted = area.isin(area_ids | set(AGGREGATES))
    return pd.DataFrame(
        {
            "series": code,
            "area_id": area[wanted],
            "year": lines.loc[wanted, "year"],
            "location": "urban" if code in URBAN else TOTAL,
            "sex": TOTAL,
            "age": TOTAL,
            "other_breakdown": TOTAL,
            "is_total": True,
            "value": lines.loc[wanted, "value"],
            "bound": "",
            "nature": "",
            "observation_status": "",
        }
    )


def series_rows(present: set[str]) -> list[dict[str, object]]:
    """The rows of `sdg_series` of the codes present."""
    return [
        {
            "series": code,
            "source_id": WDI,
            "indicator": each.indicator,
            "other_indicators": "",
            "name": each.name,
            "short_name": each.short_name,
            "unit": each.unit,
            "direction": each.direction,
            "natural_limit": each.natural_limit,
            "target_value": each.target_value,
            "target_year": None if each.target_value is None else 2030,
            "target_basis": each.target_basis,
            "direction_note": each.note,
            "has_cities": False,
            "has_total": True,
        }
        for code, each in SERIES.items()
        if code in present
    ]
