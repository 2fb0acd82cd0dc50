"""Loads the tables of the data folder, each with its declared types.

Every loader reads the file anew and compares it with the hash in `datapackage.json`; nothing is
kept in memory between calls.

>>> economies().set_index("iso3").loc["MDV", "subregion_id"]
'SSWA'
"""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from typing import Any, cast

import pandas as pd
import pyarrow as pa

from ileaps_data.published_tables import PUBLISHED_TABLES
from ileaps_data.schema import Table, typed
from ileaps_data.tables import BOUNDARIES_PATH, TABLES

DATA = Path(__file__).resolve().parents[1] / "data"
"""The data folder that comes with the product."""

PUBLISHED = DATA / "published"
"""The package of published results that the formulas are held against."""

DESCRIPTOR = "datapackage.json"
REBUILD = "python -m ileaps_data build --sources DIR --programme DIR"


class DataFileError(Exception):
    """A file of the data folder is missing or damaged.

    Attributes:
        path: the file.
        reason: what is wrong with it.
        command: the command that builds the folder anew.
    """

    def __init__(self, path: Path, reason: str, command: str = REBUILD) -> None:
        self.path = path
        self.reason = reason
        self.command = command
        ours = path.is_relative_to(DATA)
        where = path.relative_to(DATA.parent) if ours else Path(path.parent.name, path.name)
        super().__init__(
            f"{where.as_posix()}: {reason}. Build the data folder anew with "
            f"`{command}`, or take the file back from the repository with "
            f"`git checkout -- {where.as_posix()}`."
        )


def load(name: str, folder: Path = DATA) -> pd.DataFrame:
    """The table of that name, typed, in the order of its key.

    Missing values are NaN in text and number columns, NA in optional integers and booleans.

    Raises:
        KeyError: there is no such table.
        DataFileError: the file is missing or damaged.
    """
    table = TABLES.get(name)
    if table is None:
        raise KeyError(f"no table {name!r}; there are {', '.join(sorted(TABLES))}")
    return _load(table, folder)


def load_published(name: str, folder: Path = PUBLISHED) -> pd.DataFrame:
    """The table of published results of that name; as `load` in every other way.

    >>> load_published("sdr2019_goals").set_index(["iso3", "goal"]).loc[("AFG", 11), "rating"]
    'red'
    """
    table = PUBLISHED_TABLES.get(name)
    if table is None:
        raise KeyError(f"no table {name!r}; there are {', '.join(sorted(PUBLISHED_TABLES))}")
    return _load(table, folder)


def _load(table: Table, folder: Path) -> pd.DataFrame:
    path = folder / table.path
    content = _verified(path)
    try:
        frame = _parse(content, table)
    except (ValueError, pa.ArrowException) as error:
        raise DataFileError(path, f"cannot be read as {table.file_format} ({error})") from error
    if list(frame.columns) != table.columns:
        raise DataFileError(
            path,
            f"has the columns {', '.join(map(str, frame.columns))} "
            f"instead of {', '.join(table.columns)}",
        )
    # Parquet keeps types and order; text has to be given both.
    if table.file_format == "parquet" and _dtypes(frame) == table.dtypes:
        return frame
    try:
        return typed(frame, table)
    except ValueError as error:
        raise DataFileError(path, str(error)) from error


def _dtypes(frame: pd.DataFrame) -> dict[str, str]:
    return {str(name): str(dtype) for name, dtype in frame.dtypes.items()}


def _parse(content: bytes, table: Table) -> pd.DataFrame:
    if table.file_format == "parquet":
        return pd.read_parquet(io.BytesIO(content), engine="pyarrow")
    # Only an empty cell is missing: "NA" is the code of Namibia.
    return pd.read_csv(io.BytesIO(content), dtype="str", keep_default_na=False)


