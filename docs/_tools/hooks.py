"""What mkdocs calls while it builds the site; see `hooks` in mkdocs.yml."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from docs._tools import reference


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Fill in the reference."""
    return reference.expand(markdown)
