"""Files as people send them, read and mapped by their headers, to be checked."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import openpyxl
import pandas as pd

from ileaps_data.readers import Dialect, RawTable, RawTables, read
from ileaps_data.tables import TABLES
from ileaps_data.validation import Report, check

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

TODAY = dt.date(2026, 11, 22)
OBSERVATION = {
    "observation_id": "o1",
    "pilot_id": "p1",
    "indicator_id": "buses",
    "period_start": "2019-01",
    "period_end": "2019-12",
    "value": "10",
    "qualifier": "exact",
    "value_kind": "reported",
    "group": "pilot",
    "disaggregation": "",
    "source_id": "s1",
    "note": "",
}
INDICATOR = {
    "indicator_id": "new",
    "pilot_id": "p1",
    "name": "New buses",
    "unit": "buses",
    "measure": "unit",
    "ascending": "true",
    "aggregation": "level",
    "result_level": "output",
    "sdg_target": "11.2",
    "baseline_value": "1",
    "baseline_on": "2018",
    "target_value": "5",
    "target_on": "2020",
    "denominator_value": "",
    "source_id": "s1",
    "note": "",
}
PILOT = {
    "pilot_id": "p1",
    "city_id": "seoul",
    "name": "Owl bus",
    "kind": "pilot",
    "sector": "transport",
    "policy_ids": "owl",
    "sdg_targets": "11.2;11.6",
    "started_on": "2018",
    "ended_on": "2019",
    "partners": "",
    "attribution": "",
    "source_id": "s1",
    "note": "",
}
TRANSFER = {
    "transfer_id": "t1",
    "policy_id": "owl",
    "from_city_id": "seoul",
    "to_city_id": "makassar",
    "instrument": "MoU",
    "agreed_on": "2018-05",
    "status": "agreed",
    "status_detail": "",
    "same_as": "",
    "source_id": "s1",
    "note": "",
}
CITY = {
    "city_id": "seoul",
    "name": "Seoul",
    "local_name": "서울",
    "country_iso3": "KOR",
    "latitude": "37.57",
    "longitude": "126.98",
    "role": "hub",
    "joined_on": "2016",
    "source_id": "s1",
    "note": "",
    "wup_city_code": "",
}


def known_tables(**more: pd.DataFrame) -> dict[str, Any]:
    """A small workspace: two pilots, four indicators, two sources."""
    indicators = pd.DataFrame(
        {
            "indicator_id": ["buses", "riders", "total", "share", "crowding"],
            "pilot_id": ["p1"] * 5,
            "unit": ["buses", "persons", "persons", "percent", "percent"],
            "aggregation": ["level", "flow", "cumulative", "level", "level"],
            "result_level": ["output"] * 5,
            "ascending": [True, True, True, True, False],
        }
    )
    published = pd.DataFrame([OBSERVATION | {"observation_id": "c1", "indicator_id": "crowding"}])
    published = published.assign(value=120.5).replace("", None)
    tables = {
        "pilots": pd.DataFrame({"pilot_id": ["p1", "p2"]}),
        "cities": pd.DataFrame({"city_id": ["seoul", "makassar"]}),
        "policies": pd.DataFrame({"policy_id": ["owl", "tax"]}),
        "economies": pd.DataFrame({"iso3": ["KOR", "IDN"]}),
        "sources": pd.DataFrame({"source_id": ["s1", "s2"]}),
        "transfers": pd.DataFrame({"transfer_id": ["t0"]}),
        "indicators": indicators,
        "observations": published,
    }
    return tables | more


def written(rows: list[dict[str, str]], delimiter: str = ",") -> bytes:
    """Rows as a CSV file."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


@dataclass(frozen=True)
class ByHeader:
    """A table mapped by headers that are the names of its fields."""

    connection: duckdb.DuckDBPyConnection
    query: str
    table: str
    dialect: Dialect
    headers: dict[str, str]


def by_header(raw: RawTable, table: str, dialect: Dialect) -> ByHeader:
    """The mapping of a file whose headers are the names of the fields."""
    items = ["_row"]
    headers: dict[str, str] = {}
    for name in [*TABLES[table].columns, "_unit"]:
        if name in raw.columns:
            items.append(f"nullif(trim(c{raw.columns.index(name)}), '') AS \"{name}\"")
            headers[name] = name
        elif name != "_unit":
            items.append(f'CAST(NULL AS VARCHAR) AS "{name}"')
    query = f"SELECT {', '.join(items)} FROM {raw.relation}"  # noqa: S608 - names given here
    return ByHeader(raw.connection, query, table, dialect, headers)


class Upload:
    """A file read, mapped by its headers and checked; close it."""

    def __init__(
        self,
        content: bytes,
        table: str = "observations",
        known: dict[str, Any] | None = None,
        **options: Any,
    ) -> None:
        self.tables: RawTables = read(content, "file.csv")
        self.raw = self.tables.only
        mapped = {table: by_header(self.raw, table, self.tables.dialect)}
        self.report: Report = check(
            mapped,
            known_tables() if known is None else known,
            raw={table: self.raw},
            today=TODAY,
            **options,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.report.close()
        self.tables.close()


def found(report: Report) -> list[tuple[str, int | None, str | None, str | None]]:
    """Code, row, field and value of every listed problem."""
    frame = report.problems.astype("object").where(report.problems.notna(), None)
    return list(zip(frame["code"], frame["row"], frame["field"], frame["value"], strict=True))


def problems_of(
    rows: list[dict[str, str]], table: str = "observations", **known: pd.DataFrame
) -> list[tuple[str, int | None, str | None, str | None]]:
    """What a check finds in some rows; the first stands in row 2."""
    with Upload(written(rows), table, known_tables(**known)) as upload:
        return found(upload.report)


def workbook(path: Path, sheets: dict[str, list[dict[str, str]]]) -> Path:
    """Rows as the sheets of a workbook."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.append(list(rows[0]))
        for row in rows:
            sheet.append(list(row.values()))
    book.save(path)
    return path


def checked(tables: RawTables) -> Report:
    """The report of a file whose sheets have the names of tables."""
    mapped = {name: by_header(raw, name, tables.dialect) for name, raw in tables.tables.items()}
    return check(mapped, known_tables(), raw=tables.tables, today=TODAY)
