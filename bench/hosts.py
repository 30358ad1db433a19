"""Many hosts that submit to one account: do they settle at what the service takes, share it, and come back after an outage?

    python bench/hosts.py [--quick] [--tasks N]      writes its part of docs/benchmarks.md and docs/images/hosts.svg

A simulation: the real engine of bulk add, one for each host, with a backend whose clock moves without waiting; no sockets. The
service takes a fixed number of requests a second (a token bucket) and answers 429 to the rest. After the hosts have settled,
nothing answers for a minute. Then `--tasks` tasks are brought in by ten hosts and counted.
"""

from __future__ import annotations

import argparse
import heapq
import random
import time
from collections import Counter
from collections.abc import Generator
from typing import Any

from attrs import define, field, frozen
from document import ROOT, write

from batchtasks import BulkReport, ConnectionFailedError, RetryPolicy
from batchtasks._bulk.batch import BulkOperation, EncodedTask, RequestBatch, Results
from batchtasks._bulk.engine import Engine
from batchtasks._bulk.runner import BulkRun
from batchtasks._core.backend import Backend
from batchtasks._core.executor import Executor
from batchtasks._http.origin import read_origin
from batchtasks_rest._call import Answer, Call

LANES = 16
LATENCY = 0.05
OUTAGE = (300, 360)
END = 480
PATIENT = RetryPolicy(attempts=12, deadline=900)
DONE = Answer(200, {})
CALL: Call[None] = Call("Task_AddCollection", "POST", "/", {}, {}, (200,), lambda answer: None)


@frozen
class Until:
    """What a coroutine awaits: the clock reaching a time."""

    time: float

    def __await__(self) -> Generator[float, None, None]:
        yield self.time


@define
class Service:
    """Takes `rate` requests a second, a fifth of a second's worth at once, and refuses the others."""

    rate: float
    retry_after: int | None = None
    outage: tuple[float, float] | None = None
    taken: Counter[int] = field(factory=Counter)
    refused: Counter[int] = field(factory=Counter)
    tasks: int = 0
    random: random.Random = field(factory=lambda: random.Random(1))
    _tokens: float = 0.0
    _filled: float = 0.0

    def submit(self, now: float, batch: RequestBatch) -> tuple[float, Answer | Exception]:
        """When and how a request ends that comes now."""
        if self.outage and self.outage[0] <= now < self.outage[1]:
            return now + 0.005, ConnectionFailedError("Connection refused.", sent=False)
        self._tokens = min(self.rate / 5, self._tokens + (now - self._filled) * self.rate)
        self._filled = now
        if self._tokens < 1:
            self.refused[int(now)] += 1
            wait = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
            return now + 0.01, Answer(429, wait)
        self._tokens -= 1
        self.taken[int(now)] += 1
        self.tasks += len(batch.items)
        return now + LATENCY * (0.8 + 0.4 * self.random.random()), DONE


class HostBackend(Backend):
    """The backend of one host; what it waits for, the simulation waits for."""

    is_async = True

    def __init__(self, simulation: Simulation, seed: int) -> None:
        self._simulation = simulation
        self._random = random.Random(seed)
        self._running: list[tuple[float, int, Any, Answer | Exception]] = []
        self._number = 0

    async def send(self, call: Call[Any]) -> Answer:
        raise NotImplementedError

    def start(self, call: Call[Any], tag: Any) -> None:
        self._number += 1
        ends, outcome = self._simulation.service.submit(self.clock(), tag)
        heapq.heappush(self._running, (ends, self._number, tag, outcome))

    async def next_finished(self, timeout: float | None) -> tuple[Any, Answer | BaseException] | None:  # noqa: ASYNC109
        until = float("inf") if timeout is None else self.clock() + timeout
        if self._running and self._running[0][0] <= until:
            await Until(self._running[0][0])
            _, _, tag, outcome = heapq.heappop(self._running)
            return tag, outcome
        await Until(until)
        return None

    async def sleep(self, seconds: float) -> None:
        await Until(self.clock() + seconds)

    def clock(self) -> float:
        return self._simulation.now

    def random(self) -> float:
        return self._random.random()

    def pool(self, size: int) -> Any:
        return self

    async def aclose(self) -> None:
        """There is nothing to close."""


class AddNumbers(BulkOperation):
    """Adds numbers as tasks; all tasks of a request that is taken are added."""

    max_tasks = 100

    def encode(self, task: Any) -> EncodedTask:
        return EncodedTask("t", b"0123456789", task)

    def call(self, items: list[EncodedTask]) -> Call[Any]:
        return CALL

    def read(self, items: list[EncodedTask], answer: Answer) -> Results | None:
        return Results(items) if answer.status_code == 200 else None


class Simulation:
    """Hosts and a service on one clock."""

    def __init__(self, service: Service, hosts: int, tasks_each: int) -> None:
        self.service = service
        self.now = 0.0
        self.engines: list[Engine] = []
        self.reports: list[BulkReport] = []
        self._due: list[tuple[float, int, Any]] = []
        for host in range(hosts):
            executor = Executor(
                HostBackend(self, host), "2025-06-01", PATIENT, read_origin("https://a.b.batch.azure.com")
            )
            run = BulkRun(
                executor,
                AddNumbers(executor, "job"),
                range(tasks_each),
                "add_collection",
                LANES,
                raise_on_failure=False,
            )
            self.engines.append(run.engine)
            self._due.append((service.random.random() / 10, host, run.run()))

    def go(self, until: float) -> None:
        """Step whoever is due next, until then or until all have ended."""
        heapq.heapify(self._due)
        while self._due and self._due[0][0] <= until:
            self.now, host, coroutine = heapq.heappop(self._due)
            try:
                heapq.heappush(self._due, (coroutine.send(None), host, coroutine))
            except StopIteration as stop:
                self.reports.append(stop.value)


