"""Mappings kept for the next file with the same headers."""

from __future__ import annotations

import contextlib
import hashlib
import json
import secrets
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ileaps_data.mapping_parts.model import Mapping, Unpivot
from ileaps_data.mapping_parts.texts import folded

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

_LARGEST = 20_000_000


class Profiles:
    """Mappings in a folder, each found again by the headers it was made for.

    The order of the columns, case and spaces of the headers are free. Files are named by a
    fingerprint, never by a text of a file.

    >>> import tempfile
    >>> from ileaps_data.mapping_parts.model import FieldSource
    >>> profiles = Profiles(tempfile.mkdtemp())
    >>> mapping = Mapping(table="cities", fields={"name": FieldSource(column="c1")})
    >>> profiles.save(mapping, ["No", "도시"])
    >>> profiles.find(["도시 ", "NO"]).fields["name"].column
    'c0'
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self._folder = Path(folder)

    def save(self, mapping: Mapping, headers: Sequence[str]) -> None:
        """Keep a mapping for files with these headers, in place of an earlier one.

        Raises:
            OSError: the folder cannot be written.
        """
        kept = json.dumps(
            {"headers": list(headers), "mapping": mapping.to_json()}, ensure_ascii=False
        )
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._path(headers)
        # written whole under another name first: a reader never sees half a profile
        fresh = path.with_name(f"{path.stem}.{secrets.token_hex(4)}.writing")
        try:
            fresh.write_text(kept, encoding="utf-8")
            fresh.replace(path)
        finally:
            with contextlib.suppress(OSError):
                fresh.unlink(missing_ok=True)

    def find(self, headers: Sequence[str]) -> Mapping | None:
        """The mapping kept for these headers; None where there is none that can be applied."""
        path = self._path(headers)
        try:
            if path.stat().st_size > _LARGEST:
                return None
            data = json.loads(path.read_text(encoding="utf-8"))
            mapping = Mapping.from_json(data["mapping"])
            return _moved(mapping, list(data["headers"]), headers)
        except (OSError, ValueError, KeyError, TypeError, IndexError, RecursionError):
            # a damaged or outdated profile is none: the file is mapped anew
            return None

    def forget(self, headers: Sequence[str]) -> None:
        """Remove the mapping kept for these headers, if there is one."""
        self._path(headers).unlink(missing_ok=True)

    def _path(self, headers: Sequence[str]) -> Path:
        return self._folder / f"{fingerprint(headers)}.json"


def fingerprint(headers: Sequence[str]) -> str:
    """The same text for the same headers in any order, whatever their case and spaces.

    >>> fingerprint(["A", "b"]) == fingerprint(["B ", "a"]) != fingerprint(["ab"])
    True
    """
    parts = json.dumps(sorted(map(_word, headers)))
    return hashlib.sha256(parts.encode()).hexdigest()


def _word(header: str) -> str:
    return folded(header) or header.strip()


def _numbered(headers: Sequence[str]) -> list[tuple[str, int]]:
    """Each header with how often it stood before: repeated ones are told apart by their order."""
    seen: Counter[str] = Counter()
    found = []
    for header in map(_word, headers):
        found.append((header, seen[header]))
        seen[header] += 1
    return found


def _moved(mapping: Mapping, then: list[str], now: Sequence[str]) -> Mapping:
    """The mapping with each column where its header stands now."""
    places = {each: place for place, each in enumerate(_numbered(now))}
    columns = {f"c{place}": f"c{places[each]}" for place, each in enumerate(_numbered(then))}
    fields = {
        name: replace(source, column=columns[source.column]) if source.column else source
        for name, source in mapping.fields.items()
    }
    unpivot = mapping.unpivot
    if unpivot:
        moved = tuple((columns[column], stands) for column, stands in unpivot.columns)
        unpivot = Unpivot(
            columns=moved, name_field=unpivot.name_field, value_field=unpivot.value_field
        )
    return replace(mapping, fields=fields, unpivot=unpivot)
