"""`$filter`: what is understood, and that everything else is refused with the place and the reason."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchtasks_local.domain import clock
from batchtasks_local.domain.filters import OPERATORS, Compare, FilterError, FilterTable, Join, Node, parse
from batchtasks_local.domain.records import JOB_STATES, TASK_RESULTS, TASK_STATES
from batchtasks_local.http.contract.documents import Contracts

CONTRACTS = Contracts()


def table(operation: str) -> FilterTable:
    """The spec's filter table of an operation."""
    contract = CONTRACTS.get("2025-06-01")
    assert contract is not None
    return contract.operations[operation].filter


TASKS = table("Task_List")
VALUES = {"state": TASK_STATES, "executionInfo/result": TASK_RESULTS}


def test_every_property_and_operator_of_the_spec_is_understood() -> None:
    """Each row of `x-filter`, with a literal of its type."""
    literal = {"string": "'active'", "DateTime": "DateTime'2024-01-05T07:16:39Z'", "int": "-3"}
    results = {"executionInfo/result": "'failure'"}
    for name, (kind, operators) in TASKS.items():
        for operator in operators:
            value = results.get(name, literal[kind])
            text = f"startswith({name},{value})" if operator == "startswith" else f"{name} {operator} {value}"
            assert parse(text, TASKS) == Compare(name, operator, parse(text, TASKS).value)  # type: ignore[union-attr]


def test_and_binds_closer_than_or() -> None:
    """As in OData; parentheses change it."""
    a, b, c = (Compare("id", "eq", name) for name in "abc")
    assert parse("id eq 'a' or id eq 'b' and id eq 'c'", TASKS) == Join("or", (a, Join("and", (b, c))))
    assert parse("(id eq 'a' or id eq 'b') and id eq 'c'", TASKS) == Join("and", (Join("or", (a, b)), c))


def test_times_are_read_to_the_tick() -> None:
    """Seven decimals, and any case of the word DateTime."""
    for word in ("DateTime", "datetime", "DATETIME"):
        found = parse(f"creationTime ge {word}'2024-01-05T07:16:39.5766271Z'", TASKS)
        assert found == Compare("creationTime", "ge", clock.from_text("2024-01-05T07:16:39.5766271Z"))


def test_quotes_in_text() -> None:
    """A quote inside a text is written twice."""
    assert parse("id eq 'it''s'", TASKS) == Compare("id", "eq", "it's")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "empty"),
        ("state", "character 6: one of eq"),
        ("state eq", "character 9: a value of type string"),
        ("state gt 'active'", "takes eq, ne, not gt"),
        ("state eq 5", "a value of type string"),
        ("state eq 'asleep'", "character 10: 'asleep' is not a value of state; these are: active, preparing"),
        ("id eq 'x' or executionInfo/result ne 'x'", "character 38: 'x' is not a value of executionInfo/result"),
        ("executionInfo/exitCode eq '0'", "a value of type int"),
        ("executionInfo/exitCode eq 1.5", "'1.5' is not understood"),
        ("creationTime gt '2024-01-05'", "a value of type DateTime"),
        ("creationTime gt DateTime'noon'", "character 17: 'noon' is not a time; one is written DateTime'2024-01-05"),
        ("creationTime gt DateTime'2024-13-01T00:00:00Z'", "character 17: '2024-13-01T00:00:00Z' is not a time"),
        ("displayName eq 'x'", "'displayName' cannot be filtered by"),
        ("nodeInfo/nodeId eq 'x'", "cannot be filtered by"),
        ("not id eq 'x'", "'not' cannot be filtered by"),
        ("not (id eq 'x')", "character 1: 'not' cannot be used here; startswith(...) can"),
        ("substringof('a', id)", "character 1: 'substringof' cannot be used here; startswith(...) can"),
        ("id eq 'x' or or id eq 'y'", "character 14: a property is expected, not 'or'"),
        ("eq 'x'", "character 1: a property is expected, not 'eq'"),
        ("startswith(state,'a')", "takes eq, ne, not startswith"),
        ("startswith(id,5)", "a text in single quotes"),
        ("id eq 'x' and", "character 14: a property"),
        ("(id eq 'x'", "')' is expected"),
        (") id eq 'x')", "character 1: a property is expected, not ')'"),
        (", id eq 'x')", "character 1: a property is expected, not ','"),
        ("startswith(id)'x')", "character 14: ',' is expected, not ')'"),
        ("startswith(id,'x',", "character 18: ')' is expected, not ','"),
        ("id eq 'x')", "character 10: 'and', 'or' or the end"),
        ("id == 'x'", "character 4: '=' is no operator; these are: eq, ne"),
        ("id <= 'x'", "character 4: '<' is no operator; these are: eq, ne"),
        ("id eq 'x", "character 7: the text that begins here has no closing quote"),
        ("creationTime gt 2024-01-05", "character 17: a time is written DateTime'2024-01-05T07:16:39Z'"),
        ('id eq "x"', "is not understood"),
        ("(" * 51 + "id eq 'x'" + ")" * 51, "more than 50 parentheses"),
    ],
)
def test_refusals_say_where_and_why(text: str, complaint: str) -> None:
    """Everything that the service does not document is refused."""
    with pytest.raises(FilterError) as caught:
        parse(text, TASKS, VALUES)
    assert complaint in str(caught.value)
    assert str(caught.value) == "the filter is empty" or re.match(r"at character \d+: ", str(caught.value))


