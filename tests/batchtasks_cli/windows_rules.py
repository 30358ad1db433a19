"""Runs commands as if on Windows: without what only POSIX has, with Windows' rules for paths, pipes and the console.

    python windows_rules.py COMMANDS.json

COMMANDS.json has a list of {"words": [...], "stdin": text}; the result is a list of {"status", "out", "err"}.
"""

from __future__ import annotations

import builtins
import json
import os
import pathlib
import select
import signal
import stat
import sys
import tempfile
import types
from typing import Any

POSIX_MODULES = ("fcntl", "resource", "termios", "tty", "pty", "pwd", "grp", "syslog")
POSIX_NAMES = (
    *("fork", "forkpty", "getuid", "geteuid", "getgid", "getpgrp", "getpgid", "setsid", "setpgid", "killpg", "openpty"),
    *("fchmod", "chown", "mkfifo", "wait3", "wait4", "uname", "getloadavg", "register_at_fork", "sched_getaffinity"),
)
POSIX_SIGNALS = (
    "SIGHUP",
    "SIGKILL",
    "SIGPIPE",
    "SIGALRM",
    "SIGUSR1",
    "SIGUSR2",
    "SIGCHLD",
    "SIGQUIT",
    "SIGTSTP",
    "SIGWINCH",
)
_really_open, _really_select = builtins.open, select.select


def take_away() -> None:
    """Remove what only POSIX has, and let files and pipes follow Windows' rules."""
    for name in POSIX_MODULES:
        sys.modules[name] = None  # type: ignore[assignment]
    for name in POSIX_NAMES:
        if hasattr(os, name):
            delattr(os, name)
    for name in POSIX_SIGNALS:
        delattr(signal, name)
    for name in ("poll", "epoll"):
        delattr(select, name)
    select.select = _select
    builtins.open = _open


def _select(*lists: Any) -> Any:
    """Sockets only, as on Windows."""
    for each in (each for some in lists[:3] for each in some):
        if not stat.S_ISSOCK(os.fstat(each if isinstance(each, int) else each.fileno()).st_mode):
            raise OSError(10038, "An operation was attempted on something that is not a socket")
    return _really_select(*lists)


def _open(file: Any, *more: Any, **options: Any) -> Any:
    if isinstance(file, (str, os.PathLike)) and any(sign in os.fspath(file) for sign in '<>:"|?*'):
        raise OSError(22, "Invalid argument", os.fspath(file))
    return _really_open(file, *more, **options)


class WindowsOs(types.ModuleType):
    """The module `os` as our own modules see it. (pathlib and tempfile go on with what this system has.)"""

    name = "nt"
    sep = "\\"

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)


def run(words: list[str], stdin: str) -> dict[str, Any]:
    """Run one command with a pipe before it and files behind it."""
    read, write = os.pipe()
    os.write(write, stdin.encode())
    os.close(write)
    os.dup2(read, 0)
    os.close(read)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    out, err = tempfile.TemporaryFile("w+b"), tempfile.TemporaryFile("w+b")  # noqa: SIM115 - closed with their streams
    streams = sys.stdout, sys.stderr
    # The console's old code page, and its line ends.
    sys.stdout, sys.stderr = (
        os.fdopen(os.dup(each.fileno()), "w", encoding="cp1252", newline="\r\n") for each in (out, err)
    )
    sys.argv = ["batchtasks", *words]
    try:
        from batchtasks_cli.__main__ import run as main

        for name, module in list(sys.modules.items()):
            if name.startswith("batchtasks_cli") and hasattr(module, "os"):
                module.os = WindowsOs("os")  # type: ignore[attr-defined]
        main()
        status: Any = 0
    except SystemExit as end:
        status = end.code
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.close()
        sys.stdout, sys.stderr = streams
    texts = []
    for file in (out, err):
        file.seek(0)
        texts.append(file.read().decode("cp1252").replace("\r\n", "\n"))
    return {"status": status, "out": texts[0], "err": texts[1]}


if __name__ == "__main__":
    commands = json.loads(pathlib.Path(sys.argv[1]).read_text())
    take_away()
    print(json.dumps([run(each["words"], each.get("stdin", "")) for each in commands]))
