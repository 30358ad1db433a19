"""Build a task from plain Python values, or from a task that was read."""

from __future__ import annotations

import os
import re
import shlex
import warnings
from collections.abc import Iterable, Mapping
from datetime import timedelta
from numbers import Real
from typing import Any, TypeAlias

from attrs import evolve

from batchtasks._errors import without_secrets
from batchtasks._validation.arguments import validate_id, validate_parents
from batchtasks._validation.models import members, read_list, read_members, structure
from batchtasks._validation.values import validate_int
from batchtasks.errors import InvalidInputError, MissingFieldError
from batchtasks_rest import models
from batchtasks_rest._call import Json

Parent: TypeAlias = "str | int | range | models.TaskIdRange | models.TaskAddParameter | models.CloudTask | Json"

# The service keeps a task's list of parents in a field of so many characters.
_DEPENDENCY_CHARACTERS = 64_000
_SHELLS = ("sh", "ash", "bash", "dash", "zsh", "ksh", "csh", "tcsh", "fish", "cmd", "powershell", "pwsh")
_QUOTED = re.compile(r"'[^']*'|\"(?:\\.|[^\"\\])*\"|\\.", re.DOTALL)
_may_be_shell = re.compile(r"[|<>&;$]").search
_VARIABLE = re.compile(r"\$(?:[A-Za-z_]\w*|[{(].*)")
_is_operator = re.compile(r"\|\|?|&&?|;|\S+;|<<?|[\d&]?>>?(?:&?\S+)?").fullmatch
# The local service takes file: URLs too.
_has_scheme = re.compile(r"https?://[^/]|file:///", re.IGNORECASE).match
_is_local = re.compile(r"[/\\.~]|[A-Za-z]:|file:", re.IGNORECASE).match


def task(
    id: str,
    command_line: str | None = None,
    *,
    of: models.CloudTask | models.TaskAddParameter | Json | None = None,
    env: Mapping[str, object] | Iterable[models.EnvironmentSetting | Json] | None = None,
    display_name: str | None = None,
    max_wall_clock_time: timedelta | float | str | None = None,
    retention_time: timedelta | float | str | None = None,
    max_task_retry_count: int | None = None,
    constraints: models.TaskConstraints | Json | None = None,
    depends_on: Parent | Iterable[Parent] | models.TaskDependencies | None = None,
    resource_files: Json | models.ResourceFile | Iterable[models.ResourceFile | Json] | None = None,
    output_files: models.OutputFile | Json | Iterable[models.OutputFile | Json] | None = None,
    container: str | models.TaskContainerSettings | Json | None = None,
    required_slots: int | None = None,
    user_identity: models.UserIdentity | Json | None = None,
    application_packages: str | Json | Iterable[str | models.ApplicationPackageReference | Json] | None = None,
    exit_conditions: models.ExitConditions | Json | None = None,
    multi_instance_settings: models.MultiInstanceSettings | Json | None = None,
    affinity_id: str | None = None,
) -> models.TaskAddParameter:
    """Build a task to add. Every argument may also be a model, or a dict in the service's form.

    Args:
        id: 1 to 64 letters, digits, hyphens and underscores, unique in the job without regard to letter case.
        command_line: The program and its arguments. No shell reads it: for pipes and variables write /bin/sh -c '...'. It may
            be left out or empty with a container, which then runs its own program.
        of: A task that was read, or a task to add, to start from; what only the service sets is left out. Other arguments
            replace its members. (Passwords of registries are not in what is read.)
        env: Environment variables by name; numbers and paths are written as text.
        display_name: A name for people.
        max_wall_clock_time: The longest that one run may take: a timedelta, seconds, or ISO 8601 text. Default: no limit.
        retention_time: How long the task's directory is kept after the end. Default: 7 days.
        max_task_retry_count: Further runs after an exit code other than 0; -1 means no limit. Default: the job's value.
        constraints: The same three as one object; the arguments above have priority.
        depends_on: Tasks of the same job that must complete first: ids, tasks, whole numbers, and ranges of ids that read as
            whole numbers (a Python range, so `range(1, 5)` means 1 to 4). The job needs `usesTaskDependencies`.
        resource_files: Files to bring to the task: paths below the working directory with their URLs, or ResourceFile.
        output_files: Files to upload at the end.
        container: An image name, or TaskContainerSettings. Only on pools with containers.
        required_slots: Task slots that the task takes. Default: 1.
        user_identity: The user to run as. Default: the pool's automatic user without administrator rights.
        application_packages: Names of application packages, also as "name:version".
        exit_conditions: What to do by the way the task ends.
        multi_instance_settings: How to run on several nodes at once.
        affinity_id: A node to prefer.

    Returns:
        The task, for `client.task.add` and `add_collection`. A command line that only a shell could understand, with no shell in
        it, is a UserWarning.

    Raises:
        InvalidInputError: An argument cannot be right; the text names it.
    """
    validate_id(id, "task")
    prefix = f"task {id}: "
    made = models.TaskAddParameter(id, "") if of is None else evolve(_copy(of, prefix), id=id)
    given = {
        "display_name": display_name,
        "output_files": None if output_files is None else _as_list(output_files),
        "container_settings": {"imageName": container} if isinstance(container, str) else container,
        "constraints": constraints,
        "user_identity": user_identity,
        "application_package_references": None if application_packages is None else _packages(application_packages),
        "exit_conditions": exit_conditions,
        "multi_instance_settings": multi_instance_settings,
        "affinity_info": None if affinity_id is None else {"affinityId": affinity_id},
    }
    for name, value in read_members(models.TaskAddParameter, given, prefix).items():
        setattr(made, name, value)
    if command_line is not None:
        made.command_line = _command_line(command_line, prefix)
    if env is not None:
        made.environment_settings = _environment(env, prefix)
    if depends_on is not None:
        made.depends_on = _dependencies(depends_on, prefix)
        validate_parents(id, made.depends_on.task_ids)
    if resource_files is not None:
        made.resource_files = _resource_files(resource_files, prefix)
    if required_slots is not None:
        made.required_slots = validate_int(required_slots, f"{prefix}required_slots", 1)
    if max_task_retry_count is not None:
        max_task_retry_count = validate_int(max_task_retry_count, f"{prefix}max_task_retry_count", -1)
    limits = {
        "max_wall_clock_time": max_wall_clock_time,
        "retention_time": retention_time,
        "max_task_retry_count": max_task_retry_count,
    }
    if given_limits := read_members(models.TaskConstraints, limits, prefix):
        made.constraints = evolve(made.constraints or models.TaskConstraints(), **given_limits)
    if not (made.command_line or "").strip() and made.container_settings is None:
        raise MissingFieldError(f"task {id} needs a command line.")
    _check_urls(made, prefix)
    return made


