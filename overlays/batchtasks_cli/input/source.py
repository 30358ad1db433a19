"""The lines of a file or of standard input. An interruption loses no byte."""

from __future__ import annotations

import gzip
import select
import signal
import sys
import threading
import zlib
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any, Self

from batchtasks_cli.errors import CliError, Terminated

_BLOCK = 1 << 16
_CHECK_EVERY = 0.2
# The byte order mark that some programs put in front of UTF-8.
_MARK = b"\xef\xbb\xbf"


class Interrupts:
    """Ctrl-C and SIGTERM as a flag while `held` is true, so that a row is taken whole; else they raise at once."""

    def __init__(self) -> None:
        self.held = False
        self._pending: type[KeyboardInterrupt] | None = None
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                # What is ignored, as Ctrl-C is for a job in the background, stays ignored.
                if signal.getsignal(number) is not signal.SIG_IGN:
                    self._before[number] = signal.signal(number, self._handle)
        return self

    def __exit__(self, *error: object) -> None:
        while self._before:
            signal.signal(*self._before.popitem())

    def _handle(self, number: int, frame: FrameType | None) -> None:
        kind = KeyboardInterrupt if number == signal.SIGINT else Terminated
        if not self.held:
            raise kind
        self._pending = kind

    def check(self) -> None:
        """Raise what came while the flag was held."""
        pending, self._pending = self._pending, None
        if pending is not None:
            raise pending


class Lines:
    """The lines of a file or, without a path, of standard input, as bytes without their ends.

    Attributes:
        number: The number of the line given last.
        cut: Whether the line given last was the end of the input and had no line end.
    """

    def __init__(self, path: Path | None, interrupts: Interrupts) -> None:
        self.name = "standard input" if path is None else str(path)
        self.number, self.cut, self._begun = 0, False, False
        self._interrupts = interrupts
        self._ready: deque[bytes] = deque()
        self._partial: bytes | None = b""
        # Lines since `mark`, for records of several lines.
        self._kept: list[bytes] = []
        self._stream: Any = sys.stdin.buffer
        if path is not None:
            self._stream = gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")  # noqa: SIM115
        self._descriptor = None if path is not None and path.is_file() else _descriptor(self._stream)

    def read(self) -> bytes:
        """Return the next block, b"" at the end; may be interrupted while it waits, and then called again."""
        while self._descriptor is not None and not select.select([self._descriptor], [], [], _CHECK_EVERY)[0]:
            self._interrupts.check()
        try:
            # Something is there, or the end: this does not wait.
            block: bytes = getattr(self._stream, "read1", self._stream.read)(_BLOCK)
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            what = f"{self.name}: the compressed data are broken or cut off ({error})."
            raise CliError(what, "Pack the file again.") from None
        return block

    def close(self) -> None:
        """Close a file; standard input stays open."""
        if self._stream is not sys.stdin.buffer:
            self._stream.close()

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        while not self._ready:
            self._fill()
        line = self._ready.popleft()
        self._kept.append(line)
        self.number += 1
        return line.removesuffix(b"\r")

    def _fill(self) -> None:
        if self._partial is None:
            raise StopIteration
        if block := self.read():
            *whole, self._partial = (self._partial + block).split(b"\n")
        else:
            self.cut = bool(self._partial)
            whole, self._partial = [self._partial] if self._partial else [], None
        if whole and not self._begun:
            self._begun, whole[0] = True, whole[0].removeprefix(_MARK)
        self._ready.extend(whole)

    def mark(self) -> None:
        """Forget the lines before; `rewind` comes back here."""
        self._kept = []

    def rewind(self) -> None:
        """Give the lines since `mark` again."""
        kept, self._kept = self._kept, []
        self._ready.extendleft(reversed(kept))
        self.number -= len(kept)

    def whole(self) -> bytes:
        """Return all that is left."""
        while self._partial is not None:
            self._fill()
        return b"\n".join(self)


def _descriptor(stream: Any) -> int | None:
    """Return what `select` can wait for, or None where it cannot (Windows, a stand-in without a file)."""
    try:
        number: int = stream.fileno()
        select.select([number], [], [], 0)
    except (OSError, ValueError, AttributeError):
        return None
    return number
