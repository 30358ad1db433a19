"""`$filter`: the grammar that the service documents, parsed into a tree.

    filter     = any
    any        = all *( "or" all )
    all        = term *( "and" term )
    term       = "(" any ")" | "startswith" "(" property "," text ")" | property operator literal
    literal    = text | time | number
    text       = "'" ... "'"             a quote inside is written twice
    time       = "DateTime'" ... "'"     in any letter case
    number     = ["-"] digits

The specification (`x-filter`) says which property takes which operators and literals. If a job or task has no value
for a property, no comparison with it holds, whatever the operator.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from attrs import frozen

from batchtasks_local.domain import clock

FilterTable = Mapping[str, tuple[str, tuple[str, ...]]]
"""What can be filtered: the type of each property and its operators."""
Values = Mapping[str, Sequence[str]]
"""The values of properties that have a fixed set of them, such as `state`."""

OPERATORS = ("eq", "ne", "ge", "gt", "le", "lt")
_WORDS = frozenset((*OPERATORS, "and", "or"))
_MAX_DEPTH = 50
_MAX_JOINED_DEPTH = 22
"""SQLite's parser takes a little more: at least 25 expressions inside each other."""
_TOKENS = re.compile(
    r"""\s*(?:
        (?P<time>[Dd][Aa][Tt][Ee][Tt][Ii][Mm][Ee]'(?P<moment>[^']*)')
      | (?P<text>'(?:[^']|'')*')
      | (?P<number>-?\d+)(?![\w.])(?!-\d)
      | (?P<word>[A-Za-z][\w/]*)
      | (?P<mark>[(),])
    )""",
    re.VERBOSE | re.ASCII,
)
_BARE_TIME = re.compile(r"\d{4}-\d\d")
_EXAMPLES = {"string": " ('text')", "DateTime": " (DateTime'2024-01-05T07:16:39Z')", "int": " (0)"}


class FilterError(ValueError):
    """The service does not understand a filter; the message says at which character, and why."""


@frozen
class Compare:
    """A comparison: `property operator value`.

    Attributes:
        operator: One of `OPERATORS`, or `startswith`.
        value: Times are ticks. A value out of a fixed set, such as a state, is in lower case.
    """

    property: str
    operator: str
    value: str | int


@frozen
class Join:
    """Conditions of which all (`and`) or at least one (`or`) must hold."""

    kind: Literal["and", "or"]
    parts: tuple[Compare | Join, ...]


Node = Compare | Join


@frozen
class _Token:
    """A part of the filter; `position` counts characters from 1."""

    kind: str
    text: str
    position: int


def parse(text: str, table: FilterTable, values: Values | None = None) -> Node:
    """Parse a filter.

    Args:
        text: The filter.
        table: What can be filtered by.
        values: The values of properties that have a fixed set of them; they may be given in any letter case.

    Raises:
        FilterError: The text does not follow the grammar, is nested too deeply, or names a property, operator or value
            that is not allowed.
    """
    node = _Parser(_tokens(text), table, values or {}, len(text)).parse()
    if _depth(node) > _MAX_JOINED_DEPTH:
        raise FilterError("'and' and 'or' are nested too deeply; use fewer parentheses")
    return node


def _depth(node: Node) -> int:
    """Return how deep an expression is whose joined parts are put together by halves."""
    if isinstance(node, Compare):
        return 0
    return (len(node.parts) - 1).bit_length() + max(map(_depth, node.parts))


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    at = 0
    end = len(text.rstrip())
    while at < end:
        match = _TOKENS.match(text, at)
        if match is None:
            raise _not_understood(text, at + len(text[at:]) - len(text[at:].lstrip()))
        kind = match.lastgroup or ""
        kind = "time" if match["time"] is not None else kind
        found.append(_Token(kind, match["moment"] if kind == "time" else match[kind], match.start(kind) + 1))
        at = match.end()
    return found


def _not_understood(text: str, start: int) -> FilterError:
    rest = text[start:]
    if rest[0] == "'":
        why = "the text that begins here has no closing quote"
    elif rest[0] in "=<>!":
        why = f"'{rest[0]}' is no operator; these are: {', '.join(OPERATORS)}"
    elif _BARE_TIME.match(rest):
        why = "a time is written DateTime'2024-01-05T07:16:39Z'"
    else:
        why = f"'{rest[:20]}' is not understood"
    return FilterError(f"at character {start + 1}: {why}")


