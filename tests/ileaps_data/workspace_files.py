"""Small tables, a small data folder and processes for the tests of the workspace."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from ileaps_data.build.package import table_bytes
from ileaps_data.schema import Kind, typed
from ileaps_data.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parents[2]
_ANY_VALUE = {Kind.NUMBER: 1.0, Kind.INTEGER: 1, Kind.BOOLEAN: True}


def rows(name: str, *given: dict[str, Any]) -> pd.DataFrame:
    """Typed rows of a table: what is given, anything in the other required columns."""
    table = TABLES[name]
    filled = [
        {
            field.name: each.get(
                field.name, _ANY_VALUE.get(field.kind, "any") if field.required else None
            )
            for field in table.fields
        }
        for each in given
    ]
    return typed(pd.DataFrame(filled, columns=table.columns), table)


def areas(**names: str) -> pd.DataFrame:
    """Rows of the two-column table sdg_areas: area_id, name."""
    return rows("sdg_areas", *({"area_id": key, "name": name} for key, name in names.items()))


def as_dict(frame: pd.DataFrame) -> dict[str, str]:
    """The rows of sdg_areas as a dictionary."""
    return dict(zip(frame["area_id"], frame["name"], strict=True))


def ship(folder: Path, tables: Mapping[str, pd.DataFrame]) -> Path:
    """A data folder with those tables."""
    folder.mkdir(exist_ok=True)
    resources = []
    for name, frame in tables.items():
        content = table_bytes(frame, TABLES[name])
        (folder / TABLES[name].path).write_bytes(content)
        digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
        resources.append({"name": name, "path": TABLES[name].path, "hash": digest})
    (folder / "datapackage.json").write_text(json.dumps({"resources": resources}))
    return folder


def started(program: str, *arguments: str) -> subprocess.Popen[str]:
    """A Python process of its own that runs the program."""
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
