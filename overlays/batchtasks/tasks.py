"""Building a task from plain Python values."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from batchtasks._validation.arguments import validate_id
from batchtasks._validation.models import structure
from batchtasks.errors import InvalidInputError, MissingFieldError

if TYPE_CHECKING:
    from batchtasks_rest.models import (
        ApplicationPackageReference,
        EnvironmentSetting,
        ExitConditions,
        MultiInstanceSettings,
        OutputFile,
        ResourceFile,
        TaskAddParameter,
        TaskConstraints,
        TaskContainerSettings,
        TaskDependencies,
        TaskIdRange,
        UserIdentity,
    )

M = TypeVar("M")
W = TypeVar("W", str, str | None)

# The service keeps a task's list of parents in a field of so many characters.
_DEPENDENCY_CHARACTERS = 64_000


def task(
    id: str,
    command_line: str,
    *,
    env: Mapping[str, str | int | float | os.PathLike[str]] | None = None,
    display_name: str | None = None,
    max_wall_clock_time: timedelta | None = None,
    retention_time: timedelta | None = None,
    max_task_retry_count: int | None = None,
    depends_on: str | Iterable[str | int | range | TaskIdRange] | range | None = None,
    resource_files: Mapping[str, str] | Iterable[ResourceFile | Mapping[str, Any]] | None = None,
    output_files: Iterable[OutputFile | Mapping[str, Any]] | None = None,
    container: str | TaskContainerSettings | Mapping[str, Any] | None = None,
    required_slots: int | None = None,
    user_identity: UserIdentity | Mapping[str, Any] | None = None,
    application_packages: Iterable[str | ApplicationPackageReference | Mapping[str, Any]] | None = None,
    exit_conditions: ExitConditions | Mapping[str, Any] | None = None,
    multi_instance_settings: MultiInstanceSettings | Mapping[str, Any] | None = None,
    affinity_id: str | None = None,
) -> TaskAddParameter:
    """Build a task to add from plain Python values.

    Args:
        id: 1 to 64 letters, digits, hyphens and underscores, unique in the job without regard to letter case.
        command_line: The program and its arguments. No shell runs it: for pipes and variables write /bin/sh -c '...'.
        env: Environment variables by name; numbers and paths are written as text.
        display_name: A name for people.
        max_wall_clock_time: The longest that one run may take. Omitted: no limit.
        retention_time: How long the task's directory is kept after the end. Omitted: 7 days.
        max_task_retry_count: Further runs after an exit code other than 0; -1 for without end. Omitted: the job's value.
        depends_on: Tasks of the same job that must complete first: ids, whole numbers, and ranges of ids that read as
            whole numbers (a Python range, so `range(1, 5)` means 1 to 4). The job needs `uses_task_dependencies`.
        resource_files: Files to bring to the task: paths below the working directory with their URLs, or ResourceFile.
        output_files: Files to upload at the end.
        container: An image name, or TaskContainerSettings. Only on pools with containers.
        required_slots: Task slots that the task takes, 1 or more. Omitted: 1.
        user_identity: The user to run as. Omitted: the pool's unprivileged automatic user.
        application_packages: Names of application packages, also as "name:version".
        exit_conditions: What to do by the way the task ends.
        multi_instance_settings: How to run on several nodes at once.
        affinity_id: A node to prefer.

    Raises InvalidInputError (or a class under it) naming the argument that cannot be right.
    """
    from batchtasks_rest import models as m

    validate_id(id, "task")
    if not isinstance(command_line, str) or not command_line.strip():
        raise MissingFieldError(f"task {id} needs a command line.")
    what = f"task {id}"
    return m.TaskAddParameter(
        id=id,
        command_line=command_line,
        display_name=_words(display_name, f"{what}: display_name"),
        environment_settings=_environment(env, what),
        constraints=_constraints(what, max_wall_clock_time, retention_time, max_task_retry_count),
        depends_on=_dependencies(depends_on, what),
        resource_files=_files(resource_files, what),
        output_files=_models(m.OutputFile, output_files, f"{what}: output_files"),
        container_settings=_model(
            m.TaskContainerSettings,
            {"imageName": container} if isinstance(container, str) else container,
            f"{what}: container",
        ),
        required_slots=_at_least(required_slots, 1, f"{what}: required_slots"),
        user_identity=_model(m.UserIdentity, user_identity, f"{what}: user_identity"),
        application_package_references=_packages(application_packages, what),
        exit_conditions=_model(m.ExitConditions, exit_conditions, f"{what}: exit_conditions"),
        multi_instance_settings=_model(
            m.MultiInstanceSettings, multi_instance_settings, f"{what}: multi_instance_settings"
        ),
        affinity_info=None
        if affinity_id is None
        else m.AffinityInformation(_words(affinity_id, f"{what}: affinity_id")),
    )


def _model(kind: type[M], value: M | Mapping[str, Any] | None, what: str) -> M | None:
    return None if value is None else structure(kind, value, what)


def _models(kind: type[M], values: Iterable[M | Mapping[str, Any]] | None, what: str) -> list[M] | None:
    if values is None:
        return None
    return [structure(kind, value, f"{what}[{index}]") for index, value in enumerate(values)]


def _environment(env: Mapping[str, Any] | None, what: str) -> list[EnvironmentSetting] | None:
    if env is None:
        return None
    from batchtasks_rest.models import EnvironmentSetting

    if not isinstance(env, Mapping):
        raise InvalidInputError(f"{what}: env must map names to values, not be {type(env).__name__}.")
    return [
        EnvironmentSetting(_variable(name, what), _text(value, f"{what}: env {name}")) for name, value in env.items()
    ]


def _variable(name: object, what: str) -> str:
    if not isinstance(name, str) or not name or "=" in name or "\0" in name:
        raise InvalidInputError(f"{what}: {name!r} cannot be the name of an environment variable.")
    return name


def _text(value: object, what: str) -> str:
    if isinstance(value, os.PathLike):
        value = os.fspath(value)
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise InvalidInputError(f"{what} must be text, a number or a path, not {type(value).__name__}.")
    return str(value)


def _constraints(
    what: str, max_wall_clock_time: timedelta | None, retention_time: timedelta | None, retries: int | None
) -> TaskConstraints | None:
    if max_wall_clock_time is None and retention_time is None and retries is None:
        return None
    from batchtasks_rest.models import TaskConstraints

    return TaskConstraints(
        max_wall_clock_time=_span(max_wall_clock_time, f"{what}: max_wall_clock_time"),
        retention_time=_span(retention_time, f"{what}: retention_time"),
        max_task_retry_count=_at_least(retries, -1, f"{what}: max_task_retry_count"),
    )


def _span(value: timedelta | None, what: str) -> timedelta | None:
    if value is not None and (not isinstance(value, timedelta) or value <= timedelta()):
        raise InvalidInputError(f"{what} must be a timedelta above zero, not {value!r}.")
    return value


def _words(value: W, what: str) -> W:
    if value is not None and not isinstance(value, str):
        raise InvalidInputError(f"{what} must be text, not {type(value).__name__}.")
    return value


def _at_least(value: int | None, least: int, what: str) -> int | None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < least):
        raise InvalidInputError(f"{what} must be a whole number of {least} or more, not {value!r}.")
    return value


def _dependencies(parents: Any, what: str) -> TaskDependencies | None:
    if parents is None:
        return None
    from batchtasks_rest.models import TaskDependencies, TaskIdRange

    ids: list[str] = []
    ranges: list[TaskIdRange] = []
    for parent in parents if isinstance(parents, Iterable) and not isinstance(parents, (str, range)) else [parents]:
        if isinstance(parent, range):
            ranges.append(_id_range(parent, what))
        elif isinstance(parent, TaskIdRange):
            ranges.append(parent)
        else:
            validate_id(str(parent) if type(parent) is int else parent, f"{what}: depends_on:")
            ids.append(str(parent))
    if sum(map(len, ids)) > _DEPENDENCY_CHARACTERS:
        raise InvalidInputError(
            f"{what}: the ids in depends_on have more than {_DEPENDENCY_CHARACTERS:,} characters together; "
            "give the parents whole numbers as ids and use a range."
        )
    return TaskDependencies(task_ids=ids or None, task_id_ranges=ranges or None)


def _id_range(numbers: range, what: str) -> TaskIdRange:
    from batchtasks_rest.models import TaskIdRange

    if numbers.step != 1 or not numbers or numbers.start < 0:
        raise InvalidInputError(f"{what}: depends_on {numbers!r} must go up by 1, from 0 or more, and not be empty.")
    return TaskIdRange(start=numbers.start, end=numbers.stop - 1)


def _files(files: Any, what: str) -> list[ResourceFile] | None:
    if files is None:
        return None
    from batchtasks_rest.models import ResourceFile

    if isinstance(files, Mapping):
        return [ResourceFile(file_path=path, http_url=_text(url, f"{what}: {path}")) for path, url in files.items()]
    return _models(ResourceFile, files, f"{what}: resource_files")


def _packages(packages: Any, what: str) -> list[ApplicationPackageReference] | None:
    if packages is None:
        return None
    from batchtasks_rest.models import ApplicationPackageReference

    if isinstance(packages, (str, Mapping)):
        raise InvalidInputError(f"{what}: application_packages must be a list.")
    given = [_named_package(package) if isinstance(package, str) else package for package in packages]
    return _models(ApplicationPackageReference, given, f"{what}: application_packages")


def _named_package(name: str) -> dict[str, str]:
    application, _, version = name.partition(":")
    return {"applicationId": application, "version": version} if version else {"applicationId": application}
