"""Build the `$filter` of a list from exactly the properties and operators that the service documents.

    F.state == "completed"
    (F.exit_code < 0) | (F.exit_code > 0)
    F.id.startswith("render-") & (F.creation_time >= datetime.now(UTC) - timedelta(hours=1))

`F` is for tasks, `JobF` for jobs and `FileF` for the files of a task; this module also has `PoolF`, `NodeF`, `ImageF`,
`JobScheduleF` and, for the status of preparation and release tasks, `PreparationF`. A property or operator that the
service does not have raises TypeError at once. Text is sent as it is: `filter="state eq 'completed'"`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import index, or_
from typing import TYPE_CHECKING, Any, NoReturn, cast

from attrs import frozen

from batchtasks._validation.arguments import suggestion
from batchtasks._validation.values import to_utc
from batchtasks.errors import InvalidInputError
from batchtasks_rest import _fields


@frozen(eq=False)
class Filter:
    """A condition of `$filter`; `&` and `|` join two, `str()` returns the text that is sent."""

    text: str
    operation: str
    joined: str | None = None

    def __str__(self) -> str:
        return self.text

    def __and__(self, other: Filter) -> Filter:
        return self._join("and", other)

    def __or__(self, other: Filter) -> Filter:
        return self._join("or", other)

    def _join(self, word: str, other: Filter) -> Filter:
        if not isinstance(other, Filter):
            raise TypeError(f"A filter can be joined only with a filter, not with {type(other).__name__}.")
        if other.operation != self.operation:
            raise TypeError(f"A filter for {self.operation} cannot be joined with one for {other.operation}.")
        sides = [part.text if part.joined in (None, word) else f"({part.text})" for part in (self, other)]
        return Filter(f" {word} ".join(sides), self.operation, word)

    def __invert__(self) -> NoReturn:
        raise TypeError("The service has no 'not'; use the opposite operators, such as != for ==.")

    def __bool__(self) -> NoReturn:
        raise TypeError(
            "A filter has no truth value: join filters with & and | (in parentheses), not with and, or, not."
        )


def any_of(filters: Iterable[Filter]) -> Filter:
    """Return the filters joined with `or`.

    Raises:
        InvalidInputError: There is no filter.
        TypeError: Something in `filters` is not a filter.
    """
    parts = list(filters)
    if not parts:
        raise InvalidInputError("any_of needs at least one filter.")
    if not all(isinstance(part, Filter) for part in parts):
        raise TypeError("any_of joins filters built with F, and nothing else.")
    return reduce(or_, parts)


@frozen(eq=False, repr=False)
class Property:
    """A property that a list can be filtered by; comparing it returns a Filter. It cannot be a key of a dict."""

    _operation: str
    _path: str
    _kind: str
    _operators: tuple[str, ...]
    _values: tuple[str, ...]

    def _filter(self, operator: str, value: object) -> Filter:
        if operator not in self._operators:
            raise TypeError(f"The service does not take '{operator}' with {self._path}.")
        literal = self._literal(value)
        is_function = operator == "startswith"
        text = f"startswith({self._path},{literal})" if is_function else f"{self._path} {operator} {literal}"
        return Filter(text, self._operation)

    def _literal(self, value: object) -> str:
        if self._kind == "DateTime":
            if not isinstance(value, (datetime, str)):
                raise TypeError(f"{self._path} is compared with a datetime, not with {type(value).__name__}.")
            return f"DateTime'{to_utc(value, self._path).replace(tzinfo=None).isoformat()}Z'"
        if self._kind == "int":
            if isinstance(value, bool) or not hasattr(value, "__index__"):
                raise TypeError(f"{self._path} is compared with a whole number, not with {type(value).__name__}.")
            return str(index(value))
        if not isinstance(value, str):
            raise TypeError(f"{self._path} is compared with text, not with {type(value).__name__}.")
        if self._values and value not in self._values:
            raise InvalidInputError(f"{self._path} has no value {value!r}.{suggestion(value, self._values)}")
        return "'" + value.replace("'", "''") + "'"

    def startswith(self, prefix: str) -> Filter:
        """Return the filter for a text at the beginning; only ids and names of files can be filtered so."""
        return self._filter("startswith", prefix)

    def __eq__(self, other: object) -> Filter:  # type: ignore[override]
        return self._filter("eq", other)

    def __ne__(self, other: object) -> Filter:  # type: ignore[override]
        return self._filter("ne", other)

    def __lt__(self, other: object) -> Filter:
        return self._filter("lt", other)

    def __le__(self, other: object) -> Filter:
        return self._filter("le", other)

    def __gt__(self, other: object) -> Filter:
        return self._filter("gt", other)

    def __ge__(self, other: object) -> Filter:
        return self._filter("ge", other)

    def __bool__(self) -> NoReturn:
        raise TypeError(f"{self._path} has no truth value here: compare it, as in F.state == 'completed'.")


class _Fields:
    """The properties that a list can be filtered by, as attributes: compare them, as in `F.state == "completed"`."""

    def __init__(self, operation: str) -> None:
        table = _fields.FILTERS[operation]
        self.__dict__.update({name: Property(operation, *row) for name, row in table.items()})

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise TypeError(f"{name} cannot be set: to compare it write ==.")

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> NoReturn:
            if name.startswith("__"):
                raise AttributeError(name)
            known = list(vars(self))
            raise TypeError(
                f"The service has no filter on {name!r}.{suggestion(name, known) or ' There is: ' + ', '.join(known)}"
            )


F: _fields.TaskListFields[Property] = cast(Any, _Fields("Task_List"))
JobF: _fields.JobListFields[Property] = cast(Any, _Fields("Job_List"))
FileF: _fields.FileListFromTaskFields[Property] = cast(Any, _Fields("File_ListFromTask"))
PoolF: _fields.PoolListFields[Property] = cast(Any, _Fields("Pool_List"))
NodeF: _fields.ComputeNodeListFields[Property] = cast(Any, _Fields("ComputeNode_List"))
ImageF: _fields.AccountListSupportedImagesFields[Property] = cast(Any, _Fields("Account_ListSupportedImages"))
JobScheduleF: _fields.JobScheduleListFields[Property] = cast(Any, _Fields("JobSchedule_List"))
PreparationF: _fields.JobListPreparationAndReleaseTaskStatusFields[Property] = cast(
    Any, _Fields("Job_ListPreparationAndReleaseTaskStatus")
)
