"""Compiles the workbooks of the Sustainable Development Reports of 2019 and 2021."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
import python_calamine

from ileaps_data.build.errors import BuildError
from ileaps_data.published_tables import RATINGS

if TYPE_CHECKING:
    from pathlib import Path

FIRST_TREND_YEAR = 2010
ARROWS = {
    "↑": "on_track",
    "➚": "moderately_improving",
    "→": "stagnating",
    "↓": "decreasing",
}
# the trend's series has another code than the indicator it belongs to
TREND_CODES = {
    "sdg2_stuntihme": "sdg2_stunting",
    "sdg2_wasteihme": "sdg2_wasting",
    "sdg5_fplmodel": "sdg5_familypl",
}
PARTS = {
    "impute_": "imputed",
    "Imputation: ": "imputed",
    "Normalized Score ": "score",
    "Normalized Score: ": "score",
    "Dashboard Color ": "rating",
    "Dashboard Color: ": "rating",
    "Trend ": "trend",
    "Trend: ": "trend",
    "Year: ": "year",
}
PART_OF_INDICATOR = re.compile(f"^({'|'.join(map(re.escape, PARTS))})(sdg\\d+_\\w+?)\\s*$")
PART_OF_GOAL = re.compile(r"^Goal (\d+) (Score|Dash|Dashboard|Trend)$")
GOAL_PARTS = {"Score": "score", "Dash": "rating", "Dashboard": "rating", "Trend": "trend"}
ISO3 = r"^[A-Z]{3}$"
ISO3_OR_GROUP = r"^([A-Z]{3}$|_\w)"


@dataclass(frozen=True, kw_only=True)
class Edition:
    """How the workbook of one year words its sheets and columns; ours to theirs."""

    year: int
    data_sheet: str
    trend_sheet: str
    economy: dict[str, str]
    indicator: dict[str, str]
    trend_iso3: str
    trend_year: str


EDITIONS = (
    Edition(
        year=2019,
        data_sheet="SDR2019 Data",
        trend_sheet="Raw Data (trends)",
        economy={
            "iso3": "id",
            "name": "Country",
            "region": "Regions used for the SDG Index & Dashboard",
            "oecd": "Country is an OECD member, yes=1 no=0",
            "score": "2019 Global Index Score (0-100)",
            "rank": "2019 Global Index Rank",
            "percent_missing": "Percentage missing values",
        },
        indicator={
            "code": "Code",
            "name": "Indicator",
            "unit": "units",
            "best": "Best value (= 100)",
            "worst": "Worst value (= 0)",
            "green": "greenthr",
            "red": "redthr",
            "source": "source",
            "in_global": "global",
            "in_oecd": "oecd",
            "trend_in_global": "trend",
            "trend_in_oecd": "trendoecd",
        },
        trend_iso3="id",
        trend_year="year",
    ),
    Edition(
        year=2021,
        data_sheet="SDR2021 Data",
        trend_sheet="Data for Trends",
        economy={
            "iso3": "Country Code ISO3",
            "name": "Country",
            "region": "Regions used for the SDR",
            "score": "2021 SDG Index Score",
            "rank": "2021 SDG Index Rank",
            "percent_missing": "Percentage missing values",
        },
        indicator={
            "code": "IndCode",
            "name": "Indicator",
            "best": "Optimum (= 100)",
            "worst": "Lower Bound (=0)",
            "green": "Green threshold",
            "red": "Red threshold",
            "source": "Source",
            "in_global": "Global",
            "in_oecd": "OECD",
            "trend_in_global": "Trend_Global",
            "trend_in_oecd": "Trend_OECD",
            "trend_years": "Years Used for Trend Evaluation",
        },
        trend_iso3="id",
        trend_year="Year",
    ),
)


def compile_report(path: Path, edition: Edition) -> dict[str, pd.DataFrame]:
    """The five tables of one report, by name.

    Raises:
        BuildError: the file is no workbook, or a sheet or column is not where it should be.
    """
    try:
        book = python_calamine.CalamineWorkbook.from_path(path)
    except (python_calamine.CalamineError, OSError) as error:
        raise BuildError(f"{path.name}: cannot be read as a workbook ({error})") from error
    data = _sheet(book, path, edition.data_sheet, edition.economy["iso3"])
    data = data[data[edition.economy["iso3"]].str.match(ISO3_OR_GROUP)]
    indicators = _indicators(_sheet(book, path, "Codebook", edition.indicator["code"]), edition)
    values = _values(data, edition, path)
    unknown = sorted(set(values["code"]) - set(indicators["code"]))
    if unknown:
        # in 2021 shifted profits have a colour and no line in the codebook
        values = values[~values["code"].isin(unknown)]
    trends = _sheet(book, path, edition.trend_sheet, edition.trend_iso3)
    prefix = f"sdr{edition.year}_"
    return {
        f"{prefix}indicators": indicators,
        f"{prefix}values": values,
        f"{prefix}goals": _goals(data, edition),
        f"{prefix}index": _index(data, edition),
        f"{prefix}trend_values": _trend_values(trends, edition),
    }


def _sheet(
    book: python_calamine.CalamineWorkbook, path: Path, name: str, first: str
) -> pd.DataFrame:
    """A sheet with its header's words as columns; citations may stand above the header."""
    if name not in book.sheet_names:
        raise BuildError(f"{path.name}: has no sheet {name!r}, take the publisher's own file")
    rows = book.get_sheet_by_name(name).to_python()
    at = next((at for at, row in enumerate(rows[:5]) if first in row), None)
    if at is None:
        raise BuildError(f"{path.name}: sheet {name!r} has no column {first!r} near its top")
    header = [" ".join(str(cell).split()) for cell in rows[at]]
    return pd.DataFrame(rows[at + 1 :], columns=header)


