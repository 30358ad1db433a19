"""Looking through a whole file before anything of it is sent: rows that cannot be used, ids that occur twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from batchtasks_cli.errors import Complaint
from batchtasks_cli.making import Maker
from batchtasks_cli.rows import BadRow, Row, Rows, place
from batchtasks_cli.template import Unfit
from batchtasks_cli.text import count

_MOST_TOLD = 3
_PROBED = 100
# 16 MiB, so that among a million ids some 4,000 need a second look.
_BITS = 1 << 27

Tell = Callable[[str], object]


class Seen:
    """Remembers ids in a fixed amount of memory: sure about those that are new, suspicious of a few others."""

    def __init__(self, bits: int = _BITS) -> None:
        self._bits = bits
        self._table = bytearray(bits // 8)

    def maybe(self, task_id: str) -> bool:
        """Note an id; tell whether it may have been noted before."""
        byte, bit = divmod(hash(task_id) % self._bits, 8)
        before = self._table[byte] >> bit & 1
        self._table[byte] |= 1 << bit
        return bool(before)


class Check:
    """One look through an input that can be opened as often as needed.

    `probe` is given the first rows, to look at them more closely than is affordable for all.
    """

    def __init__(
        self, open_rows: Callable[[], Rows], maker: Maker, tell: Tell, probe: Callable[[Row], object], bits: int = _BITS
    ) -> None:
        self._open_rows = open_rows
        self._maker = maker
        self._tell = tell
        self._probe = probe
        self._seen = Seen(bits)
        self._name = ""

    def run(self) -> int:
        """Give the number of rows; Complaint if there is one that no task can be made of."""
        troubles: list[str] = []
        suspicious: set[str] = set()
        number = bad = 0
        for row in self._rows():
            number += 1
            try:
                folded = self._look(row)
            except Unfit as error:
                bad += 1
                troubles += [str(error)][: _MOST_TOLD - len(troubles)]
                continue
            if self._seen.maybe(folded):
                suspicious.add(folded)
            if number % 1000 == 0:
                self._tell(f"{number:,} rows looked through ...")
        if bad:
            raise _useless(troubles, bad)
        if suspicious:
            self._find_twins(suspicious)
        return number

    def _rows(self) -> Iterator[Row | BadRow]:
        rows = self._open_rows()
        self._name = rows.name
        while True:
            try:
                row = next(rows)
            except StopIteration:
                return
            yield row

    def _look(self, row: Row | BadRow) -> str:
        if isinstance(row, BadRow):
            raise Unfit(f"{row.place}: {row.trouble}")
        try:
            folded = self._maker.identify(row).casefold()
            if row.number <= _PROBED:
                self._probe(row)
        except Unfit as error:
            raise Unfit(f"{place(self._name, row.line)}: {error}") from None
        return folded

    def _find_twins(self, suspicious: set[str]) -> None:
        """Read once more, to see which of the suspicious ids really occur twice, and where."""
        lines: dict[str, int] = {}
        for row in self._rows():
            if isinstance(row, BadRow):
                continue
            task_id = self._maker.identify(row)
            folded = task_id.casefold()
            if folded in lines:
                raise Complaint(
                    f"{self._name}, lines {lines[folded]} and {row.line}: both tasks have the id {task_id!r}.",
                    "Nothing was sent. Give each task an id of its own (letter case does not count).",
                )
            if folded in suspicious:
                lines[folded] = row.line


def _useless(troubles: list[str], bad: int) -> Complaint:
    more = f"; and {count(bad - len(troubles), 'row')} more" if bad > len(troubles) else ""
    return Complaint(
        f"{'; '.join(troubles)}{more}.", "Nothing was sent. Correct it; --no-check leaves out rows that cannot be used."
    )
