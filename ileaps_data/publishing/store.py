"""The contents of versions: one Delta table for each table, one Delta version for each snapshot.

Delta versions are never read by "the latest": a publication names the one it means, so that a
snapshot whose publication never came about is seen by nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
from deltalake.exceptions import CommitFailedError

from ileaps_data.publishing import delta
from ileaps_data.publishing.columns import arrow_schema
from ileaps_data.publishing.errors import DamagedVersionError, PublishFailedError, publish_failed
from ileaps_data.publishing.records import Publication, Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from deltalake import DeltaTable

    from ileaps_data.publishing.address import Address
    from ileaps_data.schema import Table

FOLDER = "tables"
_ATTEMPTS = 5


class Store:
    """Writes and finds the contents of versions."""

    def __init__(self, address: Address) -> None:
        self._address = address.below(FOLDER)
        self._known: dict[tuple[str, int], tuple[Snapshot, tuple[str, ...]]] = {}

    def address_of(self, name: str) -> Address:
        """Where the Delta table of a table is."""
        return self._address.below(name)

    def write(
        self,
        table: Table,
        rows: Callable[[], Any],
        metadata: Mapping[str, str],
        still_wanted: Callable[[], None],
    ) -> Snapshot:
        """Writes a whole table; `rows` gives an Arrow stream of it, anew at every call.

        A snapshot somebody else wrote meanwhile is no reason to stop, only to write after it:
        `still_wanted` raises when there is another.

        Raises:
            PublishFailedError: it cannot be written.
        """
        address = self.address_of(table.name)
        for _ in range(_ATTEMPTS):
            try:
                with delta.writing(address.shown):
                    delta.refuse_damaged_log(address)
                    handle = delta.opened_or_made(address, arrow_schema(table))
                    delta.overwrite(handle, rows(), metadata)
                    written = Snapshot(handle.version(), delta.files_of(handle))
                self._refuse_lost(address, written)
            except PublishFailedError as error:
                if not isinstance(error.__cause__, CommitFailedError):
                    raise
                still_wanted()
                continue
            return written
        raise publish_failed(TimeoutError("others keep writing the same table"), address.shown)

    @staticmethod
    def _refuse_lost(address: Address, written: Snapshot) -> None:
        """A clean-up on a computer whose clock is wrong could have taken a file away."""
        for each in written.files if address.local else ():
            if (address.path / each.name).stat().st_size != each.bytes:
                raise publish_failed(OSError(f"{each.name} is not whole"), address.shown)

    def opened(self, publication: Publication, name: str) -> DeltaTable:
        """The Delta table of a table at the version a publication means.

        Raises:
            DamagedVersionError: it cannot be opened.
        """
        address = self.address_of(name)
        try:
            handle = delta.opened(address, publication.contents[name].number)
        except delta.READ_ERRORS as error:
            first = str(error).strip().partition("\n")[0]
            raise DamagedVersionError(
                publication.version, name, f"cannot be opened ({first})", address.shown
            ) from error
        if handle is None:
            raise DamagedVersionError(publication.version, name, "is gone", address.shown)
        return handle

    def files(self, publication: Publication, name: str) -> tuple[list[str], tuple[str, ...]]:
        """Addresses of a table's Parquet files as a publication has it, and their columns.

        Raises:
            DamagedVersionError: the Delta table cannot be opened or has other files.
        """
        snapshot = publication.contents[name]
        address = self.address_of(name)
        known, columns = self._known.get((name, snapshot.number), (None, ()))
        if known != snapshot:
            handle = self.opened(publication, name)
            if delta.files_of(handle) != snapshot.files:
                what = "has other files than were published"
                raise DamagedVersionError(publication.version, name, what, address.shown)
            columns = tuple(field.name for field in handle.schema().fields)
            self._known[name, snapshot.number] = snapshot, columns
        return [address.below(each.name).text for each in snapshot.files], columns

    def damages(self, publication: Publication) -> Iterator[DamagedVersionError]:
        """Every file of a publication that is missing, cut off or not what was published."""
        for name, snapshot in sorted(publication.contents.items()):
            try:
                self._known.pop((name, snapshot.number), None)
                self.files(publication, name)
            except DamagedVersionError as error:
                yield error
                continue
            address = self.address_of(name)
            for each in snapshot.files if address.local else ():
                what = _file_damage(address, each.name, each.bytes, each.rows)
                if what:
                    where = str(address.path / each.name)
                    yield DamagedVersionError(publication.version, name, what, where)


def _file_damage(address: Address, name: str, size: int, rows: int) -> str:
    path = address.path / name
    try:
        if path.stat().st_size != size:
            return f"has {path.stat().st_size:,} bytes instead of {size:,}"
        held = pq.read_metadata(path).num_rows
    except FileNotFoundError:
        return "is missing"
    except delta.READ_ERRORS as error:
        return f"cannot be read ({str(error).strip().partition(chr(10))[0]})"
    return "" if held == rows else f"has {held:,} rows instead of {rows:,}"
