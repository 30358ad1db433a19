"""The readers of rows over all ways an input can be cut into blocks, and interrupted while it is waited for."""

from __future__ import annotations

import csv
import io
import itertools
import json
import signal
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from batchtasks_cli.errors import CliError
from batchtasks_cli.input.readers import BadRow, Format, Interrupts, Lines, Row, Rows, rows_of


class Pipe(io.RawIOBase):
    """A pipe that gives blocks as they come; at some of the waits somebody presses Ctrl-C."""

    def __init__(self, content: bytes, sizes: list[int], interrupted: set[int]) -> None:
        self._content, self._sizes, self._interrupted = io.BytesIO(content), sizes, interrupted
        self._reads = 0
        self.is_waited_for = False

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Give the next block, or be interrupted before anything was taken."""
        self._reads += 1
        if self.is_waited_for and self._reads in self._interrupted:
            raise KeyboardInterrupt
        size = self._sizes[self._reads % len(self._sizes)] if self._sizes else 4096
        block = self._content.read(min(size, len(buffer)))
        buffer[: len(block)] = block
        return len(block)


class Blocks(Lines):
    """An input that comes in given blocks."""

    def __init__(self, content: bytes, sizes: list[int], interrupted: set[int]) -> None:
        super().__init__(None)
        self.name = "input"
        self._pipe = Pipe(content, sizes, interrupted)
        self._stream = io.BufferedReader(self._pipe)

    def wait(self) -> None:
        """Here alone, between two rows, may it be interrupted."""
        self._pipe.is_waited_for = True
        try:
            super().wait()
        finally:
            self._pipe.is_waited_for = False


def all_of(make: Callable[[], Rows | Lines]) -> list[Any]:
    """Walk a reader to its end, going on after every interruption."""
    reader, found = make(), []
    lines = reader if isinstance(reader, Lines) else reader.lines
    while True:
        try:
            lines.wait()
            found.append(next(reader))
        except KeyboardInterrupt:
            continue
        except StopIteration:
            return found


cuts = st.lists(st.integers(1, 9), min_size=1, max_size=7)
ends = st.sets(st.integers(2, 40), max_size=5)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=5,
)
objects = st.dictionaries(st.text(max_size=4).filter(lambda key: key != "value"), values, max_size=3)
many = settings(max_examples=60)


@many
@given(
    rows=st.lists(objects, max_size=6),
    cuts=cuts,
    ends=ends,
    indent=st.none() | st.integers(0, 2),
    form=st.integers(0, 2),
)
def test_json_is_read_whole_however_it_is_cut(
    rows: list[dict[str, Any]], cuts: list[int], ends: set[int], indent: int | None, form: int
) -> None:
    whole = [
        json.dumps(rows, indent=indent),
        json.dumps({"value": rows}, indent=indent),
        "\n".join(json.dumps(row, indent=indent) for row in rows),
    ][form]
    blocks = Blocks(whole.encode(), cuts, ends)
    found = all_of(lambda: rows_of(blocks, "json"))
    assert [row.values for row in found] == rows
    assert [row.number for row in found] == list(range(1, len(rows) + 1))
    assert [row.line for row in found] == [row.number for row in found]


@many
@given(rows=st.lists(objects, max_size=8), cuts=cuts, ends=ends, blank=st.booleans())
def test_json_lines_are_read_whole_however_they_are_cut(
    rows: list[dict[str, Any]], cuts: list[int], ends: set[int], blank: bool
) -> None:
    text = ("\n\n" if blank else "\n").join(json.dumps(row, ensure_ascii=False) for row in rows)
    found = all_of(lambda: rows_of((Blocks(text.encode(), cuts, ends)), "jsonl"))
    assert [row.values for row in found] == rows
    assert [row.line for row in found] == [1 + n * (2 if blank else 1) for n in range(len(rows))]


cells = st.text(st.sampled_from('ab ,"\n;é'), max_size=5).filter(lambda text: text.strip() != "")


@many
@given(rows=st.lists(st.tuples(cells, cells), max_size=6), cuts=cuts, ends=ends)
def test_csv_is_read_whole_however_it_is_cut(rows: list[tuple[str, str]], cuts: list[int], ends: set[int]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([("x", "y"), *rows])
    blocks = Blocks(out.getvalue().encode(), cuts, ends)
    found = all_of(lambda: rows_of(blocks, "csv"))
    # csv writes line ends inside quotes as they are, and Lines takes a carriage return off every line.
    assert [tuple(row.values.values()) for row in found] == rows


@many
@given(text=st.binary(max_size=60), cuts=cuts, ends=ends)
def test_lines_are_those_of_the_whole(text: bytes, cuts: list[int], ends: set[int]) -> None:
    whole = text.split(b"\n")
    expected = [line.removesuffix(b"\r") for line in (whole if whole[-1] else whole[:-1])]
    if expected:
        expected[0] = expected[0].removeprefix(b"\xef\xbb\xbf")
    assert all_of(lambda: Blocks(text, cuts, ends)) == expected


@many
@given(text=st.text(st.sampled_from('[]{},:"1ax \n\\'), max_size=40), cuts=cuts)
def test_any_text_gives_rows_or_a_error_with_a_line(text: str, cuts: list[int]) -> None:
    for kind in get_args(Format):
        for row in _rows_or_error(text, cuts, kind):
            assert isinstance(row, (Row, BadRow)) or row.what.startswith("input")


def _rows_or_error(text: str, cuts: list[int], kind: Format) -> list[Row | BadRow | CliError]:
    found: list[Row | BadRow | CliError] = []
    try:
        for row in _walk(rows_of((Blocks(text.encode(), cuts, set())), kind)):
            found.append(row)
    except CliError as error:
        found.append(error)
    return found


def _walk(rows: Rows) -> Iterator[Row | BadRow]:
    while True:
        try:
            yield next(rows)
        except StopIteration:
            return


class Endless(Lines):
    """So many copies of a block, made as they are read."""

    def __init__(self, first: bytes, block: bytes, number: int) -> None:
        super().__init__(None)
        self.name = "input"
        self._blocks = itertools.chain([first] if first else [], itertools.repeat(block, number))
        self._stream = self
        self._left: list[bytes] = []

    def readline(self) -> bytes:
        """Give the next line of the copies."""
        if not self._left:
            self._left = next(self._blocks, b"").splitlines(keepends=True)[::-1]
        return self._left.pop() if self._left else b""


BLOCKS = {
    "jsonl": (b"", b'{"id": "a", "commandLine": "x"}\n' * 100),
    "csv": (b"x,y\n", b'one,"two\nlines"\n' * 100),
    "lines": (b"", b"one line\n" * 100),
}


@pytest.mark.parametrize("kind", BLOCKS)
def test_memory_does_not_grow_with_the_input(kind: Format) -> None:
    first, block = BLOCKS[kind]
    peaks = []
    for number in (5, 200):
        rows = rows_of((Endless(first, block, number)), kind)
        tracemalloc.start()
        try:
            read = sum(1 for _ in itertools.islice(_walk(rows), number * 100))
            peaks.append(tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()
        assert read == number * 100
    # Held, the longer input would take several megabytes; threads of other tests take some kilobytes meanwhile.
    assert peaks[1] < peaks[0] + 1_000_000


def test_the_first_ctrl_c_waits_for_the_row_and_the_second_does_not() -> None:
    with Interrupts() as interrupts:
        interrupts.held = True
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            interrupts.check()
        interrupts.check()  # once is enough
        signal.raise_signal(signal.SIGTERM)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        # Half a row was taken, so what follows is no row.
        for _ in range(2):
            with pytest.raises(KeyboardInterrupt):
                interrupts.check()
