"""World Development Indicators (World Bank): urban, rural and total population by vintage.

Two layouts are read: the long one of mirrors (Country Name, Country Code, Year, Value), whose
vintage the folder names, and the World Bank's own download (a column a year, below a line with
the date of its last update). Persons become thousands.
"""

from __future__ import annotations

import calendar
import csv
import hashlib
import re
from typing import TYPE_CHECKING

import pandas as pd

from ileaps_data.build.area_ids import from_world_bank, kind_of
from ileaps_data.build.errors import BuildError
from ileaps_data.build.revision_tables import RevisionTables

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MEASURES = {
    "SP.URB.TOTL": "urban",
    "SP.RUR.TOTL": "rural",
    "SP.POP.TOTL": "total",
    "SP.URB.TOTL.IN.ZS": "percent_urban",
}
LONG_COLUMNS = ["Country Name", "Country Code", "Year", "Value"]
DOWNLOAD_NAME = re.compile(r"^API_([A-Z0-9.]+)_DS2_.*\.csv$", re.IGNORECASE)
DATED_FOLDER = re.compile(r"^worldbank_wdi_(\d{4}-(?:0[1-9]|1[0-2]))$")
BARE_FOLDER = "worldbank_wdi"
BARE_VINTAGE = "2026-07"
BARE_SHA256 = {
    "SP.URB.TOTL": "5241da3a7f9c69bdd69e2815effba0312b6189ac4f97373a1afea25cc9e2c867",
    "SP.RUR.TOTL": "f2ccada16d89de72f42fc8c316b217d461535e075fe5ddc0bc1078fc6fc1949f",
    "SP.POP.TOTL": "cd7856b882884a41b3473cf74e8c85eb58d7d663d818a07e03f42ebdfb2c6b34",
    "SP.URB.TOTL.IN.ZS": "e084269ef262a9612a6833e100e895a22abbf6b44cf18cfad51b0cbe44f6245b",
}
"""The long files carry no date: these bytes are known to be the vintage of July 2026."""

PUBLISHER = "World Bank"
ADDRESS = "https://datatopics.worldbank.org/world-development-indicators/"
MONTHS = calendar.month_name


def compile_vintages(sources: Path, iso3: frozenset[str]) -> list[RevisionTables]:
    """The tables of every vintage found below a folder, oldest first.

    Raises:
        BuildError: a vintage cannot be told or is there twice, a series is missing or unreadable.
    """
    vintages: dict[str, tuple[str, dict[str, pd.DataFrame]]] = {}
    found = [*_long_vintages(sources), *_downloaded_vintages(sources)]
    for vintage, origin, series in sorted(found, key=lambda each: each[:2]):
        if vintage in vintages:
            raise BuildError(
                f"{origin} and {vintages[vintage][0]} both hold the WDI of {vintage}: keep one"
            )
        vintages[vintage] = (origin, series)
    return [
        _compile(vintage, origin, series, iso3) for vintage, (origin, series) in vintages.items()
    ]


def _long_vintages(sources: Path) -> list[tuple[str, str, dict[str, pd.DataFrame]]]:
    found = []
    for folder in sorted(path for path in sources.rglob("worldbank_wdi*") if path.is_dir()):
        files = {
            code: path
            for path in sorted(folder.glob("*.csv"))
            if (code := path.stem.upper()) in MEASURES
        }
        if files:
            series = {code: read_long(path) for code, path in files.items()}
            found.append((_vintage(folder, files), folder.name, series))
    return found


def _vintage(folder: Path, files: Mapping[str, Path]) -> str:
    dated = DATED_FOLDER.match(folder.name)
    if dated:
        return dated.group(1)
    changed = sorted(
        path.name
        for code, path in files.items()
        if hashlib.sha256(path.read_bytes()).hexdigest() != BARE_SHA256[code]
    )
    if folder.name == BARE_FOLDER and not changed:
        return BARE_VINTAGE
    which = f"{', '.join(changed)} differ from the files of July 2026" if changed else "no date"
    raise BuildError(
        f"{folder.name}: the vintage of these files cannot be told ({which}). Rename the folder "
        f"with the month of the download: worldbank_wdi_YYYY-MM"
    )


def read_long(path: Path) -> pd.DataFrame:
    """The lines of a long file: name, code, year, value.

    Raises:
        BuildError: it is no such file, or has two lines for an area and year.
    """
    try:
        frame = pd.read_csv(path, keep_default_na=False, na_values={"Value": [""]})
    except (ValueError, UnicodeError) as error:
        raise BuildError(f"{path.name}: cannot be read as CSV ({error})") from error
    if list(frame.columns) != LONG_COLUMNS:
        raise BuildError(
            f"{path.name}: columns are not {', '.join(LONG_COLUMNS)} but {', '.join(frame.columns)}"
        )
    return _checked(frame.set_axis(["name", "code", "year", "value"], axis="columns"), path)


