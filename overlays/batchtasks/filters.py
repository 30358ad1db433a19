"""Building `$filter` for lists, of exactly the properties and operators that the service documents.

    F.state == "completed"
    (F.exit_code < 0) | (F.exit_code > 0)
    F.id.startswith("render-") & (F.creation_time >= datetime.now(UTC) - timedelta(hours=1))

`F` is for tasks, `JobF` for jobs and `FileF` for the files of a task. A property or operator that the service does not
have is a TypeError at once. Text stands for itself: `filter="state eq 'completed'"` is sent as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Literal, NoReturn

from attrs import frozen

from batchtasks._guard import hint
from batchtasks._times import to_utc
from batchtasks.errors import InvalidInputError

Operation = Literal["Task_List", "Job_List", "File_ListFromTask"]


@frozen(eq=False)
class Filter:
    """A condition of `$filter`; `&` and `|` join two, `str()` gives the text that is sent."""

    text: str
    operation: Operation
    joined: str | None = None

    def __str__(self) -> str:
        return self.text

    def __and__(self, other: Filter) -> Filter:
        return self._join("and", other)

    def __or__(self, other: Filter) -> Filter:
        return self._join("or", other)

    def _join(self, word: str, other: Filter) -> Filter:
        if not isinstance(other, Filter):
            raise TypeError(f"A filter can be joined with a filter only, not with {type(other).__name__}.")
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
    """Join filters with `or`."""
    parts = list(filters)
    if not parts:
        raise InvalidInputError("any_of needs at least one filter.")
    if not all(isinstance(part, Filter) for part in parts):
        raise TypeError("any_of joins filters made with F, and nothing else.")
    return reduce(or_, parts)


class Property:
    """A property that can be asked for; the classes under it have the operators of its kind."""

    __hash__ = None  # type: ignore[assignment]  # == makes a filter, so a property cannot be a key

    def __init__(self, path: str, operation: Operation) -> None:
        self._path = path
        self._operation = operation

    def _compare(self, operator: str, literal: str) -> Filter:
        return Filter(f"{self._path} {operator} {literal}", self._operation)

    def _refuse(self, operator: str) -> NoReturn:
        raise TypeError(f"The service does not take '{operator}' with {self._path}.")

    def __lt__(self, other: Any) -> Filter:
        self._refuse("lt")

    def __le__(self, other: Any) -> Filter:
        self._refuse("le")

    def __gt__(self, other: Any) -> Filter:
        self._refuse("gt")

    def __ge__(self, other: Any) -> Filter:
        self._refuse("ge")

    def __bool__(self) -> NoReturn:
        raise TypeError(f"{self._path} has no truth value here: compare it, as in F.state == 'completed'.")

    def startswith(self, prefix: str) -> Filter:
        """Begin with a text; only ids and file names can be asked so."""
        self._refuse("startswith")


class _Ordered(Property):
    def _literal(self, value: Any) -> str:
        raise NotImplementedError

    def __eq__(self, other: Any) -> Filter:  # type: ignore[override]  # comparing makes a filter
        return self._compare("eq", self._literal(other))

    def __ne__(self, other: Any) -> Filter:  # type: ignore[override]
        return self._compare("ne", self._literal(other))

    def __lt__(self, other: Any) -> Filter:
        return self._compare("lt", self._literal(other))

    def __le__(self, other: Any) -> Filter:
        return self._compare("le", self._literal(other))

    def __gt__(self, other: Any) -> Filter:
        return self._compare("gt", self._literal(other))

    def __ge__(self, other: Any) -> Filter:
        return self._compare("ge", self._literal(other))

    __hash__ = None


def _quoted(value: Any, path: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{path} is compared with text, not with {type(value).__name__}.")
    return "'" + str(value).replace("'", "''") + "'"


class Text(_Ordered):
    """Text that can be compared and asked for its beginning."""

    def _literal(self, value: Any) -> str:
        return _quoted(value, self._path)

    def startswith(self, prefix: str) -> Filter:
        """Begin with a text."""
        return Filter(f"startswith({self._path},{_quoted(prefix, self._path)})", self._operation)


class Moment(_Ordered):
    """A time: compared with an aware datetime, or with text that dateutil reads (UTC if it names no zone)."""

    def _literal(self, value: Any) -> str:
        if not isinstance(value, (str, datetime)):
            raise TypeError(f"{self._path} is compared with a datetime or text, not with {type(value).__name__}.")
        moment = to_utc(value, self._path)
        return f"DateTime'{moment.astimezone(UTC).replace(tzinfo=None).isoformat()}Z'"


class Number(_Ordered):
    """A whole number."""

    def _literal(self, value: Any) -> str:
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError(f"{self._path} is compared with a whole number, not with {type(value).__name__}.")
        return str(value)


class Choice(Property):
    """Text that can only be equal or not; known values are checked if there are any."""

    def __init__(self, path: str, operation: Operation, values: tuple[str, ...] = ()) -> None:
        super().__init__(path, operation)
        self._values = values

    def _literal(self, value: Any) -> str:
        text = _quoted(value, self._path)
        if self._values and value not in self._values:
            raise InvalidInputError(f"{self._path} has no value {value!r}.{hint(value, self._values)}")
        return text

    def __eq__(self, other: Any) -> Filter:  # type: ignore[override]
        return self._compare("eq", self._literal(other))

    def __ne__(self, other: Any) -> Filter:  # type: ignore[override]
        return self._compare("ne", self._literal(other))

    __hash__ = None


class Prefix(Property):
    """Text that can only be asked for its beginning."""

    def startswith(self, prefix: str) -> Filter:
        """Begin with a text."""
        return Filter(f"startswith({self._path},{_quoted(prefix, self._path)})", self._operation)

    def __eq__(self, other: Any) -> Filter:  # type: ignore[override]
        self._refuse("eq")

    def __ne__(self, other: Any) -> Filter:  # type: ignore[override]
        self._refuse("ne")

    __hash__ = None


class _Fields:
    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise TypeError(f"{name} cannot be set: to compare it write ==.")

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> NoReturn:
            if name.startswith("__"):
                raise AttributeError(name)
            known = [known for known, value in vars(type(self)).items() if isinstance(value, Property)]
            raise TypeError(
                f"The service has no filter on {name!r}.{hint(name, known) or ' There is: ' + ', '.join(known)}"
            )


_TASK_STATES = ("active", "preparing", "running", "completed")
_JOB_STATES = ("active", "disabling", "disabled", "enabling", "terminating", "completed", "deleting")


class TaskFields(_Fields):
    """The properties that a list of tasks can be filtered by."""

    id = Text("id", "Task_List")
    state = Choice("state", "Task_List", _TASK_STATES)
    state_transition_time = Moment("stateTransitionTime", "Task_List")
    creation_time = Moment("creationTime", "Task_List")
    # Called so in the service's table of filters, though the member of a task is lastModified.
    last_modified_time = Moment("lastModifiedTime", "Task_List")
    start_time = Moment("executionInfo/startTime", "Task_List")
    end_time = Moment("executionInfo/endTime", "Task_List")
    exit_code = Number("executionInfo/exitCode", "Task_List")
    result = Choice("executionInfo/result", "Task_List", ("success", "failure"))


class JobFields(_Fields):
    """The properties that a list of jobs can be filtered by."""

    id = Text("id", "Job_List")
    state = Choice("state", "Job_List", _JOB_STATES)
    state_transition_time = Moment("stateTransitionTime", "Job_List")
    creation_time = Moment("creationTime", "Job_List")
    last_modified = Moment("lastModified", "Job_List")
    start_time = Moment("executionInfo/startTime", "Job_List")
    end_time = Moment("executionInfo/endTime", "Job_List")
    pool_id = Choice("executionInfo/poolId", "Job_List")


class FileFields(_Fields):
    """The property that a list of a task's files can be filtered by."""

    name = Prefix("name", "File_ListFromTask")


F = TaskFields()
JobF = JobFields()
FileF = FileFields()


def filter_text(value: Filter | str | None, operation: Operation) -> str | None:
    """Give the text of a filter, which must be one for this operation."""
    if value is None or isinstance(value, str):
        return value
    if not isinstance(value, Filter):
        raise TypeError(f"filter must be text or made with F, not {type(value).__name__}.")
    if value.operation != operation:
        raise TypeError(f"This filter is for {value.operation}, not for {operation}.")
    return value.text
