"""What must be known of an Excel workbook before anything unpacks it, and what a reader misses.

The size is checked twice: as the archive's directory states it, and by unpacking every part
once, counting, because a directory can lie. Cells are then looked at without building a sheet
of them: a single cell far away makes a sheet of billions.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.sax import SAXException, handler

import defusedxml.sax
from defusedxml import DefusedXmlException

from ileaps_data.reading.errors import FileRefusedError
from ileaps_data.reading.source import refuse_kind

if TYPE_CHECKING:
    from pathlib import Path
    from xml.sax.xmlreader import AttributesImpl

    from ileaps_data.reading.dialect import Limits
    from ileaps_data.reading.source import Watch

_PARTS = 10_000
_STEP = 1 << 20
_LOCAL_HEADER = 30
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_PERCENT_BUILT_IN = {9, 10}
_SAVE_AS_XLSX = "Open it in Excel or LibreOffice and save it as an Excel workbook (.xlsx)."


@dataclass
class SheetFacts:
    """What the cells of a sheet say beside their values; rows and columns count from 0.

    Attributes:
        rows: rows up to the last cell.
        columns: columns up to the last cell.
        last: the reference of the cell farthest to the right.
        percent: cells shown as a percentage.
        errors: cells with an error, such as "#N/A", as the person sees it.
        no_value: cells with a formula whose result is not in the file.
    """

    rows: int = 0
    columns: int = 0
    last: str = ""
    percent: set[tuple[int, int]] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    no_value: list[tuple[int, int]] = field(default_factory=list)


def check_archive(path: Path, limits: Limits, watch: Watch) -> None:
    """Refuse an archive that is no .xlsx workbook, is damaged, or unpacks to too much.

    Raises:
        FileRefusedError: one of these.
        ReadingCancelledError: the caller wants to stop.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            stated = sum(part.file_size for part in parts)
            if stated > limits.unpacked_bytes or len(parts) > _PARTS:
                raise _bomb(limits)
            if any(part.flag_bits & 1 for part in parts):
                raise locked()
            _unpack_all(path, parts, limits, watch)
            _check_content(archive)
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, KeyError) as error:
        raise damaged(str(error)) from error


def locked() -> FileRefusedError:
    """The refusal of a workbook that needs a password."""
    return FileRefusedError(
        "password_protected",
        "The workbook is protected by a password.",
        fix="Save a copy without password.",
    )


def old_workbook(head: bytes) -> FileRefusedError:
    """The refusal of a file in the container that .xls and locked workbooks use."""
    if "EncryptedPackage".encode("utf-16-le") in head:
        return locked()
    return FileRefusedError(
        "old_excel",
        "The file is an Excel 97–2003 workbook (.xls) or another old Office document.",
        fix=_SAVE_AS_XLSX,
    )


def damaged(reason: str) -> FileRefusedError:
    """The refusal of an archive or sheet that cannot be unpacked."""
    return FileRefusedError(
        "damaged_workbook",
        "The workbook is damaged or was not sent whole.",
        fix="Open it in Excel or LibreOffice, save it anew, and send that file.",
        reason=reason,
    )


def _bomb(limits: Limits) -> FileRefusedError:
    limit = limits.unpacked_bytes // 1_000_000
    return FileRefusedError(
        "zip_bomb",
        f"The workbook unpacks to more than {limit:,} MB, the most that is accepted.",
        fix="Delete pictures and sheets that are not needed, or save the sheet as CSV.",
        limit=limits.unpacked_bytes,
    )


def _unpack_all(path: Path, parts: list[zipfile.ZipInfo], limits: Limits, watch: Watch) -> None:
    """Unpack every part to nowhere, as far as its stream goes, not as its directory says."""
    size = 0
    with path.open("rb") as file:
        for number, part in enumerate(parts):
            watch.at("unpacking", number / len(parts))
            file.seek(part.header_offset)
            header = file.read(_LOCAL_HEADER)
            names = int.from_bytes(header[26:28], "little") + int.from_bytes(
                header[28:30], "little"
            )
            file.seek(names, 1)
            if part.compress_type == zipfile.ZIP_STORED:
                size += part.compress_size
            elif part.compress_type == zipfile.ZIP_DEFLATED:
                stream = zlib.decompressobj(-15)
                left = part.compress_size
                while not stream.eof and (left > 0 or stream.unconsumed_tail):
                    packed = stream.unconsumed_tail or file.read(min(_STEP, left))
                    if not stream.unconsumed_tail:
                        left -= len(packed)
                        if not packed:
                            raise zipfile.BadZipFile("a part ends too early")
                    size += len(stream.decompress(packed, _STEP))
                    if size > limits.unpacked_bytes:
                        raise _bomb(limits)
            else:
                raise NotImplementedError(f"compression {part.compress_type}")
            if size > limits.unpacked_bytes:
                raise _bomb(limits)


def _check_content(archive: zipfile.ZipFile) -> None:
    names = set(archive.namelist())
    if "[Content_Types].xml" not in names:
        what = "OpenDocument file" if "mimetype" in names else "ZIP archive"
        refuse_kind(what)
    types = archive.read("[Content_Types].xml")
    if b"spreadsheetml.sheet.main+xml" in types:
        return
    if b"macroEnabled" in types or b"sheet.binary" in types or b"template" in types:
        raise FileRefusedError(
            "not_xlsx",
            "The workbook is of a kind that is not read (with macros, binary, or a template).",
            fix=_SAVE_AS_XLSX,
        )
    refuse_kind("Office document that is no workbook")


