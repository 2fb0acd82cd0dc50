"""World Urbanization Prospects (UN DESA Population Division): every revision found.

Takes tables F02–F05 (areas), F12 and F22 (cities) and F17a (size classes); F01 is only compared.
A later revision dropped into the folder becomes a revision of its own beside the others.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ileaps_data.build.area_ids import from_m49, kind_of
from ileaps_data.build.errors import BuildError
from ileaps_data.build.revision_tables import RevisionTables

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ileaps_data.build.workbooks import Workbook

AREA_COLUMNS = {"code": r"^(country|location) code$", "name": r"country or area"}
CITY_COLUMNS = {
    "city_code": r"^city code$",
    "country": r"^country code$",
    "name": r"^urban agglomeration$",
    "latitude": r"^latitude$",
    "longitude": r"^longitude$",
}
SIZE_CLASS_COLUMNS = {
    "code": r"^(country|location) code$",
    "size_class_code": r"^size class code$",
    "size_class": r"^size class of",
    "what": r"^type of data$",
}
SIZE_CLASS_MEASURES = {
    "population": "population",
    "number of agglomerations": "cities",
    "percentage of urban population": "percent_of_urban",
}
SUMMARY_COLUMNS = {**AREA_COLUMNS, "urban": r"^urban$", "rural": r"^rural$", "total": r"^total$"}

DECIMALS = 3
"""WUP publishes thousands to the person; what stands beyond is the noise of its own sums."""

SHARE_DECIMALS = 9
"""Keeps all of a published share but the noise of its last binary digits."""

PUBLISHER = "United Nations, Department of Economic and Social Affairs, Population Division"
ADDRESS = "https://population.un.org/wup/"


def compile_revisions(
    workbooks: list[Workbook], iso3_by_m49: Mapping[str, str]
) -> list[RevisionTables]:
    """The tables of every revision among the workbooks, oldest first.

    Raises:
        BuildError: a revision lacks the urban population (F03), or a layout is not known.
    """
    years = sorted({workbook.revision for workbook in workbooks})
    return [
        _compile({book.file_code: book for book in workbooks if book.revision == year}, iso3_by_m49)
        for year in years
    ]


def _compile(books: Mapping[str, Workbook], iso3_by_m49: Mapping[str, str]) -> RevisionTables:
    book = next(iter(books.values()))
    if "F03" not in books:
        raise BuildError(
            f"the {book.revision} revision has {', '.join(sorted(books))} but no table F03 "
            f"(urban population); add the publisher's file to {book.path.parent.name}"
        )
    revision_id = f"wup{book.revision}"
    population = _areas(books, revision_id, iso3_by_m49)
    agglomerations, city_population, differences = _cities(books, revision_id, iso3_by_m49)
    licence = next((each.licence for each in books.values() if each.licence), None)
    return RevisionTables(
        revision={
            "revision_id": revision_id,
            "name": f"WUP {book.revision}",
            "publisher": PUBLISHER,
            "edition": books["F03"].edition,
            "released_on": str(book.revision),
            "source_id": f"un_{revision_id}",
            "has_rural_total": {"F04", "F05"} <= set(books),
            "first_year": int(population["year"].min()),
            "last_year": int(population["year"].max()),
            "definition_note": (
                "Urban areas as the revision takes them, mostly each country's own definition. "
                f"Years after {book.revision} are projections."
            ),
        },
        source=_source(revision_id, books["F03"].edition, str(book.revision), licence),
        urban_population=population,
        urban_agglomerations=agglomerations,
        city_population=city_population,
        city_size_classes=_size_classes(books, revision_id, iso3_by_m49),
        differences=(*differences, *_summary_differences(books)),
    )


def _source(
    revision_id: str, edition: str, published_on: str, licence: str | None
) -> dict[str, object]:
    return {
        "source_id": f"un_{revision_id}",
        "title": edition,
        "publisher": PUBLISHER,
        "published_on": published_on,
        "url": ADDRESS,
        "language": "en",
        "licence": licence,
        "kind": "dataset",
    }


def _areas(
    books: Mapping[str, Workbook], revision_id: str, iso3_by_m49: Mapping[str, str]
) -> pd.DataFrame:
    measures = {"F03": "urban", "F04": "rural", "F05": "total", "F02": "percent_urban"}
    series = [
        _long(books[code], AREA_COLUMNS, ["code"], measure).set_index(["code", "year"])
        for code, measure in measures.items()
        if code in books
    ]
    names = books["F03"].table(AREA_COLUMNS).set_index("code")["name"]
    for code in measures:
        if code in books:
            _same_areas(books["F03"], books[code])
    frame = pd.concat(series, axis="columns").reset_index()
    for measure in measures.values():
        if measure not in frame:
            frame[measure] = float("nan")
    area_id = from_m49(frame["code"], iso3_by_m49)
    return frame.assign(
        revision_id=revision_id,
        area_id=area_id,
        area_name=frame["code"].map(names),
        area_kind=kind_of(area_id),
        **{measure: frame[measure].round(DECIMALS) for measure in ("urban", "rural", "total")},
    ).drop(columns="code")


def _same_areas(first: Workbook, second: Workbook) -> None:
    left = set(first.table(AREA_COLUMNS)["code"])
    right = set(second.table(AREA_COLUMNS)["code"])
    if left != right:
        codes = ", ".join(f"{code:g}" for code in sorted(left ^ right)[:10])
        raise BuildError(
            f"{first.path.name} and {second.path.name} do not cover the same areas; "
            f"in one only: {codes}"
        )


def _cities(
    books: Mapping[str, Workbook], revision_id: str, iso3_by_m49: Mapping[str, str]
) -> tuple[pd.DataFrame, pd.DataFrame, list[str]]:
    book = books.get("F22", books.get("F12"))
    if book is None:
        return pd.DataFrame(), pd.DataFrame(), []
    finest = book.table(CITY_COLUMNS)
    country = pd.to_numeric(finest["country"], errors="coerce")
    if country.isna().any():
        raise BuildError(
            f"{book.path.name}: {finest.loc[country.isna(), 'name'].iloc[0]} has no country code"
        )
    area_id = from_m49(country, iso3_by_m49)
    agglomerations = finest[["name", "latitude", "longitude"]].assign(
        revision_id=revision_id,
        city_code=finest["city_code"].map(_city_code),
        iso3=area_id.mask(area_id.str.contains(":", regex=False)),
        area_id=area_id,
    )
    population = _long(book, CITY_COLUMNS, ["city_code"], "population")
    population = population.assign(
        revision_id=revision_id,
        city_code=population["city_code"].map(_city_code),
        population=population["population"].round(DECIMALS),
    )
    differences = []
    if {"F12", "F22"} <= set(books):
        differences = _city_differences(books["F12"].table(CITY_COLUMNS), finest, revision_id)
    return agglomerations, population, differences


def _city_code(number: float) -> str:
    return f"{int(number)}"


def _city_differences(f12: pd.DataFrame, f22: pd.DataFrame, revision_id: str) -> list[str]:
    """Where F12 and F22 differ: they list the same cities, in different orders."""
    coarse, fine = f12.set_index("city_code"), f22.set_index("city_code")
    only = sorted(set(coarse.index) ^ set(fine.index))
    if only:
        codes = ", ".join(f"{code:g}" for code in only[:10])
        return [f"{revision_id}: F12 and F22 differ in {len(only)} cities, among them {codes}"]
    years = [column for column in coarse if isinstance(column, int) and column in fine]
    gap = (coarse[years] - fine.loc[coarse.index, years]).abs()
    # A missing figure compares as different, whatever stands on the other side.
    gap = gap.fillna(np.inf)
    if gap.to_numpy().max() > 10.0**-DECIMALS:
        row, column = np.unravel_index(gap.to_numpy().argmax(), gap.shape)
        city, year = gap.index[int(row)], years[int(column)]
        figures = f"{coarse[year].iloc[int(row)]} and {fine[year].loc[city]} thousand"
        return [f"{revision_id}: F12 and F22 differ for city {city:g} in {year}: {figures}"]
    return []


def _size_classes(
    books: Mapping[str, Workbook], revision_id: str, iso3_by_m49: Mapping[str, str]
) -> pd.DataFrame:
    if "F17a" not in books:
        return pd.DataFrame()
    book = books["F17a"]
    table = book.table(SIZE_CLASS_COLUMNS)
    strange = sorted(what for what in set(table["what"].map(str)) if _measure(what) is None)
    if strange:
        raise BuildError(f"{book.path.name}: unknown type of data: {', '.join(strange)}")
    long = _long(
        book, SIZE_CLASS_COLUMNS, ["code", "size_class_code", "size_class", "what"], "value"
    )
    wide = (
        long.assign(measure=long["what"].map(_measure))
        .pivot_table(
            index=["code", "size_class_code", "size_class", "year"],
            columns="measure",
            values="value",
        )
        .rename_axis(columns=None)
        .reset_index()
    )
    return wide.assign(
        revision_id=revision_id,
        area_id=from_m49(wide["code"], iso3_by_m49),
        size_class=wide["size_class"].map(lambda text: re.sub(r"(?<=\d) (?=\d)", ",", text)),
        population=wide["population"].round(DECIMALS),
        percent_of_urban=wide["percent_of_urban"].round(SHARE_DECIMALS),
    ).drop(columns="code")


def _measure(what: str) -> str | None:
    return SIZE_CLASS_MEASURES.get(what.strip().lower())


def _summary_differences(books: Mapping[str, Workbook]) -> list[str]:
    """Areas of F01 whose urban and rural population do not add up to the total."""
    if "F01" not in books:
        return []
    book = books["F01"]
    table = book.plain_table(SUMMARY_COLUMNS)
    numbers = table[["urban", "rural", "total"]].astype("float64")
    gap = (numbers["urban"] + numbers["rural"] - numbers["total"]).abs()
    wrong = table[gap > 1e-6 * numbers["total"]]
    return [
        f"{book.path.name}: {name}: urban {urban} and rural {rural} do not make {total} thousand"
        for name, urban, rural, total in wrong[["name", "urban", "rural", "total"]].to_numpy()
    ]


def _long(book: Workbook, columns: dict[str, str], keys: list[str], measure: str) -> pd.DataFrame:
    wide = book.table(columns)
    twice = wide[wide.duplicated(keys)]
    if len(twice):
        first = ", ".join(str(value) for value in twice[keys].iloc[0])
        raise BuildError(f"{book.path.name}: two lines for {', '.join(keys)} = {first}")
    years = [column for column in wide.columns if isinstance(column, int)]
    long = wide.melt(id_vars=keys, value_vars=years, var_name="year", value_name=measure)
    return long.astype({"year": "int64", measure: "float64"})


def compile_extract(path: Path, revision: int, names: Mapping[str, str]) -> RevisionTables:
    """A revision of which only the urban population of some economies is at hand, as a CSV file.

    The file has the columns iso3, year, urban_population_thousands.

    Raises:
        BuildError: a column is missing, or an economy is not known.
    """
    frame = pd.read_csv(path, keep_default_na=False)
    expected = ["iso3", "year", "urban_population_thousands"]
    if list(frame.columns) != expected:
        raise BuildError(f"{path.name}: columns are not {', '.join(expected)}")
    unknown = sorted(set(frame["iso3"]) - set(names))
    if unknown:
        raise BuildError(f"{path.name}: unknown economies: {', '.join(unknown)}")
    revision_id = f"wup{revision}"
    edition = f"World Urbanization Prospects: The {revision} Revision"
    missing = float("nan")
    return RevisionTables(
        revision={
            "revision_id": revision_id,
            "name": f"WUP {revision}",
            "publisher": PUBLISHER,
            "edition": f"{edition}, urban population of the ESCAP economies",
            "released_on": str(revision),
            "source_id": f"un_{revision_id}",
            "has_rural_total": False,
            "first_year": int(frame["year"].min()),
            "last_year": int(frame["year"].max()),
            "definition_note": (
                "Urban population of the 58 ESCAP economies only; shares and rural population "
                f"cannot be told. Years after {revision} are projections."
            ),
        },
        source=_source(
            revision_id, edition, str(revision), "All rights reserved; figures cited with source"
        ),
        urban_population=pd.DataFrame(
            {
                "revision_id": revision_id,
                "area_id": frame["iso3"],
                "area_name": frame["iso3"].map(names),
                "area_kind": "economy",
                "year": frame["year"],
                "urban": frame["urban_population_thousands"].astype("float64"),
                "rural": missing,
                "total": missing,
                "percent_urban": missing,
            }
        ),
    )
