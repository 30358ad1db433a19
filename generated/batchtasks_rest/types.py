# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
"""The value of an argument that is not given."""

from typing import Literal


class Unset:
    """The type of `UNSET`."""

    def __bool__(self) -> Literal[False]:
        return False


UNSET: Unset = Unset()
