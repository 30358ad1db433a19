"""Errors in two lines, what happened and what to do, and the exit statuses."""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import unquote

import typer

from batchtasks_cli.text import one_line

if TYPE_CHECKING:
    from batchtasks import BulkError, ServiceError

DONE, NOT_ALL, USAGE, REFUSED, UNREACHABLE = 0, 1, 2, 3, 4
DEFECT, INTERRUPTED, PIPE_CLOSED = 70, 130, 141


class Complaint(Exception):
    """What happened and what to do, each in one line, and the exit status; wrong usage unless told otherwise."""

    def __init__(self, what: str, remedy: str, status: int = USAGE) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy
        self.status = status


class DryRun(Exception):
    """A request has been shown instead of being sent."""


class Terminated(KeyboardInterrupt):
    """SIGTERM came: handled as Ctrl-C is, with a status of its own."""


def complain(what: str, remedy: str) -> None:
    """Write the two lines of an error to standard error."""
    print(f"batchtasks: {one_line(what)}\n  {one_line(remedy)}", file=sys.stderr)


def guarded(work: Callable[[], int | None]) -> int:
    """Do the work of a command and give its exit status; what goes wrong is told in two lines."""
    try:
        status = work() or DONE
        sys.stdout.flush()
        return status
    except (typer.Exit, typer.Abort):
        raise
    except DryRun:
        return DONE
    except BrokenPipeError:
        _give_up_stdout()
        return PIPE_CLOSED
    except KeyboardInterrupt as error:
        print("\nbatchtasks: interrupted.", file=sys.stderr)
        return status_of_interruption(error)
    except Exception as error:
        complaint = explain(error)
        complain(complaint.what, complaint.remedy)
        _flush_or_give_up()
        return complaint.status


def status_of_interruption(error: BaseException) -> int:
    """As a shell reports it: 128 and the number of the signal."""
    return 143 if isinstance(error, Terminated) else INTERRUPTED


def _flush_or_give_up() -> None:
    """What has been written goes out; a disk that is full is not told of once more when the interpreter ends."""
    try:
        sys.stdout.flush()
    except OSError:
        _give_up_stdout()


