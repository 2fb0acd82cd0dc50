"""Kills publications at random moments and looks whether the workspace keeps its promises.

    python -m benchmarks.kill_publications [--kills 1000] [--seed 1]

A process publishes one small file after another, each with rows for two tables, and says so when
a publication is acknowledged. It is killed (SIGKILL) at a random moment and another one takes over
where it left off. After every kill: the last version is whole, every acknowledged publication is
there once, both tables of a publication are there or neither, and the next one works; one that
landed unacknowledged is recognised by its SHA-256.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import random
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from ileaps_data.workspace import AlreadyPublishedError, Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

PATIENCE = 60
"""Seconds the first publication, which shows how long one takes, may last."""
KEPT = 3


def changes(number: int) -> dict[str, pd.DataFrame]:
    """The rows of one publication: a new one and a changed one in each of two tables."""
    areas = pd.DataFrame(
        {"area_id": ["m49:001", f"kill-{number:06}"], "name": [f"after {number}", "one"]}
    )
    sources = pd.DataFrame(
        {
            "source_id": ["counter", f"kill-{number:06}"],
            "title": [f"after {number}", "one"],
            "publisher": "nobody",
            "kind": "programme",
        }
    )
    return {"sdg_areas": areas, "sources": sources}


def sha256(number: int) -> str:
    """What stands for the SHA-256 of the file of one publication."""
    return hashlib.sha256(str(number).encode()).hexdigest()


def publish_from(folder: str, number: int, answers: int) -> None:
    """Publishes one file after another and says which were acknowledged; never returns."""
    workspace = Workspace(folder)
    while True:
        try:
            workspace.publish(
                changes(number),
                who="the test",
                sha256=sha256(number),
                base_version=workspace.latest(),
            )
            answer = "published"
        except AlreadyPublishedError:
            answer = "recognised"
        os.write(answers, f"{answer} {number}\n".encode())
        number += 1


def nursery(folder: str) -> None:
    """Starts a publishing process for every number read; imports are done once for all of them.

    It never publishes itself: Delta Lake must not have been used before a fork.
    """
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            publish_from(folder, int(line), sys.stdout.fileno())
        print(f"started {child}", flush=True)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(child, 0)
        print("ended 0", flush=True)


@dataclass
class Outcome:
    """What came of all the kills."""

    kills: int = 0
    published: int = 0
    landed_unacknowledged: set[int] = field(default_factory=set)
    recognised: int = 0
    leftovers: int = 0
    leftover_bytes: int = 0
    broken: list[str] = field(default_factory=list)
    next_number: int = 1
    typical: float = 0.0
    """Seconds from the start of a process to its first acknowledged publication, lately."""

    def __str__(self) -> str:
        """One line for the README."""
        return (
            f"{self.kills} kills: {self.published} publications acknowledged, "
            f"{len(self.landed_unacknowledged)} landed unacknowledged, of which {self.recognised} "
            f"recognised when tried again; {self.leftovers} leftover files "
            f"({self.leftover_bytes:,} bytes) removed; {len(self.broken)} promises broken"
        )


def kill_often(folder: Path, kills: int, seed: int) -> Outcome:
    """Kills that many publishing processes and says what was seen."""
    outcome = Outcome()
    moments = random.Random(seed)  # noqa: S311 -- no secret
    reader = Workspace(folder)
    with _started(folder) as (tell, answers):
        for _ in range(kills):
            number = outcome.next_number
            tell.write(f"{number}\n".encode())
            tell.flush()
            # Some come to acknowledge something and some do not, however busy the computer is.
            seconds = moments.uniform(0, 1.3 * outcome.typical) if outcome.typical else PATIENCE
            outcome.broken += _killed_after(answers, seconds, outcome)
            outcome.kills += 1
            outcome.broken += _broken_promises(reader, outcome)
    swept = reader.clean_up(KEPT, who="the test", age=timedelta(0))
    outcome.leftovers, outcome.leftover_bytes = swept.files, swept.bytes
    outcome.broken += _left_lying(reader, folder)
    return outcome


@contextlib.contextmanager
def _started(folder: Path) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    command = [sys.executable, "-m", "benchmarks.kill_publications", "--nursery", str(folder)]
    root = Path(__file__).resolve().parents[1]
    with subprocess.Popen(
        command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
    ) as process:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("the process has no pipes")
        try:
            yield process.stdin, process.stdout
        finally:
            process.stdin.close()
            process.wait(timeout=30)


def _killed_after(answers: IO[bytes], seconds: float, outcome: Outcome) -> list[str]:
    """Lets a process publish for that long, kills it and takes down what it had acknowledged.

    The first process is killed as soon as it has acknowledged a publication.
    """
    words, what = _line(answers)
    if words != "started":
        return [f"no process was started: {words} {what}"]
    began = time.monotonic()
    first, calibrating = outcome.next_number, not outcome.typical
    while (left := began + seconds - time.monotonic()) > 0:
        if select.select([answers], [], [], left)[0] and _noted(*_line(answers), outcome):
            return [f"process {what} ended by itself at publication {outcome.next_number}"]
        if outcome.next_number == first + 1:
            lately = time.monotonic() - began
            outcome.typical = (3 * (outcome.typical or lately) + lately) / 4
            first = 0
            if calibrating:
                break
    if first:
        outcome.typical *= 1.05
    os.kill(what, signal.SIGKILL)
    while not _noted(*_line(answers), outcome):
        pass
    return []


def _noted(word: str, number: int, outcome: Outcome) -> bool:
    """Takes down one answer; true when it says that the process has ended."""
    if word == "ended":
        return True
    outcome.published += word == "published"
    outcome.recognised += word == "recognised"
    outcome.next_number = number + 1
    return False


def _line(answers: IO[bytes]) -> tuple[str, int]:
    word, _, number = answers.readline().decode().partition(" ")
    if not word:
        raise RuntimeError("the process that starts the others is gone")
    return word, int(number)


def _broken_promises(reader: Workspace, outcome: Outcome) -> list[str]:
    versions = reader.versions()
    numbers = versions["version"].tolist()
    landed = versions["sha256"].dropna().tolist()
    acknowledged = [sha256(number) for number in range(1, outcome.next_number)]
    trying = sha256(outcome.next_number)
    found = [str(problem) for problem in reader.problems()]
    if numbers != list(range(len(numbers))):
        found.append(f"the versions are numbered {numbers}")
    if max(Counter(landed).values(), default=0) > 1:
        found.append("a file was published twice")
    if landed not in (acknowledged, [*acknowledged, trying]):
        found.append(f"{len(landed)} publications landed, {len(acknowledged)} were acknowledged")
    if landed == [*acknowledged, trying]:
        outcome.landed_unacknowledged.add(outcome.next_number)
    return found + [
        f"version {len(landed)}: {name}.{key} is not what was published"
        for name, key, text in (("sdg_areas", "area_id", "name"), ("sources", "source_id", "title"))
        if not _holds(reader.table(name), key, text, len(landed))
    ]


def _holds(frame: pd.DataFrame, key: str, text: str, count: int) -> bool:
    """Whether the table is that of the last publication: every new row, the counter at the last."""
    ours = frame[frame[key].str.startswith("kill-")][key].tolist()
    counter = frame[frame[text].str.startswith("after ")][text].tolist()
    wanted = [f"kill-{number:06}" for number in range(1, count + 1)]
    return ours == wanted and counter == ([f"after {count}"] if count else [])


def _left_lying(reader: Workspace, folder: Path) -> list[str]:
    """Files that no kept version needs, and promises about the versions that were kept."""
    latest = reader.latest()
    kept = range(max(1, latest - KEPT + 1), latest + 1)
    needed = {
        Path(name).name
        for version in kept
        for table in ("sdg_areas", "sources")
        for name in reader.files(table, version)
    }
    there = {path.name for path in (folder / "tables").rglob("*.parquet*")}
    there = {name for name in there if "checkpoint" not in name}
    found = [f"left lying: {name}" for name in sorted(there - needed)]
    found += [f"left lying: {path.name}" for path in folder.rglob("*#*")]
    found += [f"version {v}: {problem}" for v in kept for problem in reader.problems(v)]
    reader.publish(changes(999_999), who="the test", base_version=latest)
    return found if reader.latest() == latest + 1 else [*found, "no publication works any more"]


def main() -> int:
    """Runs the kills asked for and prints what came of them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--nursery", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.nursery:
        nursery(options.nursery)
        return 0
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        outcome = kill_often(Path(folder), options.kills, options.seed)
    print(f"{outcome} ({time.monotonic() - began:.0f} s)")
    for each in outcome.broken[:20]:
        print(each)
    return 1 if outcome.broken else 0


if __name__ == "__main__":
    sys.exit(main())
