"""A DuckDB that can open the private folder and nothing else."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import duckdb

from ileaps_data.reading.errors import FileRefusedError
from ileaps_data.reading.numbers import literal

if TYPE_CHECKING:
    from pathlib import Path

    from ileaps_data.reading.source import Watch

_POLL_SECONDS = 0.05


def open_database(
    folder: Path, memory_bytes: int, threads: int | None = None
) -> duckdb.DuckDBPyConnection:
    """A database in memory that spills into the folder, reads and writes only there, for good.

    No extensions, no frames found by variable name, no setting that can be changed later.
    """
    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": f"{memory_bytes // 1_000_000}MB",
        "temp_directory": str(folder / "spill"),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "allow_community_extensions": False,
        "python_enable_replacements": False,
    }
    if threads is not None:
        settings["threads"] = threads
    connection = duckdb.connect(":memory:", config=settings)
    connection.execute(f"SET allowed_directories = [{literal(f'{folder}/')}]")
    # progress is asked for, never printed: the command line's answer is read by machines
    connection.execute("SET enable_progress_bar = true")
    connection.execute("SET enable_progress_bar_print = false")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def run(connection: duckdb.DuckDBPyConnection, sql: str, watch: Watch, stage: str) -> None:
    """Execute a statement that may take long; progress is told and a wish to stop is obeyed.

    Raises:
        FileRefusedError: the disk or the memory is not enough for it.
        ReadingCancelledError: the caller wants to stop.
    """
    if watch.idle:
        _guarded(connection, sql)
        return
    failed: list[BaseException] = []

    def work() -> None:
        try:
            _guarded(connection, sql)
        except BaseException as error:  # noqa: BLE001 - handed to the waiting thread
            failed.append(error)

    worker = threading.Thread(target=work)
    worker.start()
    try:
        while worker.is_alive():
            worker.join(_POLL_SECONDS)
            watch.at(stage, max(connection.query_progress(), 0.0) / 100)
    except BaseException:
        connection.interrupt()
        worker.join()
        raise
    if failed:
        raise failed[0]
    watch.at(stage, 1.0)


def _guarded(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    try:
        connection.execute(sql)
    except (duckdb.OutOfMemoryException, duckdb.IOException) as error:
        raise FileRefusedError(
            "no_room",
            "The server has no room left to read this file.",
            fix="Try again later, or split the file.",
            reason=str(error).split("\n", 1)[0],
        ) from error
