"""What the city profile loads and computes: one city beside its country, region and peers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from ileaps_metrics import city_peers, growth, sdg_trends
from ileaps_views import peer_words
from ileaps_views.charts.city_gaps import STATIONS
from pages import frames
from pages.frames import kept

if TYPE_CHECKING:
    from ileaps_metrics.city_peers import Peers

GOAL: Final = 11
UNSD, WHO, WDI = "unsd_sdg_2023_12", "who_aaq_2022", "wb_wdi_2026_07"
AIR_SERIES: Final = "EN_ATM_PM25"
INCOME_SERIES: Final = "NY.GDP.PCAP.PP.CD"
PROFILE_YEARS: Final = (2010, 2020)
LAST_YEAR: Final = 2035  # cities are projected to here
MOST_PEERS: Final = 5
#: one series for each indicator of Goal 11, where it has several
REPRESENTATIVE: Final = {
    "11.1.1": "EN_LND_SLUM",
    "11.2.1": "SP_TRN_PUBL",
    "11.3.1": "EN_LND_CNSPOP",
    "11.4.1": "GB_XPD_CUL_PBPV",
    "11.5.1": "VC_DSR_MTMP",
    "11.5.2": "VC_DSR_LSGP",
    "11.5.3": "VC_DSR_CDAN",
    "11.6.1": "EN_REF_WASCOL",
    "11.6.2": AIR_SERIES,
    "11.7.1": "EN_URB_OPENSP",
    "11.7.2": "VC_VOH_SXPH",
    "11.a.1": "SD_CPA_UPRDP",
    "11.b.1": "SG_DSR_LGRGSR",
    "11.b.2": "SG_DSR_SILS",
}


def city(city_id: str) -> dict[str, Any]:
    """Load what the fact base says of a city."""
    return frames.record("cities", "city_id", city_id)


@kept
def subregion_of(iso3: str) -> str:
    """Find the ESCAP subregion of a country; nothing where it lies outside the region."""
    rows = frames.members()
    own = rows.loc[rows["iso3"].eq(iso3), "subregion_id"]
    return str(own.iloc[0]) if len(own) else ""


@kept
def listed_as(edition: str, code: str | None) -> str:
    """Name a city as an edition lists it; nothing where it does not."""
    rows = frames.table("urban_agglomerations")
    own = rows.loc[rows["revision_id"].eq(edition) & rows["city_code"].eq(code or ""), "name"]
    return str(own.iloc[0]) if len(own) else ""


@kept
def _populations(edition: str) -> dict[str, pd.DataFrame]:
    """Take the partner cities' rows out of a table of 160,000, once."""
    rows = frames.table("city_population")
    wanted = rows["city_code"].isin(frames.table("cities")["wup_city_code"].dropna())
    rows = rows[wanted & rows["revision_id"].eq(edition)]
    return {str(code): own for code, own in rows.groupby("city_code")}


def population(edition: str, code: str | None) -> pd.DataFrame:
    """Give a city's population by year; no row where the edition does not list it."""
    return _populations(edition).get(code or "", frames.table("city_population").iloc[:0])


@kept
def years(edition: str) -> list[int]:
    """List the years published both for cities and for countries."""
    return sorted({*frames.years(edition)} & {*frames.city_years(edition)})


@kept
def _countries(edition: str) -> pd.DataFrame:
    """Load the partner cities' countries, whether they lie in the region or not."""
    rows = frames.table("urban_population")
    wanted = rows["area_id"].isin(frames.table("cities")["country_iso3"])
    return rows[wanted & rows["revision_id"].eq(edition)]


@kept
def _countries_growth(edition: str, start: int, end: int) -> dict[Any, dict[Any, Any]]:
    rows = growth.growth_table(_countries(edition), start, end)
    return rows.set_index("area_id").to_dict("index")


def country_growth(edition: str, iso3: str, start: int, end: int) -> dict[Any, Any]:
    """Give the growth of a country, whether it lies in the region or not."""
    return _countries_growth(edition, start, end).get(iso3, {})


