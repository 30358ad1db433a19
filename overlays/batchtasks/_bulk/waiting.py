"""Tasks that wait to be sent again: whole requests as they were, parts split off, and single tasks gathered anew."""

from __future__ import annotations

from collections.abc import Iterator

from batchtasks._bulk.item import ENVELOPE_SIZE, Item, size_of


class Batch:
    """Tasks that are due at the same time. `loose` ones may be joined with others, the rest go as they are."""

    __slots__ = ("due", "earliest", "halved", "items", "loose", "size")

    def __init__(self, items: list[Item], due: float, earliest: float, *, loose: bool, halved: bool) -> None:
        self.items = items
        self.size = size_of(items)
        self.due = due
        # A loose batch may go along with others from half its wait on.
        self.earliest = earliest
        self.loose = loose
        self.halved = halved


class Waiting:
    """All batches that wait; there are few, so they are simply looked through.

    Every move adds in the new place before it takes out of the old, so that an interruption between the two loses
    nothing (whoever counts leaves out what occurs twice).
    """

    def __init__(self, most_tasks: int, most_bytes: int) -> None:
        self._batches: list[Batch] = []
        self._most_tasks = most_tasks
        self.most_bytes = most_bytes

    def __len__(self) -> int:
        return len(self._batches)

    def items(self) -> Iterator[Item]:
        """Everything that waits."""
        for batch in self._batches:
            yield from batch.items

    def add(self, items: list[Item], due: float, *, halved: bool = False) -> None:
        """Let tasks wait as one request."""
        self._batches.append(Batch(items, due, due, loose=False, halved=halved))

    def add_loose(self, item: Item, now: float, delay: float) -> None:
        """Let one task wait; it joins others that are due not much earlier than it would be."""
        earliest = now + delay / 2
        for batch in self._batches:
            if batch.loose and batch.due >= earliest and self.fit(batch, 1, size_of([item])):
                batch.items.append(item)
                batch.size += len(item.data) + 1
                batch.earliest = max(batch.earliest, earliest)
                return
        self._batches.append(Batch([item], now + delay, earliest, loose=True, halved=False))

    def due(self) -> float | None:
        """When the first of them is due, or None."""
        return min((batch.due for batch in self._batches), default=None)

    def next_whole(self, now: float) -> Batch | None:
        """Give a batch that is due and goes as it is, without taking it out."""
        ripe = [batch for batch in self._batches if not batch.loose and batch.due <= now]
        return min(ripe, key=lambda batch: batch.due, default=None)

    def next_loose(self, now: float, beside: int, size: int, *, alone: bool) -> Batch | None:
        """Give a loose batch that may go now, beside so many tasks of this size, without taking it out.

        `alone`: there is nothing to go along with, so it goes only when it is due.
        """
        for batch in self._batches:
            ripe = batch.due if alone else batch.earliest
            if batch.loose and ripe <= now and self.fit(batch, beside, size):
                return batch
        return None

    def take_out(self, batch: Batch) -> None:
        """Take a batch out, after its tasks have their new place."""
        self._batches.remove(batch)

    def fit(self, batch: Batch, tasks: int, size: int) -> bool:
        """Whether so many tasks more, making a body of `size` alone, still make one request."""
        return len(batch.items) + tasks <= self._most_tasks and batch.size + size - ENVELOPE_SIZE < self.most_bytes