@frozen
class Outcome:
    """What one run showed."""

    hosts: int
    retry_after: int | None
    rate: float
    service: Service
    shares: list[int]

    def mean(self, counts: Counter[int], begin: int, end: int) -> float:
        """The mean of a second between these."""
        return sum(counts[second] for second in range(begin, end)) / (end - begin)

    @property
    def fairness(self) -> float:
        """Jain's index of what each host brought in: 1 when all did the same, 1/n when one did it all."""
        return sum(self.shares) ** 2 / (len(self.shares) * sum(share**2 for share in self.shares))

    @property
    def recovered_after(self) -> int:
        """Seconds from the end of the outage to nine tenths of the rate."""
        seconds = range(OUTAGE[1], END)
        return next((second for second in seconds if self.service.taken[second] >= 0.9 * self.rate), END) - OUTAGE[1]

    @property
    def peak(self) -> int:
        """The most requests that came in one second after the outage."""
        return max(self.service.taken[second] + self.service.refused[second] for second in range(OUTAGE[1], END))

    def row(self) -> str:
        """The row of the table."""
        settled = self.mean(self.service.taken, 60, OUTAGE[0]) / self.rate
        refused = self.mean(self.service.refused, 60, OUTAGE[0]) / self.rate
        told = "-" if self.retry_after is None else f"{self.retry_after} s"
        cells = f"{settled:.1%} | {refused:.0%} | {self.fairness:.3f} | {self.recovered_after} s | {self.peak / self.rate:.2f}"
        return f"| {self.hosts} | {told} | {cells} |"


def settle(hosts: int, rate: float, retry_after: int | None) -> Outcome:
    """Hosts with no end of tasks, for the whole time."""
    service = Service(rate, retry_after, OUTAGE)
    simulation = Simulation(service, hosts, 10**9)
    simulation.go(END)
    shares = [engine.report.added for engine in simulation.engines]
    assert sum(shares) <= service.tasks
    return Outcome(hosts, retry_after, rate, service, shares)


def bring_in(tasks: int) -> str:
    """So many tasks by ten hosts, against a service that refuses; every one accounted for."""
    began, service = time.process_time(), Service(1000, outage=(20, 50))
    simulation = Simulation(service, 10, tasks // 10)
    simulation.go(float("inf"))
    added = sum(report.added for report in simulation.reports)
    assert all(report.ok for report in simulation.reports)
    assert added == service.tasks == tasks, (added, service.tasks, tasks)
    spent = (time.process_time() - began) / tasks * 1e6
    refused = sum(service.refused.values())
    return (
        f"{tasks:,} tasks by 10 hosts: {added:,} added by the reports, {service.tasks:,} by the service, through"
        f" {refused:,} refusals and an outage ({spent:.2f} us of CPU a task for engine and service together)."
    )


def plot(outcomes: list[Outcome]) -> str:
    """Requests taken and refused in each second, a panel for each number of hosts."""
    width, height, parts = 760, 120, []
    for number, outcome in enumerate(outcomes):
        top = 24 + number * (height + 36)

        def line(counts: Counter[int], colour: str, top: int = top, rate: float = outcome.rate) -> str:
            values = [min(counts[second] / rate, 2.0) for second in range(END)]
            points = " ".join(
                f"{40 + s * width / END:.1f},{top + height - v * height / 2:.1f}" for s, v in enumerate(values)
            )
            return f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1"/>'

        limit = top + height / 2
        parts += [
            f'<text x="40" y="{top - 6}">{outcome.hosts} host{"s" * (outcome.hosts > 1)}, {LANES} lanes each</text>',
            f'<line x1="40" x2="{40 + width}" y1="{limit}" y2="{limit}" stroke="#999" stroke-dasharray="4 3"/>',
            f'<text x="2" y="{limit + 4}">limit</text>',
            line(outcome.service.refused, "#d08030"),
            line(outcome.service.taken, "#2060b0"),
        ]
    total = 24 + len(outcomes) * (height + 36)
    wide, high = width + 60, total + 12
    note = "blue: requests taken a second, orange: refused; eight minutes, one of them an outage"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" font-family="sans-serif" font-size="12">'
    )
    back = f'<rect width="{wide}" height="{high}" fill="white"/>'
    return "\n".join([head, back, *parts, f'<text x="40" y="{total}">{note}</text>', "</svg>", ""])


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="fewer tasks, nothing written")
    parser.add_argument("--tasks", type=int, default=100_000_000)
    options = parser.parse_args()
    outcomes = [settle(hosts, 200.0, retry_after) for hosts in (1, 10, 100) for retry_after in (None, 1)]
    lines = [
        "| hosts | Retry-After | taken, of the limit | refused, of the limit | fairness | back to 90 % after | peak then |",
        "|---|---|---|---|---|---|---|",
        *(outcome.row() for outcome in outcomes),
        "",
        bring_in(1_000_000 if options.quick else options.tasks),
    ]
    text = "\n".join([*lines, ""])
    print(text)
    if not options.quick:
        (ROOT / "docs" / "images" / "hosts.svg").write_text(plot(outcomes[::2]), encoding="utf-8")
        write("hosts", text)


if __name__ == "__main__":
    main()
