"""`python -m batchtasks_cli` is the same as `batchtasks`."""

from __future__ import annotations

from batchtasks_cli.main import run

run()
