"""What the workspace may answer instead of doing what was asked."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

FailureCode = Literal["disk_full", "read_only", "no_folder", "damaged", "address", "other"]


class WorkspaceError(Exception):
    """Something about the workspace that a person has to know and can act on.

    Attributes:
        what: what happened.
        where: the file, folder, table or version it happened to.
        fix: what to do.
    """

    def __init__(self, what: str, where: str, fix: str) -> None:
        self.what = what
        self.where = where
        self.fix = fix
        super().__init__(f"{where}: {what}. {fix}")


class UnfitChangeError(WorkspaceError, ValueError):
    """Rows given to be published do not fit the declaration of their table."""


class UnknownVersionError(WorkspaceError, LookupError):
    """There is no publication of that number, or a clean-up has removed it."""


class ChangedSinceError(WorkspaceError):
    """Somebody published since the version that was looked at; nothing was changed.

    Attributes:
        base: the version the change was prepared on.
        latest: the version that stands now.
    """

    def __init__(self, base: int, latest: int, where: str) -> None:
        self.base = base
        self.latest = latest
        super().__init__(
            f"version {latest} was published since version {base} was read",
            where,
            f"Nothing was changed. Look at what the change does to version {latest}, then publish.",
        )


class AlreadyPublishedError(WorkspaceError):
    """What was to be published is there already; nothing was changed.

    Attributes:
        version: the version that holds it.
        same_file: whether it came from the same file, known by its SHA-256.
    """

    def __init__(self, version: int, where: str, *, same_file: bool) -> None:
        self.version = version
        self.same_file = same_file
        what = "this file was published" if same_file else "every row is there already"
        super().__init__(
            f"{what} as version {version}" if same_file else f"{what}, in version {version}",
            where,
            "Nothing was changed and nothing needs to be done.",
        )


class PublishCancelledError(WorkspaceError):
    """The person cancelled; nothing was changed."""


class DamagedVersionError(WorkspaceError):
    """A file of a version is missing or damaged.

    Attributes:
        version: the version that cannot be read in full.
        table: the table that is affected, or an empty text when it is the list of publications.
        last_good: the latest version that can be read in full.
    """

    def __init__(
        self, version: int, table: str, what: str, where: str, last_good: int | None = None
    ) -> None:
        self.version = version
        self.table = table
        self.last_good = last_good
        good = "" if last_good is None else f" Version {last_good} can be read in full."
        super().__init__(
            what,
            where,
            f"Version {version} is affected: bring the file back from a backup, or restore "
            f"another version.{good}",
        )


class PublishFailedError(WorkspaceError):
    """The workspace could not be written to; the last version stands.

    Attributes:
        code: disk_full, read_only, no_folder, damaged, address or other.
    """

    def __init__(self, code: FailureCode, what: str, where: str, fix: str) -> None:
        self.code = code
        super().__init__(what, where, f"{fix} The last version stands; nothing was changed.")


_SIGNS: tuple[tuple[FailureCode, tuple[int, ...], tuple[str, ...], str, str], ...] = (
    (
        "disk_full",
        (errno.ENOSPC, errno.EDQUOT, errno.EFBIG),
        ("no space left", "disk quota exceeded", "file too large", "not enough space"),
        "there is no room left on the disk",
        "Free some space, or move the workspace to a larger disk, then publish again.",
    ),
    (
        "read_only",
        (errno.EROFS, errno.EACCES, errno.EPERM),
        ("read-only file system", "permission denied", "operation not permitted"),
        "the folder cannot be written to",
        "Let the server's account write there, or name another folder in ILEAPS_WORKSPACE.",
    ),
    (
        "no_folder",
        (errno.ENOTDIR, errno.ENOENT, errno.EEXIST),
        ("not a directory", "no such file or directory", "file exists"),
        "this is not a folder that can be used",
        "Set ILEAPS_WORKSPACE to a folder that exists or can be made, then publish again.",
    ),
)


def publish_failed(error: BaseException, where: str) -> PublishFailedError:
    """The failure of a write in words that say what to do.

    >>> publish_failed(OSError(28, "No space left on device"), "/data").code
    'disk_full'
    """
    text = str(error).lower()
    number = error.errno if isinstance(error, OSError) else None
    for code, numbers, phrases, what, fix in _SIGNS:
        if number in numbers or _any_in(phrases, text):
            return PublishFailedError(code, what, where, fix)
    first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    return PublishFailedError(
        "other",
        f"the write failed ({first})",
        where,
        "Try again; if it fails again, give this text to whoever runs the server.",
    )


def _any_in(phrases: Sequence[str], text: str) -> bool:
    return any(phrase in text for phrase in phrases)
