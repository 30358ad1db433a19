"""A service that answers wrongly is noticed: each answer is spoilt in one way, and the report has a line more."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve

from batchtasks_local import LocalBatch
from tests.azure.contract import compare, report, spec
from tests.azure.contract.__main__ import local_account
from tests.azure.contract.ask import Asker, Exchange
from tests.azure.contract.question import Question
from tests.azure.questions import SCENARIOS

Spoil = Callable[[Exchange], Exchange | None]


def status(one: Exchange) -> Exchange:
    return evolve(one, status=one.status + 1)


def code(one: Exchange) -> Exchange | None:
    return evolve(one, body={**one.body, "code": "Nosuch"}) if one.code else None


def reason(one: Exchange) -> Exchange:
    return evolve(one, reason=f"{one.reason}!")


def header(one: Exchange) -> Exchange:
    return evolve(one, headers=[*one.headers, ("x-new", "1")])


def missing_header(one: Exchange) -> Exchange | None:
    left = [pair for pair in one.headers if pair[0].lower() != "request-id"]
    return evolve(one, headers=left) if left != one.headers else None


def extra_member(one: Exchange) -> Exchange | None:
    return evolve(one, body={**one.body, "nosuch": 1}) if isinstance(one.body, dict) else None


def missing_member(one: Exchange) -> Exchange | None:
    return evolve(one, body=dict(list(one.body.items())[:-1])) if isinstance(one.body, dict) else None


def order(one: Exchange) -> Exchange | None:
    if not isinstance(one.body, dict) or len(one.body) < 2:
        return None
    return evolve(one, body=dict(reversed(one.body.items())))


def value(one: Exchange) -> Exchange | None:
    """Change the first plain value deep inside."""
    body = json.loads(json.dumps(one.body))
    return evolve(one, body=body) if _change(body) else None


def _change(part: Any) -> bool:
    for name, inside in part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ():
        if isinstance(inside, dict | list):
            if _change(inside):
                return True
        elif not (isinstance(inside, str) and "<" in inside):
            part[name] = f"{inside}-"
            return True
    return False


SPOILS: dict[str, Spoil] = {
    "status": status, "code": code, "reason": reason, "header": header, "missing header": missing_header,
    "extra member": extra_member, "missing member": missing_member, "order": order, "value": value,
}  # fmt: skip


@pytest.fixture(scope="module")
def answers(service: LocalBatch) -> list[Exchange]:
    some = [one for one in SCENARIOS if one.name in ("add", "task", "many", "list", "moves", "disable")]
    with Asker(local_account(service), patience=1.0) as asker:
        found = list(asker.ask(some))
        asker.clean_up()
    return found


@pytest.mark.parametrize("name", SPOILS)
def test_another_answer_of_the_local_service_is_a_difference(answers: list[Exchange], name: str) -> None:
    """Whatever the answer is to, and wherever it is spoilt."""
    spoilt = [(one, bad) for one in answers if (bad := SPOILS[name](one)) is not None]
    assert len(spoilt) > 20
    missed = [one.key for one, bad in spoilt if not compare.differences(one, bad)]
    assert missed == []


@pytest.mark.parametrize("name", ["status", "code", "header", "missing header", "extra member"])
def test_another_answer_is_a_difference_from_the_specification(answers: list[Exchange], name: str) -> None:
    """Without another service to compare with. An error's members are the same everywhere, and stated too."""
    questions = report.by_key(SCENARIOS)
    spoilt = [
        (one, bad) for one in answers if (bad := SPOILS[name](one)) is not None and _is_stated(questions[one.key], one)
    ]
    assert len(spoilt) > 20
    missed = [one.key for one, bad in spoilt if not _more(questions[one.key], one, bad)]
    assert missed == []


def _is_stated(question: Question, one: Exchange) -> bool:
    return spec.operation(one.request) is not None and (bool(question.expect) or bool(one.code))


def _more(question: Question, one: Exchange, bad: Exchange) -> bool:
    return bool(set(spec.differences(question, bad)) - set(spec.differences(question, one)))


def test_a_service_with_a_fault_is_noticed(service: LocalBatch, answers: list[Exchange]) -> None:
    """The same through the network: a service that answers one request in five with an error."""
    some = [one for one in SCENARIOS if one.name in ("add", "task")]
    with service.faults("throttle", probability=0.2, seed=1), Asker(local_account(service), patience=0.2) as asker:
        spoilt = list(asker.ask(some))
    asker_answers = [one for one in answers if one.scenario in ("add", "task")]
    found = report.find(SCENARIOS, spoilt, asker_answers)
    assert found.from_spec
    assert found.from_local
    with Asker(local_account(service), asker.prefix, made=asker.made) as again:
        assert again.clean_up() == []
