"""Removes what no version needs any more, and what stopped publications left behind."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ileaps_data.publishing import delta
from ileaps_data.publishing.ledger import NAME as LEDGER
from ileaps_data.publishing.store import FOLDER as TABLES_FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import timedelta
    from pathlib import Path

    from ileaps_data.publishing.address import Address
    from ileaps_data.publishing.records import Publication

# The last states of the list of publications, to fall back on should a file be damaged.
_LISTS_KEPT = 3


@dataclass(frozen=True)
class CleanUp:
    """What a clean-up did.

    Attributes:
        versions: the versions that can no longer be read.
        files: how many files went.
        bytes: how large they were together; 0 in an object store, which does not say.
        too_young: files no version needs that stayed, as somebody may be writing them.
    """

    versions: tuple[int, ...]
    files: int
    bytes: int
    too_young: int


def needed(publications: Iterable[Publication]) -> dict[str, dict[str, set[int]]]:
    """The files the kept publications need, by table, each with the Delta versions it is of."""
    found: dict[str, dict[str, set[int]]] = {}
    for publication in publications:
        for name, snapshot in publication.contents.items():
            if publication.kept:
                files = found.setdefault(name, {})
                for each in snapshot.files:
                    files.setdefault(each.name, set()).add(snapshot.number)
    return found


def sweep(address: Address, publications: Iterable[Publication], age: timedelta) -> CleanUp:
    """Removes files on the disk that no kept publication needs.

    Files of publications that are no longer kept go at once. Others, which a publication under
    way may be writing, go once they have not been written to for `age`.
    """
    publications = tuple(publications)
    kept = needed(publications)
    dropped = {
        (name, each.name)
        for publication in publications
        if not publication.kept
        for name, snapshot in publication.contents.items()
        for each in snapshot.files
    }
    oldest_allowed = time.time() - age.total_seconds()
    files = size = young = 0
    for name, path in _data_files(address):
        if path.name in kept.get(name, {}):
            continue
        try:
            found = path.stat()
            if (name, path.name) not in dropped and found.st_mtime > oldest_allowed:
                young += 1
                continue
            path.unlink()
        except FileNotFoundError:
            continue
        files += 1
        size += found.st_size
    return CleanUp((), files, size, young)


def _data_files(address: Address) -> Iterator[tuple[str, Path]]:
    """Every file of every Delta table that holds rows or is the beginning of one."""
    tables = address.path / TABLES_FOLDER
    for folder in sorted(tables.iterdir()) if tables.is_dir() else ():
        for path in _beside_the_log(folder):
            yield folder.name, path
    ledger = address.below(LEDGER)
    in_use = _in_use(ledger)
    for path in _beside_the_log(ledger.path):
        if path.name not in in_use:
            yield LEDGER, path


def _beside_the_log(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        return
    yield from sorted(path for path in folder.iterdir() if ".parquet" in path.name)
    # A stopped writer of log entries leaves NUMBER.json#1 or the like.
    yield from sorted(path for path in (folder / delta.LOG).glob("*#*"))


def _in_use(ledger: Address) -> set[str]:
    found: set[str] = set()
    for number in delta.log_numbers(ledger)[-_LISTS_KEPT:]:
        table = delta.opened(ledger, number)
        found |= {each.name for each in delta.files_of(table)} if table is not None else set()
    return found


def vacuum(address: Address, publications: Iterable[Publication], age: timedelta) -> int:
    """The same in an object store, by Delta Lake itself; how many files went."""
    removed = 0
    versions: Mapping[str, dict[str, set[int]]] = needed(publications)
    for name, files in versions.items():
        table = delta.opened(address.below(TABLES_FOLDER, name))
        if table is not None:
            keep = sorted(set().union(*files.values())) if files else []
            removed += len(
                table.vacuum(
                    retention_hours=int(age.total_seconds() // 3600),
                    dry_run=False,
                    enforce_retention_duration=False,
                    full=True,
                    keep_versions=keep,
                )
            )
    return removed
