"""What is recorded of a publication, and how it is written down."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, Self

import pandas as pd
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

Mode = Literal["update", "replace", "restore"]

SCHEMA: Any = pa.schema(
    [
        ("version", pa.int64()),
        ("published_at", pa.timestamp("us", "UTC")),
        ("who", pa.string()),
        ("note", pa.string()),
        ("file_name", pa.string()),
        ("sha256", pa.string()),
        ("mode", pa.string()),
        ("base", pa.int64()),
        ("restored_from", pa.int64()),
        ("kept", pa.bool_()),
        ("token", pa.string()),
        ("contents", pa.string()),
        ("counts", pa.string()),
        ("shipped", pa.string()),
    ]
)
_IN_JSON = ("contents", "counts", "shipped")


@dataclass(frozen=True)
class StoredFile:
    """One Parquet file of a table: its name, size in bytes and rows."""

    name: str
    bytes: int
    rows: int


@dataclass(frozen=True)
class Snapshot:
    """One table as a publication has it: the version of its Delta table and that one's files."""

    number: int
    files: tuple[StoredFile, ...]

    @property
    def rows(self) -> int:
        """How many rows the table has."""
        return sum(each.rows for each in self.files)


@dataclass(frozen=True)
class Counts:
    """How many rows of a table a publication added, changed and removed.

    Missing where the version before was too damaged to be compared with.
    """

    added: int | None = None
    changed: int | None = None
    removed: int | None = None


@dataclass(frozen=True)
class Publication:
    """One published version.

    Attributes:
        version: our own number, from 1; 0 is what ships with the product.
        published_at: by the clock of the computer that published.
        who, note, file_name, sha256: as given by whoever published.
        mode: update, replace or restore.
        base: the version it was made from.
        restored_from: the version it brings back, or None.
        kept: False once a clean-up has removed its files.
        token: tells this publication from every other.
        contents: every table that does not come from the data folder as shipped.
        counts: the tables this publication touched.
        shipped: SHA-256 of the shipped file of each other table, as it was then.
    """

    version: int
    published_at: datetime
    who: str
    note: str
    file_name: str
    sha256: str
    mode: Mode
    base: int
    token: str
    restored_from: int | None = None
    kept: bool = True
    contents: Mapping[str, Snapshot] = field(default_factory=dict)
    counts: Mapping[str, Counts] = field(default_factory=dict)
    shipped: Mapping[str, str] = field(default_factory=dict)

    @property
    def added(self) -> int | None:
        """Rows added over all tables."""
        return _total(each.added for each in self.counts.values())

    @property
    def changed(self) -> int | None:
        """Rows changed over all tables."""
        return _total(each.changed for each in self.counts.values())

    @property
    def removed(self) -> int | None:
        """Rows removed over all tables."""
        return _total(each.removed for each in self.counts.values())

    def without_files(self) -> Self:
        """The same publication after a clean-up."""
        return replace(self, kept=False)

    def row(self) -> dict[str, Any]:
        """The publication as a row of the table of publications."""
        written = {name: getattr(self, name) for name in SCHEMA.names if name not in _IN_JSON}
        contents = {
            name: {"number": kept.number, "files": [[f.name, f.bytes, f.rows] for f in kept.files]}
            for name, kept in sorted(self.contents.items())
        }
        counts = {
            name: [each.added, each.changed, each.removed]
            for name, each in sorted(self.counts.items())
        }
        return {
            **written,
            "contents": json.dumps(contents),
            "counts": json.dumps(counts),
            "shipped": json.dumps(dict(sorted(self.shipped.items()))),
        }

    @classmethod
    def of_row(cls, row: Mapping[str, Any]) -> Self:
        """The publication a row describes.

        Raises:
            ValueError, KeyError, TypeError: the row is not one of ours.
        """
        plain = {name: row[name] for name in SCHEMA.names if name not in _IN_JSON}
        contents = {
            name: Snapshot(kept["number"], tuple(StoredFile(*each) for each in kept["files"]))
            for name, kept in json.loads(row["contents"]).items()
        }
        counts = {name: Counts(*each) for name, each in json.loads(row["counts"]).items()}
        return cls(**plain, contents=contents, counts=counts, shipped=json.loads(row["shipped"]))


def _total(counts: Iterable[int | None]) -> int | None:
    known = list(counts)
    return None if None in known else sum(count for count in known if count is not None)


def arrow_rows(publications: Sequence[Publication]) -> Any:  # noqa: ANN401
    """The publications as an Arrow table."""
    return pa.Table.from_pylist([each.row() for each in publications], schema=SCHEMA)


def clean_text(text: str) -> str:
    """A text as it can be stored: what is no character is a question mark.

    >>> clean_text("half a pair: " + chr(0xD800))
    'half a pair: ?'
    """
    return text.encode("utf-8", "replace").decode("utf-8")


_DTYPES = {
    "version": "int64",
    "published_at": "datetime64[us, UTC]",
    "who": "str",
    "note": "str",
    "file_name": "str",
    "sha256": "str",
    "tables": "str",
    "rows_added": "Int64",
    "rows_changed": "Int64",
    "rows_removed": "Int64",
    "restored_from": "Int64",
    "mode": "str",
    "kept": "bool",
}


def versions_frame(publications: Sequence[Publication]) -> pd.DataFrame:
    """The publications as a table shown to people, after version 0, which nobody published.

    >>> versions_frame([])["version"].tolist()
    [0]
    """
    rows: list[dict[str, object]] = [
        {"version": 0, "rows_added": 0, "rows_changed": 0, "rows_removed": 0, "kept": True}
    ]
    rows += [
        {
            "version": each.version,
            "published_at": each.published_at,
            "who": each.who,
            "note": each.note or None,
            "file_name": each.file_name or None,
            "sha256": each.sha256 or None,
            "tables": ";".join(sorted(each.counts)),
            "rows_added": each.added,
            "rows_changed": each.changed,
            "rows_removed": each.removed,
            "restored_from": each.restored_from,
            "mode": each.mode,
            "kept": each.kept,
        }
        for each in publications
    ]
    return pd.DataFrame(rows, columns=list(_DTYPES)).astype(_DTYPES)
