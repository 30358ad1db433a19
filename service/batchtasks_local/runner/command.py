"""From a command line to arguments."""

from __future__ import annotations

import re

# A part of a word, or what stands between words. `shlex` cuts in the same places, but takes a minute for a megabyte.
_PART = re.compile(
    r"""
    (?P<blank>[ \t\r\n]+)
  | (?P<plain>[^ \t\r\n'"\\]+)
  | '(?P<single>[^']*)'
  | "(?P<double>[^"\\]*(?:\\.[^"\\]*)*)"
  | \\(?P<escaped>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_IN_DOUBLE = re.compile(r'\\(["\\])')


def split(command_line: str) -> list[str]:
    """The arguments of a command line: cut where a shell would cut it, with quotes and backslashes, and nothing more.

    No variable, pipe, redirection or pattern is expanded. ValueError for a quote that is not closed, a NUL character,
    or no program at all.
    """
    if "\0" in command_line:
        raise ValueError("The command line contains a NUL character")
    arguments = _words(command_line)
    if not arguments or not arguments[0]:
        raise ValueError("The command line names no program")
    return arguments


def _words(text: str) -> list[str]:
    words: list[str] = []
    parts: list[str] = []
    at = 0
    while at < len(text):
        found = _PART.match(text, at)
        if found is None:
            raise ValueError("No escaped character" if text[at] == "\\" else "No closing quotation")
        at = found.end()
        if found.lastgroup != "blank":
            parts.append(_value(found))
        elif parts:
            words.append("".join(parts))
            parts.clear()
    return [*words, "".join(parts)] if parts else words


def _value(found: re.Match[str]) -> str:
    text = found[found.lastgroup or 0]
    return _IN_DOUBLE.sub(r"\1", text) if found.lastgroup == "double" else text
