"""JSON values one by one from a stream of any length: the elements of an array, or values after each other."""

from __future__ import annotations

import codecs
import json
import re
from collections import deque
from collections.abc import Iterator
from typing import Any

from batchtasks_cli.errors import Complaint
from batchtasks_cli.source import Bytes

# One task is smaller than a request, 1 MiB; with its indentation it may be longer.
_LONGEST = 8 << 20
_ENVELOPE = re.compile(r'\{\s*"value"\s*:\s*\[')
_BLANK = re.compile(r"\s*")


class JsonStream:
    """Gives (line, value). Broken JSON raises Complaint with the line; after an interruption it goes on."""

    def __init__(self, source: Bytes) -> None:
        self._source = source
        self._decode = codecs.getincrementaldecoder("utf-8-sig")().decode
        self._read_value = json.JSONDecoder().raw_decode
        # What has been read, and how far it has been taken.
        self._text = ""
        self._at = 0
        self._line = 1
        self._ended = False
        # What has been opened and not closed: "[" an array, "{" the service's envelope around it.
        self._open: list[str] = []
        self._after_value = False
        self._ready: deque[tuple[int, Any]] = deque()

    def __iter__(self) -> Iterator[tuple[int, Any]]:
        return self

    def __next__(self) -> tuple[int, Any]:
        while not self._ready:
            first = self._peek()
            if not first:
                self._end()
            elif not self._open:
                self._outside(first)
            elif self._open[-1] == "[":
                self._in_array(first)
            else:
                self._close_envelope(first)
        return self._ready.popleft()

    def _end(self) -> None:
        if self._open:
            raise self._broken("it ends in the middle of an array")
        raise StopIteration

    def _outside(self, first: str) -> None:
        if first == "[":
            self._open_array(["["], self._at + 1)
        elif match := self._envelope():
            self._open_array(["{", "["], match.end())
        else:
            line, value = self._value()
            inner = value.get("value") if isinstance(value, dict) and "id" not in value else None
            self._ready.extend((line, each) for each in (inner if isinstance(inner, list) else [value]))

    def _open_array(self, signs: list[str], end: int) -> None:
        self._take(end)
        self._open, self._after_value = signs, False

    def _in_array(self, first: str) -> None:
        if first == "]":
            self._take(self._at + 1)
            self._open.pop()
        elif first == "," and self._after_value:
            self._take(self._at + 1)
            self._after_value = False
        elif self._after_value:
            raise self._broken("a comma or ] must come here")
        else:
            self._ready.append(self._value())
            self._after_value = True

    def _close_envelope(self, first: str) -> None:
        if first != "}":
            raise self._broken("} must come here")
        self._take(self._at + 1)
        self._open.pop()

    def _peek(self) -> str:
        """Give the next character that is not blank; "" at the end."""
        while True:
            match = _BLANK.match(self._text, self._at)
            self._take(match.end() if match else self._at)
            if self._at < len(self._text) or not self._more(1):
                return self._text[self._at : self._at + 1]

    def _take(self, end: int) -> None:
        self._line += self._text.count("\n", self._at, end)
        self._at = end

    def _more(self, length: int) -> bool:
        """Read so many characters more, or what there is; tell whether anything came."""
        before = len(self._text) - self._at
        while not self._ended and len(self._text) - self._at < before + length:
            block = self._source.read()
            try:
                text = self._decode(block, not block)
            except UnicodeDecodeError:
                raise self._broken("what follows is not UTF-8") from None
            self._text, self._at, self._ended = self._text[self._at :] + text, 0, not block
        return len(self._text) - self._at > before

    def _envelope(self) -> re.Match[str] | None:
        if len(self._text) - self._at < 200:
            self._more(200)
        return _ENVELOPE.match(self._text, self._at)

    def _value(self) -> tuple[int, Any]:
        """Read one value; while it is not complete, read on in ever larger steps."""
        while True:
            try:
                value, end = self._read_value(self._text, self._at)
            except (ValueError, RecursionError) as error:
                # Broken, or only not complete: more text tells.
                complaint = self._broken_by(error)
                length = len(self._text) - self._at
                if length > _LONGEST or not self._more(length):
                    raise complaint from None
                continue
            found = self._line, value
            self._take(end)
            return found

    def _broken_by(self, error: Exception) -> Complaint:
        if isinstance(error, json.JSONDecodeError):
            what = f"{error.msg} (column {error.colno})"
            return self._broken(what, error.doc.count("\n", self._at, error.pos))
        return self._broken(str(error))

    def _broken(self, what: str, further: int = 0) -> Complaint:
        where = f"{self._source.name}, line {self._line + further}"
        return Complaint(f"{where}: this is no JSON: {what}", "Correct it and run the same command again.")
