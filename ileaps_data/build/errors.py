"""What stops a build."""

from __future__ import annotations


class BuildError(Exception):
    """A publisher's file, or the tables made of it, cannot be used; the message says why."""


class ChecksFailedError(BuildError):
    """The tables were made but do not pass the build's own checks.

    Attributes:
        failures: one sentence for each check that failed, with the figures.
    """

    def __init__(self, failures: list[str]) -> None:
        self.failures = failures
        lines = "\n".join(f"  - {failure}" for failure in failures)
        super().__init__(f"{len(failures)} checks failed; nothing was replaced:\n{lines}")
