"""The workspace: what people publish, as versions that never change.

A version holds whole tables. Version 0 is the data folder that ships; each publication makes the
next number, all its tables at once. Tables nobody published come from the data folder.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from ileaps_data import reference
from ileaps_data.publishing import cleaning
from ileaps_data.publishing.actors import authorised
from ileaps_data.publishing.address import Address, workspace_address
from ileaps_data.publishing.cleaning import CleanUp
from ileaps_data.publishing.comparison import Change, TableChange
from ileaps_data.publishing.contents import Contents
from ileaps_data.publishing.delta import writing
from ileaps_data.publishing.engine import Engine
from ileaps_data.publishing.errors import (
    AlreadyPublishedError,
    ChangedSinceError,
    DamagedVersionError,
    PublishCancelledError,
    PublishFailedError,
    UnfitChangeError,
    UnknownVersionError,
    WorkspaceError,
)
from ileaps_data.publishing.ledger import Ledger
from ileaps_data.publishing.publisher import Publisher, Wish
from ileaps_data.publishing.records import Publication, clean_text, versions_frame
from ileaps_data.publishing.staging import Changes, StagedChanges
from ileaps_data.publishing.store import Store
from ileaps_data.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import duckdb
    import pandas as pd

    from ileaps_data.schema import Table

__all__ = [
    "AlreadyPublishedError",
    "Change",
    "ChangedSinceError",
    "CleanUp",
    "DamagedVersionError",
    "Publication",
    "PublishCancelledError",
    "PublishFailedError",
    "StagedChanges",
    "TableChange",
    "UnfitChangeError",
    "UnknownVersionError",
    "Workspace",
    "WorkspaceError",
    "workspace_address",
]

Mode = Literal["update", "replace"]

_ATTEMPTS = 5


def _now() -> datetime:
    return datetime.now(UTC)


class Workspace:
    """The versions at one address; safe to share between threads, and between processes by address.

    Nothing is written before the first publication.

    >>> import tempfile
    >>> Workspace(tempfile.mkdtemp()).latest()
    0
    """

    def __init__(
        self,
        address: str | Path | None = None,
        *,
        data: Path = reference.DATA,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        """Opens the workspace at an address, by default that of `workspace_address()`.

        Raises:
            PublishFailedError: Delta Lake could not work with such an address.
        """
        self.address = Address(address if address is not None else workspace_address())
        self._clock = clock
        folders = [self.address.text] if self.address.local else []
        self._engine = Engine(folders)
        self._ledger = Ledger(self.address)
        self._store = Store(self.address)
        self._contents = Contents(self._engine, self._store, data)
        self._publisher = Publisher(self._engine, self._ledger, self._store, self._contents, clock)

    # What there is

    def latest(self) -> int:
        """The number of the last version, publications of other processes included.

        Costs two looks at the file system when nothing is new. Where the last entry of the list
        is damaged, the last version before it; `problems` names the file.

        Raises:
            WorkspaceError: the workspace cannot be read.
        """
        return self._ledger.state().latest

    def versions(self) -> pd.DataFrame:
        """Every version from 0: who, when, why, from which file, how many rows it touched.

        `tables` are the tables it touched, joined by semicolons; `restored_from` is the version a
        restore brought back; `kept` is false once a clean-up has removed its files. Version 0 has
        no person, time or note.
        """
        return versions_frame(self._ledger.state().publications)

    def publication(self, version: int) -> Publication:
        """The record of a publication, what each table gained and lost included.

        Raises:
            UnknownVersionError: there is none of that number (version 0 was not published).
        """
        for each in self._ledger.state().publications:
            if each.version == version:
                return each
        raise UnknownVersionError(
            f"there is no publication {version}",
            self.address.shown,
            f"The last one is {self.latest()}.",
        )

    def table(self, name: str, version: int | None = None) -> pd.DataFrame:
        """A table as a version has it, by default the last: typed, in the order of its key.

        A column that a later release added is missing throughout; a required integer or boolean
        is then of the nullable type.

        Raises:
            KeyError: there is no such table.
            UnknownVersionError: there is no such version, or its files were cleaned up.
            DamagedVersionError: a file of it is missing or damaged.
        """
        return self._contents.frame(_declared(name), self._readable(version))

    def relation(
        self, name: str, version: int | None = None
    ) -> tuple[duckdb.DuckDBPyConnection, duckdb.DuckDBPyRelation]:
        """A table as a DuckDB relation, with the connection it lives on; raises as `table` does.

        The files are read when the relation is: damage then shows as `duckdb.Error`. It works for
        as long as the workspace object is kept.
        """
        cursor = self._engine.cursor()
        return cursor, cursor.sql(
            self._contents.query(cursor, _declared(name), self._readable(version))
        )

    def files(self, name: str, version: int | None = None) -> list[str]:
        """The Parquet files that together hold a table, for DuckDB, Spark and others.

        Raises as `table` does. An empty list is an empty table.
        """
        return self._contents.files(_declared(name), self._readable(version))

    def problems(self, version: int | None = None) -> list[DamagedVersionError]:
        """What is missing or damaged in a version, each named: reads logs and footers only."""
        state = self._ledger.state()
        damaged = self._ledger.damaged(state)
        publication = self._readable(version)
        found = [] if damaged is None or version is not None else [damaged]
        return found + ([] if publication is None else list(self._store.damages(publication)))

    def last_good(self) -> int:
        """The last version of which no file is missing or damaged; 0 is always there."""
        for each in reversed(self._ledger.state().publications):
            if each.kept and next(self._store.damages(each), None) is None:
                return each.version
        return 0

    def shipped_since(self, version: int) -> list[str]:
        """Tables that a version takes from the data folder and that have changed there since.

        A release may bring new facts; they show in every version that does not hold the table.
        """
        if version == 0:
            return []
        now = self._contents.shipped()
        then = self.publication(version).shipped
        return sorted(name for name, digest in then.items() if now.get(name) != digest)

    # What would change, and changing it

    def staged(self, changes: Changes) -> StagedChanges:
        """Takes in rows once, to preview and publish them without reading them twice; close it.

        Raises:
            KeyError, UnfitChangeError, PublishFailedError: see `StagedChanges`.
        """
        return StagedChanges(self._engine, changes)

    def preview(
        self,
        changes: Changes | StagedChanges,
        mode: Mode = "update",
        base_version: int | None = None,
    ) -> Change:
        """What publishing the rows would change; nothing is written to the workspace.

        `update` adds rows and overwrites those with the same key, in the columns handed in;
        `replace` also removes what is not handed in. Rows without changes are not counted.
        """
        base = self._readable(base_version)
        if isinstance(changes, StagedChanges):
            return self._publisher.compared(changes, mode, base)
        with self.staged(changes) as staged:
            return self._publisher.compared(staged, mode, base)

    def publish(
        self,
        changes: Changes | StagedChanges,
        *,
        mode: Mode = "update",
        who: str,
        note: str = "",
        file_name: str = "",
        sha256: str = "",
        base_version: int,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Publication:
        """Publishes rows of one or several tables as the next version, all or nothing.

        `base_version` is the version the preview was made from. `progress` is told the rows
        written and the rows to write; `cancelled` is asked between batches.

        Raises:
            PermissionError: nobody is named in `who`.
            KeyError, UnfitChangeError: the rows do not fit their table.
            AlreadyPublishedError: every row is there already, or this file landed on this base.
            ChangedSinceError: another publication landed since `base_version`.
            PublishCancelledError: `cancelled` said so.
            PublishFailedError: the workspace cannot be written to; the last version stands.
        """
        actor = clean_text(authorised(who, "publish"))
        if not isinstance(changes, StagedChanges):
            with self.staged(changes) as staged:
                return self.publish(
                    staged,
                    mode=mode,
                    who=who,
                    note=note,
                    file_name=file_name,
                    sha256=sha256,
                    base_version=base_version,
                    progress=progress,
                    cancelled=cancelled,
                )
        return self._publisher.publish(
            Wish(
                staged=changes,
                mode=mode,
                who=actor,
                note=clean_text(note.strip()),
                file_name=clean_text(file_name),
                sha256=sha256,
                base=base_version,
                progress=progress,
                cancelled=cancelled,
            )
        )

    def difference(self, before: int, after: int) -> Change:
        """What version `after` adds, changes and removes against version `before`, by key.

        Raises:
            UnknownVersionError: there is no such version, or its files were cleaned up.
            DamagedVersionError: a file of one of them is missing or damaged.
        """
        return self._publisher.difference(self._readable(before), self._readable(after))

    def restore(self, version: int, who: str, note: str = "") -> Publication:
        """Publishes an older version again, as the next one: the same tables, nothing copied.

        Raises:
            PermissionError: nobody is named in `who`.
            UnknownVersionError: there is no such version, or its files were cleaned up.
            DamagedVersionError: a file of it is missing or damaged.
            AlreadyPublishedError: the last version is equal to it.
            ChangedSinceError, PublishFailedError: see `publish`.
        """
        actor = clean_text(authorised(who, "restore"))
        state = self._ledger.state()
        return self._publisher.restore(
            self._readable(version), state, who=actor, note=clean_text(note.strip())
        )

    def clean_up(self, keep_last: int, *, who: str, age: timedelta = timedelta(days=1)) -> CleanUp:
        """Removes the files of all but the last versions, and what stopped publications left.

        The numbers and the record of who did what stay. Files no version ever named, which a
        publication under way may be writing, go only once they are older than `age`.

        Raises:
            ValueError: `keep_last` is not at least 1.
            PermissionError: nobody is named in `who`.
            ChangedSinceError: others kept publishing meanwhile; try again.
            PublishFailedError: the workspace cannot be written to.
        """
        authorised(who, "clean_up")
        if keep_last < 1:
            raise ValueError(f"keep_last is {keep_last}: at least the last version is kept, say 1")
        for _ in range(_ATTEMPTS):
            state = self._ledger.state()
            self._ledger.refuse_damage(state)
            drop = [each.version for each in state.publications[:-keep_last] if each.kept]
            rows = [
                each.without_files() if each.version in drop else each
                for each in state.publications
            ]
            if drop and self._ledger.commit(rows, state, uuid.uuid4().hex) is None:
                continue
            with writing(self.address.shown):
                if self.address.local:
                    swept = cleaning.sweep(self.address, rows, age)
                else:
                    swept = CleanUp((), cleaning.vacuum(self.address, rows, age), 0, 0)
            return CleanUp(tuple(drop), swept.files, swept.bytes, swept.too_young)
        raise ChangedSinceError(state.latest, self.latest(), self.address.shown)

    def _readable(self, version: int | None) -> Publication | None:
        """The publication of a version (None for 0), once its files are there to be read."""
        if version is None:
            version = self.latest()
        if version == 0:
            return None
        publication = self.publication(version)
        if not publication.kept:
            kept = [each.version for each in self._ledger.state().publications if each.kept]
            raise UnknownVersionError(
                f"the files of version {version} were removed by a clean-up",
                self.address.shown,
                f"The oldest publication that can still be read is {kept[0]}.",
            )
        return publication


def _declared(name: str) -> Table:
    if name not in TABLES:
        raise KeyError(f"no table {name!r}; there are {', '.join(sorted(TABLES))}")
    return TABLES[name]
