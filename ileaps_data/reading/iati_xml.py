"""Reads the results of IATI activity files (XML, version 2): defused, with line numbers.

Document types and entities are refused, nothing outside the file is fetched, and only results
are kept in memory, one activity at a time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.sax import SAXException, handler

import defusedxml.sax
from defusedxml import DefusedXmlException

from ileaps_data.reading.errors import FileRefusedError
from ileaps_data.reading.iati import (
    SDG_VOCABULARY,
    Figure,
    IatiIndicator,
    Period,
    year_or_day,
)

if TYPE_CHECKING:
    from pathlib import Path
    from xml.sax.xmlreader import AttributesImpl, Locator

    from ileaps_data.reading.source import Watch

_DEEPEST = 60
_LONGEST_TEXT = 1_000_000


@dataclass
class _Node:
    tag: str
    attributes: dict[str, str]
    line: int
    text: str = ""
    children: list[_Node] = field(default_factory=list)

    def all(self, tag: str) -> list[_Node]:
        return [child for child in self.children if child.tag == tag]

    def first(self, tag: str) -> _Node | None:
        return next((child for child in self.children if child.tag == tag), None)

    def get(self, name: str) -> str:
        return self.attributes.get(name, "").strip()

    def words(self, tag: str, language: str) -> str:
        """The text of a child's narratives: English if there is one, else the first."""
        child = self.first(tag)
        if child is None:
            return ""
        narratives = child.all("narrative")
        english = [n for n in narratives if (n.get("xml:lang") or language).startswith("en")]
        best = (english or narratives or [child])[0]
        return " ".join(best.text.split())


class _Results(handler.ContentHandler):  # type: ignore[misc, unused-ignore]
    """Builds the nodes of results, and turns each activity's into indicators."""

    def __init__(self, watch: Watch, size: int) -> None:
        super().__init__()
        self.indicators: list[IatiIndicator] = []
        self.version = ""
        self.root = ""
        self._watch = watch
        self._size = size
        self._depth = 0
        self._stack: list[_Node] = []
        self._results: list[_Node] = []
        self._activity = ""
        self._language = ""
        self._identifier = False
        self._locator: Locator | None = None

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802
        self._locator = locator

    @property
    def _line(self) -> int:
        return (self._locator.getLineNumber() or 0) if self._locator else 0

    def startElement(self, name: str, attrs: AttributesImpl[str]) -> None:  # noqa: N802
        self._depth += 1
        if self._depth > _DEEPEST:
            raise FileRefusedError(
                "iati_too_deep",
                "The XML is nested deeper than any IATI file.",
                where=f"line {self._line}",
                fix="Send the file as the publishing tool writes it.",
            )
        if self._depth == 1:
            self.root, self.version = name, attrs.get("version", "")
            _check_root(self.root, self.version)
        elif name == "iati-activity" and self._depth == 2:
            self._activity, self._results = "", []
            self._language = attrs.get("xml:lang", "en")
            self._watch.at("reading", 0.5)
        elif name == "iati-identifier" and self._depth == 3:
            self._identifier = True
        elif self._stack or (name == "result" and self._depth == 3):
            node = _Node(name, dict(attrs.items()), self._line)
            if self._stack:
                self._stack[-1].children.append(node)
            else:
                self._results.append(node)
            self._stack.append(node)

    def characters(self, content: str) -> None:
        if self._identifier:
            self._activity += content
        elif self._stack and len(self._stack[-1].text) < _LONGEST_TEXT:
            self._stack[-1].text += content

    def endElement(self, name: str) -> None:  # noqa: N802
        self._depth -= 1
        self._identifier = False
        if self._stack:
            self._stack.pop()
        if name == "iati-activity" and self._depth == 1:
            for place, result in enumerate(self._results, start=1):
                for number, node in enumerate(result.all("indicator"), start=1):
                    self.indicators.append(self._indicator(result, node, f"{place}.{number}"))
            self._results = []

    def _indicator(self, result: _Node, node: _Node, place: str) -> IatiIndicator:
        references = node.all("reference")
        sdg = [r.get("code") for r in references if r.get("vocabulary") == SDG_VOCABULARY]
        return IatiIndicator(
            activity=self._activity.strip(),
            place=place,
            line=node.line,
            result_type=result.get("type"),
            aggregation_status=node.get("aggregation-status") or result.get("aggregation-status"),
            measure=node.get("measure"),
            ascending=node.get("ascending"),
            title=node.words("title", self._language),
            description=node.words("description", self._language),
            sdg_indicator=sdg[0] if sdg else "",
            baselines=[self._figure(one) for one in node.all("baseline")],
            periods=[self._period(one) for one in node.all("period")],
        )

    def _period(self, node: _Node) -> Period:
        start, end = node.first("period-start"), node.first("period-end")
        return Period(
            start=year_or_day(start.get("iso-date"), "") if start else "",
            end=year_or_day(end.get("iso-date"), "") if end else "",
            targets=[self._figure(one) for one in node.all("target")],
            actuals=[self._figure(one) for one in node.all("actual") if _says_something(one)],
        )

    def _figure(self, node: _Node) -> Figure:
        return Figure(
            value=node.get("value"),
            date=year_or_day(node.get("iso-date"), node.get("year")),
            location=", ".join(one.get("ref") for one in node.all("location")),
            dimensions=[(one.get("name"), one.get("value")) for one in node.all("dimension")],
            comment=node.words("comment", self._language),
            line=node.line,
        )


def _says_something(node: _Node) -> bool:
    return bool(node.get("value") or node.children)


def _check_root(root: str, version: str) -> None:
    if root != "iati-activities":
        raise FileRefusedError(
            "unknown_format",
            f"The XML file is no IATI activity file: it begins with <{root}>.",
            where="line 1",
            fix="Send an IATI activity file (iati-activities, version 2.03), CSV or .xlsx.",
            root=root,
        )
    if version and not version.startswith("2."):
        raise FileRefusedError(
            "iati_version",
            f"The file is in version {version} of IATI, which states results differently.",
            where="line 1",
            fix="Ask the publisher for version 2.03.",
            version=version,
        )


def read_iati_xml(path: Path, watch: Watch) -> tuple[list[IatiIndicator], str]:
    """The indicators of an activity file in the order of the file, and its version.

    Raises:
        FileRefusedError: it is no harmless, well-formed IATI file, or has no results.
        ReadingCancelledError: the caller wants to stop.
    """
    results = _Results(watch, path.stat().st_size)
    try:
        with path.open("rb") as file:
            defusedxml.sax.parse(file, results, forbid_dtd=True)
    except DefusedXmlException as error:
        raise FileRefusedError(
            "xml_not_harmless",
            "The XML file declares a document type or entities, which can be an attack.",
            fix="Remove the DOCTYPE; no IATI file needs one.",
        ) from error
    except (SAXException, ValueError, LookupError) as error:
        line = getattr(error, "getLineNumber", lambda: None)()
        raise FileRefusedError(
            "broken_xml",
            "The XML file is not well formed.",
            where=f"line {line}" if line else "",
            fix="Export it again; it may not have been sent whole.",
            reason=str(error),
        ) from error
    if not results.indicators:
        raise FileRefusedError(
            "iati_no_results",
            "The IATI file has no activity with results and indicators.",
            fix="Ask the publisher for a file with results.",
        )
    return results.indicators, results.version
