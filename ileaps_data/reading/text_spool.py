"""Turns a text file into UTF-8 lines in the private folder, and learns their facts on the way.

The spool holds the rows below the header, in UTF-8, each line ended by a line feed, no blank
lines at the end. Bytes that are not of the file's encoding stay in it as bytes that are not
UTF-8 either, so that their rows are told apart later.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ileaps_data.reading.dialect import Dialect, Evidence, Limits
from ileaps_data.reading.encodings import (
    KEEP_BYTES,
    byte_order_mark,
    of_high_bytes,
    utf_16_without_mark,
)
from ileaps_data.reading.errors import FileRefusedError
from ileaps_data.reading.numbers import number_format
from ileaps_data.reading.source import CHUNK, HEAD, refuse_binary
from ileaps_data.reading.structure import Structure, structure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from ileaps_data.reading.source import Watch

_SAMPLE = 1 << 20


@dataclass
class LineFacts:
    """What was seen in the lines of a spool.

    Attributes:
        lines: how many there are.
        blank_lines: how many of them are empty.
        zero_bytes: whether some hold NUL.
        open_quotes: whether some have quotes that do not pair up within the line.
        longest: length of the longest, in bytes, at least: blocks are looked at, not lines.
    """

    lines: int = 0
    blank_lines: int = 0
    zero_bytes: bool = False
    open_quotes: bool = False
    longest: int = 0

    @property
    def to_mend(self) -> bool:
        """Whether the database cannot number the rows of such lines by itself."""
        return self.blank_lines > 0 or self.zero_bytes or self.open_quotes


@dataclass(frozen=True)
class TextSpool:
    """A text file's rows as lines of UTF-8, its structure and its complete dialect."""

    path: Path
    dialect: Dialect
    structure: Structure
    facts: LineFacts


class _Newlines:
    """Makes every line end a line feed, block by block; counts what was there."""

    def __init__(self) -> None:
        self._held = b""
        self.kinds: set[str] = set()

    def feed(self, chunk: bytes, *, last: bool = False) -> bytes:
        chunk = self._held + chunk if self._held else chunk
        self._held = b""
        if b"\r" not in chunk:
            if "\n" not in self.kinds and b"\n" in chunk:
                self.kinds.add("\n")
            return chunk
        if chunk.endswith(b"\r") and not last:
            # the line feed that may belong to it comes with the next block
            self._held, chunk = b"\r", chunk[:-1]
        pairs = chunk.count(b"\r\n")
        self.kinds |= {"\r\n"} if pairs else set()
        self.kinds |= {"\r"} if chunk.count(b"\r") > pairs else set()
        if "\n" not in self.kinds and chunk.count(b"\n") > pairs:
            self.kinds.add("\n")
        return chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n")

    @property
    def kind(self) -> str:
        return next(iter(self.kinds)) if len(self.kinds) == 1 else "mixed" if self.kinds else "\n"


class _HighBytes:
    """Whether bytes above 127 are valid UTF-8, and some of the lines that have any."""

    def __init__(self) -> None:
        self.valid = True
        self.sample = bytearray()

    def look(self, block: bytes) -> None:
        if block.isascii():
            return
        if self.valid:
            try:
                block.decode()
            except UnicodeDecodeError:
                self.valid = False
        if len(self.sample) < _SAMPLE:
            lines = (line for line in block.split(b"\n") if not line.isascii())
            for line in lines:
                self.sample += line + b"\n"
                if len(self.sample) >= _SAMPLE:
                    break


