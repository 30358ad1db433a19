"""The distributions and environments that several tests look at, made once.

They take minutes, so they are made only when asked for: `pytest -m slow tests/package`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.package.support import ROOT, Environment, build

HERE = Path(__file__).parent


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the slow tests of this folder out unless -m names them."""
    if "slow" in config.getoption("markexpr"):
        return
    left_out = [one for one in items if HERE in one.path.parents and one.get_closest_marker("slow")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [one for one in items if one not in left_out]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Sdist and wheel of this checkout, the wheel made from the sdist."""
    return build(ROOT, tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="session")
def bare(built: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An environment with the wheel and no extra."""
    environment = Environment.make(tmp_path_factory.mktemp("bare") / "env")
    environment.install(built["whl"])
    return environment


@pytest.fixture(scope="session")
def local(built: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An environment with the wheel and the extra `local` alone."""
    environment = Environment.make(tmp_path_factory.mktemp("local") / "env")
    environment.install(f"{built['whl']}[local]")
    return environment
