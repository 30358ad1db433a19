"""Where the figures go: each program has its own part of docs/benchmarks.md, between two marks, and writes only that."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "benchmarks.md"


def write(part: str, text: str) -> None:
    """Replace what stands between the marks of a part; the marks must be there."""
    begin, end = f"<!-- {part}: begin -->", f"<!-- {part}: end -->"
    before, found, rest = DOCUMENT.read_text(encoding="utf-8").partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise SystemExit(f"{DOCUMENT} lacks the marks of the part '{part}'")
    DOCUMENT.write_text(f"{before}{begin}\n{text}{end}{after}", encoding="utf-8")
