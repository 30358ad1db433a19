"""Exit statuses, and errors in two lines: what happened, and what to do."""

from __future__ import annotations

import os
import re
import shlex
import signal
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import typer

from batchtasks_cli.output.text import one_line

if TYPE_CHECKING:
    from batchtasks import BatchTasksError

# The exit statuses of every command; docs/command-line.md says what they mean.
DONE, INCOMPLETE, USAGE, REFUSED, UNREACHABLE = range(5)
DEFECT, INTERRUPTED, PIPE_CLOSED, TERMINATED = 70, 130, 141, 143


class CliError(Exception):
    """What happened and what to do, each in one line, and the exit status."""

    def __init__(self, what: str, remedy: str, status: int = USAGE) -> None:
        super().__init__(what)
        self.what, self.remedy, self.status = what, remedy, status


class DryRun(Exception):
    """A request has been shown instead of being sent."""


class Terminated(KeyboardInterrupt):
    """SIGTERM: handled as Ctrl-C is, with an exit status of its own."""


def print_error(what: str, remedy: str) -> None:
    """Write the two lines of an error to standard error."""
    what = f"{one_line(what)} ".replace("?. ", "? ").rstrip()  # a sentence inside may have its own end
    print(f"batchtasks: {what}\n  {one_line(remedy)}", file=sys.stderr)


def note(text: str) -> None:
    """Write a line about what is going on to standard error."""
    print(f"batchtasks: {one_line(text)}", file=sys.stderr)


def at_most_one(given: Mapping[str, object], remedy: str = "Give one of them.") -> list[str]:
    """Return what of these was given; raise CliError if it is more than one."""
    names = [name for name, value in given.items() if value]
    if len(names) > 1:
        raise CliError(f"{' and '.join(names)} exclude each other.", remedy)
    return names


def shell_line(words: Iterable[str]) -> str:
    """Return words as a command line for the shell of this system."""
    if os.name == "nt":
        import subprocess

        return subprocess.list2cmdline(list(words))
    return shlex.join(words)


def exit_status_of(work: Callable[[], int | None]) -> int:
    """Run the work of a command and return its exit status; errors are written in two lines."""
    if closed_pipe := getattr(signal, "SIGPIPE", None):
        signal.signal(closed_pipe, signal.SIG_IGN)
    try:
        status = work() or DONE
        sys.stdout.flush()
        return status
    except typer.Exit:
        raise
    except DryRun:
        return DONE
    except typer.Abort:
        note("nothing was done.")
        return INCOMPLETE
    except BrokenPipeError:
        _discard_stdout()
        return PIPE_CLOSED
    except KeyboardInterrupt as error:
        print("\nbatchtasks: interrupted.", file=sys.stderr)
        return status_of_interruption(error)
    except Exception as error:
        explained = explain(error)
        print_error(explained.what, explained.remedy)
        try:
            sys.stdout.flush()
        except OSError:
            _discard_stdout()
        return explained.status


def status_of_interruption(error: BaseException) -> int:
    """Return what a shell reports: 128 and the number of the signal."""
    return TERMINATED if isinstance(error, Terminated) else INTERRUPTED


