"""From publishers' folders to checked tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from ileaps_data.build import (
    checks,
    escap,
    natural_earth,
    package,
    programme,
    sdg,
    seoul_bus,
    un_wup,
    unsd_m49,
    world_bank,
)
from ileaps_data.build.errors import BuildError, ChecksFailedError
from ileaps_data.build.workbooks import find_workbooks
from ileaps_data.published_citations import CITATIONS
from ileaps_data.schema import typed
from ileaps_data.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from ileaps_data.build.revision_tables import RevisionTables

DEFAULT_REVISION = "wup2018"
EXTRACT_FOLDER = re.compile(r"^un_wup(\d{4})$")
EXTRACT_NAME = "escap_urban_population.csv"

DATASET_SOURCES = (
    {
        "source_id": "natural_earth",
        "title": "Natural Earth 1:50m, admin-0 countries and populated places, version 4",
        "publisher": "Natural Earth",
        "published_on": "2017",
        "url": "https://www.naturalearthdata.com/",
        "language": "en",
        "licence": "Public domain",
        "kind": "dataset",
    },
    {
        "source_id": "unsd_m49",
        "title": "Standard country or area codes for statistical use (M49)",
        "publisher": "United Nations Statistics Division",
        "published_on": "",
        "url": "https://unstats.un.org/unsd/methodology/m49/",
        "language": "en",
        "licence": "PDDL 1.0 (as distributed in datasets/country-codes)",
        "kind": "dataset",
    },
    {
        "source_id": "escap_members",
        "title": "Member States and associate members by subregion",
        "publisher": "United Nations Economic and Social Commission for Asia and the Pacific",
        "published_on": "",
        "url": "https://www.unescap.org/about/member-states",
        "language": "en",
        "licence": "",
        "kind": "dataset",
    },
)


@dataclass(frozen=True)
class Built:
    """Tables and boundaries that passed the checks, and notes on what was left out."""

    tables: Mapping[str, pd.DataFrame]
    boundaries: Mapping[str, Any]
    notes: tuple[str, ...]


def build(
    sources: Path,
    programme_folder: Path,
    output: Path,
    report: Callable[[str], None] = lambda _: None,
) -> Built:
    """Compiles, checks and writes the data folder; `report` is told each step.

    Raises:
        BuildError: a publisher's file cannot be used.
        ChecksFailedError: the tables do not pass the checks; the folder is as it was.
    """
    built = compile_tables(sources, programme_folder, report)
    report("writing")
    files = package.package_files(
        built.tables, natural_earth.as_bytes(built.boundaries), len(built.boundaries["features"])
    )
    package.replace_folder(files, output)
    return built


def compile_tables(
    sources: Path, programme_folder: Path, report: Callable[[str], None] = lambda _: None
) -> Built:
    """Tables and boundaries, checked; raises as `build` does."""
    report("areas and boundaries")
    areas = unsd_m49.compile_areas(sources / "unsd_m49" / "UNSD-en.csv")
    members = escap.compile_members(sources / "escap_members.csv")
    countries = natural_earth.read_countries(
        sources / "natural_earth" / "ne_50m_admin_0_countries.json"
    )
    capitals = natural_earth.read_capitals(
        sources / "natural_earth" / "ne_50m_populated_places_simple.json"
    )
    economies = _economies(
        areas, members, natural_earth.representative_points(countries, capitals, areas["iso3"])
    )
    boundaries = natural_earth.compile_boundaries(
        countries,
        natural_earth.FINE_BESIDE_REGION.union(members["iso3"]),
        dict(zip(areas["iso3"], areas["short_name"], strict=True)),
    )
    report("population by revision")
    revisions, notes = _revisions(sources, areas)
    agglomerations = _together("urban_agglomerations", revisions)
    report("programme")
    default = agglomerations[agglomerations["revision_id"] == DEFAULT_REVISION]
    tables = programme.compile_programme(programme_folder, default)
    tables["sources"] = pd.concat(
        [
            tables["sources"],
            pd.DataFrame(
                [
                    *DATASET_SOURCES,
                    *sdg.SOURCES,
                    *seoul_bus.SOURCES,
                    *(citation.source_row() for citation in CITATIONS.values()),
                    *(each.source for each in revisions),
                ]
            ),
        ]
    )
    tables |= {
        "economies": economies,
        "subregions": escap.compile_subregions(),
        "revisions": _revision_rows(revisions),
        "urban_population": _together("urban_population", revisions),
        "urban_agglomerations": agglomerations,
        "city_population": _together("city_population", revisions),
        "city_size_classes": _together("city_size_classes", revisions),
    }
    report("SDG series and values")
    tables |= sdg.compile_sdg(sources, economies, tables["cities"])
    report("boardings of the owl bus")
    owl_bus = seoul_bus.compile_owl_bus(sources / "seoul_bus")
    tables |= owl_bus.tables
    notes += owl_bus.notes
    report("checks")
    typed_tables = _typed(tables)
    failures = [text for each in revisions for text in each.differences]
    failures += checks.all_failures(typed_tables, boundaries)
    if failures:
        raise ChecksFailedError(failures)
    return Built(typed_tables, boundaries, tuple(notes))


def _typed(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    try:
        return {name: typed(frame, TABLES[name]) for name, frame in sorted(tables.items())}
    except ValueError as error:
        raise BuildError(str(error)) from error


def _economies(areas: pd.DataFrame, members: pd.DataFrame, points: pd.DataFrame) -> pd.DataFrame:
    unknown = sorted(set(members["iso3"]) - set(areas["iso3"]))
    if unknown:
        raise BuildError(f"escap_members.csv: not in the M49 list: {', '.join(unknown)}")
    return areas.merge(members, on="iso3", how="left").merge(points, on="iso3", how="left")


def _revisions(sources: Path, areas: pd.DataFrame) -> tuple[list[RevisionTables], list[str]]:
    workbooks, notes = find_workbooks(sources)
    iso3_by_m49 = dict(zip(areas["m49"], areas["iso3"], strict=True))
    found = un_wup.compile_revisions(workbooks, iso3_by_m49)
    known = {str(each.revision["revision_id"]) for each in found}
    names = dict(zip(areas["iso3"], areas["name"], strict=True))
    for path in sorted(sources.glob(f"*/{EXTRACT_NAME}")):
        folder = EXTRACT_FOLDER.match(path.parent.name)
        if folder is None:
            raise BuildError(f"{path.parent.name}/{path.name}: the folder should be un_wupYYYY")
        if f"wup{folder.group(1)}" in known:
            notes.append(f"{path.parent.name}/{path.name}: left out, the workbooks say more")
            continue
        found.append(un_wup.compile_extract(path, int(folder.group(1)), names))
    found += world_bank.compile_vintages(sources, frozenset(areas["iso3"]))
    if not found:
        raise BuildError(f"{sources}: no WUP workbook and no WDI file in it")
    return found, notes


def _revision_rows(revisions: list[RevisionTables]) -> pd.DataFrame:
    rows = pd.DataFrame([each.revision for each in revisions])
    return rows.assign(is_default=rows["revision_id"] == DEFAULT_REVISION)


def _together(name: str, revisions: list[RevisionTables]) -> pd.DataFrame:
    frames: list[pd.DataFrame] = [frame for each in revisions if len(frame := getattr(each, name))]
    if not frames:
        return pd.DataFrame(columns=TABLES[name].columns)
    together = pd.concat(frames, ignore_index=True)
    return together.loc[:, TABLES[name].columns]
