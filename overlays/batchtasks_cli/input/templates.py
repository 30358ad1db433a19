"""Texts with {column} in them, which the values of a row replace."""

from __future__ import annotations

import json
import re
import shlex
import string
from typing import Any

from batchtasks_cli.errors import CliError
from batchtasks_cli.input.readers import Row

# The number of the row, counted from 1, which every row has.
NUMBER = "n"
# What is for numbers: zeros in front, a sign, or a type such as the d of {x:d}.
_FOR_NUMBERS = re.compile(r"(.?[<>=^])?([-+ ](?![<>=^])|#?0\d).*|.*[bdeEfFgGoxX%]", re.DOTALL)
_BRACES = "Write {{ and }} for braces that are meant as such."


class UnfitRowError(Exception):
    """A row that no task can be made of; the text says why."""


class Template:
    """A text with columns in it.

    {name} is the value as it is, {name!q} the value quoted for a POSIX shell, {n} the number of the row, {n:04} the same
    with zeros in front; {{ and }} are braces. What Python's format() takes for numbers is also taken for text that is a
    number.

    Attributes:
        names: The columns that it needs.
        is_fixed: Whether it is the same for every row.
    """

    def __init__(self, text: str, option: str) -> None:
        self._option = option
        try:
            self._parts = [(text, name, spec or "", how) for text, name, spec, how in string.Formatter().parse(text)]
        except ValueError as error:
            raise CliError(f"{option}: {text!r}: {error}.", _BRACES) from None
        if wrong := {how for *_, how in self._parts} - {None, "q"}:
            raise CliError(f"{option}: there is no conversion !{wrong.pop()}.", "!q quotes for a POSIX shell.")
        found = {name for _, name, _, _ in self._parts if name is not None}
        self.names, self.is_fixed = found - {NUMBER}, not found

    def check(self, columns: tuple[str, ...]) -> None:
        """Refuse a column that does not exist."""
        for name in self.names - {*columns}:
            known = ", ".join([*columns, NUMBER])
            raise CliError(f"{self._option}: there is no column {name!r}.", f"Columns: {known}. {_BRACES}")

    def fill(self, row: Row) -> str:
        """Return the text for a row."""
        parts = [
            text if name is None else text + self._value(name, spec, how, row) for text, name, spec, how in self._parts
        ]
        return "".join(parts)

    def _value(self, name: str, spec: str, how: str | None, row: Row) -> str:
        if name not in row.values and name != NUMBER:
            raise UnfitRowError(f"it has no {name!r}, which {self._option} needs")
        value = row.values.get(name, row.number)
        try:
            text = format(_fit_for(spec, value), spec) if spec else as_text(value)
        except (ValueError, TypeError) as error:
            raise UnfitRowError(f"{name!r} cannot be written as {{{name}:{spec}}}: {error}") from None
        return shlex.quote(text) if how == "q" else text


class WordTemplates:
    """The words of a command line, each a template; what they are filled with stays within its word."""

    def __init__(self, words: list[str], option: str) -> None:
        self._words = [Template(word, option) for word in words]
        self.names = {name for word in self._words for name in word.names}

    def check(self, columns: tuple[str, ...]) -> None:
        """Refuse a column that does not exist."""
        for word in self._words:
            word.check(columns)

    def fill(self, row: Row) -> str:
        """Return the command line for a row, quoted as a POSIX shell needs it."""
        return shlex.join([word.fill(row) for word in self._words])


def _fit_for(spec: str, value: Any) -> Any:
    """Take a text, such as a column of CSV, for the number that it says if it is to be written as a number."""
    if not isinstance(value, str) or not _FOR_NUMBERS.fullmatch(spec):
        return value
    return int(value) if re.fullmatch(r"\s*[-+]?\d+\s*", value) else float(value)


def as_text(value: Any) -> str:
    """Return a value of JSON as it stands in a command line."""
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value, ensure_ascii=False)
