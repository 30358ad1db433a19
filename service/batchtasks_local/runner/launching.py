"""Starting a command line, and what is said when that fails."""

from __future__ import annotations

import errno
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from attrs import frozen

from batchtasks_local.runner import failures
from batchtasks_local.runner.leash import Leash
from batchtasks_local.runner.processes import Process

_LONGEST = 128 * 1024
"""Linux takes one argument or variable shorter than this, and of all together usually 2 MiB (execve(2))."""
_SHOWN = 200


@frozen
class Streams:
    """Where a command's output goes."""

    out: IO[bytes]
    err: IO[bytes]


@frozen
class Launcher:
    """Starts command lines on a leash; `arguments` makes the program's arguments of them."""

    leash: Leash
    arguments: Callable[[str, Path, dict[str, str]], list[str]]

    def start(self, command_line: str, folder: Path, variables: dict[str, str], streams: Streams) -> Process:
        """The process, running. RunFailed when it cannot be started, Ended when the run is to end."""
        arguments = self.arguments(command_line, folder, variables)
        self.leash.pause(0)
        try:
            return self.leash.hold(Process(arguments, folder, variables, streams.out, streams.err))
        except OSError as error:
            # A program that is there, whose interpreter is not, gives the same error: for the caller it is the same.
            if error.errno in (errno.ENOENT, errno.ENOTDIR):
                raise failures.RunFailed(failures.PROGRAM_NOT_FOUND) from error
            reason = _too_long(arguments, variables) if error.errno == errno.E2BIG else error.strerror or error
            raise failures.launch_failed(f"{arguments[0][:_SHOWN]}: {reason}") from error
        except ValueError as error:
            raise failures.launch_failed(str(error)) from error


def _too_long(arguments: list[str], variables: dict[str, str]) -> str:
    """What it is that the system does not take: one argument, one variable, or all of them together."""
    for number, argument in enumerate(arguments):
        if (size := len(argument.encode())) >= _LONGEST:
            return f"argument {number} of the command line has {size} bytes; one may have {_LONGEST - 1}"
    for name, value in variables.items():
        if (size := len(f"{name}={value}".encode())) >= _LONGEST:
            return f"the environment setting {name[:_SHOWN]} has {size} bytes; one may have {_LONGEST - 1}"
    return "the arguments and environment settings are together longer than the system takes"


def prepare(directory: Path, stack: ExitStack) -> Streams:
    """A task directory with its fixed parts; stdout.txt and stderr.txt are empty. What an earlier run left stays."""
    try:
        (directory / "wd").mkdir(parents=True, exist_ok=True)
        (directory / "certs").mkdir(exist_ok=True)
        return Streams(
            *(stack.enter_context((directory / name).open("wb")) for name in ("stdout.txt", "stderr.txt")),
        )
    except OSError as error:
        raise failures.disk_failed(
            "ResourceDirectoryCreateFailed", "The task directory could not be created", error
        ) from error
