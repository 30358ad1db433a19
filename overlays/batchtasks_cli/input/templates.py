"""Texts with {column} in them, which the values of a row replace."""

from __future__ import annotations

import json
import re
import shlex
import string
from collections.abc import Iterable, Mapping
from typing import Any

from batchtasks_cli.errors import CliError

# The number of the row, counted from 1, which every row has.
NUMBER = "n"
# What is for numbers: zeros in front, a sign, or a type such as the d of {x:d}.
_FOR_NUMBERS = re.compile(r"(.?[<>=^])?([-+ ](?![<>=^])|#?0\d).*|.*[bdeEfFgGoxX%]", re.DOTALL)


class UnfitRowError(Exception):
    """A row that no task can be made of; the text says why."""


class Template:
    """A text with columns in it.

    {name} is the value as it is, {name!q} the value quoted for a POSIX shell, {n} the number of the row, {n:04} the same
    with zeros in front; {{ and }} are braces. What Python's format() takes for numbers is also taken for text that is a
    number.
    """

    def __init__(self, text: str, option: str) -> None:
        self._option = option
        try:
            parts = list(string.Formatter().parse(text))
        except ValueError as error:
            raise CliError(
                f"{option}: {text!r}: {error}.", "Write {{ and }} for braces that are meant as such."
            ) from None
        self._parts = [(literal, name, spec or "", conversion) for literal, name, spec, conversion in parts]
        for _, _, _, conversion in self._parts:
            if conversion not in (None, "q"):
                raise CliError(f"{option}: there is no conversion !{conversion}.", "!q quotes for a POSIX shell.")

    @property
    def names(self) -> set[str]:
        """The columns that it needs."""
        return {name for _, name, _, _ in self._parts if name is not None and name != NUMBER}

    @property
    def is_fixed(self) -> bool:
        """Whether it is the same for every row."""
        return all(name is None for _, name, _, _ in self._parts)

    def check(self, columns: Iterable[str] | None) -> None:
        """Refuse a column that is not there, when all are known."""
        if columns is None:
            return
        known = [*columns, NUMBER]
        for name in self.names:
            if name not in known:
                raise CliError(
                    f"{self._option}: there is no column {name!r}.",
                    f"There is: {', '.join(known)}. Write {{{{ and }}}} for braces that are meant as such.",
                )

    def fill(self, values: Mapping[str, Any], number: int) -> str:
        """Fill in the values of a row."""
        return "".join(
            [
                literal if name is None else literal + self._value(name, spec, how, values, number)
                for literal, name, spec, how in self._parts
            ]
        )

    def _value(self, name: str, spec: str, how: str | None, values: Mapping[str, Any], number: int) -> str:
        if name in values:
            value = values[name]
        elif name == NUMBER:
            value = number
        else:
            raise UnfitRowError(f"it has no {name!r}, which {self._option} needs")
        try:
            text = format(_fit_for(spec, value), spec) if spec else as_text(value)
        except (ValueError, TypeError) as error:
            raise UnfitRowError(f"{name!r} cannot be written as {{{name}:{spec}}}: {error}") from None
        return shlex.quote(text) if how == "q" else text


def _fit_for(spec: str, value: Any) -> Any:
    """Take a text, such as a column of CSV, for the number that it says if it is to be written as a number."""
    if not isinstance(value, str) or not _FOR_NUMBERS.fullmatch(spec):
        return value
    try:
        return int(value)
    except ValueError:
        return float(value)


def as_text(value: Any) -> str:
    """A value of JSON as it stands in a command line."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False)
