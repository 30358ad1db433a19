"""What azure-batch 14 hands around: options, raw responses, paged lists, errors; and reading its models."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

from attrs import field, fields, frozen

from batchtasks._operations.paging import Page, Pages
from batchtasks._validation.arguments import suggestion
from batchtasks.conditions import Condition, if_match, if_modified_since, if_none_match, if_unmodified_since
from batchtasks.errors import BatchTasksError, InvalidInputError, NoAnswerError, ServiceError, UnknownFieldError
from batchtasks.models import BatchError, BatchErrorDetail, CloudTask, ErrorMessage, TaskAddResult
from batchtasks_rest._call import Response

T = TypeVar("T")

# What programs catch under these names. `error` of a BatchErrorException that came through this module is a BatchError.
BatchErrorException = ServiceError
ClientRequestError = NoAnswerError


@frozen(kw_only=True)
class TaskOptions:
    """Additional parameters of a call; each call looks at those that it has.

    `timeout` is the service's, in seconds. `ocp_date` is taken and not used: every attempt is dated when it is sent.
    """

    filter: Any = None
    select: Any = None
    expand: Any = None
    max_results: int | None = None
    timeout: int | None = None
    client_request_id: str | None = None
    return_client_request_id: bool | None = None
    ocp_date: Any = None
    if_match: str | None = None
    if_none_match: str | None = None
    if_modified_since: datetime | str | None = None
    if_unmodified_since: datetime | str | None = None


TaskAddOptions = TaskAddCollectionOptions = TaskDeleteOptions = TaskGetOptions = TaskListOptions = TaskOptions
TaskListSubtasksOptions = TaskReactivateOptions = TaskTerminateOptions = TaskUpdateOptions = TaskOptions


@frozen
class ClientRawResponse:
    """What `raw=True` gives: the value as `output`, the answer's headers, and the whole Response."""

    output: Any
    response: Response[Any] = field(repr=False)
    headers: dict[str, str] = field(factory=dict)


class CreateTasksErrorException(BatchTasksError):
    """Not every task was added.

    `pending_tasks` are the tasks that are not certainly there (as they were passed in), `failure_tasks` a TaskAddResult
    for each task that was refused, `errors` what ended the call early.
    """

    def __init__(
        self, pending_tasks: Iterable[Any], failure_tasks: Iterable[TaskAddResult], errors: Iterable[BaseException]
    ) -> None:
        self.pending_tasks = list(pending_tasks)
        self.failure_tasks = list(failure_tasks)
        self.errors = list(errors)
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """All of it in words: numbers, and the reasons of the first few."""
        counts = f"{len(self.failure_tasks)} tasks failed, {len(self.pending_tasks)} are pending"
        reasons = [f"{result.task_id}: {_text(result)}" for result in self.failure_tasks[:3]]
        return "; ".join([counts, *reasons, *(str(error) for error in self.errors[:3])])

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.pending_tasks, self.failure_tasks, self.errors)


def _text(result: TaskAddResult) -> str:
    error = result.error
    if error is None:
        return "no reason given"
    values = ", ".join(f"{detail.key} {detail.value}" for detail in error.values or [])
    return f"{error.code}: {error.message.value if error.message else ''}{f' ({values})' if values else ''}"


class CloudTaskPaged(Iterator[CloudTask]):
    """A list of tasks, also page by page. Unlike that of azure-batch, once at its end it can be walked again."""

    def __init__(self, pages: Pages[CloudTask]) -> None:
        self._pages = pages
        self.reset()

    def reset(self) -> None:
        """Begin again."""
        self._walk: Iterator[Page[CloudTask]] = self._pages.by_page()
        self._items: Iterator[CloudTask] = iter(())
        self._ended = False
        self.next_link: str | None = None
        self.current_page: list[CloudTask] = []

    def advance_page(self) -> list[CloudTask]:
        """Read the next page; StopIteration at the end."""
        page = told(lambda: next(self._walk, None))
        if page is None:
            self._ended = True
            raise StopIteration("End of paging")
        self.next_link, self.current_page = page.continuation, page.items
        self._items = iter(page.items)
        return page.items

    def get(self, url: str) -> list[CloudTask]:
        """Read the page at a link and go on from there."""
        self.reset()
        self._walk = self._pages.by_page(url)
        return self.advance_page()

    def __iter__(self) -> CloudTaskPaged:
        if self._ended:
            self.reset()
        return self

    def __next__(self) -> CloudTask:
        while True:
            for task in self._items:
                return task
            self.advance_page()

    next = __next__


