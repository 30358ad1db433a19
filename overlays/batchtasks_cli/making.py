"""From rows to tasks: the row is the task itself, or it fills in a template."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from batchtasks_cli.errors import Complaint
from batchtasks_cli.rows import BadRow, Row, Rows, place
from batchtasks_cli.shield import Shield
from batchtasks_cli.template import Template, Unfit

if TYPE_CHECKING:
    from batchtasks.models import TaskAddParameter

_IS_ID = re.compile(r"[A-Za-z0-9_-]{1,64}").fullmatch
# So many rows that cannot be used, and something is wrong with all of it.
MOST_BAD = 1000


class Maker(Protocol):
    """Makes tasks of rows; raises Unfit."""

    def identify(self, row: Row) -> str:
        """Look whether a task can be made of a row, as far as that is quick; give its id."""
        ...

    def make(self, row: Row) -> TaskAddParameter | Mapping[str, Any]:
        """Make the task."""
        ...


class AsItIs:
    """Rows that are tasks in the service's form."""

    def identify(self, row: Row) -> str:
        """Look at id and command line, which every task needs."""
        task = row.values
        task_id = task.get("id")
        if task_id is None:
            raise Unfit('it has no "id"')
        if not isinstance(task_id, str) or not _IS_ID(task_id):
            raise Unfit(f"{task_id!r} is no id: 1 to 64 letters, digits, hyphens and underscores")
        command = task.get("commandLine", task.get("command_line"))
        if not isinstance(command, str) or not command.strip():
            raise Unfit(f'task {task_id} has no "commandLine"')
        return task_id

    def make(self, row: Row) -> Mapping[str, Any]:
        """Pass it on."""
        self.identify(row)
        return row.values


@dataclass(frozen=True)
class Filled:
    """Rows that fill in templates; `texts` holds the templates by option, `fixed` what is the same in all tasks."""

    id: Template
    command: Template
    env: Mapping[str, Template]
    resource_files: Mapping[Template, Template]
    texts: Mapping[str, Template]
    fixed: Mapping[str, Any]

    def check(self, columns: tuple[str, ...] | None) -> None:
        """Refuse columns that are not there, when all are known."""
        files = [*self.resource_files.keys(), *self.resource_files.values()]
        for template in [self.id, self.command, *self.env.values(), *files, *self.texts.values()]:
            template.check(columns)

    def identify(self, row: Row) -> str:
        """Fill in the id, and see that there is a command line."""
        return self._core(row)[0]

    def _core(self, row: Row) -> tuple[str, str]:
        task_id = self.id.fill(row.values, row.number)
        if not _IS_ID(task_id):
            raise Unfit(f"{task_id!r} is no id: 1 to 64 letters, digits, hyphens and underscores")
        command = self.command.fill(row.values, row.number)
        if not command.strip():
            raise Unfit(f"task {task_id} has no command line")
        return task_id, command

    @cached_property
    def _is_plain(self) -> bool:
        """Whether there is nothing but id and command line."""
        return all(each is None for each in (*self.fixed.values(), *self.env, *self.resource_files, *self.texts))

    def make(self, row: Row) -> TaskAddParameter | Mapping[str, Any]:
        """Fill in all of it."""
        task_id, command = self._core(row)
        if self._is_plain:
            return {"id": task_id, "commandLine": command}
        from batchtasks import InvalidInputError, task

        values, number = row.values, row.number
        texts: dict[str, Any] = {name: text.fill(values, number) for name, text in self.texts.items()}
        env = {name: text.fill(values, number) for name, text in self.env.items()}
        files = {path.fill(values, number): url.fill(values, number) for path, url in self.resource_files.items()}
        try:
            return task(task_id, command, env=env or None, resource_files=files or None, **texts, **self.fixed)
        except InvalidInputError as error:
            raise Unfit(str(error)) from None


class Tasks:
    """The tasks of an input, one by one, to be passed to `add_collection`; an interruption loses none of them."""

    def __init__(self, rows: Rows, maker: Maker, shield: Shield) -> None:
        self._rows = rows
        self._maker = maker
        self._shield = shield
        self._bad = 0

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        # Between taking a row and handing its task over no signal may strike.
        self._shield.take()
        try:
            row = next(self._rows)
            task = row if isinstance(row, BadRow) else self._made(row)
            if isinstance(task, BadRow):
                self._bad += 1
                if self._bad > MOST_BAD:
                    raise Complaint(
                        f"{task.place}: {task.trouble}; {MOST_BAD:,} rows before it were of no use either.",
                        "Check the format (--format) and the templates.",
                    )
            return task
        finally:
            self._shield.release()

    def _made(self, row: Row) -> Any:
        try:
            return self._maker.make(row)
        except Unfit as error:
            return BadRow(place(self._rows.name, row.line), str(error))
