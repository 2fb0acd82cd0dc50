"""Which encoding a text is in, from its bytes."""

from __future__ import annotations

import codecs
import re

from ileaps_data.reading.dialect import Evidence
from ileaps_data.reading.errors import FileRefusedError

KEEP_BYTES = "ileaps_keep_bytes"
"""Error handler: a byte that cannot be decoded becomes the lone surrogate U+DC00 + byte."""

_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_UNDEFINED_IN_1252 = bytes([0x81, 0x8D, 0x8F, 0x90, 0x9D])
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


def _keep(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return "".join(chr(0xDC00 + byte) for byte in wrong), error.end


codecs.register_error(KEEP_BYTES, _keep)


def shown(text: str) -> str:
    r"""Text that may hold bytes kept by `KEEP_BYTES`, each written as \xNN.

    >>> print(shown("a\udcb0"))
    a\xb0
    """
    return "".join(f"\\x{ord(c) - 0xDC00:02x}" if "\udc00" <= c <= "\udcff" else c for c in text)


def byte_order_mark(head: bytes) -> tuple[str, int]:
    """The encoding that a byte order mark states and the mark's length; ("", 0) without one.

    Raises:
        FileRefusedError: the mark is that of UTF-32.
    """
    if head.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        raise FileRefusedError(
            "unreadable_encoding",
            "The file is written in UTF-32, which is not read.",
            fix="Save it as UTF-8 (in Excel: CSV UTF-8).",
            encoding="utf-32",
        )
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding, len(mark)
    return "", 0


def utf_16_without_mark(head: bytes) -> str:
    r"""The UTF-16 that text without a byte order mark is in, or empty when it is none.

    Separators, digits and line ends are ASCII in every language: in UTF-16 they leave a zero
    byte, and all of these lie on the same side of the pairs.

    >>> utf_16_without_mark("도시,1\n".encode("utf-16-le"))
    'utf-16-le'
    """
    head = head[: len(head) // 2 * 2]
    first, second = head[::2].count(0), head[1::2].count(0)
    pairs = max(len(head) // 2, 1)
    if max(first, second) < 0.05 * pairs or min(first, second) > 0.05 * max(first, second):
        return ""
    encoding = "utf-16-le" if second > first else "utf-16-be"
    text = head.decode(encoding, "replace")
    strange = sum(c < " " and c not in "\t\n\r" for c in text) + text.count("\ufffd")
    # the wrong half of the pairs, or stray zero bytes in other text, leave no separator whole
    separated = sum(map(text.count, "\n\r,;\t|")) >= 0.02 * len(text)
    return encoding if strange <= 0.01 * len(text) and separated else ""


def of_high_bytes(sample: bytes) -> tuple[str, Evidence]:
    """The encoding of lines with bytes above 127 that are not all valid UTF-8.

    UTF-8 where most such lines are valid (the others are problems of their rows); CP949 where
    the bytes pair into the syllables of the Korean standard set; Windows-1252 where they stand
    alone or nearly so among letters, as accents do.

    Raises:
        FileRefusedError: none of them fits.
    """
    lines = [line for line in re.split(rb"[\r\n]+", sample) if not line.isascii()]
    valid = sum(_decodes(line, "utf-8") for line in lines)
    if valid >= 0.5 * len(lines):
        return "utf-8", _said("mostly_utf_8", lines, valid)
    hangul, korean_lines = _korean(lines)
    if hangul >= 0.85 and korean_lines >= 0.8 * len(lines):
        return "cp949", _said("korean_syllables", lines, korean_lines)
    runs = [run for line in lines for run in _HIGH_RUN.findall(line)]
    short = sum(len(run) <= 2 for run in runs)
    undefined = sum(any(byte in run for byte in _UNDEFINED_IN_1252) for run in runs)
    if short >= 0.9 * len(runs) and undefined <= 0.02 * len(runs) and not _pairs(runs):
        return "cp1252", _said("western_accents", lines, len(lines))
    raise FileRefusedError(
        "unreadable_encoding",
        "The file's encoding is none of UTF-8, UTF-16, CP949 (EUC-KR) and Windows-1252.",
        fix="Save it as UTF-8 (in Excel: CSV UTF-8), or choose the encoding yourself.",
    )


def _decodes(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _korean(lines: list[bytes]) -> tuple[float, int]:
    """Share of Korean among the characters above 127, and lines that decode as CP949."""
    good = korean = other = 0
    for line in lines:
        if not _decodes(line, "cp949"):
            continue
        good += 1
        for run in _HIGH_RUN.findall(line):
            # the standard set has both bytes high; its syllables stand in rows B0 to C8
            for first in run[: len(run) // 2 * 2 : 2]:
                if 0xB0 <= first <= 0xC8:
                    korean += 1
                elif not 0xA1 <= first <= 0xAC:
                    other += 1
            other += len(run) % 2 * (len(run) == 1)
    return korean / max(korean + other, 1), good


def _pairs(runs: list[bytes]) -> bool:
    """Whether the runs look like characters of two bytes: accents rarely stand side by side."""
    return sum(len(run) % 2 == 0 for run in runs) > 0.7 * len(runs) and len(runs) > 3


def _said(code: str, lines: list[bytes], fitting: int) -> Evidence:
    return Evidence(code=code, parameters={"lines": len(lines), "fitting": fitting})
