"""The questions, asked of the local service: it answers as the specification and the recordings say, and so they work."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.azure.contract import report, spec
from tests.azure.contract.__main__ import ask_local
from tests.azure.contract.ask import Exchange
from tests.azure.contract.question import VERSION
from tests.azure.known import FORMS, QUESTIONS
from tests.azure.questions import CODES_NOT_ASKED, NOT_ASKED, SCENARIOS

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def answers() -> list[Exchange]:
    return ask_local(SCENARIOS)


@pytest.fixture(scope="module")
def differences(answers: list[Exchange]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in report.find(SCENARIOS, answers).from_spec:
        name, _, text = _split(line)
        found.setdefault(name, []).append(text)
    return found


def _split(line: str) -> tuple[str, str, str]:
    """Take a line of the report apart; the name of a question may have a colon in it."""
    names = [f"{scenario.name} / {one.name}" for scenario in SCENARIOS for one in scenario.questions]
    name = max((one for one in names if line.startswith(f"{one}: ")), key=len)
    return name, ": ", line.removeprefix(f"{name}: ")


def test_it_differs_from_the_recordings_only_where_that_is_known(differences: dict[str, list[str]]) -> None:
    unknown = {
        name: left
        for name, texts in differences.items()
        if name not in QUESTIONS and (left := [text for text in texts if text not in FORMS])
    }
    assert not unknown


def test_what_is_known_to_differ_still_does(differences: dict[str, list[str]]) -> None:
    real = {name for name, texts in differences.items() if set(texts) - FORMS}
    assert sorted(QUESTIONS.keys() - real) == [], "these lines can go from tests/azure/known.py"
    seen = {text for texts in differences.values() for text in texts}
    assert sorted(FORMS - seen) == [], "these lines can go from tests/azure/known.py"


def test_two_accounts_that_are_alike_do_not_differ(answers: list[Exchange]) -> None:
    some = [one for one in SCENARIOS if one.name not in ("empty", "itself")]
    again = ask_local(some)
    assert report.find(SCENARIOS, again, answers).from_local == []


def test_every_operation_is_asked(answers: list[Exchange]) -> None:
    asked = {stated["operationId"] for one in answers if (stated := spec.operation(one.request))}
    operations = {
        item[method]["operationId"]
        for item in spec.document(VERSION)["paths"].values()
        for method in spec.METHODS
        if method in item
    }
    assert asked == operations


def test_every_mark_without_a_source_is_asked_about_or_needs_more_than_an_account() -> None:
    text = (ROOT / "spec/unconfirmed.md").read_text(encoding="utf-8")
    marks = set(re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE))
    settled = {place for scenario in SCENARIOS for one in scenario.questions for place in one.settles}
    settled = {place for place in settled if not place.startswith("section 6: ")}
    assert settled <= marks
    assert NOT_ASKED.keys() <= marks
    assert marks - settled - NOT_ASKED.keys() == set()


def test_every_code_is_asked_for_or_cannot_be_met(answers: list[Exchange]) -> None:
    met = {one.code for one in answers} - {""}
    inner = {item["error"]["code"] for one in answers for item in _results(one) if "error" in item}
    questions = [one for scenario in SCENARIOS for one in scenario.questions]
    hoped = {word for one in questions for word in one.expect.split()}
    hoped |= {place.removeprefix("code ") for one in questions for place in one.settles}
    assert sorted(spec.codes().keys() - met - inner - hoped - CODES_NOT_ASKED.keys()) == []
    assert CODES_NOT_ASKED.keys() <= spec.codes().keys()


def _results(answer: Exchange) -> list[dict[str, dict[str, str]]]:
    is_collection = "addtaskcollection" in answer.request and answer.status == 200
    return list(answer.body["value"]) if is_collection else []


def test_names_are_unique() -> None:
    assert len({one.name for one in SCENARIOS}) == len(SCENARIOS)
    for scenario in SCENARIOS:
        names = [one.name for one in scenario.questions]
        assert sorted(set(names)) == sorted(names)
