"""Exact commits to a Delta table.

Delta Lake joins two overwrites where the second saw nothing that the first removed (both began
from an empty table, or the first only appended): the result holds the rows of both. Every commit
here is therefore made with no retry at all: it lands on exactly the version it was made from, or
it fails.
"""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any

import deltalake
import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, WriterProperties
from deltalake.exceptions import DeltaError, TableNotFoundError

from ileaps_data.publishing.errors import PublishFailedError, publish_failed
from ileaps_data.publishing.records import StoredFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from ileaps_data.publishing.address import Address

LOG = "_delta_log"

# Old versions must stay readable: Delta Lake would drop log entries after thirty days.
_SETTINGS: dict[str, str | None] = {
    "delta.enableExpiredLogCleanup": "false",
    "delta.logRetentionDuration": "interval 36500 days",
    "delta.deletedFileRetentionDuration": "interval 36500 days",
}
_WRITER = WriterProperties(compression="ZSTD", compression_level=1, max_row_group_size=122_880)

READ_ERRORS = (DeltaError, OSError, pa.ArrowException, ValueError, KeyError, TypeError)
"""What reading a damaged or missing file may raise."""


def opened(address: Address, number: int | None = None) -> DeltaTable | None:
    """The Delta table at an address, at one of its versions; None where there is none."""
    if address.local and log_numbers(address) == []:
        return None
    try:
        return DeltaTable(address.text, version=number)
    except TableNotFoundError:
        return None


def opened_or_made(address: Address, schema: Any) -> DeltaTable:  # noqa: ANN401
    """The Delta table at an address at its latest version, made where there is none yet."""
    found = opened(address)
    if found is not None:
        return found
    try:
        return DeltaTable.create(address.text, schema, mode="error", configuration=_SETTINGS)
    except DeltaError:
        # Another process made it a moment ago, or it cannot be made.
        found = opened(address)
        if found is None:
            raise
        return found


def overwrite(table: DeltaTable, rows: Any, metadata: Mapping[str, str]) -> None:  # noqa: ANN401
    """Replaces the content of the version the handle was opened at.

    Raises:
        CommitFailedError: another commit landed since that version.
    """
    deltalake.write_deltalake(
        table,
        rows,
        mode="overwrite",
        schema_mode="overwrite",
        writer_properties=_WRITER,
        commit_properties=CommitProperties(custom_metadata=dict(metadata), max_commit_retries=0),
    )


def files_of(table: DeltaTable) -> tuple[StoredFile, ...]:
    """The Parquet files of the version the handle stands at, by name."""
    # Arrow's own names of the columns: a table's column may be called path too.
    actions = pa.table(table.get_add_actions(flatten=True))
    listed = actions.select(["path", "size_bytes", "num_records"]).to_pylist()
    found = (StoredFile(each["path"], each["size_bytes"], each["num_records"]) for each in listed)
    return tuple(sorted(found, key=lambda each: each.name))


def log_numbers(address: Address) -> list[int]:
    """The numbers of the log entries of a Delta table on the disk, in order."""
    try:
        names = [entry.name for entry in (address.path / LOG).iterdir()]
    except FileNotFoundError:
        return []
    return sorted(
        int(name[:20])
        for name in names
        if len(name) == 25 and name[:20].isdigit() and name.endswith(".json")
    )


def log_entry(address: Address, number: int) -> Path:
    """The file of one log entry."""
    return address.path / LOG / f"{number:020}.json"


def log_entry_damage(address: Address, number: int) -> str:
    """What is wrong with a log entry on the disk; an empty text when it is whole.

    Delta Lake opens a table whose last entry is an empty file as if nothing had been written.
    """
    try:
        lines = log_entry(address, number).read_text(encoding="utf-8").splitlines()
        entries = [json.loads(line) for line in lines]
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    except ValueError:
        return "is cut off or is not a log entry"
    return "" if any("commitInfo" in each for each in entries) else "is empty"


def refuse_damaged_log(address: Address) -> None:
    """Raises PublishFailedError where the last log entry is damaged: nothing can follow it."""
    numbers = log_numbers(address) if address.local else []
    what = log_entry_damage(address, numbers[-1]) if numbers else ""
    if what:
        raise PublishFailedError(
            "damaged",
            what,
            str(log_entry(address, numbers[-1])),
            "Bring the file back from a backup; or move it away, and publish again.",
        )


@contextlib.contextmanager
def writing(where: str) -> Iterator[None]:
    """Turns what goes wrong while writing into words that say what to do."""
    try:
        yield
    except PublishFailedError:
        raise
    except (DeltaError, OSError, pa.ArrowException) as error:
        raise publish_failed(error, where) from error
    except BaseException as error:
        # Delta Lake's own crashes are no Exception.
        if type(error).__name__ == "PanicException":
            raise publish_failed(error, where) from error
        raise
