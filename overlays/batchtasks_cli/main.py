"""Where the command begins: `run` is the console script."""

from __future__ import annotations

import sys


def run() -> None:
    """Run the command line; say in one sentence what to install when a package is missing."""
    try:
        import typer  # noqa: F401
    except ImportError:
        sys.exit("batchtasks: the command line needs the extra 'cli': pip install 'batchtasks[cli,local]'")
    try:
        from batchtasks_cli.app import app

        app(prog_name="batchtasks")
    except KeyboardInterrupt:
        # Before a command has begun, or after it has ended.
        sys.exit(130)
