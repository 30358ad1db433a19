"""What says the same in other words is no drift. `neutral.py` lists the kinds; each is made in every form."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from generator.commands.drift import find_drift
from generator.diff.compare import compare
from generator.diff.difference import Finding
from generator.diff.reader import read_api
from generator.diff.source import Document
from generator.document import dump
from tests.generator.drift.neutral import KINDS
from tests.generator.drift.test_mutants import AREAS, EACH_FORM, case, keep_tasks
from tests.generator.drift.upstream import FORMS, upstream_like


def key(finding: Finding) -> tuple[Any, ...]:
    """A finding without what documents call things."""
    values = [v.lower() if isinstance(v, str) else v for v in (finding.left, finding.right)]
    place = "" if finding.kind == "operation" else str(finding.place).lower()
    return finding.kind, *values, place


def new_and_gone(version: str, form: str, name: str, *, part: bool) -> tuple[set[Any], set[Any]] | None:
    """What is reported anew, and no longer, when it is said in another way; None where there is no room for that."""
    this, upstream = case(version, form, part), upstream_like(version, form)
    if part:
        upstream = keep_tasks(upstream)
    if not KINDS[name](upstream):
        return None
    found = compare(this.ours, read_api(Document(upstream), AREAS))
    before, after = ({key(finding) for finding in side} for side in (this.before, found))
    return after - before, before - after


@pytest.mark.parametrize("name", KINDS)
def test_what_says_the_same_is_no_drift(name: str) -> None:
    """In a part of a description, in the first form that has room for it, another one for each kind."""
    start = list(KINDS).index(name)
    forms = (EACH_FORM[(start + number) % 4] for number in range(4))
    found = (new_and_gone(version, form, name, part=True) for version, form in forms)
    assert next((sets for sets in found if sets is not None), None) == (set(), set())


@pytest.mark.slow
@pytest.mark.parametrize("name", KINDS)
def test_what_says_the_same_is_no_drift_in_any_form(name: str) -> None:
    """In whole descriptions, in every form that has room for it."""
    found = {form: new_and_gone(version, form, name, part=False) for version, form in EACH_FORM}
    made = {form: sets for form, sets in found.items() if sets is not None}
    assert made == dict.fromkeys(made, (set(), set()))
    assert made


def test_all_at_once_is_no_drift() -> None:
    """Those that do not undo each other."""
    version, form = FORMS[0]
    upstream = upstream_like(version, form)
    for name in ("other words", "order of keys", "names of schemas", "names of operations", "letter case of headers",
                 "flags that are off", "members of any name", "references inside all of", "parameters of the path"):  # fmt: skip
        assert KINDS[name](upstream)
    assert len(compare(case(version, form).ours, read_api(Document(upstream), AREAS))) == len(
        case(version, form).before
    )


@pytest.mark.parametrize(
    ("write", "number"), [(json.dumps, 0), (dump, 1), (lambda document: "\ufeff" + json.dumps(document, indent=4), 2)]
)
def test_how_the_file_is_written_says_nothing(tmp_path: Path, write: object, number: int) -> None:
    assert callable(write)
    (tmp_path / "upstream").write_text(write(upstream_like(*EACH_FORM[number])), encoding="utf-8")
    assert find_drift(str(tmp_path / "upstream")).clean
