"""The commands of the generator. Exit status: 0 all is well, 1 something differs, 2 it could not be judged."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable

from generator.commands.bump import bump
from generator.commands.changes import changes
from generator.commands.drift import drift
from generator.commands.output import check, generate
from generator.commands.upgrade import upgrade
from generator.document import GeneratorError


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit status."""
    arguments = vars(_parser().parse_args(argv))
    run = arguments.pop("run")
    try:
        report, clean = run(**arguments)
        if report:
            print(report, flush=True)
    except (GeneratorError, RecursionError) as error:
        reason = "a document is nested too deeply" if isinstance(error, RecursionError) else error
        print(f"generator: {reason}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader has seen enough and left
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0 if clean else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m generator", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, what: str, run: Callable[..., tuple[str, bool]]) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=what, description=f"{what[0].upper()}{what[1:]}.")
        command.set_defaults(run=run)
        return command

    add("generate", "make generated/ and docs/api-changes.md from the spec", generate)
    add("check", "say whether they are what the spec makes today", check)

    one = add("bump", "add an API version to the spec, regenerate, say what changed for users", bump)
    one.add_argument("version", metavar="VERSION", help="such as 2026-10-01")
    one.add_argument("--default", action="store_true", help="make it the version that clients use by default")

    one = add("drift", "compare the spec with Microsoft's own description of the service", drift)
    one.add_argument("location", metavar="UPSTREAM", help="a Swagger 2.0 or OpenAPI 3 document: a path or an address")
    one.add_argument("--against", metavar="VERSION", help="an API version of the spec, when it is not the document's")

    one = add("changes", "print what the spec changes for users since a commit, as Markdown", changes)
    one.add_argument("--base", metavar="REF", default="HEAD", help="a commit, branch or tag (default: HEAD)")

    one = add("upgrade-generator", "show what another openapi-python-client would make, change nothing", upgrade)
    one.add_argument("version", metavar="VERSION", help="a version of openapi-python-client on PyPI")
    return parser


if __name__ == "__main__":
    sys.exit(main())
