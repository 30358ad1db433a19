# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
"""The operations of the service by group; `Calls` is the base class of what each group sends."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote

from attrs import frozen

from .._call import Answer, Call
from .._facts import DEFAULT_API_VERSION, SERVER_TIMEOUT_NAME
from .._wire import read_object

if TYPE_CHECKING:
    from .account import AccountOperations, AsyncAccountOperations
    from .application import ApplicationOperations, AsyncApplicationOperations
    from .compute_node import AsyncComputeNodeOperations, ComputeNodeOperations
    from .file import AsyncFileOperations, FileOperations
    from .job import AsyncJobOperations, JobOperations
    from .job_schedule import AsyncJobScheduleOperations, JobScheduleOperations
    from .pool import AsyncPoolOperations, PoolOperations
    from .task import AsyncTaskOperations, TaskOperations

T = TypeVar("T")

_CONDITIONS = {
    "If-Match": "if_match",
    "If-None-Match": "if_none_match",
    "If-Modified-Since": "if_modified_since",
    "If-Unmodified-Since": "if_unmodified_since",
}
_NOTHING: Mapping[str, Any] = {}


def _accept(*arguments: Any) -> None:
    pass


def _as_model(kind: Any, value: Any, name: str) -> Any:
    return kind.from_dict(value) if isinstance(value, Mapping) else value


@frozen
class Checks:
    """Functions that check and convert the arguments of operations, before a call is built.

    `arguments` gets the operation and its arguments, except the body. `model` gets a class, the body argument, which may be plain
    JSON, and its name; it returns the model. `request` gets the operation, what is sent (query as "params", headers, body as
    "json", by the names of the service) and the API version.
    """

    arguments: Callable[[str, Mapping[str, Any]], None] = _accept
    model: Callable[[type[Any], Any, str], Any] = _as_model
    request: Callable[[str, Mapping[str, Any], str], None] = _accept


class Calls:
    """Builds the calls of one API version."""

    def __init__(self, api_version: str = DEFAULT_API_VERSION, checks: Checks = Checks()) -> None:
        self.api_version = api_version
        self._checks = checks

    def _build(
        self,
        operation: str,
        method: str,
        path: str,
        arguments: Mapping[str, Any],
        *,
        query: Mapping[str, Any] = _NOTHING,
        headers: Mapping[str, Any] = _NOTHING,
        body: Any = None,
        success: tuple[int, ...],
        read: Callable[[Answer], T],
    ) -> Call[T]:
        """Return the call for what an operation itself sends and for the arguments that all operations share.

        What is None is left out.
        """
        request_id, condition = arguments["client_request_id"], arguments.get("condition")
        timeout_name = SERVER_TIMEOUT_NAME[self.api_version]
        params = {**query, "api-version": self.api_version, timeout_name: arguments["server_timeout"]}
        conditions = {header: getattr(condition, name, None) for header, name in _CONDITIONS.items()}
        ids = {"client-request-id": request_id, "return-client-request-id": None if request_id is None else "true"}
        request = {"params": _given(params), "headers": _given({**conditions, **ids, **headers})}
        if body is not None:
            request["json"] = body.to_dict()
        self._checks.request(operation, request, self.api_version)
        timeout = arguments["timeout"]
        return Call(
            operation=operation,
            method=method,
            path=path,
            query={name: _text(value) for name, value in request["params"].items()},
            headers=_merged(request["headers"], arguments["headers"] or {}),
            success=success,
            read=read,
            body=request.get("json"),
            timeout=timeout.total_seconds() if isinstance(timeout, timedelta) else timeout,
        )


class Groups:
    """The groups of operations, as attributes of a blocking client; each is made when it is first used."""

    def _operations(self, group: str) -> Any:
        """Hook: return the operations of a group by its name."""
        raise NotImplementedError

    @cached_property
    def task(self) -> TaskOperations:
        """Task operations. Command lines that run on the compute nodes of a job's pool."""
        operations: TaskOperations = self._operations("task")
        return operations

    @cached_property
    def job(self) -> JobOperations:
        """Job operations. Collections of tasks that share a pool, a priority and rules for ending."""
        operations: JobOperations = self._operations("job")
        return operations

    @cached_property
    def file(self) -> FileOperations:
        """File operations. The files that a task reads and writes on the node it runs on."""
        operations: FileOperations = self._operations("file")
        return operations

    @cached_property
    def pool(self) -> PoolOperations:
        """Pool operations. Groups of nodes that jobs run on."""
        operations: PoolOperations = self._operations("pool")
        return operations

    @cached_property
    def compute_node(self) -> ComputeNodeOperations:
        """ComputeNode operations. The virtual machines of a pool."""
        operations: ComputeNodeOperations = self._operations("compute_node")
        return operations

    @cached_property
    def account(self) -> AccountOperations:
        """Account operations. What the account offers."""
        operations: AccountOperations = self._operations("account")
        return operations

    @cached_property
    def job_schedule(self) -> JobScheduleOperations:
        """JobSchedule operations. Rules by which the service adds jobs at set times."""
        operations: JobScheduleOperations = self._operations("job_schedule")
        return operations

    @cached_property
    def application(self) -> ApplicationOperations:
        """Application operations. Packages of software that nodes can use."""
        operations: ApplicationOperations = self._operations("application")
        return operations


