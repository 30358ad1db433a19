"""The commands: `python -m generator generate` and `python -m generator check`."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.check import check
from generator.make import OUTPUT, make
from generator.problem import Problem


def generate() -> None:
    """Make everything anew beside the old, then put it in its place."""
    with TemporaryDirectory(prefix=".generated-", dir=OUTPUT.parent) as scratch:
        fresh = Path(scratch) / "generated"
        fresh.mkdir()
        make(fresh)
        if OUTPUT.exists():
            OUTPUT.rename(Path(scratch) / "old")
        shutil.move(fresh, OUTPUT)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m generator", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("generate", help="make generated/ from the spec")
    commands.add_parser("check", help="say whether generated/ is what the spec makes today")
    arguments = parser.parse_args()
    try:
        if arguments.command == "generate":
            generate()
            return 0
        complaints = check()
    except Problem as problem:
        print(f"generator: {problem}", file=sys.stderr)
        return 1
    print("\n".join(complaints) if complaints else "generated/ is up to date")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
