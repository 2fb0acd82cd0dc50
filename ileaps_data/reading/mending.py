"""Makes a spool of which every spreadsheet row is exactly one record, so that records number rows.

Blank lines and rows that cannot be read (an unclosed quote, a stray one, NUL) become marker
rows that are dropped after numbering; rows whose quotes hold line breaks stay as they are. Only
the lines with such a trouble are looked at one by one, the others are copied in one go.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from ileaps_data.reading.encodings import KEEP_BYTES, shown
from ileaps_data.reading.source import CHUNK
from ileaps_data.reading.structure import parsed
from ileaps_data.reading.text_spool import troubled_by_quotes

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

    from ileaps_data.reading.source import Watch
    from ileaps_data.reading.structure import Structure

MARKER = "\x02\x01\x02"
"""The first cell of a row that only keeps the count."""

_LINES_OF_A_ROW = 50


@dataclass
class Mended:
    """What mending found.

    Attributes:
        records: rows in the mended file, marker rows included.
        blank: blank lines between rows.
        several_lines: whether some row runs over several lines, or has quotes left as they are.
        longest: length of the longest row of several lines, in bytes.
        set_aside: (record, code, raw text) of the rows that cannot be read.
    """

    records: int = 0
    blank: int = 0
    several_lines: bool = False
    longest: int = 0
    set_aside: list[tuple[int, str, str]] = field(default_factory=list)


class _Lines:
    """The lines of one block, with the places of line ends and of troubles."""

    def __init__(self, block: bytes, found: Structure) -> None:
        signs = np.frombuffer(block, dtype=np.uint8)
        self.block = block
        self.ends = np.flatnonzero(signs == 10)
        self.starts = np.concatenate([[0], self.ends[:-1] + 1])
        trouble = self.ends == self.starts
        quote = found.quote.encode()
        self.quoted = np.zeros(0, dtype=np.intp)
        if quote and quote in block:
            self.quoted = np.searchsorted(self.ends, np.flatnonzero(signs == quote[0]))
            trouble |= troubled_by_quotes(signs, self.ends, found.delimiter, quote)
        if b"\0" in block:
            trouble[np.searchsorted(self.ends, np.flatnonzero(signs == 0))] = True
        self.troubled: list[int] = np.flatnonzero(trouble).tolist()

    def text(self, first: int, last: int) -> bytes:
        return self.block[int(self.starts[first]) : int(self.ends[last]) + 1]

    def next_with_quote(self, line: int) -> int | None:
        place = int(np.searchsorted(self.quoted, line, side="right"))
        return int(self.quoted[place]) if place < len(self.quoted) else None


def mend(path: Path, target: Path, found: Structure, line_bytes: int, watch: Watch) -> Mended:
    """Write the mended spool and say what was found.

    Raises:
        ReadingCancelledError: the caller wants to stop.
    """
    result = Mended()
    total = path.stat().st_size
    marker = (MARKER + found.delimiter * (len(found.columns) - 1) + "\n").encode()
    with path.open("rb") as read, target.open("wb") as out:
        held = b""
        while True:
            chunk = read.read(CHUNK)
            chunk += read.readline()
            watch.at("mending", read.tell() / max(total, 1))
            if not (held or chunk):
                break
            final = not chunk or len(held) > line_bytes
            held = _mend_block(held + chunk, found, out, marker, result, final=final)
    return result


def _mend_block(
    block: bytes, found: Structure, out: BinaryIO, marker: bytes, result: Mended, *, final: bool
) -> bytes:
    """Write a block mended; what is left over needs lines that come later."""
    lines = _Lines(block, found)
    done = 0
    for line in lines.troubled:
        if line < done:
            continue
        if line > done:
            out.write(lines.text(done, line - 1))
            result.records += line - done
            done = line
        last, code = _judged(lines, line, found)
        if code == "open" and not final:
            return lines.block[int(lines.starts[line]) :]
        result.records += 1
        if code == "":
            row = lines.text(line, last)
            out.write(row)
            result.several_lines = True
            result.longest = max(result.longest, len(row))
            done = last + 1
            continue
        out.write(marker)
        done = line + 1
        if code == "blank":
            result.blank += 1
        else:
            raw = lines.text(line, line).rstrip(b"\n")
            code = "unclosed_quote" if code == "open" else code
            result.set_aside.append((result.records, code, readable(raw)))
    if done < len(lines.ends):
        out.write(lines.text(done, len(lines.ends) - 1))
        result.records += len(lines.ends) - done
    return b""


def readable(raw: bytes) -> str:
    r"""Bytes of a spool as text; those of no character as \xNN.

    >>> print(readable(b"a\xff"))
    a\xff
    """
    for errors in ("strict", "surrogatepass", KEEP_BYTES):
        try:
            text = raw.decode("utf-8", errors)
        except UnicodeDecodeError:
            continue
        return text if errors == "strict" else shown(text)
    return repr(raw)


def _judged(lines: _Lines, line: int, found: Structure) -> tuple[int, str]:
    """The last line of the row that begins here, and what is wrong with it (empty: nothing)."""
    last = line
    while True:
        raw = lines.text(line, last)
        if raw == b"\n":
            return line, "blank"
        if b"\0" in raw:
            return line, "nul_byte" if last == line else "unclosed_quote"
        text = raw.decode("utf-8", "replace")
        parts = [part + "\n" for part in text.split("\n")[:-1]]
        try:
            cells = parsed(parts, found.delimiter, found.quote)
        except csv.Error:
            return line, "stray_quote" if last == line else "unclosed_quote"
        if cells is not None:
            # too few or too many fields are the database's to report, unless the row runs so far
            # that its quote was hardly meant to close there
            good = last - line <= _LINES_OF_A_ROW or len(cells) == len(found.columns)
            return (last, "") if good else (line, "unclosed_quote")
        closing = lines.next_with_quote(last)
        if closing is None:
            return line, "open"
        last = closing
