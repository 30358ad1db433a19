"""`run` is the console script; `python -m batchtasks_cli` is the same as `batchtasks`."""

from __future__ import annotations

import signal
import sys
import warnings
from io import TextIOWrapper
from typing import Any


def run() -> None:
    """Run the command line; say in one sentence what to install if a package is missing."""
    try:
        import typer  # noqa: F401
    except ImportError:
        sys.exit("batchtasks: the command line needs the extra 'cli': pip install 'batchtasks[cli,local]'")
    for stream in (sys.stdout, sys.stderr):
        # A terminal that is not UTF-8 shows what it lacks as \xe4 or \u2192.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    warnings.showwarning = _show_warning
    if closed_pipe := getattr(signal, "SIGPIPE", None):
        # `batchtasks --help | head` ends as other programs do. Once a command begins it has connections, which must not end it.
        signal.signal(closed_pipe, signal.SIG_DFL)
    try:
        from batchtasks_cli.app import app

        app(prog_name="batchtasks")
    except KeyboardInterrupt:
        # Before a command has begun, or after it has ended.
        sys.exit(130)


def _show_warning(message: Warning | str, category: type[Warning], *where: Any, **more: Any) -> None:
    from batchtasks_cli.errors import note

    if issubclass(category, UserWarning):
        note(str(message))


if __name__ == "__main__":
    run()
