"""The generated calls with the checks of this package: everything is checked here, before a call is built."""

from __future__ import annotations

from typing import TypeVar, cast

from batchtasks._validation.arguments import validate_arguments, validate_request
from batchtasks._validation.models import structure
from batchtasks_rest._call import Json
from batchtasks_rest.api import Calls
from batchtasks_rest.api.file import FileCalls as GeneratedFileCalls
from batchtasks_rest.api.job import JobCalls as GeneratedJobCalls
from batchtasks_rest.api.task import TaskCalls as GeneratedTaskCalls

T = TypeVar("T")
C = TypeVar("C", bound=Calls)


class _Checked(Calls):
    """The hooks of the generated calls."""

    def _check_arguments(self, operation: str, arguments: Json) -> None:
        validate_arguments(operation, arguments)

    def _as_model(self, kind: type[T], value: T | Json, name: str) -> T:
        return structure(kind, value, name)

    def _check_request(self, operation: str, kwargs: Json) -> None:
        validate_request(operation, kwargs, self.api_version)


class TaskCalls(_Checked, GeneratedTaskCalls):
    """What each task operation sends."""


class JobCalls(_Checked, GeneratedJobCalls):
    """What each job operation sends."""


class FileCalls(_Checked, GeneratedFileCalls):
    """What each file operation sends."""


def checked(group: type[C]) -> type[C]:
    """Return the calls of a group of operations with the checks of this package."""
    return cast(type[C], type(group.__name__, (_Checked, group), {}))
