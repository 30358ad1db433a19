"""What `python -m generator` does, a module for each matter. None of this changes what is made of the spec.

Every command gives the text to print and whether all is well; a `Problem` says that it could not be judged.
"""

from __future__ import annotations

from argparse import ArgumentParser as Parser
from argparse import Namespace, _SubParsersAction
from collections.abc import Callable

from generator.commands import bump, changes, drift, output, upgrade

Outcome = tuple[str, bool]
Run = Callable[[Namespace], Outcome]


def add_to(commands: _SubParsersAction[Parser]) -> None:
    """Declare every command with its arguments."""
    _add(commands, "generate", "make generated/ and docs/api-changes.md from the spec", lambda _: output.generate())
    _add(commands, "check", "say whether they are what the spec makes today", lambda _: output.check_all())

    one = _add(commands, "bump", "add an API version to the spec, regenerate, say what changed for users", _bump)
    one.add_argument("version", metavar="VERSION", help="such as 2026-10-01")
    one.add_argument(
        "--default", action="store_true", help="make it the version that clients use unless told otherwise"
    )

    one = _add(commands, "drift", "compare the spec with Microsoft's own description of the service", _drift)
    one.add_argument("upstream", metavar="UPSTREAM", help="a Swagger 2.0 or OpenAPI 3 document: a path or an address")
    one.add_argument(
        "--against", metavar="VERSION", help="an API version of the spec, when it is not that of the document"
    )
    one.add_argument("--json", action="store_true", help="print the report for machines")

    one = _add(commands, "changes", "print what the spec changes for users since a commit, as Markdown", _changes)
    one.add_argument("--base", metavar="REF", default="HEAD", help="a commit, branch or tag (default: HEAD)")

    one = _add(
        commands, "upgrade-generator", "show what another openapi-python-client would make, change nothing", _upgrade
    )
    one.add_argument("version", metavar="VERSION", help="a version of openapi-python-client on PyPI")
    one.add_argument("--full", action="store_true", help="print the whole of every difference")


def _add(commands: _SubParsersAction[Parser], name: str, what: str, run: Run) -> Parser:
    parser = commands.add_parser(name, help=what, description=f"{what[0].upper()}{what[1:]}.")
    parser.set_defaults(run=run)
    return parser


def _bump(arguments: Namespace) -> Outcome:
    return bump.bump(arguments.version, arguments.default), True


def _drift(arguments: Namespace) -> Outcome:
    return drift.drift(arguments.upstream, arguments.json, arguments.against)


def _changes(arguments: Namespace) -> Outcome:
    return changes.comment(arguments.base), True


def _upgrade(arguments: Namespace) -> Outcome:
    return upgrade.upgrade(arguments.version, arguments.full)