def _discard_stdout() -> None:
    """Write no more: the interpreter must not report at its end that this is not possible."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def explain(error: Exception) -> CliError:
    """Return what an error means to the person at the keyboard."""
    if isinstance(error, CliError):
        return error
    if isinstance(error, UnicodeDecodeError):
        return CliError(f"the input is not UTF-8: {error.object[error.start :][:1]!r} is no text.", "Save it as UTF-8.")
    if isinstance(error, OSError) and error.strerror:
        what = f"{error.filename or 'reading or writing failed'}: {error.strerror}"
        status = USAGE if error.filename is not None else INCOMPLETE
        return CliError(what, "Check the path, your rights to it, and where output goes.", status)
    from batchtasks import BatchTasksError, NoAnswerError

    if isinstance(error, NoAnswerError):
        refused = "Connection refused" in str(error) and re.search(r"//(localhost|127\.|\[::1\])", str(error))
        what = " ".join(str(error).replace(error.hint or "", "").split())
        return CliError(what, error.hint or (_NOT_RUNNING if refused else advice(error)), UNREACHABLE)
    if isinstance(error, BatchTasksError):
        return CliError(str(error), advice(error), status_of_error(error))
    import traceback

    print("".join(traceback.format_exception(error)), end="", file=sys.stderr)
    what = f"a defect in batchtasks: {type(error).__name__}: {error}"
    return CliError(what, "Please report it with the lines above; they hold no keys.", DEFECT)


def status_of_error(error: BaseException) -> int:
    """Return the exit status of a command, or of a bulk call, that an error has ended."""
    import batchtasks as b

    kinds: dict[Any, int] = {
        (b.WaitTimeoutError, b.JobEndedError, b.BulkDeadlineError): INCOMPLETE,
        b.InvalidInputError: USAGE,
        b.NoAnswerError: UNREACHABLE,
        b.BatchTasksError: REFUSED,
    }
    if isinstance(error, CliError):
        return error.status
    return next((status for kind, status in kinds.items() if isinstance(error, kind)), INCOMPLETE)


def brief(error: BaseException | None) -> str:
    """Return an error as part of a line about one task."""
    return "no reason known" if error is None else one_line(str(error))


def advice(error: BatchTasksError) -> str:
    """Return what to do about an error, with the names of the job and the task that it was about."""
    names = [getattr(error, "code", None) or "", *(kind.__name__ for kind in type(error).__mro__)]
    text = next(_ADVICE[name] for name in names if name in _ADVICE)
    found = re.match(r"/jobs/([^/?]+)(?:/tasks/([^/?]+))?", getattr(error, "path", ""))
    for word, name in zip(("JOB", "TASK"), found.groups() if found else (), strict=False):
        text = shlex.quote(unquote(name)).join(re.split(rf"\b{word}\b", text)) if name else text
    return text


_NOT_RUNNING = "No service is running there: start it with batchtasks serve, or check BATCH_ACCOUNT_URL or --url."
_TOO_LARGE = "Send less at once: shorten the command line, or move long lists into resource files."
# By error code, or by the name of an exception.
_ADVICE = {
    "TaskFilesUnavailable": "The task has no files yet; batchtasks logs JOB TASK --follow waits for them.",
    "TaskFilesCleanedup": "Its files were deleted. For new tasks, --retention at add keeps files for longer.",
    "TaskDependenciesNotSpecifiedOnJob": "Add the tasks to a job that was made with: batchtasks job add --dependencies.",
    "JobNotFoundError": "See the jobs: batchtasks job list. Make it: batchtasks job add JOB --pool POOL.",
    "TaskNotFoundError": "See the tasks of the job: batchtasks list JOB.",
    "TaskFileNotFoundError": "See the files of the task: batchtasks files JOB TASK.",
    "NotFoundError": "Check the ids of job and task; letter case does not matter.",
    "AlreadyExistsError": "Choose another id (letter case does not matter), or delete the one that has it.",
    "AuthenticationError": "Check that name, key and address are those of one account, and the clock of this machine.",
    "PermissionDeniedError": "This identity lacks the right; ask the owner of the Batch account.",
    "QuotaError": "Wait until others have finished, or ask for a higher quota of the account.",
    "ThrottledError": "Wait a little and run it again, with a lower --concurrency or a higher --patience SECONDS.",
    "TaskCompletedError": "Nothing to do: it has completed. To run a failed task again: batchtasks reactivate.",
    "TaskNotCompletedError": "Nothing to do: it has not completed yet.",
    "TaskSucceededError": "A task that succeeded cannot run again; add it under another id.",
    "JobCompletedError": "A completed job stays completed and takes no tasks; add another job: batchtasks job add.",
    "JobBeingTerminatedError": "A job that is being terminated takes no tasks; add another job: batchtasks job add.",
    "JobBeingDeletedError": "Wait until the job is deleted (batchtasks job wait JOB --until deleted), then add it again.",
    "JobDisabledError": "Enable the job first: batchtasks job enable JOB.",
    "WrongStateError": "See what state the task is in: batchtasks describe JOB TASK.",
    "ConditionNotMetError": "It was changed in the meantime: look at it (batchtasks show) and decide again.",
    "TooLargeError": _TOO_LARGE,
    "BodyTooLargeError": _TOO_LARGE,
    "InvalidRequestError": "Correct what it names; --dry-run shows the request without sending it.",
    "ServerError": "The service failed, not the command: run it again later, or with a higher --patience SECONDS.",
    "UnreadableAnswerError": "Check that the address is that of a Batch account and that no proxy answers for it.",
    "UnsupportedInApiVersionError": "Choose a version that has it with --api-version, or leave it out.",
    "ConfigurationError": "Correct the option, variable or file that it comes from: see the end of batchtasks --help.",
    "WaitTimeoutError": "Run the same command again to wait longer. batchtasks describe JOB TASK says why a task waits.",
    "JobEndedError": "Add the tasks that did not run to another job.",
    "TokenError": "Log in again (az login), or check the identity of this machine.",
    "NoAnswerError": "Check the address, the network and that the service runs; --patience SECONDS tries for longer.",
    "ServiceError": "If it happens again, give the request id to the support of Azure Batch.",
    "BatchTasksError": "Nothing was changed. Correct it and run the command again.",
}
