"""Makes the next version: compares, writes every table that changes, commits the publication."""

# ruff: noqa: S608 -- table and column names come from declarations, values are quoted

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import pyarrow as pa

from ileaps_data.publishing.columns import arrow_schema, declared_columns
from ileaps_data.publishing.comparison import Change, TableChange, compare, merged
from ileaps_data.publishing.contents import QUERY_ERRORS, damaged_while_reading
from ileaps_data.publishing.errors import (
    AlreadyPublishedError,
    ChangedSinceError,
    DamagedVersionError,
    PublishCancelledError,
    UnfitChangeError,
)
from ileaps_data.publishing.records import Counts, Publication
from ileaps_data.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from ileaps_data.publishing.contents import Contents
    from ileaps_data.publishing.engine import Engine
    from ileaps_data.publishing.ledger import Ledger, LedgerState
    from ileaps_data.publishing.records import Snapshot
    from ileaps_data.publishing.staging import Staged, StagedChanges
    from ileaps_data.publishing.store import Store

BATCH = 122_880
"""Rows handed over at once while a table is written."""


@dataclass(frozen=True)
class Wish:
    """What somebody wants published, and the words that go with it."""

    staged: StagedChanges
    mode: Literal["update", "replace"]
    who: str
    note: str
    file_name: str
    sha256: str
    base: int
    progress: Callable[[int, int], None] | None = None
    cancelled: Callable[[], bool] | None = None


