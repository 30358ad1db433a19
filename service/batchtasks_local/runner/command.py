"""From a command line to a process: its arguments, its environment, the container engine, the start."""

from __future__ import annotations

import errno
import functools
import os
import re
import secrets
import shlex
import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO, Any

from attrs import frozen

from batchtasks_local.domain.records import JobRecord, TaskRecord
from batchtasks_local.runner import failures
from batchtasks_local.runner.files.allowed import Allowed
from batchtasks_local.runner.files.directories import NodeDirectories, open_to_write
from batchtasks_local.runner.processes import Process, RunControl
from batchtasks_local.runner.watchdog import VARIABLE, run_mark
from batchtasks_local.settings import DEFAULT_MAX_OUTPUT


@frozen
class Node:
    """The one node: what all runs share.

    Attributes:
        mark: Tells the processes of this service from those of others (see `watchdog`).
        container_engine: The command of a container engine; None if containers are not supported.
        max_output: Bytes that a task may write into its directory.
    """

    directories: NodeDirectories
    account: str
    account_url: str
    cores: int
    mark: str
    allowed: Allowed
    container_engine: str | None = None
    max_output: int = DEFAULT_MAX_OUTPUT


# --- arguments --------------------------------------------------------------------------------------------------------

# A part of a word, or the space between words. `shlex` splits at the same places, but takes a minute for a megabyte.
_PART = re.compile(
    r"""
    (?P<blank>[ \t\r\n]+)
  | (?P<plain>[^ \t\r\n'"\\]+)
  | '(?P<single>[^']*)'
  | "(?P<double>[^"\\]*(?:\\.[^"\\]*)*)"
  | \\(?P<escaped>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_VARIABLE = re.compile(r"(?<!\\)\$(?:(\w+)|\{(\w+)\})", re.ASCII)
_IN_DOUBLE = re.compile(r'\\(["\\])')


def split(command_line: str) -> list[str]:
    """Return the arguments of a command line: split where a shell splits it, with quotes and backslashes.

    No variable, pipe, redirection or pattern is expanded.

    Raises:
        ValueError: A quote is not closed, there is a NUL character, or there is no program at all.
    """
    if "\0" in command_line:
        raise ValueError("The command line contains a NUL character")
    arguments = _words(command_line)
    if not arguments or not arguments[0]:
        raise ValueError("The command line names no program")
    return arguments


def _words(text: str, variables: Mapping[str, str] | None = None) -> list[str]:
    """Return the words of a text; with `variables`, `$NAME` and `${NAME}` outside single quotes are replaced."""
    words: list[str] = []
    parts: list[str] = []
    at = 0
    while at < len(text):
        found = _PART.match(text, at)
        if found is None:
            raise ValueError("No escaped character" if text[at] == "\\" else "No closing quotation")
        at = found.end()
        if found.lastgroup != "blank":
            parts.append(_value(found, variables))
        elif parts:
            words.append("".join(parts))
            parts.clear()
    return [*words, "".join(parts)] if parts else words


def _value(found: re.Match[str], variables: Mapping[str, str] | None) -> str:
    text = found[found.lastgroup or 0]
    if variables and found.lastgroup in ("plain", "double"):
        text = _VARIABLE.sub(lambda one: variables.get(one[1] or one[2], one[0]), text)
    return _IN_DOUBLE.sub(r"\1", text) if found.lastgroup == "double" else text


# --- environment ------------------------------------------------------------------------------------------------------

# What a program needs to find others and to write text. Nothing else of the service's own environment is passed on,
# above all no account key.
_INHERITED = ("HOME", "LANG", "LC_ALL", "LC_CTYPE", "LOGNAME", "PATH", "SHELL", "TMPDIR", "TZ", "USER")
_DISK_RESERVE = 1_000_000_000
_ADDRESS = "127.0.0.1"
_MASTER_PORT = 6000


def environment(node: Node, task: TaskRecord, job: JobRecord, directory: Path) -> dict[str, str]:
    """Return a task's variables: inherited, the job's, the task's, and AZ_BATCH_; later ones replace earlier ones."""
    variables = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    for settings in (job.spec.get("commonEnvironmentSettings"), task.spec.get("environmentSettings")):
        variables.update({item["name"]: item.get("value") or "" for item in settings or ()})
    root = str(node.directories.root)
    record = task.node or {}
    variables.update(
        AZ_BATCH_ACCOUNT_NAME=node.account,
        AZ_BATCH_ACCOUNT_URL=node.account_url,
        AZ_BATCH_JOB_ID=task.job_id,
        AZ_BATCH_TASK_ID=task.id,
        AZ_BATCH_POOL_ID=record.get("poolId", ""),
        AZ_BATCH_NODE_ID=record.get("nodeId", ""),
        AZ_BATCH_NODE_IS_DEDICATED="true",
        AZ_BATCH_NODE_ROOT_DIR=root,
        AZ_BATCH_NODE_SHARED_DIR=f"{root}/shared",
        AZ_BATCH_NODE_STARTUP_DIR=f"{root}/startup",
        AZ_BATCH_NODE_MOUNTS_DIR=f"{root}/fsmounts",
        AZ_BATCH_TASK_DIR=str(directory),
        AZ_BATCH_TASK_WORKING_DIR=f"{directory}/wd",
        AZ_BATCH_TASK_RESERVED_EPHEMERAL_DISK_SPACE_BYTES=str(_DISK_RESERVE),
        AZ_BATCH_CERTIFICATES_DIR=f"{directory}/certs",
    )
    if (task.spec.get("authenticationTokenSettings") or {}).get("access"):
        # Nobody keeps it: the service takes any token from this machine (`accept_any_token`).
        variables["AZ_BATCH_AUTHENTICATION_TOKEN"] = secrets.token_urlsafe(32)
    preparation = job.spec.get("jobPreparationTask")
    if preparation is not None:
        place = node.directories.task(task.job_id, preparation["id"])
        variables.update(AZ_BATCH_JOB_PREP_DIR=str(place), AZ_BATCH_JOB_PREP_WORKING_DIR=f"{place}/wd")
    variables[VARIABLE] = run_mark(node.mark, (task.seq, task.run))
    return variables


def instance_variables(node: Node, count: int, number: int, directory: Path) -> dict[str, str]:
    """Return the additional variables of one instance of a multi-instance task; all instances are on this machine."""
    hosts = [_ADDRESS] * count
    return {
        "AZ_BATCH_HOST_LIST": ",".join(hosts),
        "AZ_BATCH_NODE_LIST": ";".join(hosts),
        "AZ_BATCH_MASTER_NODE": f"{_ADDRESS}:{_MASTER_PORT}",
        "AZ_BATCH_IS_CURRENT_NODE_MASTER": "true" if number == 0 else "false",
        "AZ_BATCH_TASK_SHARED_DIR": str(directory),
        "CCP_NODES": " ".join([str(count), *(f"{host} {node.cores}" for host in hosts)]),
    }


# --- containers -------------------------------------------------------------------------------------------------------

_KILL_PATIENCE = 10


def in_container(
    engine: str, task: TaskRecord, arguments: Sequence[str], folder: Path, variables: Mapping[str, str]
) -> list[str]:
    """Return the engine's arguments that run a command in the task's image, with the node root at the same path inside.

    The engine's command (docker, podman) may have arguments. The user in the container is the user of this
    process, so that the task's files can be read and deleted. Values of variables are passed by name, never on the
    command line, unless `containerRunOptions` name a variable: programs rely on `-w $AZ_BATCH_TASK_WORKING_DIR`.
    """
    root = variables["AZ_BATCH_NODE_ROOT_DIR"]
    settings = task.spec["containerSettings"]
    user = f"{os.getuid()}:{os.getgid()}"
    options = _run_options(task, variables)
    command = [*shlex.split(engine), "run", "--rm", "--init", "--user", user]
    command += [] if _given_name(options) else ["--name", _own_name(task)]
    command += _mounts(settings, root, variables)
    if (settings.get("workingDirectory") or "taskWorkingDirectory") == "taskWorkingDirectory":
        command += ["--workdir", str(folder)]
    for name in variables:
        if name not in ("PATH", "HOME"):
            command += ["--env", name]
    return [*command, *options, settings["imageName"], *arguments]


def _run_options(task: TaskRecord, variables: Mapping[str, str]) -> list[str]:
    try:
        return _words(task.spec["containerSettings"].get("containerRunOptions") or "", variables)
    except ValueError as error:
        raise failures.launch_failed(f"containerRunOptions: {error}") from error


def _own_name(task: TaskRecord) -> str:
    return f"batchtasks-{task.seq}-{task.run}"


def _given_name(options: Sequence[str]) -> str | None:
    """Return the name that the options give to the container, or None."""
    name = None
    for place, option in enumerate(options):
        if option.startswith("--name="):
            name = option.partition("=")[2]
        elif option == "--name" and place + 1 < len(options):
            name = options[place + 1]
    return name


def _mounts(settings: Mapping[str, Any], root: str, variables: Mapping[str, str]) -> list[str]:
    listed = settings.get("containerHostBatchBindMounts")
    if listed is None:
        return ["--volume", f"{root}:{root}"]
    task = variables["AZ_BATCH_TASK_DIR"]
    places = {
        "shared": f"{root}/shared",
        "startup": f"{root}/startup",
        "vfsmounts": f"{root}/fsmounts",
        "task": task,
        "jobprep": f"{root}/workitems",
        "applications": f"{root}/applications",
    }
    mounts: list[str] = []
    for item in listed:
        place = places.get(str(item.get("source")).lower())
        if place is not None:
            mounts += ["--volume", f"{place}:{place}{':ro' if item.get('isReadOnly') else ''}"]
    return mounts


def kill_container(engine: str | None, task: TaskRecord, variables: Mapping[str, str]) -> None:
    """Kill the container of a run that was stopped: the engine's command may have ended without it."""
    if engine and task.spec.get("containerSettings"):
        name = _given_name(_run_options(task, variables)) or _own_name(task)
        command = [*shlex.split(engine), "kill", name]
        with suppress(OSError, subprocess.SubprocessError):
            subprocess.run(command, capture_output=True, timeout=_KILL_PATIENCE, check=False)  # noqa: S603


# --- start ------------------------------------------------------------------------------------------------------------

_ARGUMENT_LIMIT = 128 * 1024
"""Linux takes one argument or variable shorter than this, and usually 2 MiB of all together (execve(2))."""
_SHOWN = 200


@frozen
class Streams:
    """Where the output of a command goes."""

    out: IO[bytes]
    err: IO[bytes]

    def close(self) -> None:
        """Close both; a process that was started keeps its own."""
        self.out.close()
        self.err.close()


def prepare(directory: Path, stack: ExitStack, pause: Callable[[float], None]) -> Streams:
    """Create a task directory and empty stdout.txt and stderr.txt; other files of an earlier run stay."""
    try:
        (directory / "wd").mkdir(parents=True, exist_ok=True)
        (directory / "certs").mkdir(exist_ok=True)
        return Streams(*(stack.enter_context(_open(directory / name, pause)) for name in ("stdout.txt", "stderr.txt")))
    except OSError as error:
        raise failures.disk_failed(
            "ResourceDirectoryCreateFailed", "The task directory could not be created", error
        ) from error


def _open(path: Path, pause: Callable[[float], None]) -> IO[bytes]:
    return failures.when_files_are_free(lambda: open_to_write(path), pause)


@frozen
class Launcher:
    """Starts the command lines of one run, in a container if the task asks for one."""

    node: Node
    task: TaskRecord
    control: RunControl

    def start(self, command_line: str, folder: Path, variables: dict[str, str], streams: Streams) -> Process:
        """Start a command line.

        Raises:
            RunFailedError: It cannot be started.
            RunStoppedError: The run has to end.
        """
        arguments = self._arguments(command_line, folder, variables)
        self.control.pause(0)
        try:
            start = functools.partial(Process, arguments, folder, variables, streams.out, streams.err)
            return self.control.add(failures.when_files_are_free(start, self.control.pause))
        except OSError as error:
            # A program that exists, but whose interpreter does not, gives the same error.
            if error.errno in (errno.ENOENT, errno.ENOTDIR):
                raise failures.RunFailedError(failures.PROGRAM_NOT_FOUND) from error
            reason = _too_long(arguments, variables) if error.errno == errno.E2BIG else error.strerror or error
            raise failures.launch_failed(f"{arguments[0][:_SHOWN]}: {reason}") from error
        except ValueError as error:
            raise failures.launch_failed(str(error)) from error

    def _arguments(self, command_line: str, folder: Path, variables: dict[str, str]) -> list[str]:
        engine = self.node.container_engine if self.task.spec.get("containerSettings") else None
        try:
            # Without a command line, a container runs the entry point of its image.
            arguments = [] if engine and not command_line.strip() else split(command_line)
        except ValueError as error:
            raise failures.launch_failed(str(error)) from error
        return in_container(engine, self.task, arguments, folder, variables) if engine else arguments


def _too_long(arguments: list[str], variables: dict[str, str]) -> str:
    """Return what the system does not take: one argument, one variable, or all of them together."""
    for number, argument in enumerate(arguments):
        if (size := len(argument.encode())) >= _ARGUMENT_LIMIT:
            return f"argument {number} of the command line has {size} bytes; one may have {_ARGUMENT_LIMIT - 1}"
    for name, value in variables.items():
        if (size := len(f"{name}={value}".encode())) >= _ARGUMENT_LIMIT:
            return f"the environment setting {name[:_SHOWN]} has {size} bytes; one may have {_ARGUMENT_LIMIT - 1}"
    return "the arguments and environment settings are together longer than the system takes"
