"""The example of a tested program passes its own tests, as a user would run them."""

from __future__ import annotations

import re

import pytest

from tests.examples.support import EXAMPLES, run

pytestmark = pytest.mark.slow


def test_the_tests_of_the_example_pass() -> None:
    folder = EXAMPLES / "tested_program"
    written = re.findall(r"^def (test_\w+)", (folder / "test_frames.py").read_text(encoding="utf-8"), re.M)

    done = run("-m", "pytest", "-v", "-p", "no:cacheprovider", "-W", "error", cwd=folder)

    assert len(written) > 5
    assert all(f"::{name} PASSED" in done.stdout for name in written), done.stdout
