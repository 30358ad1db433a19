"""The site builds strictly, loads nothing from other hosts, and leaves no public name out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

import batchtasks
from batchtasks import models
from docs._tools import error_codes
from tests.examples.support import run

# The site takes half a minute to build; `make check` builds it too.
pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
# What makes a browser fetch something by itself; a link that a reader may follow is no such thing.
LOADS = {
    ("script", "src"),
    ("link", "href"),
    ("img", "src"),
    ("img", "srcset"),
    ("iframe", "src"),
    ("source", "src"),
    ("video", "src"),
    ("object", "data"),
    ("use", "href"),
    ("form", "action"),
}
OUTSIDE = re.compile(r"^\s*(https?:)?//", re.I)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    arguments = ("build", "--strict", "--quiet", "--config-file", ROOT / "mkdocs.yml", "--site-dir", folder)
    done = run("-m", "mkdocs", *arguments, cwd=ROOT, environment={"NO_MKDOCS_2_WARNING": "1"})
    assert done.stderr == ""
    return folder


class Loads(HTMLParser):
    """Collects what a page makes a browser load."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "link" and given.get("rel") in {"canonical", "next", "prev"}:
            return
        self.found += [value or "" for name, value in attrs if (tag, name) in LOADS]
        self.found += re.findall(r"url\(([^)]*)\)", given.get("style") or "")


def loaded_by(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        page = Loads()
        page.feed(text)
        yield from page.found
    if path.suffix in {".css", ".svg", ".html"}:
        yield from (found.strip("'\"") for found in re.findall(r"url\(([^)]*)\)", text))
        yield from re.findall(r"@import\s+['\"]([^'\"]+)", text)


def test_no_page_loads_anything_from_another_host(site: Path) -> None:
    files = [path for path in site.rglob("*") if path.suffix in {".html", ".css", ".svg"}]
    assert len(files) > 20
    outside = {f"{path.name}: {url}" for path in files for url in loaded_by(path) if OUTSIDE.match(url)}
    assert not outside


def test_nothing_that_the_theme_fetches_on_demand_is_asked_for(site: Path) -> None:
    # The theme's script would load mermaid for such blocks, and ask GitHub about a repository that is named.
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert 'class="mermaid"' not in text
        assert 'data-md-component="source"' not in text


def test_the_check_sees_what_it_should(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '<script src="https://x/y.js"></script><a href="https://fine">b</a><p style="background:url(//z/q)">'
    )
    assert [url for url in loaded_by(page) if OUTSIDE.match(url)] == ["https://x/y.js", "//z/q", "//z/q"]


def test_every_page_is_in_the_navigation(site: Path) -> None:
    index = (site / "index.html").read_text(encoding="utf-8")
    pages = [path.relative_to(DOCS).with_suffix(".html").as_posix() for path in DOCS.rglob("*.md")]
    assert [page for page in pages if f'href="{page}"' not in index and page != "index.html"] == []


def test_no_reference_is_left_unfilled(site: Path) -> None:
    for path in site.rglob("*.html"):
        assert ":::" not in path.read_text(encoding="utf-8"), path


def test_every_public_name_is_in_the_reference(site: Path) -> None:
    pages = "".join(path.read_text(encoding="utf-8") for path in (site / "reference").glob("*.html"))
    described = set(re.findall(r'id="batchtasks\.(\w+)"', pages))
    # The first is on the index of the models, the second explains itself.
    assert set(batchtasks.__all__) - described == {"UNLIMITED", "__version__"}
    assert "<code>UNLIMITED</code>" in (site / "reference" / "models" / "index.html").read_text(encoding="utf-8")


def test_every_model_has_a_page_with_its_members(site: Path) -> None:
    for name in models.__all__:
        if name != "UNLIMITED":
            assert (site / "reference" / "models" / f"{name}.html").is_file()
    text = text_of(site / "reference" / "models" / "TaskConstraints.html")
    assert "max_task_retry_count int | None How often to run the command line again" in text
    assert "RUNNING" in text_of(site / "reference" / "models" / "TaskState.html")


def text_of(page: Path) -> str:
    """Return what a reader sees of a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", page.read_text(encoding="utf-8"))).split())


def test_the_reference_shows_methods_as_they_are_called(site: Path) -> None:
    """Also those that `sync_method` makes, without the executor that they get inside."""
    page = site / "reference" / "task.html"
    text = text_of(page)
    assert "wait( job_id: str, tasks: Iterable[TaskOrId]" in text
    assert "list( job_id: str, *, filter: Filter | str | None = None" in text
    assert "-> Pages[CloudTask]" in text
    assert "executor" not in text
    assert 'href="models/CloudTask.html#batchtasks.models.CloudTask"' in page.read_text(encoding="utf-8")


def test_the_reference_shows_the_arguments_of_classes(site: Path) -> None:
    assert "RetryPolicy( *, attempts: int = 8, deadline: float | None = 180.0" in text_of(
        site / "reference" / "client.html"
    )


def test_the_table_of_error_codes_is_fresh() -> None:
    assert error_codes.PAGE.read_text(encoding="utf-8") == error_codes.page()


def test_a_stale_table_of_error_codes_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "docs" / "error-codes.md"
    monkeypatch.setattr(error_codes, "ROOT", tmp_path)
    monkeypatch.setattr(error_codes, "PAGE", page)
    assert error_codes.main(["--check"]) == 1
    assert "out of date" in capsys.readouterr().err
    assert error_codes.main([]) == 0
    assert error_codes.main(["--check"]) == 0