def _taken(frame: pd.DataFrame, columns: dict[str, str]) -> pd.DataFrame:
    missing = sorted(set(columns.values()) - set(frame.columns))
    if missing:
        raise BuildError(f"Sustainable Development Report: no column {', '.join(missing)}")
    return frame[list(columns.values())].set_axis(list(columns), axis=1)


def _indicators(codebook: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    taken = _taken(codebook, edition.indicator)
    taken = taken[taken["code"].astype("str").str.startswith("sdg")].reset_index(drop=True)
    flags = ("in_global", "in_oecd", "trend_in_global", "trend_in_oecd")
    years = taken.get("trend_years", pd.Series("", index=taken.index)).astype("str")
    window = years.str.extract(r"(?P<trend_from>\d{4}) - (?P<trend_to>\d{4})")
    return taken.assign(
        goal=taken["code"].str.extract(r"^sdg(\d+)_", expand=False),
        name=taken["name"].str.split().str.join(" "),
        unit=taken["unit"].str.strip() if "unit" in taken else "",
        source=taken["source"].str.split().str.join(" "),
        **{flag: taken[flag].eq("yes").map({True: "true", False: "false"}) for flag in flags},
        trend_from=window["trend_from"].fillna(""),
        trend_to=window["trend_to"].fillna(""),
    )


def _values(data: pd.DataFrame, edition: Edition, path: Path) -> pd.DataFrame:
    """Each indicator's block of columns, one below the other."""
    blocks = []
    for code, parts in _places(list(data.columns), path).items():
        block = pd.DataFrame({part: data.iloc[:, at] for part, at in parts.items()})
        blocks.append(block.assign(iso3=data[edition.economy["iso3"]], code=code))
    # an edition may word no column of a part: 2019 has no years
    columns = ["iso3", "code", "value", *sorted(set(PARTS.values()))]
    long = pd.concat(blocks, ignore_index=True).reindex(columns=columns)
    long["imputed"] = long["imputed"].eq(1).map({True: "true", False: "false"})
    long["trend"] = long["trend"].map(ARROWS)
    long["rating"] = long["rating"].where(long["rating"].isin(RATINGS))
    long["year"] = pd.to_numeric(long["year"])
    long["value"] = pd.to_numeric(long["value"])
    long["score"] = pd.to_numeric(long["score"])
    return long[long[["value", "score", "rating"]].notna().any(axis=1)]


def _places(header: list[str], path: Path) -> dict[str, dict[str, int]]:
    """Where each part of each indicator stands; its value is the first column of its block."""
    places: dict[str, dict[str, int]] = {}
    for at, words in enumerate(header):
        found = PART_OF_INDICATOR.match(words)
        if not found:
            continue
        code = TREND_CODES.get(found[2], found[2])
        if code not in places:
            places[code] = {"value": at - 1}
        places[code][PARTS[found[1]]] = at
    if not places:
        raise BuildError(f"{path.name}: no column is a colour or score of an indicator")
    return places


def _goals(data: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    parts: list[pd.DataFrame] = []
    for words in data.columns:
        found = PART_OF_GOAL.match(words)
        if found:
            part = pd.DataFrame({"iso3": data[edition.economy["iso3"]], "value": data[words]})
            parts.append(part.assign(goal=int(found[1]), part=GOAL_PARTS[found[2]]))
    long = pd.concat(parts).set_index(["iso3", "goal", "part"])["value"]
    wide = long.unstack("part")  # noqa: PD010 - text and numbers, one each: nothing to aggregate
    wide["score"] = pd.to_numeric(wide["score"])
    wide["rating"] = wide["rating"].where(wide["rating"].isin(RATINGS))
    wide["trend"] = wide["trend"].map(ARROWS)
    return wide.dropna(how="all").reset_index()


def _index(data: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    taken = _taken(data, edition.economy)
    taken = taken[taken["iso3"].str.match(ISO3)]
    member = taken["oecd"].eq(1) if "oecd" in taken else taken["region"].eq("OECD")
    return taken.assign(oecd=member.map({True: "true", False: "false"}))


def _trend_values(sheet: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    keys = [edition.trend_iso3, edition.trend_year]
    series = [name for name in sheet.columns if name.startswith("sdg")]
    long = sheet.melt(id_vars=keys, value_vars=series, var_name="code")
    long = long.rename(columns={edition.trend_iso3: "iso3", edition.trend_year: "year"})
    long["code"] = long["code"].replace(TREND_CODES)
    long["value"] = pd.to_numeric(long["value"])
    recent = long["year"].ge(FIRST_TREND_YEAR) & long["iso3"].str.match(ISO3)
    return long[recent & long["value"].notna()]


__all__ = ["EDITIONS", "Edition", "compile_report"]
