"""The command line: `python -m ileaps_data COMMAND`.

Exit status 0 when all is well, 1 when the data have problems, 2 when the command was used wrongly.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ileaps_data.build.compile import build
from ileaps_data.build.errors import BuildError
from ileaps_data.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence

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
        "--output",
        type=Path,
        default=Path(__file__).resolve().parents[1] / "data",
        metavar="DIR",
        help="folder to write (default: %(default)s)",
    )
    command.set_defaults(run=_build)
    return parser


def _build(options: argparse.Namespace) -> int:
    for option in ("sources", "programme"):
        folder: Path = getattr(options, option)
        if not folder.is_dir():
            print(f"--{option}: {folder} is not a folder", file=sys.stderr)
            return WRONG_USE
    try:
        built = build(
            options.sources, options.programme, options.output, lambda step: print(f"… {step}")
        )
    except BuildError as error:
        print(error, file=sys.stderr)
        return PROBLEMS
    for note in built.notes:
        print(f"note: {note}")
    for name, frame in built.tables.items():
        size = (options.output / TABLES[name].path).stat().st_size
        print(f"{TABLES[name].path:32}{len(frame):>9,} rows{size:>12,} bytes")
    revisions = ", ".join(built.tables["revisions"]["name"])
    print(f"revisions: {revisions}; all checks passed")
    return GOOD


if __name__ == "__main__":
    sys.exit(main())
