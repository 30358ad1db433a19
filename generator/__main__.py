"""The commands of the generator. Exit status: 0 all is well, 1 something differs, 2 it could not be judged."""

from __future__ import annotations

import argparse
import os
import sys

from generator import commands
from generator.problem import Problem


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m generator", description=__doc__)
    commands.add_to(parser.add_subparsers(dest="command", required=True, metavar="COMMAND"))
    arguments = parser.parse_args(argv)
    try:
        report, clean = arguments.run(arguments)
    except Problem as problem:
        print(f"generator: {problem}", file=sys.stderr)
        return 2
    if report:
        _print(report)
    return 0 if clean else 1


def _print(report: str) -> None:
    """Print, and do not mind when the reader has seen enough and left."""
    try:
        print(report, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
