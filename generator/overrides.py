"""Holds our templates against those of the installed generator: each must replace one, read against the same text."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

from generator.problem import Problem


def upstream_templates() -> Path:
    """The folder of templates in the installed generator."""
    found = find_spec("openapi_python_client")
    if found is None or found.origin is None:
        raise Problem("openapi-python-client is not installed: run 'make setup'")
    return Path(found.origin).parent / "templates"


def check_overrides(folder: Path) -> None:
    """Refuse a template of ours that replaces none of the generator's, or one that changed since it was read."""
    ours = {path.name for path in folder.glob("*.jinja")}
    listed: dict[str, dict[str, Any]] = yaml.safe_load((folder / "overrides.yaml").read_text(encoding="utf-8"))
    for name in sorted(ours ^ set(listed)):
        raise Problem(
            f"generator/templates/{name} and generator/templates/overrides.yaml do not agree: list what is there"
        )
    for name, row in listed.items():
        upstream = upstream_templates() / name
        if not upstream.exists():
            raise Problem(f"generator/templates/{name} replaces nothing: the generator has no such template")
        digest = hashlib.sha256(upstream.read_bytes()).hexdigest()
        if digest != row["upstream"]:
            raise Problem(
                f"the generator's own {name} changed since ours was written (now {digest}): compare the two, then put the "
                "new hash into generator/templates/overrides.yaml"
            )
