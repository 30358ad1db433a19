"""What mkdocs calls while it builds the site: a page for each model, made here because the models are generated.

`hooks` in mkdocs.yml names this file.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import EnumMeta
from typing import TYPE_CHECKING, Any

from batchtasks import models

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

_FOLDER = "reference/models"
_GROUPS = (
    ("Tasks and jobs to add", lambda name: name.endswith("Parameter")),
    ("Answers", lambda name: name.startswith("Cloud") or name.endswith(("Result", "Error", "NodeFile"))),
    ("Values of enumerations", lambda name: isinstance(getattr(models, name), EnumMeta)),
    ("Parts", lambda name: True),
)


def names() -> list[str]:
    """Return the names of all models."""
    return [name for name in models.__all__ if isinstance(getattr(models, name), type)]


def groups() -> Iterator[tuple[str, list[str]]]:
    """Yield the groups of the index, each with its models."""
    left = names()
    for title, belongs in _GROUPS:
        members = [name for name in left if belongs(name)]
        left = [name for name in left if name not in members]
        yield title, members


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the pages of the models into the navigation, below their index."""
    pages = [{name: f"{_FOLDER}/{name}.md"} for name in names()]
    reference: list[Any] = next(entry["Reference"] for entry in config.nav or [] if "Reference" in entry)
    place = next(place for place, entry in enumerate(reference) if "Models" in entry)
    reference[place] = {"Models": [f"{_FOLDER}/index.md", *pages]}
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the page of each model."""
    from mkdocs.structure.files import File

    for name in names():
        text = f"# {name}\n\n::: batchtasks.models.{name}\n    options:\n      show_root_heading: false\n"
        files.append(File.generated(config, f"{_FOLDER}/{name}.md", content=text))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """List the models on their index."""
    if page.file.src_uri != f"{_FOLDER}/index.md":
        return markdown
    lists = (
        f"## {title}\n\n| model | what it is |\n|---|---|\n" + "".join(_row(name) for name in members)
        for title, members in groups()
    )
    return markdown + "\n" + "\n".join(lists)


def _row(name: str) -> str:
    first = " ".join((getattr(models, name).__doc__ or "").split()).partition(". ")[0].rstrip(".").replace("|", "\\|")
    return f"| [{name}]({name}.md) | {first}. |\n"