class AsyncGroups:
    """The groups of operations, as attributes of an asynchronous client; each is made when it is first used."""

    def _operations(self, group: str) -> Any:
        """Hook: return the operations of a group by its name."""
        raise NotImplementedError

    @cached_property
    def task(self) -> AsyncTaskOperations:
        """Task operations. Command lines that run on the compute nodes of a job's pool."""
        operations: AsyncTaskOperations = self._operations("task")
        return operations

    @cached_property
    def job(self) -> AsyncJobOperations:
        """Job operations. Collections of tasks that share a pool, a priority and rules for ending."""
        operations: AsyncJobOperations = self._operations("job")
        return operations

    @cached_property
    def file(self) -> AsyncFileOperations:
        """File operations. The files that a task reads and writes on the node it runs on."""
        operations: AsyncFileOperations = self._operations("file")
        return operations

    @cached_property
    def pool(self) -> AsyncPoolOperations:
        """Pool operations. Groups of nodes that jobs run on."""
        operations: AsyncPoolOperations = self._operations("pool")
        return operations

    @cached_property
    def compute_node(self) -> AsyncComputeNodeOperations:
        """ComputeNode operations. The virtual machines of a pool."""
        operations: AsyncComputeNodeOperations = self._operations("compute_node")
        return operations

    @cached_property
    def account(self) -> AsyncAccountOperations:
        """Account operations. What the account offers."""
        operations: AsyncAccountOperations = self._operations("account")
        return operations

    @cached_property
    def job_schedule(self) -> AsyncJobScheduleOperations:
        """JobSchedule operations. Rules by which the service adds jobs at set times."""
        operations: AsyncJobScheduleOperations = self._operations("job_schedule")
        return operations

    @cached_property
    def application(self) -> AsyncApplicationOperations:
        """Application operations. Packages of software that nodes can use."""
        operations: AsyncApplicationOperations = self._operations("application")
        return operations


def quoted(value: object) -> str:
    """Return a value as a part of a path."""
    return quote(str(value), safe="")


def comma_list(names: Sequence[str] | str | None) -> str | None:
    """Return names joined with commas and without blanks."""
    if names is None:
        return None
    return (names if isinstance(names, str) else ",".join(map(str, names))).replace(" ", "")


def read_json(read: Callable[[Mapping[str, Any]], T]) -> Callable[[Answer], T]:
    """Return a function that reads the body of an answer as JSON and builds a model from it."""

    def read_answer(answer: Answer) -> T:
        return read(read_object(answer.content))

    return read_answer


def read_bytes(answer: Answer) -> bytes:
    """Return the body of an answer as it came."""
    return answer.content


def read_found(answer: Answer) -> bool:
    """Return whether a thing exists, for operations that ask so with HEAD."""
    return answer.status_code != 404


def read_nothing(answer: Answer) -> None:
    """Return None, for operations whose answers have no body."""


def _merged(own: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """Return the headers of the operation and of the caller; of two names that differ in letter case only, the last."""
    return dict({name.lower(): (name, value) for name, value in (*own.items(), *given.items())}.values())


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
