"""`$filter`: the grammar that the service documents, parsed to a tree, and the tree as a condition for the store.

    filter     = any
    any        = all *( "or" all )
    all        = term *( "and" term )
    term       = "(" any ")" | "startswith" "(" property "," text ")" | property operator literal
    literal    = text | time | number
    text       = "'" ... "'"             a quote inside is written twice
    time       = "DateTime'" ... "'"     any letter case
    number     = ["-"] digits

Which property takes which operators and literals stands in the specification (`x-filter`). A comparison with a value
that a job or task does not have is not met, whatever the operator.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from attrs import field, frozen

from batchtasks_local import clock

Table = Mapping[str, tuple[str, tuple[str, ...]]]

OPERATORS = ("eq", "ne", "ge", "gt", "le", "lt")
_WORDS = frozenset((*OPERATORS, "and", "or"))
_DEEPEST = 50
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


class FilterError(ValueError):
    """A filter that the service does not understand; the text says where and why."""


@frozen
class Compare:
    """`property operator value`; times are ticks. The operator may be `startswith`. `at` is where the value begins."""

    property: str
    operator: str
    value: str | int
    at: int = field(default=0, eq=False)


@frozen
class Join:
    """Conditions of which all (`and`) or at least one (`or`) must hold."""

    kind: Literal["and", "or"]
    parts: tuple[Compare | Join, ...]


Node = Compare | Join


@frozen
class _Token:
    kind: str
    text: str
    at: int


def parse(text: str, table: Table) -> Node:
    """Read a filter; FilterError for anything that is not in the grammar or not in the table."""
    return _Parser(_tokens(text), table, len(text)).whole()


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
    def __init__(self, tokens: list[_Token], table: Table, length: int) -> None:
        self._tokens = tokens
        self._table = table
        self._end = _Token("end", "", length + 1)
        self._next = 0

    def whole(self) -> Node:
        if not self._tokens:
            raise FilterError("the filter is empty")
        node = self._any(0)
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
        return FilterError(f"at character {token.at}: {wanted} is expected, not {what}")

    def _any(self, depth: int) -> Node:
        return self._joined("or", depth)

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
            if depth >= _DEEPEST:
                raise FilterError(f"at character {token.at}: more than {_DEEPEST} parentheses inside each other")
            node = self._any(depth + 1)
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
            raise FilterError(f"at character {token.at}: '{token.text}' cannot be used here; startswith(...) can")
        self._mark("(")
        name = self._property(self._take(), "startswith")
        self._mark(",")
        token = self._take()
        if token.kind != "text":
            raise self._unexpected("a text in single quotes", token)
        self._mark(")")
        return Compare(name, "startswith", _unquoted(token.text), token.at)

    def _property(self, token: _Token, operator: str) -> str:
        if token.kind != "word":
            raise self._unexpected("a property", token)
        if token.text not in self._table:
            names = ", ".join(self._table)
            raise FilterError(f"at character {token.at}: '{token.text}' cannot be filtered by; that can: {names}")
        _, operators = self._table[token.text]
        if operator not in operators:
            wanted = ", ".join(operators)
            raise FilterError(f"at character {token.at}: '{token.text}' takes {wanted}, not {operator}")
        return token.text

    def _comparison(self, token: _Token) -> Compare:
        operator = self._peek()
        if operator.kind != "word" or operator.text.lower() not in OPERATORS:
            self._property(token, self._table.get(token.text, ("", ("eq",)))[1][0])
            raise self._unexpected("one of " + ", ".join(OPERATORS))
        self._take()
        name = self._property(token, operator.text.lower())
        return Compare(name, operator.text.lower(), *self._literal(name))

    def _literal(self, name: str) -> tuple[str | int, int]:
        """A value, and where it begins."""
        token = self._take()
        wanted = self._table[name][0]
        match wanted, token.kind:
            case "string", "text":
                return _unquoted(token.text), token.at
            case "DateTime", "time":
                return _ticks(token), token.at
            case "int", "number":
                return _number(token), token.at
        raise self._unexpected(f"a value of type {wanted} for '{name}'{_EXAMPLES.get(wanted, '')}", token)


_EXAMPLES = {"string": " ('text')", "DateTime": " (DateTime'2024-01-05T07:16:39Z')", "int": " (0)"}


def _unquoted(text: str) -> str:
    return text[1:-1].replace("''", "'")


def _ticks(token: _Token) -> int:
    try:
        return clock.from_text(token.text)
    except ValueError:
        raise FilterError(
            f"at character {token.at}: '{token.text}' is not a time; one is written {_EXAMPLES['DateTime'].strip(' ()')}"
        ) from None


def _number(token: _Token) -> int:
    # a number beyond 64 bits is beyond every exit code as well
    return max(-(2**63), min(int(token.text[:30]), 2**63 - 1))
