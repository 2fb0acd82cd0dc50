"""SDG values of economies and aggregates from the UNSD files (a DDF data set, a file a series).

A file is named `ddf--datapoints--<series>--by--<dimensions>.csv`; its value column bears the
series' code in lower case. Every dimension but the area, the year, the city and the columns that
describe a value is a breakdown. The level of a breakdown that stands for all is, in this order:
the only level the file has; one of the publisher's words for it; for the few series of
`SERIES_TOTALS` the level named there. A file without such a level has no total.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from ileaps_data.build.area_ids import from_m49
from ileaps_data.build.errors import BuildError
from ileaps_data.sdg_tables import TOTAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

SOURCE = {
    "source_id": "unsd_sdg_2023_12",
    "title": "SDG Global Database, harvest of 17 December 2023",
    "publisher": "United Nations Statistics Division",
    "published_on": "2023-12-17",
    "url": "https://unstats.un.org/sdgs/dataportal",
    "language": "en",
    "licence": "",
    "kind": "dataset",
}

FOLDER = "unsd_sdg"
FILE_NAME = re.compile(r"^ddf--datapoints--([a-z0-9_]+)--by--([a-z0-9_-]+)\.csv$")
AREA_NAMES = "ddf--entities--geo_area.csv"

NATURES = {
    "c": "country",
    "ca": "country_adjusted",
    "e": "estimated",
    "g": "global_monitoring",
    "m": "modelled",
    "n": "not_relevant",
    "notspec": "",
}
# SDMX's code list of observation statuses; several codes of it mean a missing value.
STATUSES = {
    "a": "normal",
    "b": "break",
    "d": "different_definition",
    "e": "estimated",
    "g": "estimated",
    "i": "imputed",
    "m": "missing",
    "o": "missing",
    "p": "provisional",
    "q": "missing",
    "u": "low_reliability",
    "notspec": "",
}
BOUNDS = {">": "above", "<": "below"}
NO_VALUE = "N"

DESCRIBING = frozenset({"geo_area", "year", "cities", "nature", "observation_status", "units"})
ALL_LEVELS = ("allarea", "bothsex", "allage", "total", "t", "anys", "average", "notspec")
SERIES_TOTALS = {
    ("FB_BNK_ACCSS", "age"): "15",
    ("SE_ADT_EDUCTRN", "age"): "15_64",
    ("SG_REG_BRTH", "age"): "lt5y",
}
"""Breakdowns without a word for all, whose widest level is the indicator."""

LEVELS = {
    "location": {"tsub": "town_or_suburb"},
    "sex": {"o": "other", "u": "unknown"},
}
# A lone female or urban is no total of persons or areas: the word stays.
WHOLE_POPULATION = {"location": {"allarea", "notspec"}, "sex": {"bothsex", "notspec"}}
NO_CITY = "nociti"

REGION_AGGREGATES = frozenset(
    {
        *("001", "142", "009", "030", "034", "035", "143", "145", "062", "753", "747"),
        *("053", "054", "057", "061", "543", "513", "202", "419", "199", "432", "722"),
        *("135", "514", "515", "518", "223", "127"),
    }
)
"""World; the regions of the SDG reports; those of Asia and Oceania; LDC, LLDC and SIDS."""


@dataclass(frozen=True)
class SeriesFile:
    """One publisher's file: the series' code, and its lines as text."""

    series: str
    path: Path
    lines: pd.DataFrame

    @property
    def published(self) -> pd.Series[Any]:
        """The value column, as text."""
        return self.lines[self.series.lower()]

    @property
    def breakdowns(self) -> list[str]:
        """The columns that split the value."""
        known = DESCRIBING | {self.series.lower()}
        return sorted(name for name in self.lines.columns if name not in known)


def read_files(folder: Path) -> Iterator[SeriesFile]:
    """Every file of values below the folder, in the order of the series.

    Raises:
        BuildError: there is none, or one is not laid out as its name says.
    """
    paths = sorted(path for path in folder.glob("*.csv") if FILE_NAME.match(path.name))
    if not paths:
        raise BuildError(f"{folder}: no file of SDG values (ddf--datapoints--<series>--by--….csv)")
    for path in paths:
        named = FILE_NAME.match(path.name)
        assert named is not None  # noqa: S101 - chosen by the same pattern
        try:
            lines = pd.read_csv(path, dtype="str", keep_default_na=False)
        except (ValueError, UnicodeError) as error:
            raise BuildError(f"{path.name}: cannot be read as CSV ({error})") from error
        expected = {named[1], *named[2].split("--")}
        if set(lines.columns) != expected:
            raise BuildError(
                f"{path.name}: has the columns {', '.join(lines.columns)} instead of those of its "
                f"name, {', '.join(sorted(expected))}"
            )
        yield SeriesFile(named[1].upper(), path, lines)


def observations(
    file: SeriesFile, area_ids: frozenset[str], iso3: Mapping[str, str]
) -> pd.DataFrame:
    """The rows of `sdg_observations` of the areas wanted; lines of single cities are left out.

    Raises:
        BuildError: a value or a code in the file is unknown.
    """
    area = from_m49(pd.to_numeric(file.lines["geo_area"]), iso3)
    wanted = area.isin(area_ids)
    if "cities" in file.lines.columns:
        wanted &= file.lines["cities"] == NO_CITY
    lines = file.lines[wanted]
    value, bound = parse_values(file.published[wanted], file.path.name)
    return _breakdowns(file, lines).assign(
        series=file.series,
        area_id=area[wanted],
        year=pd.to_numeric(lines["year"]),
        value=value,
        bound=bound,
        nature=translated(lines, "nature", NATURES, file.path.name),
        observation_status=translated(lines, "observation_status", STATUSES, file.path.name),
    )


def has_total(file: SeriesFile) -> bool:
    """Whether every breakdown of the file has a level that stands for all."""
    return all(_total_level(file, name) is not None for name in file.breakdowns)


def _total_level(file: SeriesFile, name: str) -> str | None:
    named = SERIES_TOTALS.get((file.series, name))
    if named is not None:
        return named
    present = [str(level) for level in file.lines[name].unique()]
    if len(present) == 1:
        return present[0]
    return next((level for level in ALL_LEVELS if level in present), None)


def _breakdowns(file: SeriesFile, lines: pd.DataFrame) -> pd.DataFrame:
    """The four columns of breakdowns of those lines, and whether all are at their total."""
    levels: dict[str, pd.Series[Any]] = {}
    at_total = pd.Series(data=True, index=lines.index)
    others = pd.Series("", index=lines.index)
    for name in file.breakdowns:
        here = lines[name] == _total_level(file, name)
        at_total &= here
        if name in LEVELS:
            whole = lines[name].isin(WHOLE_POPULATION[name])
            levels[name] = lines[name].replace(LEVELS[name]).mask(whole, TOTAL)
        elif name == "age":
            levels[name] = lines[name].mask(here, TOTAL)
        else:
            others += (";" + name + "=" + lines[name]).mask(here, "")
    levels["other_breakdown"] = others.str.removeprefix(";").replace("", TOTAL)
    unsplit = pd.DataFrame(TOTAL, index=lines.index, columns=["location", "sex", "age"])
    return unsplit.assign(is_total=at_total, **levels)


def parse_values(text: pd.Series[Any], where: str) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """Numbers and bounds of published values: `>95` is 95 with the bound above, `N` is missing.

    >>> value, bound = parse_values(pd.Series([">95", "12.5", "N"]), "file")
    >>> value.tolist(), bound.tolist()
    ([95.0, 12.5, nan], ['above', '', ''])

    Raises:
        BuildError: a value is none of these.
    """
    bound = text.str[:1].map(BOUNDS).fillna("")
    number = pd.to_numeric(text.str.lstrip("<>"), errors="coerce")
    strange = text[number.isna() & ~text.isin([NO_VALUE, ""])]
    if len(strange):
        raise BuildError(f"{where}: not a value: {strange.iloc[0]!r} (line {strange.index[0] + 2})")
    return number.astype("float64"), bound.astype("str")


def translated(
    lines: pd.DataFrame, column: str, words: Mapping[str, str], where: str
) -> pd.Series[Any]:
    """Our words for the codes of a column; empty text where the file has no such column.

    Raises:
        BuildError: a code has no word.
    """
    if column not in lines.columns:
        return pd.Series("", index=lines.index, dtype="str")
    unknown = sorted(set(lines[column]) - set(words))
    if unknown:
        raise BuildError(f"{where}: unknown {column}: {', '.join(unknown)}")
    return lines[column].map(words)


def aggregate_names(folder: Path) -> dict[str, str]:
    """Publisher's names of the aggregates kept, by `area_id`.

    Raises:
        BuildError: the file of area names is not there.
    """
    path = folder / AREA_NAMES
    try:
        names = pd.read_csv(path, dtype="str", keep_default_na=False)
    except OSError as error:
        raise BuildError(f"{path}: {error.strerror}; it names the areas") from error
    codes = names["geo_area"].str.zfill(3)
    kept = codes.isin(REGION_AGGREGATES)
    return dict(zip("m49:" + codes[kept], names.loc[kept, "name"], strict=True))
