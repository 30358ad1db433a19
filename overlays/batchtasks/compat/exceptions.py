"""The exceptions of azure-batch 14 and of msrest. Where those are installed, each is also the class of its name there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any, TypeVar

from batchtasks.errors import BatchTasksError, InvalidInputError, NoAnswerError, ServiceError, TokenError
from batchtasks_rest.azure14.models import BatchError, BatchErrorDetail, ErrorMessage

T = TypeVar("T")
_SHOWN = 3


class ClientException(BatchTasksError):
    """The root of msrest's exceptions; `inner_exception` is the error of this package."""

    inner_exception: BaseException | None = None

    def __init__(self, message: str) -> None:
        # The old classes, which may come next, take other arguments.
        Exception.__init__(self, message)


class HttpOperationError(ClientException):
    """The service refused."""


class BatchErrorException(ServiceError, HttpOperationError):
    """The service refused.

    Attributes:
        error: A BatchError: `code`, `message.value`, and `values` with `key` and `value`.
        message: The service's text; `message.value` is the same.
        response: The answer: `status_code`, `headers`, `text`, `reason`.
    """

    error: Any
    message: Any
    response: Any


class ClientRequestError(NoAnswerError, ClientException):
    """No answer came back."""


class ValidationError(InvalidInputError, ClientException):
    """Something cannot be sent; nothing was sent."""


class MessageText(str):
    """The text of an error, which may also be read as that of an ErrorMessage."""

    __slots__ = ()
    value = property(str)


class CreateTasksErrorException(BatchTasksError):
    """Not every task was added.

    Attributes:
        pending_tasks: The tasks, as they were passed in, that are not certainly there.
        failure_tasks: A TaskAddResult for each task that was refused.
        errors: What ended the call early, and a BatchErrorException for each task that is too large.
        message: All of it in words: numbers, and the first few reasons.
    """

    def __init__(
        self, pending_tasks: Iterable[Any] = (), failure_tasks: Iterable[Any] = (), errors: Iterable[BaseException] = ()
    ) -> None:
        self.pending_tasks, self.failure_tasks = list(pending_tasks or ()), list(failure_tasks or ())
        self.errors: list[Any] = list(errors or ())
        counted = [(len(self.failure_tasks), "failed"), (len(self.pending_tasks), "pending")]
        counts = [f"{number:,} task{'' if number == 1 else 's'} {what}" for number, what in counted if number]
        more = len(self.failure_tasks) - _SHOWN
        texts = [" and ".join(counts) or "Not every task was added", *map(_reason, self.failure_tasks[:_SHOWN])]
        texts += [f"and {more:,} more"] if more > 0 else []
        self.message = "; ".join([*texts, *map(str, self.errors[:_SHOWN])])
        Exception.__init__(self, self.message)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.pending_tasks, self.failure_tasks, self.errors)


def _reason(result: Any) -> str:
    error = result.error
    values = ", ".join(f"{detail.key} {detail.value}" for detail in (error and error.values) or ())
    text = f"{error.code}: {error.message.value if error.message else ''}" if error else "no reason given"
    return f"{result.task_id}: {text}{f' ({values})' if values else ''}"


def batch_error(error: BaseException) -> Any:
    """Return the BatchError of an error; one that is not the service's has its class in place of a code."""
    values = [BatchErrorDetail(key=key, value=value) for key, value in getattr(error, "values", ())]
    message = ErrorMessage(lang="en-US", value=getattr(error, "message", None) or str(error))
    code = error.code if isinstance(error, ServiceError) else type(error).__name__
    return BatchError(code=code, message=message, values=values or None)


def as_old(error: BaseException, response: Any = None) -> BaseException:
    """Return an error as azure-batch 14 raises it; that of a credential is the credential's own."""
    if isinstance(error, TokenError):
        return error.__cause__ or error
    kinds: tuple[Any, ...] = (BatchErrorException, ClientRequestError, ValidationError)
    for kind in kinds:
        if isinstance(error, kind.__mro__[1]) and not isinstance(error, kind):
            old: Any = kind.__new__(kind)
            old.args = error.args
            vars(old).update(vars(error), inner_exception=error)
            if isinstance(error, ServiceError):
                old.message = MessageText(error.message)
                old.error, old.response = batch_error(error), response
            return old  # type: ignore[no-any-return]
    return error


def translated(work: Callable[[], T], response: Callable[[], Any] = lambda: None) -> T:
    """Return what a piece of work returns; its errors are raised as those of azure-batch 14."""
    try:
        return work()
    except BatchTasksError as error:
        raise as_old(error, response()) from None


def _join_installed(module: str, *kinds: type) -> None:
    for kind in kinds:
        try:
            found = getattr(import_module(module), kind.__name__, None)
        except ImportError:
            return
        if isinstance(found, type):
            kind.__bases__ = (*kind.__bases__, found)


_join_installed("msrest.exceptions", ClientException, HttpOperationError, ClientRequestError, ValidationError)
_join_installed("azure.batch.models", BatchErrorException)
_join_installed("azure.batch.custom.custom_errors", CreateTasksErrorException)
