"""Write the masked answers to a file that can be passed on, after a last search for names."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from tests.azure.contract.ask import Exchange
from tests.azure.contract.mask import LeakError, check

FORMAT = 1


def as_text(exchanges: Sequence[Exchange]) -> str:
    """Return the recording: one exchange a line, so that two recordings can be compared by `diff`."""
    lines = [json.dumps(_item(one), ensure_ascii=False) for one in exchanges]
    return "\n".join([f'{{"format": {FORMAT}, "exchanges": [', ",\n".join(lines), "]}", ""])


def write(path: Path, exchanges: Sequence[Exchange], secrets: Iterable[str]) -> None:
    """Write a recording.

    Raises:
        LeakError: It would hold one of the secrets; no file is written.
    """
    text = as_text(exchanges)
    check(text, secrets)
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    scratch.write_text(text, encoding="utf-8")
    scratch.replace(path)


def _item(one: Exchange) -> dict[str, Any]:
    return {
        "scenario": one.scenario,
        "question": one.question,
        "request": one.request,
        "sent_headers": [list(pair) for pair in one.sent_headers],
        "sent": one.sent,
        "status": one.status,
        "reason": one.reason,
        "headers": [list(pair) for pair in one.headers],
        "body": one.body,
        "seconds": one.seconds,
    }


__all__ = ["FORMAT", "LeakError", "as_text", "write"]
