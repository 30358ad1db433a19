"""The task operations of Azure Batch: `BatchClient`, `AsyncBatchClient` and what goes with them.

    from batchtasks import BatchClient, F, SharedKeyCredential, task

    with BatchClient(url, SharedKeyCredential(account, key)) as client:
        client.task.add("job1", task("t1", "/bin/sh -c 'echo hi'"))
        client.task.wait("job1")

Each name is imported when it is first used, so that a program pays only for what it needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from batchtasks._bulk.outcome import BulkProgress as BulkProgress
    from batchtasks._bulk.outcome import TaskOutcome as TaskOutcome
    from batchtasks._bulk.report import BulkAddError as BulkAddError
    from batchtasks._bulk.report import BulkError as BulkError
    from batchtasks._bulk.report import BulkReport as BulkReport
    from batchtasks._bulk.run import BulkDeadline as BulkDeadline
    from batchtasks._observe import Exchange as Exchange
    from batchtasks._retry import RetryPolicy as RetryPolicy
    from batchtasks._version import __version__ as __version__
    from batchtasks.auth import SharedKeyCredential as SharedKeyCredential
    from batchtasks.auth import TaskTokenCredential as TaskTokenCredential
    from batchtasks.client import AsyncBatchClient as AsyncBatchClient
    from batchtasks.client import BatchClient as BatchClient
    from batchtasks.conditions import Condition as Condition
    from batchtasks.conditions import ETag as ETag
    from batchtasks.conditions import if_match as if_match
    from batchtasks.conditions import if_modified_since as if_modified_since
    from batchtasks.conditions import if_none_match as if_none_match
    from batchtasks.conditions import if_unmodified_since as if_unmodified_since
    from batchtasks.errors import AlreadyExistsError as AlreadyExistsError
    from batchtasks.errors import AuthenticationError as AuthenticationError
    from batchtasks.errors import BatchTasksError as BatchTasksError
    from batchtasks.errors import BodyTooLargeError as BodyTooLargeError
    from batchtasks.errors import ConditionError as ConditionError
    from batchtasks.errors import ConditionNotMet as ConditionNotMet
    from batchtasks.errors import ConfigurationError as ConfigurationError
    from batchtasks.errors import ConflictError as ConflictError
    from batchtasks.errors import ConnectionFailed as ConnectionFailed
    from batchtasks.errors import FileNotFound as FileNotFound
    from batchtasks.errors import ForeignOriginError as ForeignOriginError
    from batchtasks.errors import InvalidIdError as InvalidIdError
    from batchtasks.errors import InvalidInputError as InvalidInputError
    from batchtasks.errors import InvalidRequestError as InvalidRequestError
    from batchtasks.errors import JobBeingDeleted as JobBeingDeleted
    from batchtasks.errors import JobBeingTerminated as JobBeingTerminated
    from batchtasks.errors import JobCompleted as JobCompleted
    from batchtasks.errors import JobDisabled as JobDisabled
    from batchtasks.errors import JobEndedError as JobEndedError
    from batchtasks.errors import JobNotFound as JobNotFound
    from batchtasks.errors import MissingFieldError as MissingFieldError
    from batchtasks.errors import NoAnswerError as NoAnswerError
    from batchtasks.errors import NotFoundError as NotFoundError
    from batchtasks.errors import NotModified as NotModified
    from batchtasks.errors import PermissionDeniedError as PermissionDeniedError
    from batchtasks.errors import QuotaError as QuotaError
    from batchtasks.errors import RequestTimedOut as RequestTimedOut
    from batchtasks.errors import ServerError as ServerError
    from batchtasks.errors import ServiceError as ServiceError
    from batchtasks.errors import TaskCompleted as TaskCompleted
    from batchtasks.errors import TaskNotCompleted as TaskNotCompleted
    from batchtasks.errors import TaskNotFound as TaskNotFound
    from batchtasks.errors import TaskSucceeded as TaskSucceeded
    from batchtasks.errors import ThrottledError as ThrottledError
    from batchtasks.errors import TokenError as TokenError
    from batchtasks.errors import TooLargeError as TooLargeError
    from batchtasks.errors import UnknownFieldError as UnknownFieldError
    from batchtasks.errors import UnreadableAnswerError as UnreadableAnswerError
    from batchtasks.errors import UnsupportedInApiVersion as UnsupportedInApiVersion
    from batchtasks.errors import WaitTimeout as WaitTimeout
    from batchtasks.errors import WrongStateError as WrongStateError
    from batchtasks.file_operations import AsyncFileOperations as AsyncFileOperations
    from batchtasks.file_operations import FileOperations as FileOperations
    from batchtasks.filters import F as F
    from batchtasks.filters import FileF as FileF
    from batchtasks.filters import Filter as Filter
    from batchtasks.filters import JobF as JobF
    from batchtasks.filters import any_of as any_of
    from batchtasks.job_operations import AsyncJobOperations as AsyncJobOperations
    from batchtasks.job_operations import JobOperations as JobOperations
    from batchtasks.paging import AsyncPages as AsyncPages
    from batchtasks.paging import Page as Page
    from batchtasks.paging import Pages as Pages
    from batchtasks.task_operations import AsyncTaskOperations as AsyncTaskOperations
    from batchtasks.task_operations import TaskOperations as TaskOperations
    from batchtasks.tasks import task as task
    from batchtasks.waiting import WaitProgress as WaitProgress
    from batchtasks.waiting import WaitResult as WaitResult
    from batchtasks.waiting import first_failure as first_failure
    from batchtasks_rest._call import Call as Call
    from batchtasks_rest._call import Response as Response
    from batchtasks_rest._wire import UNLIMITED as UNLIMITED

__all__ = [
    "UNLIMITED",
    "AlreadyExistsError",
    "AsyncBatchClient",
    "AsyncFileOperations",
    "AsyncJobOperations",
    "AsyncPages",
    "AsyncTaskOperations",
    "AuthenticationError",
    "BatchClient",
    "BatchTasksError",
    "BodyTooLargeError",
    "BulkAddError",
    "BulkDeadline",
    "BulkError",
    "BulkProgress",
    "BulkReport",
    "Call",
    "Condition",
    "ConditionError",
    "ConditionNotMet",
    "ConfigurationError",
    "ConflictError",
    "ConnectionFailed",
    "ETag",
    "Exchange",
    "F",
    "FileF",
    "FileNotFound",
    "FileOperations",
    "Filter",
    "ForeignOriginError",
    "InvalidIdError",
    "InvalidInputError",
    "InvalidRequestError",
    "JobBeingDeleted",
    "JobBeingTerminated",
    "JobCompleted",
    "JobDisabled",
    "JobEndedError",
    "JobF",
    "JobNotFound",
    "JobOperations",
    "MissingFieldError",
    "NoAnswerError",
    "NotFoundError",
    "NotModified",
    "Page",
    "Pages",
    "PermissionDeniedError",
    "QuotaError",
    "RequestTimedOut",
    "Response",
    "RetryPolicy",
    "ServerError",
    "ServiceError",
    "SharedKeyCredential",
    "TaskCompleted",
    "TaskNotCompleted",
    "TaskNotFound",
    "TaskOperations",
    "TaskOutcome",
    "TaskSucceeded",
    "TaskTokenCredential",
    "ThrottledError",
    "TokenError",
    "TooLargeError",
    "UnknownFieldError",
    "UnreadableAnswerError",
    "UnsupportedInApiVersion",
    "WaitProgress",
    "WaitResult",
    "WaitTimeout",
    "WrongStateError",
    "__version__",
    "any_of",
    "first_failure",
    "if_match",
    "if_modified_since",
    "if_none_match",
    "if_unmodified_since",
    "task",
]

_MODULES = {
    "batchtasks._bulk.outcome": ("BulkProgress", "TaskOutcome"),
    "batchtasks._bulk.report": ("BulkAddError", "BulkError", "BulkReport"),
    "batchtasks._bulk.run": ("BulkDeadline",),
    "batchtasks._observe": ("Exchange",),
    "batchtasks._retry": ("RetryPolicy",),
    "batchtasks._version": ("__version__",),
    "batchtasks.auth": ("SharedKeyCredential", "TaskTokenCredential"),
    "batchtasks.client": ("AsyncBatchClient", "BatchClient"),
    "batchtasks.conditions": (
        "Condition",
        "ETag",
        "if_match",
        "if_modified_since",
        "if_none_match",
        "if_unmodified_since",
    ),
    "batchtasks.errors": (
        "AlreadyExistsError",
        "AuthenticationError",
        "BatchTasksError",
        "BodyTooLargeError",
        "ConditionError",
        "ConditionNotMet",
        "ConfigurationError",
        "ConflictError",
        "ConnectionFailed",
        "FileNotFound",
        "ForeignOriginError",
        "InvalidIdError",
        "InvalidInputError",
        "InvalidRequestError",
        "JobBeingDeleted",
        "JobBeingTerminated",
        "JobCompleted",
        "JobDisabled",
        "JobEndedError",
        "JobNotFound",
        "MissingFieldError",
        "NoAnswerError",
        "NotFoundError",
        "NotModified",
        "PermissionDeniedError",
        "QuotaError",
        "RequestTimedOut",
        "ServerError",
        "ServiceError",
        "TaskCompleted",
        "TaskNotCompleted",
        "TaskNotFound",
        "TaskSucceeded",
        "ThrottledError",
        "TokenError",
        "TooLargeError",
        "UnknownFieldError",
        "UnreadableAnswerError",
        "UnsupportedInApiVersion",
        "WaitTimeout",
        "WrongStateError",
    ),
    "batchtasks.file_operations": ("AsyncFileOperations", "FileOperations"),
    "batchtasks.filters": ("F", "FileF", "Filter", "JobF", "any_of"),
    "batchtasks.job_operations": ("AsyncJobOperations", "JobOperations"),
    "batchtasks.paging": ("AsyncPages", "Page", "Pages"),
    "batchtasks.task_operations": ("AsyncTaskOperations", "TaskOperations"),
    "batchtasks.tasks": ("task",),
    "batchtasks.waiting": ("WaitProgress", "WaitResult", "first_failure"),
    "batchtasks_rest._call": ("Call", "Response"),
    "batchtasks_rest._wire": ("UNLIMITED",),
}
_HOME = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_HOME[name]), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