@kept
def city_growth(edition: str, code: str | None, start: int, end: int) -> tuple[float, float, float]:
    """Compute a city's growth; its people at start and end, and % a year."""
    people = population(edition, code).set_index("year")["population"]
    first, last = (float(people.get(year, math.nan)) for year in (start, end))
    return first, last, growth.growth_rate(first, last, end - start)


@kept
def goal_series() -> pd.DataFrame:
    """List the representative series of Goal 11, in the order of the indicators."""
    rows = frames.table("sdg_series").set_index("series")
    return rows.loc[list(REPRESENTATIVE.values())].reset_index()


@kept
def city_series() -> pd.DataFrame:
    """List the series of Goal 11 that are published for cities."""
    rows = goal_series()
    return rows[rows["has_cities"]]


@kept
def _goal_observations() -> pd.DataFrame:
    """Load Goal 11 of every area; particles are those of its cities, as the indicator asks."""
    rows = frames.table("sdg_observations")
    rows = rows[rows["series"].isin(list(REPRESENTATIVE.values()))]
    of_cities = rows["series"].eq(AIR_SERIES) & rows["location"].eq("urban")
    rows = rows[of_cities | (rows["is_total"] & rows["series"].ne(AIR_SERIES))]
    return rows.assign(is_total=True)


@kept
def _goal_progress() -> pd.DataFrame:
    return sdg_trends.progress_table(_goal_observations(), goal_series(), "statcan")


@kept
def country_values(iso3: str) -> pd.DataFrame:
    """List a country's latest values of Goal 11 with their status, indicator by indicator."""
    rows = _goal_observations()
    rows = rows[rows["area_id"].eq(iso3) & rows["value"].notna()].sort_values("year")
    latest = rows.drop_duplicates("series", keep="last")
    judged = _goal_progress()
    judged = judged.loc[judged["area_id"].eq(iso3), ["series", "status", "reason"]]
    named = goal_series()[["series", "indicator", "short_name", "unit"]]
    return named.merge(latest, on="series").merge(judged, on="series", how="left")


@kept
def modelled_air(iso3: str) -> pd.DataFrame:
    """Load the modelled particles of a country's cities by year."""
    rows = _goal_observations()
    return rows[rows["area_id"].eq(iso3) & rows["series"].eq(AIR_SERIES)]


@kept
def measured_air(city_id: str) -> pd.DataFrame:
    """Load what stations measured in a city, by year."""
    rows = frames.table("city_air_quality")
    return rows[rows["city_id"].eq(city_id)]


@kept
def city_values(city_id: str) -> pd.DataFrame:
    """Load a city's values of Goal 11, and the latest of other cities as its context."""
    values = frames.table("sdg_city_values").dropna(subset=["value"])
    iso3 = city(city_id)["country_iso3"]
    members = frames.members()
    near = set(members.loc[members["subregion_id"].eq(subregion_of(iso3)), "iso3"])
    own = values["city_id"].eq(city_id).fillna(value=False).astype(bool)
    others = values[~own].sort_values("year").drop_duplicates(["series", "city_code"], keep="last")
    others = others[others["caution"].isna()]
    return pd.concat(
        [
            values[own].assign(group="city"),
            others[others["iso3"].eq(iso3)].assign(group="country"),
            others[others["iso3"].isin(near - {iso3})].assign(group="subregion"),
        ],
        ignore_index=True,
    )


@kept
def standings(city_id: str) -> pd.DataFrame:
    """Say where a city stands among the other cities of its country, series by series."""
    values = city_values(city_id)
    latest = values[values["group"].eq("city")].sort_values("year")
    own = latest.drop_duplicates("series", keep="last").set_index("series")["value"]
    others = values[values["group"].eq("country")]
    return pd.DataFrame(
        [
            {
                "series": code,
                **city_peers.standing(
                    float(own.get(code, math.nan)), others.loc[others["series"].eq(code), "value"]
                )._asdict(),
            }
            for code in city_series()["series"]
        ]
    )


