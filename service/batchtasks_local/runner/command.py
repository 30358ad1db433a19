"""From a command line to arguments."""

from __future__ import annotations

import shlex


def split(command_line: str) -> list[str]:
    """The arguments of a command line: cut where a shell would cut it, with quotes and backslashes, and nothing more.

    No variable, pipe, redirection or pattern is expanded. ValueError for a quote that is not closed, a NUL character,
    or no program at all.
    """
    if "\0" in command_line:
        raise ValueError("The command line contains a NUL character")
    arguments = shlex.split(command_line, posix=True)
    if not arguments or not arguments[0]:
        raise ValueError("The command line names no program")
    return arguments
