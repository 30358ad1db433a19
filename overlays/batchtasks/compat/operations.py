"""The operation groups; their types are in operations.pyi, made from the same tables by tests.batchtasks.compat.stubs."""

from typing import Any

from batchtasks.compat._operations import GROUPS, group_class

_CLASSES = {group_class(group).__name__: group for group in GROUPS}
__all__ = sorted(_CLASSES)


def __getattr__(name: str) -> Any:
    if name in _CLASSES:
        return group_class(_CLASSES[name])
    raise AttributeError(f"batchtasks.compat.operations has no {name!r}; azure-batch 14.2.0 may have it.")
