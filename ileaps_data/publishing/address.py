"""Where the workspace is: a folder, or an object-store address shared by several servers."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

from ileaps_data.publishing.errors import PublishFailedError

VARIABLE = "ILEAPS_WORKSPACE"
_APPLICATION = "city-i-leaps"

# Delta Lake takes a folder for an address on the web, DuckDB for a pattern of names: with these
# signs they fail, or look elsewhere.
_NOT_IN_AN_ADDRESS = re.compile(r"[\[\]|^\\*?]|%[0-9A-Fa-f]{2}")


def workspace_address() -> str:
    """The workspace to use: `ILEAPS_WORKSPACE`, otherwise a folder among the user's own data."""
    return os.environ.get(VARIABLE, "").strip() or str(_user_data() / _APPLICATION / "workspace")


def _user_data() -> Path:
    home = Path.home()
    if sys.platform == "darwin":
        return home / "Library" / "Application Support"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    return Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")


class Address:
    """A place with places below it, on the disk or in an object store.

    >>> Address("s3://bucket/ours").below("tables", "pilots").text
    's3://bucket/ours/tables/pilots'
    """

    def __init__(self, text: str | Path) -> None:
        """Raises PublishFailedError where Delta Lake could not work with the address."""
        self.local = "://" not in str(text)
        self.text = (
            Path(text).expanduser().absolute().as_posix() if self.local else str(text).rstrip("/")
        )
        wrong = _NOT_IN_AN_ADDRESS.search(self.text)
        if wrong:
            raise PublishFailedError(
                "address",
                f"the address of the workspace must not hold {wrong.group()}",
                self.shown,
                f"Set {VARIABLE} to a folder with another name.",
            )

    @property
    def path(self) -> Path:
        """The folder; only of an address on the disk."""
        return Path(self.text)

    @property
    def shown(self) -> str:
        """The address as it may be shown: a password in it is not."""
        parts = urlsplit(self.text) if not self.local else None
        if parts is None or "@" not in parts.netloc:
            return self.text
        return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()

    def below(self, *names: str) -> Address:
        """The address of something inside."""
        return Address("/".join((self.text, *names)))
