"""Every command of the page about the command line does what the page shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from batchtasks.testing import RunningBatch
from tests.batchtasks_cli.support import COMMAND
from tests.docs.blocks import Session, blocks_of

PAGE = Path(__file__).resolve().parents[2] / "docs" / "command-line.md"


@pytest.mark.slow
def test_the_page(tmp_path: Path, batch: RunningBatch) -> None:
    blocks = blocks_of(PAGE.read_text(encoding="utf-8"))
    with Session(str(PAGE), tmp_path, dict(batch.environment)) as session:
        assert session.run(blocks) == 4


def test_the_page_names_every_command() -> None:
    text = PAGE.read_text(encoding="utf-8")
    names = set(COMMAND.commands)  # type: ignore[attr-defined]
    assert {name for name in names if f"`{name}" in text or f"batchtasks {name}" in text} == names
