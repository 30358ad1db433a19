"""A parsed `$filter` as a condition for the store."""

from __future__ import annotations

from collections.abc import Mapping

from batchtasks_local import errors
from batchtasks_local.exchange import Exchange
from batchtasks_local.filter_hints import hints
from batchtasks_local.filters import Compare, FilterError, Node, Table, parse
from batchtasks_local.records import Where

# ids are one name in any letter case
_ID = "id COLLATE NOCASE"
TASK_COLUMNS = {
    "id": _ID,
    "state": "state",
    "stateTransitionTime": "state_since",
    "creationTime": "created",
    "lastModified": "modified",
    "lastModifiedTime": "modified",
    "executionInfo/startTime": "started",
    "executionInfo/endTime": "ended",
    "executionInfo/exitCode": "exit_code",
    "executionInfo/result": "result",
}
JOB_COLUMNS = {
    "id": _ID,
    "state": "state",
    "stateTransitionTime": "state_since",
    "creationTime": "created",
    "lastModified": "modified",
    "executionInfo/startTime": "started",
    "executionInfo/endTime": "ended",
    "executionInfo/poolId": "pool_id",
}
_OPERATORS = {"eq": "=", "ne": "<>", "ge": ">=", "gt": ">", "le": "<=", "lt": "<"}
_CHOICES = {
    "result": ("success", "failure"),
}
TASK_STATES = ("active", "preparing", "running", "completed")
JOB_STATES = ("active", "disabling", "disabled", "enabling", "terminating", "completed", "deleting")


def of(exchange: Exchange, columns: Mapping[str, str], states: tuple[str, ...]) -> Where | None:
    """The condition that a request's `$filter` states, or None without one."""
    text = exchange.query.get("$filter")
    if text is None:
        return None
    try:
        return where(text, exchange.asked.filter, columns, states)
    except FilterError as error:
        raise errors.invalid_query("$filter", text, str(error)) from None


def where(text: str, table: Table, columns: Mapping[str, str], states: tuple[str, ...]) -> Where:
    """The condition that a filter states; FilterError for one that the service does not take."""
    parameters: list[str | int] = []
    tree = parse(text, table)
    sql = _Writer(columns, {**_CHOICES, "state": states}, parameters).write(tree)
    return Where(sql, tuple(parameters), hints(tree))


class _Writer:
    def __init__(
        self, columns: Mapping[str, str], choices: Mapping[str, tuple[str, ...]], parameters: list[str | int]
    ) -> None:
        self._columns = columns
        self._choices = choices
        self._parameters = parameters

    def write(self, node: Node) -> str:
        return self._compare(node) if isinstance(node, Compare) else self._join(node.kind, node.parts)

    def _join(self, kind: str, parts: tuple[Node, ...]) -> str:
        # halves within halves: a chain of thousands would be deeper than SQLite takes
        if len(parts) == 1:
            return self.write(parts[0])
        half = len(parts) // 2
        return f"({self._join(kind, parts[:half])} {kind.upper()} {self._join(kind, parts[half:])})"

    def _compare(self, node: Compare) -> str:
        column = self._columns[node.property]
        if node.operator == "startswith":
            self._parameters.append(_like(str(node.value)))
            return f"{column} LIKE ? ESCAPE '\\'"
        self._parameters.append(self._value(column, node))
        return f"{column} {_OPERATORS[node.operator]} ?"

    def _value(self, column: str, node: Compare) -> str | int:
        choices = self._choices.get(column)
        if choices is None:
            return node.value
        value = str(node.value).lower()
        if value not in choices:
            those = ", ".join(choices)
            raise FilterError(
                f"at character {node.at}: '{node.value}' is not a value of {node.property}; these are: {those}"
            )
        return value


def _like(prefix: str) -> str:
    """A LIKE pattern for what begins with a text; LIKE has no regard to case, and neither have ids."""
    for special in "\\%_":
        prefix = prefix.replace(special, "\\" + special)
    return prefix + "%"