class Publisher:
    """Publishes to one workspace."""

    def __init__(
        self,
        engine: Engine,
        ledger: Ledger,
        store: Store,
        contents: Contents,
        clock: Callable[[], datetime],
    ) -> None:
        self._engine = engine
        self._ledger = ledger
        self._store = store
        self._contents = contents
        self._clock = clock

    def compared(
        self,
        staged: StagedChanges,
        mode: Literal["update", "replace"],
        base: Publication | None,
        *,
        listing: bool = True,
    ) -> Change:
        """What the rows would change in the version `base`.

        Raises:
            UnfitChangeError: rows that are new lack a required column.
            DamagedVersionError: the base cannot be read.
        """
        number = _number(base)
        found: dict[str, TableChange] = {}
        for name, each in staged.tables.items():
            cursor = self._engine.cursor()
            old = self._contents.query(cursor, each.table, base)
            replacing = mode == "replace"
            # A file that lacks a column leaves it as it is, except where it replaces everything.
            new, columns = (
                (_padded(each), each.table.columns) if replacing else (each.sql, each.columns)
            )
            try:
                change = compare(
                    cursor,
                    each.table,
                    old,
                    new,
                    columns=columns,
                    removing=replacing,
                    listing=listing,
                )
            except QUERY_ERRORS as error:
                raise damaged_while_reading(error, number, name) from error
            _refuse_incomplete(each, change, replacing=replacing)
            if change.touched:
                found[name] = change
        return Change(number, found)

    def publish(self, wish: Wish) -> Publication:
        """Publishes; the docstring of `Workspace.publish` says what is raised."""
        state = self._ledger.state()
        self._ledger.refuse_damage(state)
        self._refuse_stale(wish, state)
        base = state.publications[-1] if state.publications else None
        change = self.compared(wish.staged, wish.mode, base, listing=False)
        _refuse_cancelled(wish)
        if not change.tables:
            raise self._nothing_new(wish, state)
        token = uuid.uuid4().hex
        metadata = {"publication": token, "who": wish.who, "sha256": wish.sha256}
        contents = dict(base.contents) if base is not None else {}
        written = self._written(wish, base, change, metadata)
        contents |= written
        publication = Publication(
            version=state.latest + 1,
            published_at=self._clock(),
            who=wish.who,
            note=wish.note,
            file_name=wish.file_name,
            sha256=wish.sha256,
            mode=wish.mode,
            base=wish.base,
            token=token,
            contents=contents,
            counts=_counts(change),
            shipped=self._shipped_beside(contents),
        )
        _refuse_cancelled(wish)
        after = self._ledger.commit([*state.publications, publication], state, token)
        if after is None:
            now = self._ledger.state()
            self._refuse_stale(wish, now)
            raise ChangedSinceError(wish.base, now.latest, self._ledger.where)
        return publication

    def difference(self, old: Publication | None, new: Publication | None) -> Change:
        """What one version adds, changes and removes against another, None being version 0.

        Raises:
            DamagedVersionError: a file of one of them is missing or damaged.
        """
        held = [each.contents if each is not None else {} for each in (old, new)]
        found: dict[str, TableChange] = {}
        for name in sorted({*held[0], *held[1]} & set(TABLES)):
            if held[0].get(name) == held[1].get(name):
                continue
            table, cursor = TABLES[name], self._engine.cursor()
            before, after = (self._contents.query(cursor, table, each) for each in (old, new))
            try:
                change = compare(cursor, table, before, after, columns=table.columns, removing=True)
            except QUERY_ERRORS as error:
                raise damaged_while_reading(error, _number(new), name) from error
            if change.touched:
                found[name] = change
        return Change(_number(old), found)

    def restore(
        self, wanted: Publication | None, state: LedgerState, *, who: str, note: str
    ) -> Publication:
        """Publishes what a version holds once more; `Workspace.restore` says what is raised.

        The files are there already: only the list of publications is written.
        """
        self._ledger.refuse_damage(state)
        for damage in self._store.damages(wanted) if wanted is not None else ():
            raise damage
        latest = state.publications[-1] if state.publications else None
        counts = self._restored_counts(latest, wanted)
        if not counts:
            raise AlreadyPublishedError(state.latest, self._ledger.where, same_file=False)
        contents = dict(wanted.contents) if wanted is not None else {}
        publication = Publication(
            version=state.latest + 1,
            published_at=self._clock(),
            who=who,
            note=note,
            file_name=wanted.file_name if wanted is not None else "",
            sha256="",
            mode="restore",
            base=state.latest,
            restored_from=_number(wanted),
            token=uuid.uuid4().hex,
            contents=contents,
            counts=counts,
            shipped=self._shipped_beside(contents),
        )
        rows = [*state.publications, publication]
        if self._ledger.commit(rows, state, publication.token) is None:
            now = self._ledger.state().latest
            raise ChangedSinceError(state.latest, now, self._ledger.where)
        return publication

    def _restored_counts(
        self, latest: Publication | None, wanted: Publication | None
    ) -> dict[str, Counts]:
        """What going back touches; where the last version is damaged, only which tables."""
        try:
            return _counts(self.difference(latest, wanted))
        except DamagedVersionError:
            held = [each.contents if each is not None else {} for each in (latest, wanted)]
            names = sorted({*held[0], *held[1]})
            return {n: Counts() for n in names if held[0].get(n) != held[1].get(n)}

    def _shipped_beside(self, contents: Mapping[str, Snapshot]) -> dict[str, str]:
        """The hash of every shipped table that stands beside the published ones."""
        return {
            name: digest
            for name, digest in self._contents.shipped().items()
            if name not in contents
        }

    def _written(
        self, wish: Wish, base: Publication | None, change: Change, metadata: Mapping[str, str]
    ) -> dict[str, Snapshot]:
        done = 0
        total = sum(self._rows_after(wish, base, each) for each in change.tables.values())
        written: dict[str, Snapshot] = {}

        def still_wanted() -> None:
            self._refuse_stale(wish, self._ledger.state())

        for name in change.tables:
            each = wish.staged.tables[name]
            before = done

            def rows(each: Staged = each, before: int = before) -> Any:  # noqa: ANN401
                return self._stream(each, base, wish, before, total)

            try:
                written[name] = self._store.write(each.table, rows, metadata, still_wanted)
            except BaseException as error:
                _refuse_cancelled(wish, error)
                raise
            done += written[name].rows
        return written

    def _stream(
        self, each: Staged, base: Publication | None, wish: Wish, before: int, total: int
    ) -> Any:  # noqa: ANN401 -- pyarrow publishes no types
        """The whole table as it will be, batch by batch: it never is in memory at once."""
        cursor = self._engine.cursor()
        if wish.mode == "replace":
            query = _padded(each)
        else:
            old = self._contents.query(cursor, each.table, base)
            query = merged(each.table, old, each.sql, each.columns)
        schema = arrow_schema(each.table)

        def batches() -> Iterator[Any]:
            done = before
            for batch in cursor.sql(query).to_arrow_reader(BATCH):
                _refuse_cancelled(wish)
                yield batch.cast(schema)
                done += batch.num_rows
                if wish.progress is not None:
                    wish.progress(done, max(total, done))

        return pa.RecordBatchReader.from_batches(schema, batches())

    def _rows_after(self, wish: Wish, base: Publication | None, change: TableChange) -> int:
        each = wish.staged.tables[change.table]
        if wish.mode == "replace":
            return each.rows
        return self._contents.rows(each.table, base) + change.added

    def _refuse_stale(self, wish: Wish, state: LedgerState) -> None:
        for each in state.publications:
            if (
                wish.sha256
                and each.sha256 == wish.sha256
                and each.mode == wish.mode
                and each.base == wish.base
                and set(each.counts) <= set(wish.staged.tables)
            ):
                # It landed, though whoever published it was never told.
                raise AlreadyPublishedError(each.version, self._ledger.where, same_file=True)
        if wish.base != state.latest:
            raise ChangedSinceError(wish.base, state.latest, self._ledger.where)

    def _nothing_new(self, wish: Wish, state: LedgerState) -> AlreadyPublishedError:
        for each in reversed(state.publications):
            if wish.sha256 and each.sha256 == wish.sha256 and each.mode == wish.mode:
                return AlreadyPublishedError(each.version, self._ledger.where, same_file=True)
        return AlreadyPublishedError(state.latest, self._ledger.where, same_file=False)


def _number(publication: Publication | None) -> int:
    return publication.version if publication is not None else 0


def _counts(change: Change) -> dict[str, Counts]:
    return {
        name: Counts(each.added, each.changed, each.removed) for name, each in change.tables.items()
    }


def _padded(each: Staged) -> str:
    """The rows with every column of the table, the absent ones missing."""
    return f"SELECT {declared_columns(each.table, each.columns)} FROM ({each.sql})"


def _refuse_incomplete(each: Staged, change: TableChange, *, replacing: bool) -> None:
    absent = [
        field.name
        for field in each.table.fields
        if field.required and field.name not in each.columns
    ]
    new = each.rows if replacing else change.added
    if absent and new:
        raise UnfitChangeError(
            f"{new:,} new rows have no {', '.join(absent)}, which every row needs",
            each.table.name,
            "Add the column, or leave the new rows out.",
        )


def _refuse_cancelled(wish: Wish, cause: BaseException | None = None) -> None:
    if wish.cancelled is not None and wish.cancelled():
        raise PublishCancelledError(
            "publishing was cancelled",
            ", ".join(wish.staged.tables),
            "Nothing was changed; publish again when you want to.",
        ) from cause
