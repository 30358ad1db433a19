"""Bytes of a file or of standard input, block by block, and lines of them. An interruption loses no byte."""

from __future__ import annotations

import gzip
import select
import sys
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from batchtasks_cli.shield import Shield

_BLOCK = 1 << 16
_LOOK_UP = 0.5
# The byte order mark that some programs put in front of UTF-8.
_MARK = b"\xef\xbb\xbf"


class Bytes:
    """An open input."""

    def __init__(self, path: Path | None, shield: Shield) -> None:
        self.name = "standard input" if path is None else str(path)
        self._shield = shield
        self._stream: IO[Any] = sys.stdin.buffer if path is None else _opened(path)
        may_wait = path is None or not path.is_file()
        self._descriptor = _descriptor(self._stream) if may_wait else None

    def read(self) -> bytes:
        """Give the next block; b"" at the end. May be interrupted while it waits, and then called again."""
        if self._descriptor is not None:
            with self._shield.lowered():
                # With a time-out, because a signal that comes just before the call does not end it.
                while not select.select([self._descriptor], [], [], _LOOK_UP)[0]:
                    pass
        # Something is there, or the end: this does not wait.
        block: bytes = self._stream.read1(_BLOCK) if hasattr(self._stream, "read1") else self._stream.read(_BLOCK)
        return block

    def close(self) -> None:
        """Close a file; standard input stays as it is."""
        if self._stream is not sys.stdin.buffer:
            self._stream.close()


def _opened(path: Path) -> IO[bytes]:
    if path.suffix == ".gz":
        return gzip.open(path, "rb")  # type: ignore[return-value]
    return path.open("rb")


def _descriptor(stream: Any) -> int | None:
    """What `select` can wait for, or None where it cannot (Windows, a stand-in without a file)."""
    try:
        number: int = stream.fileno()
        select.select([number], [], [], 0)
    except (OSError, ValueError, AttributeError):
        return None
    return number


class Lines:
    """The lines of an input, as bytes without their ends; `number` is that of the line given last."""

    def __init__(self, source: Bytes) -> None:
        self._source = source
        self._ready: deque[bytes] = deque()
        self._partial: bytes | None = b""
        self._begun = False
        # Lines of the record that is being read, for readers whose records may have several.
        self._kept: list[bytes] | None = None
        self.number = 0

    @property
    def name(self) -> str:
        """What the input is called."""
        return self._source.name

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        while not self._ready:
            self._fill()
        line = self._ready.popleft()
        if self._kept is not None:
            self._kept.append(line)
        self.number += 1
        return line.removesuffix(b"\r")

    def _fill(self) -> None:
        if self._partial is None:
            raise StopIteration
        block = self._source.read()
        if block:
            *whole, self._partial = (self._partial + block).split(b"\n")
        else:
            whole, self._partial = [self._partial] if self._partial else [], None
        if whole and not self._begun:
            self._begun = True
            whole[0] = whole[0].removeprefix(_MARK)
        self._ready.extend(whole)

    def begin_record(self) -> None:
        """Remember the lines from here on, for `rewind`."""
        self._kept = []

    def rewind(self) -> None:
        """Give the lines since `begin_record` once more: what was to be made of them was interrupted."""
        kept, self._kept = self._kept or [], []
        self._ready.extendleft(reversed(kept))
        self.number -= len(kept)
