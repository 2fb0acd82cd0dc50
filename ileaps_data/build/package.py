"""Writes the data folder: tables, boundaries and the Frictionless descriptor of both.

The same tables give the same bytes: rows are sorted, nothing is stamped with a time, the writers'
settings are fixed.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from ileaps_data.build.errors import BuildError
from ileaps_data.tables import BOUNDARIES_NOTE, BOUNDARIES_PATH, TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from ileaps_data.schema import Table

DESCRIPTOR = "datapackage.json"
LARGEST_CSV = 200_000
LARGEST_BOUNDARIES = 400_000
LARGEST_PACKAGE = 23_000_000

ROWS_NAME_THEIR_SOURCE = {
    "title": "City-I-LEAPS fact base: each row names its source, listed in the table of sources",
    "path": "sources.csv",
    "edition": "version 0",
    "licence": "facts cited from the sources named; the compilation under the project's licence",
}

MEDIA_TYPES = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}


def table_bytes(frame: pd.DataFrame, table: Table) -> bytes:
    """The file of a typed table."""
    if table.file_format == "csv":
        plain = frame.copy(deep=False)
        for field in table.fields:
            if field.dtype in {"bool", "boolean"}:
                plain[field.name] = frame[field.name].map({True: "true", False: "false"})
        return plain.to_csv(index=False, lineterminator="\n").encode()
    arrow = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    sink = io.BytesIO()
    pq.write_table(
        arrow,
        sink,
        compression="zstd",
        compression_level=19,
        use_dictionary=True,
        write_statistics=False,
        store_schema=False,
    )
    return sink.getvalue()


def package_files(
    tables: Mapping[str, pd.DataFrame], boundaries: bytes, boundary_count: int
) -> dict[str, bytes]:
    """Every file of the data folder by name, the descriptor among them.

    Raises:
        BuildError: a file is larger than the data folder allows.
    """
    files = {table.path: table_bytes(tables[name], table) for name, table in sorted(TABLES.items())}
    for path, content in files.items():
        if path.endswith(".csv") and len(content) > LARGEST_CSV:
            raise BuildError(
                f"{path}: {len(content):,} bytes; over {LARGEST_CSV:,} a table belongs in Parquet: "
                "change its file_format"
            )
    if len(boundaries) > LARGEST_BOUNDARIES:
        raise BuildError(
            f"{BOUNDARIES_PATH}: {len(boundaries):,} bytes, more than {LARGEST_BOUNDARIES:,}; "
            "raise the tolerances of the simplification"
        )
    files[BOUNDARIES_PATH] = boundaries
    sources = tables["sources"].set_index("source_id")
    resources = [
        _table_resource(table, tables[name], files[table.path], sources)
        for name, table in sorted(TABLES.items())
    ]
    resources.append(_boundary_resource(boundaries, boundary_count, sources))
    files[DESCRIPTOR] = _descriptor(resources)
    size = sum(map(len, files.values()))
    if size > LARGEST_PACKAGE:
        raise BuildError(f"the data folder would have {size:,} bytes, over {LARGEST_PACKAGE:,}")
    return files


def _descriptor(resources: list[dict[str, Any]]) -> bytes:
    package = {
        "profile": "data-package",
        "name": "city-i-leaps-dashboard",
        "title": "Tables of the City-I-LEAPS dashboard",
        "description": (
            "Urban population of the Asia-Pacific region by revision, and the fact base of the "
            "City-I-LEAPS programme. Compiled from the publishers' files named with each table; "
            "populations are in thousands, missing values are empty."
        ),
        "resources": resources,
    }
    return json.dumps(package, ensure_ascii=False, indent=1).encode() + b"\n"


def _table_resource(
    table: Table, frame: pd.DataFrame, content: bytes, sources: pd.DataFrame
) -> dict[str, Any]:
    # The data-package standard calls a resource tabular only when it is text.
    profile = "tabular-data-resource" if table.file_format == "csv" else "data-resource"
    resource: dict[str, Any] = {
        "name": table.name,
        "title": table.title,
        "description": table.description,
        "path": table.path,
        "profile": profile,
        "format": table.file_format,
        "mediatype": MEDIA_TYPES[table.file_format],
    }
    if table.file_format == "csv":
        resource["encoding"] = "utf-8"
    used = [_source(sources, source_id) for source_id in _sources_of(table, frame, sources)]
    return {
        **resource,
        **_fixity(content),
        "rows": len(frame),
        "schema": table.schema_descriptor(),
        "sources": used or [ROWS_NAME_THEIR_SOURCE],
    }


def _sources_of(table: Table, frame: pd.DataFrame, sources: pd.DataFrame) -> list[str]:
    """The data sets behind a table: those of the revisions it holds, otherwise those declared."""
    if table.name != "revisions" and "revision_id" in frame.columns:
        held = set(frame["revision_id"])
        return sorted(source for source in sources.index if _revision_of(source) in held)
    return list(table.sources)


def _revision_of(source_id: str) -> str:
    """The revision a source is: un_wup2018 is wup2018, wb_wdi_2026_07 is wdi2026-07."""
    if source_id.startswith("un_wup"):
        return source_id.removeprefix("un_")
    return source_id.removeprefix("wb_").replace("_", "", 1).replace("_", "-")


def _boundary_resource(content: bytes, count: int, sources: pd.DataFrame) -> dict[str, Any]:
    return {
        "name": "boundaries",
        "title": "Boundaries for maps",
        "description": (
            f"Outlines of countries and areas as GeoJSON; id is the ISO 3166 alpha-3 code. "
            f"{BOUNDARIES_NOTE}"
        ),
        "path": BOUNDARIES_PATH,
        "profile": "data-resource",
        "format": "geojson",
        "mediatype": "application/geo+json",
        "encoding": "utf-8",
        **_fixity(content),
        "features": count,
        "sources": [_source(sources, "natural_earth")],
    }


def _fixity(content: bytes) -> dict[str, Any]:
    return {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}


def _source(sources: pd.DataFrame, source_id: str) -> dict[str, str]:
    row = sources.loc[source_id].fillna("")
    named = {
        "title": f"{row['publisher']}: {row['title']}",
        "path": row["url"],
        "source_id": source_id,
        "edition": row["published_on"] or "undated",
        "licence": row["licence"] or "not stated",
    }
    return {name: str(value) for name, value in named.items() if value}


def replace_folder(files: Mapping[str, bytes], output: Path) -> None:
    """Puts the files in place of those an earlier build wrote, all at once.

    They are written beside the folder first, so that a full disk or a stopped build leaves it as
    it was. Files in the folder that no build wrote are kept.

    Raises:
        BuildError: the folder cannot be replaced; it is then as it was.
    """
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{output.name}-new-", dir=output.parent))
    except OSError as error:
        raise BuildError(f"{output.parent}: cannot be written to ({error})") from error
    try:
        fresh.chmod(0o755)
        for name, content in files.items():
            (fresh / name).write_bytes(content)
        _carry_over(output, fresh)
        _swap(fresh, output)
    except OSError as error:
        raise BuildError(f"{output}: cannot be replaced ({error}); it is as it was") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _carry_over(output: Path, fresh: Path) -> None:
    if not output.is_dir():
        return
    ours = {DESCRIPTOR, *_listed(output / DESCRIPTOR)}
    for entry in output.iterdir():
        if entry.name in ours or (fresh / entry.name).exists():
            continue
        if entry.is_dir():
            shutil.copytree(entry, fresh / entry.name)
        else:
            shutil.copy2(entry, fresh / entry.name)


def _listed(descriptor: Path) -> set[str]:
    try:
        package = json.loads(descriptor.read_text(encoding="utf-8"))
        return {resource["path"] for resource in package["resources"]}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _swap(fresh: Path, output: Path) -> None:
    if not output.exists():
        fresh.rename(output)
        return
    aside = fresh.with_name(f"{fresh.name}-old")
    output.rename(aside)
    try:
        fresh.rename(output)
    except OSError:
        aside.rename(output)
        raise
    shutil.rmtree(aside, ignore_errors=True)
