"""Compiles `data/published/`: the results of others that the project's formulas are held against.

A package of its own beside the data folder's: a build without the publishers' files leaves it as
it is.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

import pandas as pd

from ileaps_data.build import package
from ileaps_data.build.errors import BuildError, ChecksFailedError
from ileaps_data.build.published_figures import figure_tables
from ileaps_data.build.sdsn_sdr import EDITIONS, compile_report
from ileaps_data.published_citations import CITATIONS
from ileaps_data.published_tables import PUBLISHED_TABLES
from ileaps_data.schema import problems, typed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

REPORTS = {2019: "2019GlobalIndexResults.xlsx", 2021: "SDR2021Database.xlsx"}
STATCAN = "statcan_gif_indicator_calculation_components.yml"
CARD_KRUEGER = "card-krueger.csv"
FILES = (*REPORTS.values(), STATCAN, CARD_KRUEGER)

FOLDER = "published"
LARGEST_PACKAGE = 2_000_000

STATCAN_LINE = re.compile(r"^(?P<indent> *)(?P<name>[^ ].*?):(?: (?P<value>.+))?$")
OF_THE_INDICATOR = {"progress_status", "score"}
STATCAN_NUMBERS = {
    "base_value": "base_value",
    "base_year": "base_year",
    "current_value": "current_value",
    "current_year": "current_year",
    "direction": "direction",
    "target": "target",
    "target_year": "target_year",
    "limit": "limit",
    "value": "progress_value",
    "score": "score",
}


def compile_published(folder: Path) -> dict[str, pd.DataFrame]:
    """The tables of published results, checked.

    Raises:
        BuildError: a published file is absent or cannot be used.
        ChecksFailedError: a table does not keep to its declaration.
    """
    absent = [name for name in FILES if not (folder / name).is_file()]
    if absent:
        raise BuildError(f"{folder}: no file {', '.join(absent)} in it")
    raw = figure_tables()
    for edition in EDITIONS:
        raw |= compile_report(folder / REPORTS[edition.year], edition)
    raw["statcan_progress"] = compile_statcan(folder / STATCAN)
    raw["card_krueger"] = compile_card_krueger(folder / CARD_KRUEGER)
    try:
        tables = {name: typed(raw[name], table) for name, table in PUBLISHED_TABLES.items()}
    except ValueError as error:
        raise BuildError(str(error)) from error
    failures = [
        text for name, frame in tables.items() for text in problems(frame, PUBLISHED_TABLES[name])
    ]
    if failures:
        raise ChecksFailedError(failures)
    return tables


def write_published(tables: Mapping[str, pd.DataFrame], output: Path) -> None:
    """Writes the package of published results below the data folder.

    Raises:
        BuildError: it is too large or cannot be written; it is then as it was.
    """
    package.replace_folder(package_files(tables), output / FOLDER)


def compile_card_krueger(path: Path) -> pd.DataFrame:
    """Stores by period, from the columns id, nj, d (0 before, 1 after) and fte."""
    try:
        stores = pd.read_csv(path)[["id", "nj", "d", "fte"]]
    except (ValueError, KeyError) as error:
        raise BuildError(f"{path.name}: not the file of stores by period ({error})") from error
    counted = stores.groupby("id")["fte"].transform("count")
    return pd.DataFrame(
        {
            "store": stores["id"],
            "state": stores["nj"].map({1: "NJ", 0: "PA"}),
            "period": stores["d"].map({0: "before", 1: "after"}),
            "employment": stores["fte"],
            "in_balanced_sample": counted.eq(2).map({True: "true", False: "false"}),
        }
    )


def compile_statcan(path: Path) -> pd.DataFrame:
    """Each series with its inputs and published result.

    The file has three levels and one scalar a line: indicator, series, component.

    Raises:
        BuildError: a line is anything else.
    """
    rows: list[dict[str, str]] = []
    indicator = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        found = STATCAN_LINE.match(line)
        level = len(found["indent"]) if found else -1
        if found is None or level not in {0, 2, 4}:
            raise BuildError(f"{path.name}: line {number} is not one of the three levels: {line!r}")
        if level == 0:
            indicator = found["name"]
        elif level == 2 and found["value"] is None:
            rows.append({"series": found["name"], "indicator": indicator.replace("-", ".")})
        elif level == 2 and found["name"] not in OF_THE_INDICATOR:
            raise BuildError(f"{path.name}: line {number} is no series without a value: {line!r}")
        elif level == 4:
            rows[-1][found["name"]] = found["value"].strip("'")
    frame = pd.DataFrame(rows)
    try:
        numbers = {
            ours: pd.to_numeric(frame[theirs].mask(frame[theirs] == "null"))
            for ours, theirs in STATCAN_NUMBERS.items()
        }
        return frame[["series", "indicator", "status"]].assign(**numbers)
    except (KeyError, ValueError) as error:
        raise BuildError(f"{path.name}: a component is absent or no number ({error})") from error


def package_files(tables: Mapping[str, pd.DataFrame]) -> dict[str, bytes]:
    """Every file of the package by name, the descriptor among them.

    Raises:
        BuildError: the package is larger than it may be.
    """
    files = {
        table.path: package.table_bytes(tables[name], table)
        for name, table in sorted(PUBLISHED_TABLES.items())
    }
    resources = [
        _resource(name, tables[name], files[table.path])
        for name, table in sorted(PUBLISHED_TABLES.items())
    ]
    described = {
        "profile": "data-package",
        "name": "city-i-leaps-published-results",
        "title": "Published results that the dashboard's formulas reproduce",
        "description": (
            "Figures that others computed and published, with the inputs they name. They are here "
            "to be reproduced, under the terms of the source named with each table: the licence "
            "of the project does not cover them."
        ),
        "resources": resources,
    }
    files[package.DESCRIPTOR] = json.dumps(described, ensure_ascii=False, indent=1).encode() + b"\n"
    size = sum(map(len, files.values()))
    if size > LARGEST_PACKAGE:
        raise BuildError(f"published results would have {size:,} bytes, over {LARGEST_PACKAGE:,}")
    return files


def _resource(name: str, frame: pd.DataFrame, content: bytes) -> dict[str, Any]:
    table = PUBLISHED_TABLES[name]
    text = table.file_format == "csv"
    return {
        "name": name,
        "title": table.title,
        "description": table.description,
        "path": table.path,
        "profile": "tabular-data-resource" if text else "data-resource",
        "format": table.file_format,
        "mediatype": package.MEDIA_TYPES[table.file_format],
        **({"encoding": "utf-8"} if text else {}),
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "rows": len(frame),
        "schema": table.schema_descriptor(),
        "sources": [CITATIONS[source_id].descriptor() for source_id in table.sources],
    }