def shell_syntax(command_line: str) -> str | None:
    """Return the first part of a command line that only a shell would understand, or None if a shell is named in it."""
    if not _may_be_shell(command_line) or any(_program(word) in _SHELLS for word in command_line.split()):
        return None
    # A variable in double quotes is one for a shell, other quoted text is not looked at.
    words = _QUOTED.sub(lambda q: " ".join(_VARIABLE.findall(q[0])) if q[0][0] == '"' else "q", command_line).split()
    ends_find = any(word in ("-exec", "-execdir", "-ok", "-okdir") for word in words)
    for word in words:
        if _is_operator(word) and not (word == ";" and ends_find):
            return word if not word.endswith(";") else ";"
        if variable := _VARIABLE.search(word):
            return variable[0]
    return None


def _program(word: str) -> str:
    return re.split(r"[/\\]", word.strip("'\""))[-1].lower().removesuffix(".exe")


def _command_line(text: object, prefix: str) -> str:
    if isinstance(text, (list, tuple)):
        line = shlex.join(map(str, text))
        raise InvalidInputError(
            f"{prefix}command_line must be text, which no shell reads: write shlex.join([...]), here {line!r}."
        )
    if not isinstance(text, str):
        raise InvalidInputError(f"{prefix}command_line must be text, not {type(text).__name__}.")
    if found := shell_syntax(text):
        warnings.warn(
            f"A command line has {found} and no shell in it. No shell reads it, so the program gets {found} as text: write "
            "/bin/sh -c '...'.",
            stacklevel=3,
        )
    return text


def _copy(source: object, prefix: str) -> models.TaskAddParameter:
    """Return what of a task that was read can be added again."""
    if isinstance(source, (models.CloudTask, models.TaskAddParameter)):
        source = source.to_dict()
    if not isinstance(source, Mapping):
        raise InvalidInputError(f"{prefix}of must be a task that was read, or its JSON, not {type(source).__name__}.")
    names = {member.wire for member in members(models.TaskAddParameter)}
    return models.TaskAddParameter.from_dict({name: value for name, value in source.items() if name in names})


def _as_list(value: object) -> list[Any]:
    """Return a list of one for a single object, and other iterables as lists."""
    return [value] if isinstance(value, (Mapping, str, bytes)) or not isinstance(value, Iterable) else list(value)


