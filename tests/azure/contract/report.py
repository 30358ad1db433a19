"""What the answers say: the open questions first, then what differs from the specification and the local service."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from tests.azure.contract import compare, spec
from tests.azure.contract.ask import Exchange
from tests.azure.contract.question import ABSENT, Question, Scenario, member

_LONGEST = 400
# Differences that so many answers have are shown once.
_MANY = 6


@frozen
class Findings:
    """What was found, each with scenario and question."""

    asked: int
    settled: Mapping[str, Sequence[str]]
    from_spec: Sequence[str]
    from_local: Sequence[str]

    @property
    def count(self) -> int:
        """How many differences there are."""
        return len(self.from_spec) + len(self.from_local)


def find(
    scenarios: Sequence[Scenario], answers: Sequence[Exchange], local: Sequence[Exchange] | None = None
) -> Findings:
    """Compare answers with the specification and, where given, with those of the local service."""
    questions = by_key(scenarios)
    there = {one.key: one for one in local or ()}
    settled: dict[str, list[str]] = {}
    for one in answers:
        for place in questions[one.key].settles:
            settled.setdefault(place, []).append(f"{_name(one)}: {_short(questions[one.key], one)}")
    return Findings(
        len(answers),
        settled,
        [f"{_name(one)}: {text}" for one in answers for text in spec.differences(questions[one.key], one)],
        [
            f"{_name(one)}: {text}"
            for one in answers
            if one.key in there and not questions[one.key].racing
            for text in compare.differences(one, there[one.key])
        ],
    )


def by_key(scenarios: Sequence[Scenario]) -> dict[tuple[str, str], Question]:
    """Return the questions by the names of their scenario and their own."""
    return {(scenario.name, one.name): one for scenario in scenarios for one in scenario.questions}


def _name(answer: Exchange) -> str:
    return f"{answer.scenario} / {answer.question}"


def _short(question: Question, answer: Exchange) -> str:
    """Return an answer in one line."""
    parts: list[Any] = [f"{answer.status} {answer.reason}".strip()]
    if answer.seconds >= 1:
        parts.append(f"after {answer.seconds} s")
    if answer.code:
        parts.append(" ".join([answer.code, *(f"{one['key']}={one['value']!r}" for one in _pairs(answer.body))]))
    elif question.shows:
        found = {path: member(answer.body, path) for path in question.shows}
        parts.append(
            json.dumps({path: value for path, value in found.items() if value is not ABSENT}, ensure_ascii=False)
        )
    elif answer.body is not None:
        parts.append(json.dumps(answer.body, ensure_ascii=False))
    parts += [f"{name}: {answer.header(name)}" for name in question.answers]
    text = "  ".join(parts)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + " ..."


def _pairs(body: Any) -> list[dict[str, Any]]:
    values = body.get("values") if isinstance(body, dict) else None
    return [one for one in values or () if isinstance(one, dict) and {"key", "value"} <= one.keys()]


def text(findings: Findings) -> Iterator[str]:
    """Yield the report, line by line."""
    yield f"{findings.asked} questions were asked."
    yield from _part("Open questions, and what was answered", _settled(findings.settled))
    yield from _part("Different from the specification", findings.from_spec)
    yield from _part("Different from the local service", findings.from_local)


def _settled(settled: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for place, lines in settled.items():
        yield place
        yield from (f"    {line}" for line in lines)


def _part(title: str, lines: Iterable[str]) -> Iterator[str]:
    lines = list(_grouped(lines))
    yield ""
    yield f"{title}: nothing" if not lines else f"{title}:"
    yield from (f"  {line}" for line in lines)


def _grouped(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines; what is true of many answers is one line with their number."""
    lines = list(lines)
    counts = Counter(line.partition(": ")[2] for line in lines)
    told: set[str] = set()
    for line in lines:
        name, _, text = line.partition(": ")
        if not text or counts[text] < _MANY:
            yield line
        elif text not in told:
            told.add(text)
            yield f"{name} and {counts[text] - 1} others: {text}"