def _verified(path: Path) -> bytes:
    """The bytes of a file of the folder, once they are those the package descriptor names."""
    expected = _hash_of(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataFileError(path, f"cannot be opened ({error.strerror})") from error
    if hashlib.sha256(content).hexdigest() != expected:
        raise DataFileError(
            path, f"is not the file that {DESCRIPTOR} describes: its SHA-256 differs"
        )
    return content


def _hash_of(path: Path) -> str:
    for resource in package(path.parent)["resources"]:
        if resource["path"] == path.name:
            return str(resource["hash"]).removeprefix("sha256:")
    raise DataFileError(path, f"is not listed in {DESCRIPTOR}")


def package(folder: Path = DATA) -> dict[str, Any]:
    """The Frictionless descriptor of the data folder.

    Raises:
        DataFileError: it is missing or is not a package descriptor.
    """
    path = folder / DESCRIPTOR
    try:
        described = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataFileError(path, f"cannot be opened ({error.strerror})") from error
    except ValueError as error:
        raise DataFileError(path, f"cannot be read as JSON ({error})") from error
    try:
        complete = all({"path", "hash"} <= set(each) for each in described["resources"])
    except (TypeError, KeyError):
        complete = False
    if not complete:
        raise DataFileError(path, "does not describe a package with paths and hashes")
    return cast("dict[str, Any]", described)


def boundaries(folder: Path = DATA) -> bytes:
    """The outlines of the world's countries as GeoJSON, ready to serve.

    Raises:
        DataFileError: the file is missing or damaged.
    """
    return _verified(folder / BOUNDARIES_PATH)


def economies(folder: Path = DATA) -> pd.DataFrame:
    """Countries and areas; those of the ESCAP region have a subregion."""
    return load("economies", folder)


def subregions(folder: Path = DATA) -> pd.DataFrame:
    """The five ESCAP subregions in their order."""
    return load("subregions", folder).sort_values("position", ignore_index=True)


def revisions(folder: Path = DATA) -> pd.DataFrame:
    """The editions of population figures the folder holds."""
    return load("revisions", folder)


def urban_population(folder: Path = DATA) -> pd.DataFrame:
    """Urban, rural and total population (thousands) by revision, area and year."""
    return load("urban_population", folder)


def urban_agglomerations(folder: Path = DATA) -> pd.DataFrame:
    """Cities of 300,000 people or more, with coordinates, by revision."""
    return load("urban_agglomerations", folder)


def city_population(folder: Path = DATA) -> pd.DataFrame:
    """Population (thousands) of urban agglomerations by revision and year."""
    return load("city_population", folder)


def city_size_classes(folder: Path = DATA) -> pd.DataFrame:
    """Urban population (thousands) by size of city."""
    return load("city_size_classes", folder)


def sources(folder: Path = DATA) -> pd.DataFrame:
    """Documents and data sets the figures come from."""
    return load("sources", folder)


def cities(folder: Path = DATA) -> pd.DataFrame:
    """Partner cities, with their number among the urban agglomerations."""
    return load("cities", folder)


def policies(folder: Path = DATA) -> pd.DataFrame:
    """Policies that are shared."""
    return load("policies", folder)


def transfers(folder: Path = DATA) -> pd.DataFrame:
    """Transfers of policies between cities, second versions by other sources included."""
    return load("transfers", folder)


def pilots(folder: Path = DATA) -> pd.DataFrame:
    """Pilots, tracks and reference series."""
    return load("pilots", folder)


def stage_events(folder: Path = DATA) -> pd.DataFrame:
    """Evidence of LEAPS stages reached."""
    return load("stage_events", folder)


def indicators(folder: Path = DATA) -> pd.DataFrame:
    """Indicators with baseline and target where published."""
    return load("indicators", folder)


def observations(folder: Path = DATA) -> pd.DataFrame:
    """Published figures of the indicators."""
    return load("observations", folder)


def events(folder: Path = DATA) -> pd.DataFrame:
    """Events of the programme, second versions by other sources included."""
    return load("events", folder)


def facts(folder: Path = DATA) -> pd.DataFrame:
    """Statements of the five programme texts."""
    return load("facts", folder)


def programme_aims(folder: Path = DATA) -> pd.DataFrame:
    """The six aims of the programme, each with the pages that count something of it."""
    return load("programme_aims", folder)


def commitments(folder: Path = DATA) -> pd.DataFrame:
    """Areas of the Seoul Declaration and principles of the forum's Communiqué."""
    return load("commitments", folder)


def readiness_assessments(folder: Path = DATA) -> pd.DataFrame:
    """Scores of readiness to scale that somebody signed; none so far."""
    return load("readiness_assessments", folder)


def sdg_series(folder: Path = DATA) -> pd.DataFrame:
    """What each SDG series measures, with direction and target."""
    return load("sdg_series", folder)


def sdg_observations(folder: Path = DATA) -> pd.DataFrame:
    """SDG values of economies and aggregates, with every breakdown."""
    return load("sdg_observations", folder)


def sdg_areas(folder: Path = DATA) -> pd.DataFrame:
    """Names of the aggregates among the SDG values."""
    return load("sdg_areas", folder)


def sdg_city_values(folder: Path = DATA) -> pd.DataFrame:
    """SDG values of cities, with a caution where one is implausible."""
    return load("sdg_city_values", folder)


def city_air_quality(folder: Path = DATA) -> pd.DataFrame:
    """Annual means of air pollution in partner cities."""
    return load("city_air_quality", folder)


def owl_bus_districts(folder: Path = DATA) -> pd.DataFrame:
    """Boardings and service of the owl bus by district of Seoul and month."""
    return load("owl_bus_districts", folder)


def owl_bus_stops(folder: Path = DATA) -> pd.DataFrame:
    """Boardings and routes of the owl bus by stop and month."""
    return load("owl_bus_stops", folder)


def bus_boardings_by_hour(folder: Path = DATA) -> pd.DataFrame:
    """Boardings of the owl bus and of all other routes of Seoul by hour and month."""
    return load("bus_boardings_by_hour", folder)


def versions() -> pd.DataFrame:
    """The published versions of the programme's tables: version, label, note.

    >>> versions()["version"].tolist()
    [0]
    """
    return pd.DataFrame(
        {
            "version": [0],
            "label": pd.Series(["Programme fact base"], dtype="str"),
            "note": pd.Series(
                ["Compiled from published sources; ships with the product"], dtype="str"
            ),
        }
    )


def package_sources(folder: Path = DATA) -> pd.DataFrame:
    """Which data sets each file is compiled from: resource, path, source_id.

    Files whose rows each name their own source have no row here.
    """
    rows = [
        (resource["name"], resource["path"], source["source_id"])
        for resource in package(folder)["resources"]
        for source in resource.get("sources", [])
        if "source_id" in source
    ]
    return pd.DataFrame(rows, columns=["resource", "path", "source_id"]).astype("str")