def _environment(env: object, prefix: str) -> list[models.EnvironmentSetting]:
    if not isinstance(env, Mapping):
        env = _as_list(env)
        if not all(isinstance(setting, (models.EnvironmentSetting, Mapping)) for setting in env):
            raise InvalidInputError(f"{prefix}env must map names to values, such as {{'LEVEL': '1'}}.")
        return read_list(models.EnvironmentSetting, env, f"{prefix}env")
    if env.keys() == {"name", "value"}:
        raise InvalidInputError(
            f"{prefix}env with the names 'name' and 'value' can mean one variable or two: write {{{env['name']!r}: ...}} for "
            "one, a list of EnvironmentSetting for two."
        )
    for name in env:
        if not isinstance(name, str) or not name or "=" in name or "\0" in name:
            raise InvalidInputError(f"{prefix}{name!r} cannot be the name of an environment variable.")
    return [models.EnvironmentSetting(name, _text(env[name], f"{prefix}env {name}")) for name in env]


def _text(value: object, where: str) -> str:
    if isinstance(value, os.PathLike):
        value = os.fspath(value)
    if isinstance(value, bool) or not isinstance(value, (str, Real)):
        raise InvalidInputError(f"{where} must be text, a number or a path, not {type(value).__name__}.")
    return str(value)


def _dependencies(given: Any, prefix: str) -> models.TaskDependencies:
    if isinstance(given, models.TaskDependencies) or (
        isinstance(given, Mapping) and not given.keys() & {"start", "end", "id"}
    ):
        return structure(models.TaskDependencies, given, f"{prefix}depends_on")
    ids: list[str] = []
    ranges: list[models.TaskIdRange] = []
    is_one = isinstance(given, (str, bytes, range, Mapping)) or not isinstance(given, Iterable)
    for parent in [given] if is_one else given:
        if isinstance(parent, range):
            if parent.step != 1 or not parent or parent.start < 0:
                rule = "must go up by 1, from 0 or more, and not be empty"
                raise InvalidInputError(f"{prefix}depends_on {parent!r} {rule}.")
            ranges.append(models.TaskIdRange(parent.start, parent.stop - 1))
        elif isinstance(parent, models.TaskIdRange) or (isinstance(parent, Mapping) and "id" not in parent):
            ranges.append(structure(models.TaskIdRange, parent, f"{prefix}depends_on"))
        else:
            name = parent.get("id") if isinstance(parent, Mapping) else getattr(parent, "id", parent)
            name = str(name) if hasattr(name, "__index__") and not isinstance(name, bool) else name
            validate_id(name, f"{prefix}depends_on:")
            ids.append(str(name))
    if sum(map(len, ids)) > _DEPENDENCY_CHARACTERS:
        raise InvalidInputError(
            f"{prefix}the ids in depends_on have more than {_DEPENDENCY_CHARACTERS:,} characters together; "
            "give the parents whole numbers as ids and use a range."
        )
    return models.TaskDependencies(task_ids=ids or None, task_id_ranges=ranges or None)


def _resource_files(files: object, prefix: str) -> list[models.ResourceFile]:
    names = {name for member in members(models.ResourceFile) for name in (member.name, member.wire)}
    if not isinstance(files, Mapping) or names & files.keys():
        return read_list(models.ResourceFile, _as_list(files), f"{prefix}resource_files")
    for path, url in files.items():
        if isinstance(path, str) and _has_scheme(path) and not _has_scheme(str(url)):
            raise InvalidInputError(
                f"{prefix}resource_files must map paths to URLs, not {path!r} to {str(url)!r}; write them the other way round."
            )
    return [models.ResourceFile(file_path=path, http_url=_text(url, f"{prefix}{path}")) for path, url in files.items()]


def _check_urls(made: models.TaskAddParameter, prefix: str) -> None:
    files, outputs = enumerate(made.resource_files or ()), enumerate(made.output_files or ())
    urls = [(f"resource_files[{at}]", url) for at, file in files for url in (file.http_url, file.storage_container_url)]
    urls += [(f"output_files[{at}]", to.container_url) for at, file in outputs if (to := file.destination.container)]
    for where, url in urls:
        if url is not None and not _has_scheme(url):
            what = "a path of this machine;" if _is_local(url) else "no URL: write https:// in front, or"
            named = without_secrets(url)
            raise InvalidInputError(f"{prefix}{where}: {named!r} is {what} upload the file and give its URL.")


def _packages(packages: object) -> list[Any]:
    def reference(package: object) -> object:
        if not isinstance(package, str):
            return package
        application, _, version = package.partition(":")
        return {"applicationId": application, "version": version or None}

    return [reference(package) for package in _as_list(packages)]
