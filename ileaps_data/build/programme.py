"""The City-I-LEAPS fact base: typed, with every reference followed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from ileaps_data.build.agreements import compile_agreements
from ileaps_data.build.errors import BuildError

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "cities": "cities.csv",
    "policies": "policies.csv",
    "transfers": "transfers.csv",
    "pilots": "pilots.csv",
    "stage_events": "stage_events.csv",
    "indicators": "indicators.csv",
    "observations": "observations.csv",
    "events": "events.csv",
    "facts": "text_facts.csv",
    "sources": "sources.csv",
}

CITY_MATCHES = {
    "seoul": ("KOR", "Seoul"),
    "makassar": ("IDN", "Makassar (Ujung Pandang)"),
    "colombo": ("LKA", "Colombo"),
    "chandigarh": ("IND", "Chandigarh"),
    "dhaka": ("BGD", "Dhaka"),
    "bogor": ("IDN", "Bogor"),
    "hcmc": ("VNM", "Thành Pho Ho Chí Minh (Ho Chi Minh City)"),
    "addis_ababa": ("ETH", "Addis Ababa"),
    "peshawar": ("PAK", "Peshawar"),
    "vientiane": ("LAO", "Vientiane"),
    "chengdu": ("CHN", "Chengdu"),
    "wellington": ("NZL", "Wellington"),
    "auckland": ("NZL", "Auckland"),
    "kuala_lumpur": ("MYS", "Kuala Lumpur"),
    "bogota": ("COL", "Bogotá"),
    "bangkok": ("THA", "Krung Thep (Bangkok)"),
    "ulaanbaatar": ("MNG", "Ulaanbaatar"),
    "curitiba": ("BRA", "Curitiba"),
    "maputo": ("MOZ", "Maputo"),
    "mumbai": ("IND", "Mumbai (Bombay)"),
    "manila": ("PHL", "Manila"),
    "lima": ("PER", "Lima"),
    "phnom_penh": ("KHM", "Phnum Pénh (Phnom Penh)"),
}
"""Partner cities and their names among the urban agglomerations, matched by hand."""

CITIES_WITHOUT_MATCH = {
    "hulhumale": "part of Malé, which has fewer than 300,000 people",
    "male": "fewer than 300,000 people",
    "hat_yai": "not listed; Songkhla, listed in the same province, is another city",
    "chanchamayo": "fewer than 300,000 people",
    "pmb_brunei": "an industrial island, not a city of 300,000",
    "niteroi": "counted inside Rio de Janeiro",
}
"""Partner cities that are no urban agglomeration of their own, and why."""

TOTALS_NOT_TARGETS = {"cmb_fort": "the whole amount owed, of which the figure is a part"}
"""Indicators whose published target is in truth the denominator of a share."""

SOURCES_OF_TEXTS = {
    "000": "smg_20180503",
    "001": "opengovasia_20180530",
    "002": "undp_20160609",
    "003": "seoul_archive_20160623",
    "004": "seoul_policy_sharing_report",
}
"""Which source each of the five programme texts is, by the number its file name starts with."""


def compile_programme(folder: Path, agglomerations: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The programme's tables by name, `sources` among them.

    `agglomerations` are those of the revision that partner cities are matched to.

    Raises:
        BuildError: a file is absent or unreadable, or a city's match is not found.
    """
    tables = {name: _read(folder / file) for name, file in FILES.items()}
    tables["cities"] = _with_city_codes(tables["cities"], agglomerations)
    tables["pilots"] = tables["pilots"].assign(
        partners=tables["pilots"]["partners"].str.replace(r"\s*;\s*", ";", regex=True)
    )
    tables["indicators"] = _with_denominators(tables["indicators"])
    tables["observations"] = _with_ids(tables["observations"])
    tables["facts"] = _with_sources(tables["facts"])
    tables["sources"] = _sources(tables["sources"])
    return tables | compile_agreements(tables["facts"])


def _read(path: Path) -> pd.DataFrame:
    if not path.is_file():
        raise BuildError(f"{path.name}: not found in {path.parent.name}")
    try:
        return pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8-sig")
    except (ValueError, UnicodeError) as error:
        raise BuildError(f"{path.name}: cannot be read as CSV ({error})") from error


def _with_city_codes(cities: pd.DataFrame, agglomerations: pd.DataFrame) -> pd.DataFrame:
    undecided = set(cities["city_id"]) - set(CITY_MATCHES) - set(CITIES_WITHOUT_MATCH)
    if undecided:
        raise BuildError(
            f"cities.csv: {', '.join(sorted(undecided))} neither matched to an urban "
            "agglomeration nor listed as having none; add each to CITY_MATCHES or "
            "CITIES_WITHOUT_MATCH"
        )
    codes = {
        (str(row_iso3), str(name)): str(code)
        for row_iso3, name, code in zip(
            agglomerations["iso3"],
            agglomerations["name"],
            agglomerations["city_code"],
            strict=True,
        )
    }
    lost = [
        f"{city_id} ({CITY_MATCHES[city_id][1]})"
        for city_id in cities["city_id"]
        if city_id in CITY_MATCHES and CITY_MATCHES[city_id] not in codes
    ]
    if lost:
        raise BuildError(f"not among the urban agglomerations: {', '.join(lost)}")
    matched = {city_id: codes[match] for city_id, match in CITY_MATCHES.items() if match in codes}
    return cities.assign(wup_city_code=cities["city_id"].map(matched).fillna(""))


def _with_denominators(indicators: pd.DataFrame) -> pd.DataFrame:
    is_total = indicators["indicator_id"].isin(list(TOTALS_NOT_TARGETS))
    return indicators.assign(
        denominator_value=indicators["target_value"].where(is_total, ""),
        target_value=indicators["target_value"].mask(is_total, ""),
    )


def _with_ids(observations: pd.DataFrame) -> pd.DataFrame:
    """Ids made of what a figure speaks of, so that correcting its value leaves its id alone."""
    order = ["pilot_id", "indicator_id", "period_end", "period_start", "disaggregation"]
    rows = observations.sort_values(order, kind="stable", ignore_index=True)
    ids = (
        rows["indicator_id"]
        + "."
        + rows["period_end"].mask(rows["period_end"] == "", rows["period_start"]).map(_dated)
        + "."
        + rows["source_id"]
        + rows["disaggregation"].map(_slug)
    )
    repeat = rows.groupby(ids.to_numpy()).cumcount()
    return rows.assign(observation_id=ids + repeat.map(lambda count: f".{count + 1}" * (count > 0)))


def _dated(text: str) -> str:
    return text or "undated"


def _slug(text: str) -> str:
    return "." + re.sub(r"\W+", "-", text.lower()).strip("-") if text else ""


def _with_sources(facts: pd.DataFrame) -> pd.DataFrame:
    source = facts["text_file"].str[:3].map(SOURCES_OF_TEXTS)
    if source.isna().any():
        raise BuildError(f"text_facts.csv: unknown text {facts.loc[source.isna(), 'text_file'][0]}")
    # A decade is the interval of its ten years, as the other intervals are written.
    dates = facts["date"].str.replace(r"^(\d{3})0s$", r"\g<1>0/\g<1>9", regex=True)
    return facts.assign(source_id=source, date=dates)


def _sources(sources: pd.DataFrame) -> pd.DataFrame:
    # A few rows name a file or say "general knowledge" where an address belongs.
    return sources.assign(
        url=sources["url"].where(sources["url"].str.match(r"https?://"), ""),
        licence="",
        kind="programme",
    )