@kept
def profiles(edition: str) -> pd.DataFrame:
    """Describe every partner city by the indicators on which cities are compared."""
    cities = frames.table("cities")
    codes = [None if pd.isna(code) else str(code) for code in cities["wup_city_code"]]
    countries = list(cities["country_iso3"])
    grown = np.array([city_growth(edition, code, *PROFILE_YEARS) for code in codes])
    around = [country_growth(edition, iso3, *PROFILE_YEARS) for iso3 in countries]
    urban = np.array([each.get("urban_end", math.nan) for each in around])
    income, slums = (
        _latest(series).reindex(countries).to_numpy()
        for series in (INCOME_SERIES, REPRESENTATIVE["11.1.1"])
    )
    measured = frames.table("city_air_quality").dropna(subset=["pm25"]).sort_values("year")
    air = measured.drop_duplicates("city_id", keep="last").set_index("city_id")["pm25"]
    return pd.DataFrame(
        {
            "city_id": list(cities["city_id"]),
            peer_words.SIZE: np.log10(grown[:, 1]),
            peer_words.GROWTH: grown[:, 2],
            peer_words.SHARE: 100.0 * grown[:, 1] / urban,
            peer_words.INCOME: np.log10(income),
            peer_words.URBANISED: [each.get("percent_urban_end", math.nan) for each in around],
            peer_words.TRANSPORT: _city_latest("11.2.1").reindex(cities["city_id"]).to_numpy(),
            peer_words.OPEN_SPACE: _city_latest("11.7.1").reindex(cities["city_id"]).to_numpy(),
            peer_words.AIR: air.reindex(cities["city_id"]).to_numpy(),
            peer_words.SLUMS: slums,
        }
    )


def _latest(series: str) -> pd.Series[float]:
    rows = frames.table("sdg_observations")
    rows = rows[rows["series"].eq(series) & rows["is_total"] & rows["value"].notna()]
    rows = rows.sort_values("year").drop_duplicates("area_id", keep="last")
    return rows.set_index("area_id")["value"]


def _city_latest(indicator: str) -> pd.Series[float]:
    rows = frames.table("sdg_city_values").dropna(subset=["value", "city_id"])
    rows = rows[rows["series"].eq(REPRESENTATIVE[indicator]) & rows["caution"].isna()]
    rows = rows.sort_values("year").drop_duplicates("city_id", keep="last")
    return rows.set_index("city_id")["value"]


@kept
def peer_sources(edition: str, indicators: tuple[str, ...]) -> list[str]:
    """List the sources of the indicators on which cities are compared."""
    people = str(frames.record("revisions", "revision_id", edition)["source_id"])
    of = {
        peer_words.INCOME: WDI,
        peer_words.TRANSPORT: UNSD,
        peer_words.OPEN_SPACE: UNSD,
        peer_words.AIR: WHO,
        peer_words.SLUMS: UNSD,
    }
    return list(dict.fromkeys(of.get(indicator, people) for indicator in indicators))


@kept
def peers(edition: str, city_id: str, indicators: tuple[str, ...]) -> Peers:
    """Find the partner cities most like a city on some indicators."""
    return city_peers.nearest_peers(
        profiles(edition),
        indicators,
        city_id,
        MOST_PEERS,
        id_column="city_id",
        minimum_shared=min(3, len(indicators)),
    )


@kept
def gaps(city_id: str) -> pd.DataFrame:
    """Say of every indicator of Goal 11 what the city and its country have."""
    values = city_values(city_id)
    own = values[values["group"].eq("city")].sort_values("year")
    own = own.drop_duplicates("series", keep="last").set_index("series")
    country = country_values(city(city_id)["country_iso3"]).set_index("series")
    rows = goal_series()[["series", "indicator", "short_name"]].set_index("series")
    rows = rows.assign(
        city_year=own["year"],
        city_nature=own["nature"],
        city_caution=own["caution"],
        country_year=country["year"],
        country_nature=country["nature"],
    )
    measured = measured_air(city_id).dropna(subset=["pm25"])
    if len(measured):
        rows["city_nature"] = rows["city_nature"].astype(object)
        rows.loc[AIR_SERIES, ["city_year", "city_nature"]] = [measured["year"].max(), STATIONS]
    return rows.reset_index()