def test_job_states_are_those_of_jobs() -> None:
    """A state that only jobs have is valid for jobs and not for tasks; letter case does not matter."""
    jobs = table("Job_List")
    assert parse("state eq 'Disabled'", jobs, {"state": JOB_STATES}) == Compare("state", "eq", "disabled")
    with pytest.raises(FilterError):
        parse("state eq 'disabled'", TASKS, VALUES)


@given(st.integers(-(10**40), 10**40))
def test_numbers_end_at_64_bits(number: int) -> None:
    """SQLite compares no larger ones; no exit code is beyond them, so every comparison has the same result."""
    found = parse(f"executionInfo/exitCode lt {number}", TASKS)
    assert isinstance(found, Compare)
    if -(2**63) <= number < 2**63:
        assert found.value == number
    else:
        assert found.value == (2**63 - 1 if number > 0 else -(2**63))


# --- a tree, written out, reads back as itself ---------------------------------------------------------------------

_values = st.one_of(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=8))
_compares: st.SearchStrategy[Node] = st.one_of(
    st.builds(Compare, st.just("id"), st.sampled_from((*OPERATORS, "startswith")), _values),
    st.builds(Compare, st.just("executionInfo/exitCode"), st.sampled_from(OPERATORS), st.integers(-99, 99)),
)
_nodes = st.recursive(
    _compares,
    lambda parts: st.builds(Join, st.sampled_from(("and", "or")), st.lists(parts, min_size=2, max_size=3).map(tuple)),
    max_leaves=12,
)


def written(node: Node) -> str:
    """A tree as filter text, every join in parentheses."""
    if isinstance(node, Join):
        return "(" + f" {node.kind} ".join(written(part) for part in node.parts) + ")"
    value = node.value if isinstance(node.value, int) else "'" + node.value.replace("'", "''") + "'"
    if node.operator == "startswith":
        return f"startswith( {node.property} ,{value})"
    return f"{node.property} {node.operator} {value}"


@given(_nodes)
def test_what_is_written_reads_back(node: Node) -> None:
    """Parsing is the inverse of writing."""
    assert parse(written(node), TASKS) == node


@given(st.text(max_size=40))
def test_any_text_is_understood_or_refused(text: str) -> None:
    """No text makes the parser crash."""
    with suppress(FilterError):
        parse(text, TASKS, VALUES)


@given(
    st.lists(st.sampled_from(["id", "eq", "'x'", "(", ")", "and", "or", ",", "startswith", "5", "state"]), max_size=9)
)
def test_any_tokens_are_understood_or_refused(tokens: list[str]) -> None:
    """Nor does any mixture of the right words."""
    with suppress(FilterError):
        parse(" ".join(tokens), TASKS, VALUES)
