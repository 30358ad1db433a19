"""The parameter sweep finds what theory says, and says which points failed."""

from __future__ import annotations

from math import sqrt
from pathlib import Path

import pytest

from batchtasks.testing import local_batch
from examples import parameter_sweep
from tests.examples.support import EXAMPLES, run

pytestmark = pytest.mark.slow


def test_the_sweep_finds_the_resonance_of_each_damping() -> None:
    head, *rows = run(EXAMPLES / "parameter_sweep.py").stdout.splitlines()

    assert head == "damping,frequency,amplitude"
    found = {float(d): (float(w), float(most)) for d, w, most in (row.split(",") for row in rows)}
    assert found.keys() == set(parameter_sweep.DAMPINGS)
    for damping, (frequency, amplitude) in found.items():
        assert frequency == pytest.approx(sqrt(1 - 2 * damping**2), abs=0.0151)
        assert amplitude == pytest.approx(1 / (2 * damping * sqrt(1 - damping**2)), rel=0.01)


def test_an_account_without_a_container_is_named() -> None:
    ran = run(EXAMPLES / "parameter_sweep.py", environment={"BATCH_ACCOUNT_URL": "http://127.0.0.1:10100"}, status=1)
    assert ran.stderr.startswith("Set SWEEP_CONTAINER_URL")


def test_a_sweep_with_a_failed_point_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parameter_sweep, "DAMPINGS", (0.1,))
    monkeypatch.setattr(parameter_sweep, "FREQUENCIES", (0.9, 1.0))
    monkeypatch.setattr(parameter_sweep, "INTEGRATE", 'BEGIN { exit ENVIRON["FREQUENCY"] == "1.0" ? 3 : 0 }')
    with local_batch(file_roots=(tmp_path,)) as service, service.client() as client:
        with pytest.raises(RuntimeError, match=r"stderr\.txt: 1$"):
            parameter_sweep.sweep(client, tmp_path.as_uri(), "sweep")
        assert client.task.get("sweep", "reduce").state == "active"