def spool_text(
    chunks: Iterable[bytes], folder: Path, dialect: Dialect, limits: Limits, watch: Watch
) -> TextSpool:
    """Write a text file's rows below its header as UTF-8 lines into the folder.

    Raises:
        FileRefusedError: it is no text, has no header, or breaks a limit.
        ReadingCancelledError: the caller wants to stop.
    """
    source = iter(chunks)
    head = next(source)
    encoding, mark, evidence = _encoding_at_head(head, dialect)
    newlines, high, facts = _Newlines(), _HighBytes(), LineFacts()
    blocks = _whole_lines(_normal(head[mark:], source, encoding, newlines), limits)
    first, whole = _sample(blocks)
    high.look(first)
    in_bytes = "utf-8" if encoding.startswith("utf-16") else encoding
    if not in_bytes:
        in_bytes, why = _of_bytes(high)
        evidence.append(why)
    found = structure(first.decode(in_bytes, KEEP_BYTES), dialect, limits, whole=whole)
    path = folder / "rows.csv"
    with path.open("wb") as out:
        body = first[_offset(first, found.head_lines) :]
        for block in _then(body, blocks):
            out.write(block)
            if block is not body:
                high.look(block)
            _look(block, found, facts)
            if facts.lines > limits.rows:
                raise too_many_rows(limits)
    if not encoding:
        in_bytes, why = _of_bytes(high)
        evidence = [*evidence[:-1], why]
    blank_end = _strip_blank_end(path)
    facts.lines -= blank_end
    facts.blank_lines -= blank_end
    if facts.lines <= 0:
        raise header_only(found.header_row)
    if in_bytes in {"cp949", "cp1252"} and high.sample:
        path = _transcoded(path, in_bytes, watch)
    cells = (cell for row in found.sample for cell in row.cells)
    decimal, thousands, why_numbers = number_format(cells)
    complete = replace(
        dialect,
        format="csv",
        encoding=encoding or in_bytes,
        delimiter=found.delimiter,
        quote=found.quote,
        decimal=decimal if dialect.decimal is None else dialect.decimal,
        thousands=thousands if dialect.thousands is None else dialect.thousands,
        header_row=found.header_row,
        newline=newlines.kind,
        evidence=(*evidence, *found.evidence, *why_numbers),
    )
    return TextSpool(path=path, dialect=complete, structure=found, facts=facts)


def too_many_rows(limits: Limits) -> FileRefusedError:
    """The refusal of a table that is too long."""
    return FileRefusedError(
        "too_many_rows",
        f"The table has more than {limits.rows:,} rows, the most that is accepted.",
        fix="Split the file, or sum the figures to fewer rows before sending it.",
        limit=limits.rows,
    )


def header_only(row: int) -> FileRefusedError:
    """The refusal of a table with names and no figures."""
    return FileRefusedError(
        "header_only",
        "The file has column names and not one row below them.",
        where=f"row {row}",
        fix="Export it again with its rows; a filter may have hidden them.",
        row=row,
    )


def _encoding_at_head(head: bytes, dialect: Dialect) -> tuple[str, int, list[Evidence]]:
    """The encoding if the head tells it, else empty; the length of its mark; the evidence."""
    marked, mark = byte_order_mark(head)
    if dialect.encoding is not None:
        mark = mark if marked == dialect.encoding else 0
        evidence = [Evidence(code="encoding_given", parameters={"encoding": dialect.encoding})]
        return dialect.encoding, mark, evidence
    if marked:
        return marked, mark, [Evidence(code="byte_order_mark", parameters={"encoding": marked})]
    wide = utf_16_without_mark(head[:65536])
    if wide:
        return wide, 0, [Evidence(code="zero_bytes_in_pairs", parameters={"encoding": wide})]
    refuse_binary(head)
    return "", 0, []


def _of_bytes(high: _HighBytes) -> tuple[str, Evidence]:
    if high.valid:
        code = "valid_utf_8" if high.sample else "ascii_only"
        return "utf-8", Evidence(code=code)
    return of_high_bytes(bytes(high.sample))


def _normal(
    head: bytes, rest: Iterator[bytes], encoding: str, newlines: _Newlines
) -> Iterator[bytes]:
    """The blocks with line feeds alone; UTF-16 as UTF-8, the others in their own bytes."""
    if not encoding.startswith("utf-16"):
        yield newlines.feed(head)
        for chunk in rest:
            yield newlines.feed(chunk)
    else:
        decoder = codecs.getincrementaldecoder(encoding)(KEEP_BYTES)
        for chunk in _then(head, rest):
            yield newlines.feed(decoder.decode(chunk).encode("utf-8", "surrogatepass"))
        yield newlines.feed(decoder.decode(b"", final=True).encode("utf-8", "surrogatepass"))
    yield newlines.feed(b"", last=True)


def _sample(blocks: Iterator[bytes]) -> tuple[bytes, bool]:
    """The first lines of the file, and whether they are all of it."""
    parts: list[bytes] = []
    size = 0
    for block in blocks:
        parts.append(block)
        size += len(block)
        if size >= HEAD // 2:
            return b"".join(parts), False
    return b"".join(parts), True


