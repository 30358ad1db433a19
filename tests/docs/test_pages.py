"""Every code block of the documentation does what the page says."""

from __future__ import annotations

import re
from codeop import CommandCompiler
from pathlib import Path

import pytest

from batchtasks.testing import RunningBatch
from tests.docs.blocks import Block, Session, agrees, blocks_of, commands_of

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
# Nothing on these pages can be run here: they need an account on Azure.
NOT_RUN = {"azure"}
HOW_TO = [page for page in sorted((DOCS / "how-to").glob("*.md")) if page.stem not in NOT_RUN]
PAGES = [DOCS / "index.md", DOCS / "migrating.md", *HOW_TO]


@pytest.mark.slow
def test_the_tutorial(tmp_path: Path) -> None:
    page = DOCS / "tutorial.md"
    blocks = blocks_of(page.read_text(encoding="utf-8"))
    with Session(str(page), tmp_path, {}) as session:
        assert session.run(blocks) > 10
    assert sum(not block.run for block in blocks) == 2


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page(page: Path, tmp_path: Path, local_batch: RunningBatch) -> None:
    blocks = blocks_of(page.read_text(encoding="utf-8"))
    with Session(str(page), tmp_path, dict(local_batch.environment)) as session:
        assert session.run(blocks) > 0


@pytest.mark.slow
def test_the_readme(tmp_path: Path) -> None:
    blocks = blocks_of((ROOT / "README.md").read_text(encoding="utf-8"))
    with Session("README.md", tmp_path, {}) as session:
        assert session.run(blocks) == 3
    assert sum(not block.run for block in blocks) == 1


def test_the_readme_has_the_figures_of_the_benchmarks() -> None:
    """Whoever measures again finds here which figures of the README have changed."""
    measured = (DOCS / "benchmarks.md").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = [line for line in readme.splitlines() if line.startswith(("| CPU", "| 20,000"))]
    figures = [figure for row in rows for figure in re.findall(r"[\d.]+ us|\d+,\d{3} added", row)]
    assert len(figures) == 9
    assert [figure for figure in figures if figure not in measured] == []


def test_blocks_are_read_with_what_they_print() -> None:
    text = "a\n```python\n1\n```\n\n```text\none\n```\n<!-- not run: no -->\n```console\n$ x\n```\n```text\nfree\n```\n"
    assert blocks_of(text) == [
        Block("python", "1\n", 3, True, "one\n"),
        Block("console", "$ x\n", 11, False),
        Block("text", "free\n", 14, True),
    ]


def test_a_block_that_prints_something_else_fails(tmp_path: Path) -> None:
    with Session("page", tmp_path, {}) as session:
        session.run(blocks_of("```python\nprint(1)\n```\n```text\n1\n```\n"))
        with pytest.raises(AssertionError, match="page:2 shows"):
            session.run(blocks_of("```python\nprint(1)\n```\n```text\n2\n```\n"))
        with pytest.raises(AssertionError, match="false"):
            session.run(blocks_of("```console\n$ false\n```\n"))


def test_commands_are_told_from_what_they_print() -> None:
    assert list(commands_of("$ a\nx\ny\n$ b \\\n> c\n$ d\nz\n")) == [("a", "x\ny\n"), ("b \\\nc", ""), ("d", "z\n")]


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [("a...c", "abc", True), ("a.c", "abc", False), ("a", "a\n", True), ("a", "ab", False)],
)
def test_dots_stand_for_anything(shown: str, printed: str, same: bool) -> None:
    assert agrees(shown, printed) is same


@pytest.mark.parametrize("page", [ROOT / "README.md", DOCS / "tutorial.md", *PAGES], ids=lambda page: page.stem)
def test_the_blocks_of_a_page_can_be_pasted_into_python(page: Path) -> None:
    for block in blocks_of(page.read_text(encoding="utf-8")):
        if block.language == "python" and block.run and not block.is_included:
            assert_pasteable(block, page.name)


def assert_pasteable(block: Block, page: str = "page") -> None:
    """Feed a block to an interactive interpreter line by line, as pasting does."""
    compiler = CommandCompiler()
    waiting: list[str] = []
    for line in [*block.code.splitlines(), ""]:
        waiting.append(line)
        if compiler("\n".join(waiting), f"{page}:{block.line}") is not None:
            waiting.clear()
    assert not waiting


def test_a_block_that_cannot_be_pasted_is_noticed() -> None:
    with pytest.raises(SyntaxError):
        assert_pasteable(Block("python", "for x in []:\n    print(x)\nprint()\n", 1, True))


@pytest.mark.parametrize(
    "page", ["README.md", "CONTRIBUTING.md", "SECURITY.md", "examples/README.md", "service/README.md"]
)
def test_links_of_pages_outside_of_the_site_lead_somewhere(page: str) -> None:
    """The site's own links are checked when it is built."""
    text = re.sub(r"```.*?```", "", (ROOT / page).read_text(encoding="utf-8"), flags=re.S)
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    assert [link for link in links if link and not (ROOT / page).parent.joinpath(link).exists()] == []