def _give_up_stdout() -> None:
    """Nobody reads any more; the interpreter must not find out again when it flushes at its end."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - until the end


def explain(error: Exception) -> Complaint:
    """Say what any error means to the person at the keyboard."""
    if isinstance(error, Complaint):
        return error
    if isinstance(error, OSError) and error.filename is not None:
        return Complaint(f"{error.filename}: {error.strerror}", "Check the path and your rights to it.")
    if isinstance(error, OSError) and error.strerror:
        return Complaint(f"reading or writing failed: {error.strerror}", "Check where input and output go.", NOT_ALL)
    from batchtasks import errors

    if isinstance(error, errors.BatchTasksError):
        return _explain_ours(error)
    import traceback

    print("".join(traceback.format_exception(error)), end="", file=sys.stderr)
    what = f"a defect in batchtasks: {type(error).__name__}: {error}"
    return Complaint(what, "Please report it with the lines above; they hold no keys.", DEFECT)


def _explain_ours(error: Exception) -> Complaint:
    from batchtasks import BulkError, JobEndedError, WaitTimeoutError, errors

    if isinstance(error, errors.ServiceError):
        return Complaint(in_words(error), advice(error), REFUSED)
    if isinstance(error, errors.NoAnswerError):
        if error.hint:
            return Complaint(str(error).replace(f" {error.hint}", ""), error.hint, UNREACHABLE)
        return Complaint(str(error), _advice_on_silence(str(error)), UNREACHABLE)
    if isinstance(error, BulkError):
        return Complaint(str(error), _advice_on_bulk(error), status_of_stop(error.report.stopped))
    if isinstance(error, WaitTimeoutError):
        return Complaint(str(error), "Wait on with the same command, or see what is pending: batchtasks list.", NOT_ALL)
    if isinstance(error, JobEndedError):
        return Complaint(str(error), "Add the tasks that did not run to another job.", NOT_ALL)
    if isinstance(error, errors.TokenError):
        return Complaint(str(error), "Log in again (az login), or check the identity of this machine.", REFUSED)
    return Complaint(str(error), _advice_on_input(error), USAGE if isinstance(error, ValueError) else REFUSED)


def _advice_on_silence(what: str) -> str:
    if "Connection refused" in what and re.search(r"//(localhost|127\.|\[::1\])", what):
        return "Nothing listens there: start it with batchtasks serve, or check BATCH_ACCOUNT_URL or --url."
    return "Check the address, the network and that the service runs; --patience SECONDS tries for longer."


def _advice_on_input(error: Exception) -> str:
    name = type(error).__name__
    return _ADVICE.get(name, "Nothing was sent; correct it and run the command again.")


def status_of_stop(stopped: BaseException | None) -> int:
    """The exit status of a bulk call by what ended it before its time; single failures alone are status 1."""
    from batchtasks import errors

    if isinstance(stopped, Complaint):
        return stopped.status
    if isinstance(stopped, errors.ServiceError):
        return REFUSED
    if isinstance(stopped, errors.NoAnswerError):
        return UNREACHABLE
    if isinstance(stopped, errors.InvalidInputError):
        return USAGE
    return NOT_ALL


def _advice_on_bulk(error: BulkError) -> str:
    stopped = error.report.stopped
    if stopped is not None and isinstance(stopped, Exception):
        return explain(stopped).remedy
    return "Run the same command again for those that are left; what is done already is not done twice."


def in_words(error: ServiceError) -> str:
    """What the service said, in one line: code, message, property, reason, request id."""
    text = f"{error.code or 'HTTP ' + str(error.status_code)}: {error.message or 'no message'}"
    told = {"property": error.property_name, "parameter": error.parameter, "reason": error.reason}
    known = [f"{name} {value}" for name, value in told.items() if value]
    used = set(told.values())
    known += [f"{key} {value}" for key, value in error.values if value not in used]
    if error.code:
        known.insert(0, f"HTTP {error.status_code}")
    if error.request_id:
        known.append(f"request id {error.request_id}")
    text = f"{text} ({', '.join(known)})" if known else text
    return f"{text} {error.hint}" if error.hint else text


def brief(error: Exception | None) -> str:
    """An error as part of a line about one task."""
    from batchtasks import ServiceError

    if error is None:
        return "no reason known"
    return one_line(in_words(error) if isinstance(error, ServiceError) else str(error))


def advice(error: ServiceError) -> str:
    """What to do about a refusal, with the names of the job and the task that it was about."""
    text = _advice(error)
    found = re.match(r"/jobs/([^/?]+)(?:/tasks/([^/?]+))?", error.path)
    for word, name in zip(("JOB", "TASK"), found.groups() if found else (), strict=False):
        text = shlex.quote(unquote(name)).join(re.split(rf"\b{word}\b", text)) if name else text
    return text


def _advice(error: ServiceError) -> str:
    if error.code == "TaskFilesUnavailable":
        return "The task has not run yet; batchtasks logs JOB TASK --follow waits for it."
    if error.code == "TaskFilesCleanedup":
        return "Its files are gone for good; --retention at add keeps those of further tasks for longer."
    if error.code == "TaskDependenciesNotSpecifiedOnJob":
        return "Add the tasks to a job that was made with: batchtasks job add --dependencies."
    names = (kind.__name__ for kind in type(error).__mro__)
    return next((_ADVICE[name] for name in names if name in _ADVICE), _REST)


_REST = "If it stays so, give the request id to the support of Azure Batch."
_ADVICE = {
    "JobNotFound": "See the jobs: batchtasks job list. Make it: batchtasks job add JOB --pool POOL.",
    "TaskNotFound": "See the tasks of the job: batchtasks list JOB.",
    "FileNotFound": "See the files of the task: batchtasks files JOB TASK.",
    "NotFoundError": "Check the ids of job and task; ids are compared without regard to letter case.",
    "AlreadyExistsError": "Take another id (letter case does not count), or delete what has it.",
    "AuthenticationError": "Check that name, key and address are those of one account, and the clock of this machine.",
    "PermissionDeniedError": "This identity lacks the right; ask the owner of the Batch account.",
    "QuotaError": "Wait until others have finished, or ask for a higher quota of the account.",
    "ThrottledError": "Wait a little and run it again, with less --concurrency or more --patience SECONDS.",
    "TaskCompleted": "Nothing to do: it has completed. To let a failed task run again: batchtasks reactivate.",
    "TaskNotCompleted": "Nothing to do: it is yet to run, or runs.",
    "TaskSucceeded": "A task that succeeded cannot run again; add it under another id.",
    "JobCompleted": "A completed job takes no tasks; add another job: batchtasks job add.",
    "JobBeingTerminated": "A job that is being terminated takes no tasks; add another job: batchtasks job add.",
    "JobBeingDeleted": "Wait until the job is gone, then add it anew.",
    "JobDisabled": "Enable the job first: client.job.enable in Python.",
    "WrongStateError": "See what state the task is in: batchtasks show JOB TASK.",
    "ConditionNotMet": "Somebody changed it meanwhile: look again (batchtasks show) and decide anew.",
    "TooLargeError": "Send less at once: shorten the command line, or move long lists into resource files.",
    "BodyTooLargeError": "Send less at once: shorten the command line, or move long lists into resource files.",
    "InvalidRequestError": "Correct what it names; --dry-run shows the request without sending it.",
    "ServerError": "The service failed, not the command: run it again later, or with more --patience SECONDS.",
    "UnreadableAnswerError": "Check that the address is that of a Batch account and that no proxy answers for it.",
    "UnsupportedInApiVersion": "Choose a version that has it with --api-version, or leave it out.",
    "ConfigurationError": "See where settings come from: batchtasks --help, at its end.",
}