def _whole_lines(blocks: Iterator[bytes], limits: Limits) -> Iterator[bytes]:
    """The blocks cut at line ends; the last gets a line end if it has none.

    Raises:
        FileRefusedError: a line is longer than the limit.
    """
    held: list[bytes] = []
    size = 0
    at_start = True
    for block in blocks:
        cut = block.rfind(b"\n") + 1
        first = block.find(b"\n") if cut else len(block)
        if size + first > limits.line_bytes:
            raise _line_too_long(limits, at_start=at_start)
        if not cut:
            held.append(block)
            size += len(block)
            continue
        whole = b"".join([*held, memoryview(block)[:cut]])
        at_start = False
        held, size = [block[cut:]], len(block) - cut
        yield whole
    rest = b"".join(held)
    if rest:
        yield rest + b"\n"


def _line_too_long(limits: Limits, *, at_start: bool) -> FileRefusedError:
    limit = limits.line_bytes // 1_000_000
    return FileRefusedError(
        "line_too_long",
        f"A line is longer than {limit} MB, the most that is accepted.",
        where="line 1" if at_start else "",
        fix="Look whether the line ends were lost when the file was made; export it again.",
        limit=limits.line_bytes,
    )


def _then(first: bytes, rest: Iterable[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _offset(block: bytes, lines: int) -> int:
    place = 0
    for _ in range(lines):
        place = block.index(b"\n", place) + 1
    return place


def _look(block: bytes, found: Structure, facts: LineFacts) -> None:
    """Add a block of whole lines to the facts."""
    if not block:
        return
    signs = np.frombuffer(block, dtype=np.uint8)
    ends = np.flatnonzero(signs == 10)
    lengths = np.diff(ends, prepend=-1)
    facts.lines += len(ends)
    facts.blank_lines += int((lengths == 1).sum())
    facts.longest = max(facts.longest, int(lengths.max()))
    facts.zero_bytes = facts.zero_bytes or b"\0" in block
    quote = found.quote.encode()
    if quote and not facts.open_quotes and quote in block:
        facts.open_quotes = bool(troubled_by_quotes(signs, ends, found.delimiter, quote).any())


def troubled_by_quotes(
    signs: np.ndarray[tuple[int], np.dtype[np.uint8]],
    ends: np.ndarray[tuple[int], np.dtype[np.intp]],
    delimiter: str,
    quote: bytes,
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """For each line, whether its quotes are odd in number, or one neither opens nor closes a cell.

    The first, third, … quote of a line must follow a separator, a quote or the line's begin; the
    second, fourth, … must precede one of these or the line's end.
    """
    quotes = np.flatnonzero(signs == quote[0])
    until = np.searchsorted(quotes, ends)
    troubled = (np.diff(until, prepend=0) & 1).astype(bool)
    beside = np.zeros(256, dtype=bool)
    beside[[10, quote[0], ord(delimiter)]] = True
    before = beside[signs[quotes - 1]] | (quotes == 0)
    after = beside[signs[np.minimum(quotes + 1, len(signs) - 1)]]
    lines = np.searchsorted(ends, quotes)
    in_line = np.arange(len(quotes)) - np.concatenate([[0], until[:-1]])[lines]
    troubled[lines[~np.where(in_line & 1, after, before)]] = True
    return troubled


def _strip_blank_end(path: Path) -> int:
    """Cut the blank lines at the end of a file; how many there were."""
    cut = 0
    with path.open("r+b") as file:
        size = file.seek(0, 2)
        while size > 0:
            start = max(0, size - 65536)
            file.seek(start)
            block = file.read(size - start)
            kept = len(block.rstrip(b"\n"))
            cut += len(block) - kept
            size = start + kept
            if kept:
                break
        if cut:
            file.truncate(size)
            file.seek(size)
            if size:
                file.write(b"\n")
                cut -= 1
    return cut


def _transcoded(path: Path, encoding: str, watch: Watch) -> Path:
    """The file in UTF-8; whole lines at a time, so that no character is cut."""
    target = path.with_name("rows-utf-8.csv")
    total = path.stat().st_size
    with path.open("rb") as read, target.open("wb") as out:
        done = 0
        while block := read.read(CHUNK):
            block += read.readline()
            if block.isascii():
                out.write(block)
            else:
                out.write(block.decode(encoding, KEEP_BYTES).encode("utf-8", "surrogatepass"))
            done += len(block)
            watch.at("converting", done / total)
    path.unlink()
    return target
