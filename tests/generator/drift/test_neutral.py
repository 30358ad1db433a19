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
from tests.generator.drift.test_mutants import AREAS, EACH_FORM, EVERY, case
from tests.generator.drift.upstream import FORMS, upstream_like


def key(finding: Finding) -> tuple[Any, ...]:
    """A finding without what documents call things."""
    values = [v.lower() if isinstance(v, str) else v for v in (finding.left, finding.right)]
    place = "" if finding.kind == "operation" else str(finding.place).lower()
    return finding.kind, *values, place


@pytest.mark.parametrize("name", KINDS)
def test_what_says_the_same_is_no_drift(name: str) -> None:
    """In a form that has room for it, another one for each kind; with ALL_MUTANTS=1 in all."""
    start = list(KINDS).index(name)
    made = 0
    for number in range(4):
        version, form = EACH_FORM[(start + number) % 4]
        upstream = upstream_like(version, form)
        if (EVERY or not made) and KINDS[name](upstream):
            this = case(version, form)
            found = compare(this.ours, read_api(Document(upstream), AREAS))
            before, after = ({key(finding) for finding in side} for side in (this.before, found))
            assert (form, after - before, before - after) == (form, set(), set())
            made += 1
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
