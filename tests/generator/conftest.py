"""A client made of the small spec, once for all tests of this folder."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from generator.make import PACKAGE, make

HERE = Path(__file__).parent
SMALL_SPEC = HERE / "small_spec.yaml"
SMALL_FACADE = HERE / "small_facade.yaml"


@pytest.fixture(scope="session")
def small_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as `generated/`, made of the small spec."""
    target = tmp_path_factory.mktemp("generated")
    make(target, SMALL_SPEC, SMALL_FACADE)
    return target


class SmallPackage:
    """Imports modules of the package made of the small spec, under a name that does not clash with the real one."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, module: str) -> ModuleType:
        return importlib.import_module(f"{self.name}.{module}")


@pytest.fixture(scope="session")
def small(small_output: Path) -> Iterator[SmallPackage]:
    name = "small_batchtasks_rest"
    (small_output / PACKAGE).rename(small_output / name)
    sys.path.insert(0, str(small_output))
    yield SmallPackage(name)
    sys.path.remove(str(small_output))