class _Parser:
    """A recursive descent parser; one method for each rule of the grammar."""

    def __init__(self, tokens: list[_Token], table: FilterTable, values: Values, length: int) -> None:
        self._tokens = tokens
        self._table = table
        self._values = values
        self._end = _Token("end", "", length + 1)
        self._next = 0

    def parse(self) -> Node:
        if not self._tokens:
            raise FilterError("the filter is empty")
        node = self._joined("or", 0)
        if self._peek().kind != "end":
            raise self._unexpected("'and', 'or' or the end")
        return node

    def _peek(self) -> _Token:
        return self._tokens[self._next] if self._next < len(self._tokens) else self._end

    def _take(self) -> _Token:
        token = self._peek()
        self._next += 1
        return token

    def _unexpected(self, wanted: str, token: _Token | None = None) -> FilterError:
        token = token or self._peek()
        what = f"'{token.text}'" if token.kind != "end" else "the end of the filter"
        return _error(token, f"{wanted} is expected, not {what}")

    def _joined(self, kind: Literal["and", "or"], depth: int) -> Node:
        parts = [self._part(kind, depth)]
        while self._peek().kind == "word" and self._peek().text.lower() == kind:
            self._take()
            parts.append(self._part(kind, depth))
        return parts[0] if len(parts) == 1 else Join(kind, tuple(parts))

    def _part(self, kind: str, depth: int) -> Node:
        return self._joined("and", depth) if kind == "or" else self._term(depth)

    def _term(self, depth: int) -> Node:
        token = self._take()
        if token.text == "(" and token.kind == "mark":
            if depth >= _MAX_DEPTH:
                raise _error(token, f"more than {_MAX_DEPTH} parentheses inside each other")
            node = self._joined("or", depth + 1)
            self._mark(")")
            return node
        if token.kind != "word" or token.text.lower() in _WORDS:
            raise self._unexpected("a property", token)
        if self._peek().text == "(" and self._peek().kind == "mark":
            return self._function(token)
        return self._comparison(token)

    def _mark(self, text: str) -> None:
        if self._peek().kind != "mark" or self._peek().text != text:
            raise self._unexpected(f"'{text}'")
        self._take()

    def _function(self, token: _Token) -> Compare:
        if token.text.lower() != "startswith":
            raise _error(token, f"'{token.text}' cannot be used here; startswith(...) can")
        self._mark("(")
        name = self._property(self._take(), "startswith")
        self._mark(",")
        token = self._take()
        if token.kind != "text":
            raise self._unexpected("a text in single quotes", token)
        self._mark(")")
        return Compare(name, "startswith", _unquoted(token.text))

    def _comparison(self, token: _Token) -> Compare:
        operator = self._peek()
        if operator.kind != "word" or operator.text.lower() not in OPERATORS:
            self._property(token, self._table.get(token.text, ("", ("eq",)))[1][0])
            raise self._unexpected("one of " + ", ".join(OPERATORS))
        self._take()
        name = self._property(token, operator.text.lower())
        return Compare(name, operator.text.lower(), self._literal(name))

    def _property(self, token: _Token, operator: str) -> str:
        if token.kind != "word":
            raise self._unexpected("a property", token)
        if token.text not in self._table:
            names = ", ".join(self._table)
            raise _error(token, f"'{token.text}' cannot be filtered by; that can: {names}")
        _, operators = self._table[token.text]
        if operator not in operators:
            raise _error(token, f"'{token.text}' takes {', '.join(operators)}, not {operator}")
        return token.text

    def _literal(self, name: str) -> str | int:
        token = self._take()
        wanted = self._table[name][0]
        match wanted, token.kind:
            case "string", "text":
                return self._value(name, token)
            case "DateTime", "time":
                return _ticks(token)
            case "int", "number":
                return _number(token)
        raise self._unexpected(f"a value of type {wanted} for '{name}'{_EXAMPLES.get(wanted, '')}", token)

    def _value(self, name: str, token: _Token) -> str:
        given = _unquoted(token.text)
        known = self._values.get(name)
        if known is None:
            return given
        if given.lower() not in known:
            raise _error(token, f"'{given}' is not a value of {name}; these are: {', '.join(known)}")
        return given.lower()


def _error(token: _Token, why: str) -> FilterError:
    return FilterError(f"at character {token.position}: {why}")


def _unquoted(text: str) -> str:
    return text[1:-1].replace("''", "'")


def _ticks(token: _Token) -> int:
    try:
        return clock.from_text(token.text)
    except ValueError:
        example = _EXAMPLES["DateTime"].strip(" ()")
        raise _error(token, f"'{token.text}' is not a time; one is written {example}") from None


def _number(token: _Token) -> int:
    # A number beyond 64 bits is also beyond every exit code; SQLite could not compare it.
    return max(-(2**63), min(int(token.text[:30]), 2**63 - 1))
