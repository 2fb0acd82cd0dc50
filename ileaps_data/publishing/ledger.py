"""The list of publications: a small Delta table, committed last.

A publication exists from the moment its row is committed here; what was written for it before
cannot be seen by anybody.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deltalake.exceptions import CommitFailedError

from ileaps_data.publishing import delta
from ileaps_data.publishing.errors import DamagedVersionError, PublishFailedError, WorkspaceError
from ileaps_data.publishing.records import SCHEMA, Publication, arrow_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deltalake import DeltaTable

    from ileaps_data.publishing.address import Address

NAME = "publications"


@dataclass(frozen=True)
class Damage:
    """A file that is missing or damaged, and what is wrong with it."""

    where: str
    what: str


@dataclass(frozen=True)
class LedgerState:
    """The publications as they stood when they were read.

    Attributes:
        publications: in the order of their numbers, from 1.
        number: the version of the Delta table they were read from; None where there is none.
        seen: the last log entry there was, with what tells it from another file of its name.
        damage: why a later entry could not be read, or None.
    """

    publications: tuple[Publication, ...] = ()
    number: int | None = None
    seen: tuple[int, tuple[int, int, int] | None] = (-1, None)
    damage: Damage | None = None

    @property
    def latest(self) -> int:
        """The number of the last publication, 0 where there is none."""
        return self.publications[-1].version if self.publications else 0


class Ledger:
    """Reads and extends the list of publications; reads it anew only when it grew."""

    def __init__(self, address: Address) -> None:
        self._address = address.below(NAME)
        self._lock = threading.Lock()
        self._state: LedgerState | None = None
        self._handle: DeltaTable | None = None

    @property
    def where(self) -> str:
        """The address as it may be shown."""
        return self._address.shown

    def state(self) -> LedgerState:
        """The publications as they are now, those of other processes included.

        Raises:
            WorkspaceError: the workspace cannot be read at all.
        """
        try:
            with self._lock:
                if self._state is None or not self._is_fresh(self._state):
                    self._state = self._read()
                return self._state
        except OSError as error:
            raise WorkspaceError(
                f"cannot be read ({error.strerror or error})",
                self.where,
                "Make the folder readable for the server's account, or set ILEAPS_WORKSPACE.",
            ) from error

    def commit(
        self, publications: Sequence[Publication], state: LedgerState, token: str
    ) -> LedgerState | None:
        """Writes the list in place of the one of `state`; None where that one stands no more.

        Raises:
            PublishFailedError: it cannot be written.
        """
        self.refuse_damage(state)
        try:
            with delta.writing(self.where):
                table = delta.opened_or_made(self._address, SCHEMA)
                if state.number is not None:
                    table.load_as_version(state.number)
                elif table.version() > 0:
                    return None
                delta.overwrite(table, arrow_rows(publications), {"publication": token})
        except PublishFailedError as error:
            # An error after the commit itself, while tidying up, does not undo it.
            now = self._read_anew()
            if any(each.token == token for each in now.publications):
                return now
            if isinstance(error.__cause__, CommitFailedError):
                return None
            raise
        return self._read_anew()

    def refuse_damage(self, state: LedgerState) -> None:
        """Raises PublishFailedError where the last entry is damaged: its number is taken."""
        if state.damage is not None:
            raise PublishFailedError(
                "damaged",
                state.damage.what,
                state.damage.where,
                f"Bring the file back from a backup; or move it away, and version {state.latest} "
                "becomes the last one.",
            )

    def _read_anew(self) -> LedgerState:
        with self._lock:
            self._state = None
        return self.state()

    def _is_fresh(self, state: LedgerState) -> bool:
        if not self._address.local:
            if self._handle is None:
                return False
            self._handle.update_incremental()
            return self._handle.version() == state.seen[0]
        number, mark = state.seen
        # Log entries are numbered without gaps: nothing new while the next one is not there.
        return self._mark(number) == mark and self._mark(number + 1) is None

    def _mark(self, number: int) -> tuple[int, int, int] | None:
        if number < 0:
            return None
        try:
            found = delta.log_entry(self._address, number).stat()
        except FileNotFoundError:
            return None
        return found.st_ino, found.st_size, found.st_mtime_ns

    def _read(self) -> LedgerState:
        if self._address.local:
            numbers = delta.log_numbers(self._address)
            last = numbers[-1] if numbers else -1
            seen = (last, self._mark(last))
        else:
            self._handle = delta.opened(self._address)
            last = self._handle.version() if self._handle is not None else -1
            seen = (last, None)
        damage: Damage | None = None
        for number in range(last, -1, -1):
            problem, publications = self._publications(number)
            if publications is not None:
                return LedgerState(publications, number, seen, damage)
            damage = damage or problem
        return LedgerState(seen=seen, damage=damage)

    def _publications(self, number: int) -> tuple[Damage | None, tuple[Publication, ...] | None]:
        """The list as one version of the table has it, or what is wrong with that version."""
        where = self._address.shown
        if self._address.local:
            where = str(delta.log_entry(self._address, number))
            what = delta.log_entry_damage(self._address, number)
            if what:
                return Damage(where, what), None
        try:
            table = delta.opened(self._address, number)
            if table is None:
                return Damage(where, "is gone"), None
            rows = table.to_pyarrow_table().to_pylist()
            found = sorted((Publication.of_row(row) for row in rows), key=lambda p: p.version)
        except delta.READ_ERRORS as error:
            first = str(error).strip().partition("\n")[0]
            return Damage(where, f"or the file it names cannot be read ({first})"), None
        return None, tuple(found)

    def damaged(self, state: LedgerState) -> DamagedVersionError | None:
        """The damage of the list itself as an error that can be shown, or None."""
        if state.damage is None:
            return None
        return DamagedVersionError(
            state.latest + 1, "", state.damage.what, state.damage.where, state.latest
        )