def _checked(frame: pd.DataFrame, path: Path) -> pd.DataFrame:
    try:
        numbers = {name: pd.to_numeric(frame[name]) for name in ("year", "value")}
    except ValueError as error:
        raise BuildError(f"{path.name}: {error}") from error
    twice = frame[frame.duplicated(["code", "year"])]
    if len(twice):
        code, year = twice[["code", "year"]].iloc[0]
        raise BuildError(f"{path.name}: two lines for {code} in {year}")
    return frame.assign(**numbers)


def _downloaded_vintages(sources: Path) -> list[tuple[str, str, dict[str, pd.DataFrame]]]:
    by_folder: dict[Path, dict[str, tuple[str, pd.DataFrame]]] = {}
    for path in sorted(sources.rglob("*.csv")):
        named = DOWNLOAD_NAME.match(path.name)
        if named is None or named.group(1).upper() not in MEASURES:
            continue
        series = by_folder.setdefault(path.parent, {})
        code = named.group(1).upper()
        if code in series:
            raise BuildError(f"{path.parent.name}: two downloads of {code}: keep one")
        series[code] = _read_download(path)
    found = []
    for folder, series in by_folder.items():
        dates = {date for date, _ in series.values()}
        if len(dates) > 1:
            raise BuildError(
                f"{folder.name}: downloads of different updates side by side "
                f"({', '.join(sorted(dates))}); put each into a folder of its own"
            )
        frames = {code: frame for code, (_, frame) in series.items()}
        found.append((dates.pop()[:7], folder.name, frames))
    return found


def _read_download(path: Path) -> tuple[str, pd.DataFrame]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
    except (UnicodeError, csv.Error) as error:
        raise BuildError(f"{path.name}: cannot be read as CSV ({error})") from error
    updated = next((row[1] for row in rows[:10] if row[:1] == ["Last Updated Date"]), "")
    header_at = next((at for at, row in enumerate(rows[:20]) if row[:1] == ["Country Name"]), -1)
    if header_at < 0 or not re.match(r"^\d{4}-\d{2}-\d{2}$", updated):
        raise BuildError(
            f"{path.name}: expected the World Bank's download: a line 'Last Updated Date' with a "
            "date, then a header starting with 'Country Name'"
        )
    header = rows[header_at]
    wide = pd.DataFrame(
        [row[: len(header)] for row in rows[header_at + 1 :] if any(row)], columns=header
    )
    years = [column for column in header if re.match(r"^\d{4}$", column)]
    long = wide.melt(
        id_vars=["Country Name", "Country Code"],
        value_vars=years,
        var_name="year",
        value_name="value",
    ).set_axis(["name", "code", "year", "value"], axis="columns")
    published = long[long["value"].fillna("") != ""].reset_index(drop=True)
    return updated, _checked(published, path)


def _compile(
    vintage: str, origin: str, series: Mapping[str, pd.DataFrame], iso3: frozenset[str]
) -> RevisionTables:
    missing = [code for code in MEASURES if code not in series]
    if missing:
        raise BuildError(
            f"{origin}: the WDI of {vintage} lack {', '.join(missing)}; "
            "add the publisher's files of the same date"
        )
    frame = pd.concat(
        [
            series[code].set_index(["code", "year"])["value"].rename(measure)
            for code, measure in MEASURES.items()
        ],
        axis="columns",
    ).reset_index()
    names = series["SP.URB.TOTL.IN.ZS"].drop_duplicates("code").set_index("code")["name"]
    area_id = from_world_bank(frame["code"], iso3)
    year, month = vintage.split("-")
    title = f"World Development Indicators, {MONTHS[int(month)]} {year}"
    source_id = f"wb_wdi_{vintage.replace('-', '_')}"
    return RevisionTables(
        revision={
            "revision_id": f"wdi{vintage}",
            "name": f"WDI {MONTHS[int(month)]} {year}",
            "publisher": PUBLISHER,
            "edition": title,
            "released_on": vintage,
            "source_id": source_id,
            "has_rural_total": True,
            "first_year": int(frame["year"].min()),
            "last_year": int(frame["year"].max()),
            "definition_note": (
                "Shares of urban population that the World Bank takes from the United Nations, "
                "applied to its own totals; no projections."
            ),
        },
        source={
            "source_id": source_id,
            "title": title,
            "publisher": PUBLISHER,
            "published_on": vintage,
            "url": ADDRESS,
            "language": "en",
            "licence": "CC BY 4.0",
            "kind": "dataset",
        },
        urban_population=frame.assign(
            revision_id=f"wdi{vintage}",
            area_id=area_id,
            area_name=frame["code"].map(names),
            area_kind=kind_of(area_id),
            **{measure: frame[measure] / 1000 for measure in ("urban", "rural", "total")},
        ).drop(columns="code"),
    )
