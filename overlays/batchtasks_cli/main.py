"""Where the command begins: `run` is the console script."""

from __future__ import annotations

import sys
from io import TextIOWrapper


def run() -> None:
    """Run the command line; say in one sentence what to install when a package is missing."""
    try:
        import typer  # noqa: F401
    except ImportError:
        sys.exit("batchtasks: the command line needs the extra 'cli': pip install 'batchtasks[cli,local]'")
    for stream in (sys.stdout, sys.stderr):
        # A terminal that is not UTF-8 shows what it lacks as \xe4 or \u2192.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        from batchtasks_cli.app import app

        app(prog_name="batchtasks")
    except KeyboardInterrupt:
        # Before a command has begun, or after it has ended.
        sys.exit(130)
