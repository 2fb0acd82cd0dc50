"""A DuckDB of one's own: bounded memory, and no file but those of the workspace."""

from __future__ import annotations

import shutil
import tempfile
import threading
import weakref
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from ileaps_data.publishing.columns import text_literal

if TYPE_CHECKING:
    from collections.abc import Sequence

MEMORY = "512MB"
SCRATCH_PREFIX = "ileaps-workspace-"


class Engine:
    """Gives out connections of one in-memory database that may read only the given folders.

    What does not fit in its memory goes to a private folder, which goes when the engine goes.
    """

    def __init__(self, folders: Sequence[str]) -> None:
        self._folders = tuple(folders)
        self._lock = threading.Lock()
        self._scratch: Path | None = None
        self._database: duckdb.DuckDBPyConnection | None = None

    @property
    def scratch(self) -> Path:
        """The private folder."""
        with self._lock:
            return self._made_scratch()

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A connection with temporary tables and views of its own."""
        with self._lock:
            if self._database is None:
                self._database = self._opened()
            return self._database.cursor()

    def _made_scratch(self) -> Path:
        if self._scratch is None:
            self._scratch = Path(tempfile.mkdtemp(prefix=SCRATCH_PREFIX))
            weakref.finalize(self, shutil.rmtree, self._scratch, ignore_errors=True)
        return self._scratch

    def _opened(self) -> duckdb.DuckDBPyConnection:
        scratch = self._made_scratch()
        allowed = [f"{folder.rstrip('/')}/" for folder in (*self._folders, scratch.as_posix())]
        database = duckdb.connect(":memory:")
        database.execute(
            f"SET temp_directory={text_literal((scratch / 'spill').as_posix())};"
            f"SET memory_limit='{MEMORY}';"
            "SET preserve_insertion_order=false;"
            "SET enable_progress_bar=false;"
            "SET autoinstall_known_extensions=false;"
            "SET autoload_known_extensions=false;"
            f"SET allowed_directories=[{', '.join(map(text_literal, allowed))}];"
            "SET enable_external_access=false;"
            "SET lock_configuration=true"
        )
        return database


def parquet(files: Sequence[str]) -> str:
    """The SQL that reads Parquet files.

    >>> parquet(["/data/a.parquet"])
    "read_parquet(['/data/a.parquet'])"
    """
    return f"read_parquet([{', '.join(map(text_literal, files))}])"
