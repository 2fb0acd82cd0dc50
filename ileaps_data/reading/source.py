"""Takes a file in: a private folder of its own, its size, its fingerprint, what kind it is."""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import tempfile
import unicodedata
import weakref
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Self

from ileaps_data.reading.errors import FileRefusedError, ReadingCancelledError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

    from ileaps_data.reading.dialect import Limits

    Progress = Callable[[str, float], None]
    Cancelled = Callable[[], bool]

CHUNK = 4 << 20
HEAD = 1 << 20

_MAGIC = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF8", "GIF image"),
    (b"\x1f\x8b", "gzip archive"),
    (b"7z\xbc\xaf", "7-Zip archive"),
    (b"Rar!", "RAR archive"),
    (b"PAR1", "Parquet file"),
    (b"SQLite format 3\0", "SQLite database"),
    (b"{\\rtf", "RTF document"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "program"),
)
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1a\x1b")) + b"\x7f"


class Watch:
    """Tells the caller how far the reading is, and stops it when the caller wants."""

    def __init__(self, progress: Progress | None, cancelled: Cancelled | None) -> None:
        self._progress = progress
        self._cancelled = cancelled
        self.idle = progress is None and cancelled is None
        self._furthest: dict[str, float] = {}

    def at(self, stage: str, share: float) -> None:
        """Report a share of a stage that is done.

        Raises:
            ReadingCancelledError: the caller wants to stop.
        """
        if self._cancelled is not None and self._cancelled():
            raise ReadingCancelledError("The reading was cancelled; nothing of it is kept.")
        # an engine may forget near the end how far it had come; a bar never goes back
        share = max(min(share, 1.0), self._furthest.get(stage, 0.0))
        self._furthest[stage] = share
        if self._progress is not None:
            self._progress(stage, share)


class PrivateFolder:
    """A folder that only this process's user can open, removed on closing, or with the object."""

    def __init__(self, parent: str | os.PathLike[str] | None = None) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="ileaps-reading-", dir=parent)).resolve()
        self._remove = weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)

    def close(self) -> None:
        """Remove the folder and all in it; twice is no harm."""
        self._remove()


def safe_name(name: str) -> str:
    r"""The last part of a name that came with a file, to be shown and never used as a path.

    >>> safe_name("../../etc/passwd"), safe_name("C:\\data\\kota\u202e.csv"), safe_name("..")
    ('passwd', 'kota.csv', 'file')
    """
    last = re.split(r"[/\\]", name)[-1]
    printable = "".join(c for c in last if unicodedata.category(c) not in {"Cc", "Cf", "Cs"})
    shown = printable.strip()[:120]
    return shown if shown.strip(".") else "file"


def kind(head: bytes) -> str:
    """What a file is, from its first bytes: "zip", "ole", "xml", "text", or what else it is."""
    for magic, what in _MAGIC:
        if head.startswith(magic):
            return what
    start = head[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if start.startswith((b"<?xml", b"<iati-activities", b"<!doctype iati")):
        return "xml"
    if start.startswith((b"<!doctype html", b"<html", b"<table")):
        return "web page"
    return "text"


def refuse_binary(head: bytes) -> None:
    """Refuse bytes that are no text in any of the encodings read; NULs are judged by the caller.

    Raises:
        FileRefusedError: too many control characters.
    """
    sample = head[:65536]
    control = len(sample) - len(sample.translate(None, _CONTROL))
    if control > 0.01 * len(sample) + 8:
        refuse_kind("binary data")


def refuse_kind(what: str) -> None:
    """Refuse a file for what it is.

    Raises:
        FileRefusedError: always.
    """
    raise FileRefusedError(
        "binary",
        f"The file is no table of text, whatever its name says: {what}.",
        fix="Export the table itself as CSV (UTF-8) or as an Excel workbook (.xlsx).",
        what=what,
    )


class Source:
    """A file's bytes, once from begin to end: size limit, SHA-256 and progress on the way."""

    def __init__(
        self, source: str | os.PathLike[str] | bytes | BinaryIO, limits: Limits, watch: Watch
    ) -> None:
        self._own = not isinstance(source, io.IOBase) and not hasattr(source, "read")
        if isinstance(source, bytes | bytearray | memoryview):
            self._stream: BinaryIO = io.BytesIO(source)
        elif isinstance(source, str | os.PathLike):
            self._stream = Path(source).open("rb")  # noqa: SIM115 - closed by close()
        else:
            self._stream = source
        self._limits = limits
        self._watch = watch
        self._total = _size(self._stream)
        self._digest = hashlib.sha256()
        self.bytes = 0
        try:
            if self._total is not None and self._total > limits.bytes:
                self._too_large()
            self.head = self._read(HEAD)
        except BaseException:
            self.close()
            raise
        if not self.head:
            self.close()
            raise FileRefusedError(
                "empty_file",
                "The file is empty: it has not a single byte.",
                fix="Export it again, and look at it before sending it.",
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file if it was opened here."""
        if self._own:
            self._stream.close()

    @property
    def sha256(self) -> str:
        """The fingerprint of all bytes read so far, in hexadecimal digits."""
        return self._digest.hexdigest()

    def chunks(self) -> Iterator[bytes]:
        """The bytes in order, the head first; the fingerprint is computed beside the work.

        Raises:
            FileRefusedError: the file is larger than the limit.
            ReadingCancelledError: the caller wants to stop.
        """
        with ThreadPoolExecutor(1) as pool:
            chunk = self.head
            while chunk:
                hashed: Future[None] = pool.submit(self._digest.update, chunk)
                yield chunk
                hashed.result()
                total = self._total or self._limits.bytes
                self._watch.at("receiving", self.bytes / max(total, 1))
                chunk = self._read(CHUNK)

    def _read(self, size: int) -> bytes:
        # a raw stream may give less than asked
        parts: list[bytes] = []
        while size > 0 and (part := self._stream.read(size)):
            parts.append(part)
            size -= len(part)
        chunk = b"".join(parts) if len(parts) != 1 else bytes(parts[0])
        self.bytes += len(chunk)
        if self.bytes > self._limits.bytes:
            self._too_large()
        return chunk

    def _too_large(self) -> None:
        limit = self._limits.bytes // 1_000_000
        raise FileRefusedError(
            "too_large",
            f"The file is larger than {limit:,} MB, the most that is accepted.",
            fix="Split it, or keep only the columns and years that are needed.",
            limit=self._limits.bytes,
            bytes=self._total or self.bytes,
        )


def _size(stream: BinaryIO) -> int | None:
    try:
        here = stream.tell()
        end = stream.seek(0, os.SEEK_END)
        stream.seek(here)
    except (OSError, AttributeError, io.UnsupportedOperation):
        return None
    return end - here