def plain(value: Any) -> Any:
    """Turn the models of azure-batch 14, at any depth, into dictionaries with the service's names."""
    if callable(getattr(value, "serialize", None)) and hasattr(value, "_attribute_map"):
        try:
            return Converted(value.serialize(), value)
        except Exception as error:  # msrest has several, all about what is in the model
            raise InvalidInputError(f"{type(value).__name__}: {error}") from error
    if isinstance(value, Mapping):
        return {key: plain(part) for key, part in value.items()}
    return [plain(part) for part in value] if isinstance(value, list) else value


class Converted(dict[str, Any]):
    """A dictionary that remembers the model that it was made of."""

    def __init__(self, members: Mapping[str, Any], original: Any) -> None:
        super().__init__(members)
        self.original = original


def original(value: Any) -> Any:
    """Give what the caller had passed in."""
    return value.original if isinstance(value, Converted) else value


def told(make: Callable[[], T]) -> T:
    """Do something; a refusal gets the member `error` that programs look at."""
    try:
        return make()
    except ServiceError as error:
        vars(error)["error"] = as_model(error)
        raise


def as_model(error: BatchTasksError) -> BatchError:
    """Give the BatchError of an error."""
    code, values = getattr(error, "code", None) or type(error).__name__, getattr(error, "values", ())
    return BatchError(
        code=code,
        message=ErrorMessage(lang="en-US", value=getattr(error, "message", None) or str(error)),
        values=[BatchErrorDetail(key=key, value=value) for key, value in values] or None,
    )


def options_of(
    given: Any, headers: Mapping[str, str] | None, config: dict[str, Any], names: str = ""
) -> dict[str, Any]:
    """Read an options object or dict of any origin into the keyword arguments of our own operations."""
    read = _reader(given)
    sent, options = dict(headers or {}), {"server_timeout": read("timeout"), "timeout": config.pop("timeout", None)}
    if config:
        raise TypeError(f"{', '.join(sorted(config))}: not taken here; connections are set up by BatchClient(...).")
    if read("client_request_id") is not None and read("return_client_request_id"):
        options["client_request_id"] = read("client_request_id")
    elif read("client_request_id") is not None:
        sent["client-request-id"] = str(read("client_request_id"))
    elif read("return_client_request_id"):
        sent["return-client-request-id"] = "true"
    return {**options, **{name: read(name) for name in names.split()}, "headers": sent or None}


def conditional_options(
    given: Any, headers: Mapping[str, str] | None, config: dict[str, Any], names: str = ""
) -> dict[str, Any]:
    """Read options that may hold conditions."""
    read = _reader(given)
    condition = Condition()
    for name, make in (("if_match", if_match), ("if_none_match", if_none_match)):
        if read(name) is not None:
            condition = condition & make(read(name))
    for name, make_dated in (("if_modified_since", if_modified_since), ("if_unmodified_since", if_unmodified_since)):
        if read(name) is not None:
            condition = condition & make_dated(_as_utc(read(name)))
    return {**options_of(given, headers, config, names), "condition": condition}


def _as_utc(when: datetime | str) -> datetime | str:
    """Times without a zone count as UTC there."""
    return when.replace(tzinfo=UTC) if isinstance(when, datetime) and when.tzinfo is None else when


_KNOWN = {field.name for field in fields(TaskOptions)}


def _reader(given: Any) -> Callable[[str], Any]:
    if isinstance(given, Mapping):
        strangers = sorted(set(given) - _KNOWN)
        if strangers:
            raise UnknownFieldError(f"options have no {strangers[0]!r}.{suggestion(strangers[0], _KNOWN)}")
        return given.get
    if given is not None and not any(hasattr(given, name) for name in _KNOWN):
        raise InvalidInputError(f"options must be an options object or a dict, not {type(given).__name__}.")
    return lambda name: getattr(given, name, None)
