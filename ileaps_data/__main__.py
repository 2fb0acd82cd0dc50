"""The command line: `python -m ileaps_data COMMAND`.

Exit status 0 when all is well, 1 when the data have problems, 2 when the command was used wrongly.
"""

from __future__ import annotations

import argparse
import itertools
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ileaps_data.build.compile import build
from ileaps_data.build.errors import BuildError
from ileaps_data.build.published import compile_published, write_published
from ileaps_data.published_tables import PUBLISHED_TABLES
from ileaps_data.reference import DATA, DataFileError
from ileaps_data.reproduce import all_equal, reproduced
from ileaps_data.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ileaps_data.reproduction import Compared

GOOD, PROBLEMS, WRONG_USE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status."""
    options = _parser().parse_args(arguments)
    status: int = options.run(options)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ileaps_data", description=__doc__)
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    command = commands.add_parser(
        "build",
        help="compile the data folder anew from publishers' files",
        description="Compiles the data folder from publishers' files, checks it, replaces it.",
    )
    command.add_argument(
        "--sources", type=Path, required=True, metavar="DIR", help="folder of publishers' files"
    )
    command.add_argument(
        "--programme", type=Path, required=True, metavar="DIR", help="folder of the fact base"
    )
    command.add_argument(
        "--published",
        type=Path,
        metavar="DIR",
        help="folder of published results (default: data/published stays as it is)",
    )
    command.add_argument(
        "--output",
        type=Path,
        default=Path(__file__).resolve().parents[1] / "data",
        metavar="DIR",
        help="folder to write (default: %(default)s)",
    )
    command.set_defaults(run=_build)
    command = commands.add_parser(
        "reproduce",
        help="published results: how many, how many equal, largest difference",
        description=(
            "Computes published results from the inputs their publishers name and compares. "
            "Exit status 1 when a result that must be equal is not."
        ),
    )
    command.add_argument(
        "--data",
        type=Path,
        default=DATA,
        metavar="DIR",
        help="data folder to take the figures from (default: %(default)s)",
    )
    command.set_defaults(run=_reproduce)
    return parser


def _build(options: argparse.Namespace) -> int:
    for option in ("sources", "programme", "published"):
        folder: Path | None = getattr(options, option)
        if folder is not None and not folder.is_dir():
            print(f"--{option}: {folder} is not a folder", file=sys.stderr)
            return WRONG_USE
    published = {}
    try:
        if options.published is not None:
            print("… published results")
            published = compile_published(options.published)
        built = build(
            options.sources, options.programme, options.output, lambda step: print(f"… {step}")
        )
        if published:
            write_published(published, options.output)
    except BuildError as error:
        print(error, file=sys.stderr)
        return PROBLEMS
    for note in built.notes:
        print(f"note: {note}")
    for name, frame in built.tables.items():
        size = (options.output / TABLES[name].path).stat().st_size
        print(f"{TABLES[name].path:32}{len(frame):>9,} rows{size:>12,} bytes")
    for name, frame in published.items():
        path = Path("published", PUBLISHED_TABLES[name].path)
        size = (options.output / path).stat().st_size
        print(f"{path.as_posix():40}{len(frame):>9,} rows{size:>12,} bytes")
    revisions = ", ".join(built.tables["revisions"]["name"])
    print(f"revisions: {revisions}; all checks passed")
    return GOOD


def _reproduce(options: argparse.Namespace) -> int:
    if not options.data.is_dir():
        print(f"--data: {options.data} is not a folder", file=sys.stderr)
        return WRONG_USE
    try:
        rows = reproduced(options.data)
    except DataFileError as error:
        print(error, file=sys.stderr)
        return PROBLEMS
    width = max(len(row.what) for row in rows) + 2
    print(f"{'published result':{width + 2}}{'how many':>9}{'equal':>9}  largest difference")
    for name, of_name in itertools.groupby(rows, key=lambda row: row.name):
        print(name)
        for row in of_name:
            print(f"  {row.what:{width}}{row.n:>9,}{row.n_equal:>9,}  {_difference(row)}")
    if all_equal(rows):
        print("all equal, trends aside: their rule is not published in full")
        return GOOD
    print("NOT ALL EQUAL", file=sys.stderr)
    return PROBLEMS


def _difference(row: Compared) -> str:
    if not row.must_be_equal:
        return f"agreement {row.n_equal / row.n:.1%}"
    return "words" if math.isnan(row.largest_difference) else f"{row.largest_difference:.1e}"


if __name__ == "__main__":
    sys.exit(main())