def sheet_facts(path: Path, limits: Limits, watch: Watch) -> dict[str, SheetFacts]:
    """The facts of each sheet, by its name.

    Raises:
        FileRefusedError: a sheet is too wide or too long, or its XML is broken or not harmless.
        ReadingCancelledError: the caller wants to stop.
    """
    facts: dict[str, SheetFacts] = {}
    try:
        with zipfile.ZipFile(path) as archive:
            book = _Elements("sheet", "Relationship", "numFmt", "xf", "cellXfs", "cellStyleXfs")
            root = "xl/workbook.xml"
            _parse(archive, root, book)
            _parse(archive, "xl/_rels/workbook.xml.rels", book)
            if "xl/styles.xml" in archive.namelist():
                _parse(archive, "xl/styles.xml", book)
            targets = {r.get("Id", ""): r.get("Target", "") for r in book.found["Relationship"]}
            for sheet in book.found["sheet"]:
                target = targets.get(sheet.get("r:id", ""), "")
                part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
                if part not in archive.namelist() or "worksheets" not in part:
                    continue
                cells = _Cells(book.percent_styles(), limits, watch)
                _parse(archive, part, cells)
                facts[sheet.get("name", "")] = cells.facts
    except DefusedXmlException as error:
        raise damaged("its XML declares entities, which no spreadsheet program writes") from error
    except (SAXException, zipfile.BadZipFile, zlib.error, OSError, KeyError) as error:
        raise damaged(str(error)) from error
    return facts


def _parse(archive: zipfile.ZipFile, name: str, content: handler.ContentHandler) -> None:
    with archive.open(name) as part:
        defusedxml.sax.parse(part, content, forbid_dtd=True)


class _Elements(handler.ContentHandler):  # type: ignore[misc, unused-ignore]
    """Collects the attributes of some elements."""

    def __init__(self, *names: str) -> None:
        super().__init__()
        self.found: dict[str, list[dict[str, str]]] = {name: [] for name in names}
        self._parents: list[str] = []

    def startElement(self, name: str, attrs: AttributesImpl[str]) -> None:  # noqa: N802
        name = name.rsplit(":", 1)[-1]
        self._parents.append(name)
        if name in self.found:
            self.found[name].append(dict(attrs.items()) | {"parent": self._parents[-2:][0]})

    def endElement(self, name: str) -> None:  # noqa: ARG002, N802
        self._parents.pop()

    def percent_styles(self) -> set[str]:
        """The numbers of the cell styles that show a percentage."""
        codes = {f.get("numFmtId"): f.get("formatCode", "") for f in self.found["numFmt"]}
        styles = [xf for xf in self.found["xf"] if xf["parent"] == "cellXfs"]
        return {
            str(place)
            for place, xf in enumerate(styles)
            if int(xf.get("numFmtId", "0")) in _PERCENT_BUILT_IN
            or "%" in re.sub(r'"[^"]*"|\\.', "", codes.get(xf.get("numFmtId"), ""))
        }


class _Cells(handler.ContentHandler):  # type: ignore[misc, unused-ignore]
    """Walks over the cells of a sheet."""

    def __init__(self, percent_styles: set[str], limits: Limits, watch: Watch) -> None:
        super().__init__()
        self.facts = SheetFacts()
        self._percent_styles = percent_styles
        self._limits = limits
        self._watch = watch
        self._row = self._column = -1
        self._type = ""
        self._formula = False
        self._value: list[str] | None = None

    def startElement(self, name: str, attrs: AttributesImpl[str]) -> None:  # noqa: N802
        name = name.rsplit(":", 1)[-1]
        if name == "row":
            self._row = int(attrs.get("r", str(self._row + 2))) - 1
            self._column = -1
            if self._row % 1_000 == 0:
                self._watch.at("unpacking", 1.0)
        elif name == "c":
            self._cell(attrs.get("r", ""), attrs.get("s", "0"), attrs.get("t", "n"))
        elif name == "f":
            self._formula = True
        elif name in {"v", "is"}:
            self._value = []

    def characters(self, content: str) -> None:
        if self._value is not None and self._type == "e":
            self._value.append(content)
        elif self._value is not None and not self._value and content:
            self._value.append("x")

    def endElement(self, name: str) -> None:  # noqa: N802
        if name.rsplit(":", 1)[-1] != "c":
            return
        here = (self._row, self._column)
        if self._type == "e" and self._value:
            self.facts.errors[here] = "".join(self._value)
        elif self._formula and not self._value and self._type != "str":
            self.facts.no_value.append(here)
        self._value = None

    def _cell(self, reference: str, style: str, kind: str) -> None:
        self._column += 1
        self._type, self._formula, self._value = kind, False, None
        match = _REFERENCE.fullmatch(reference)
        if match:
            self._row, self._column = int(match[2]) - 1, _place(match[1])
        facts = self.facts
        facts.rows = max(facts.rows, self._row + 1)
        if self._column >= facts.columns:
            facts.columns, facts.last = self._column + 1, reference
        if facts.rows * facts.columns > self._limits.sheet_cells:
            raise FileRefusedError(
                "too_many_cells",
                f"A sheet reaches over {facts.rows:,} rows and {facts.columns:,} columns; at most "
                f"{self._limits.sheet_cells:,} cells are accepted.",
                where=f"cell {reference}",
                fix="Delete what stands far from the table, or save the sheet as CSV.",
                rows=facts.rows,
                columns=facts.columns,
                limit=self._limits.sheet_cells,
            )
        if style in self._percent_styles and kind == "n":
            facts.percent.add((self._row, self._column))


def _place(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1


def reference(row: int, column: int) -> str:
    """A cell's name in a spreadsheet, from places counted from 0.

    >>> reference(0, 27)
    'AB1'
    """
    letters: Any = ""
    column += 1
    while column:
        column, left = divmod(column - 1, 26)
        letters = chr(65 + left) + letters
    return f"{letters}{row + 1}"
