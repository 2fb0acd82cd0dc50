"""What stops a reading, and why."""

from __future__ import annotations


class FileRefusedError(Exception):
    """A file that cannot be read at all: what happened, where, and what to do about it.

    Problems of single rows are data and never raised; this is for what leaves no table to show.

    Attributes:
        code: a stable word for the cause, such as "empty_file".
        message: what happened, as one sentence.
        where: the place in the file, such as "line 1"; empty when it is the whole file.
        fix: what the person can do.
        parameters: the figures in the sentences, for translations.

    >>> refused = FileRefusedError("empty_file", "The file is empty.", fix="Export it again.")
    >>> refused.code, str(refused)
    ('empty_file', 'The file is empty. Export it again.')
    """

    def __init__(
        self, code: str, message: str, *, where: str = "", fix: str, **parameters: object
    ) -> None:
        place = f" ({where})" if where else ""
        super().__init__(f"{message}{place} {fix}")
        self.code = code
        self.message = message
        self.where = where
        self.fix = fix
        self.parameters: dict[str, object] = parameters


class ReadingCancelledError(Exception):
    """The person cancelled; everything written so far has been removed."""
