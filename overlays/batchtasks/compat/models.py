"""The models of azure-batch 14 by their names; each is made when it is first named.

Their types are in models.pyi, made from the same tables (`python -m tests.batchtasks.compat.stubs`).
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from batchtasks._validation.arguments import suggestion
from batchtasks.compat._calls import paged_class
from batchtasks.compat._model import NAMES, class_of, options_class
from batchtasks.compat._operations import GROUPS, camel, operation_names
from batchtasks.compat.exceptions import BatchErrorException as BatchErrorException
from batchtasks.compat.exceptions import CreateTasksErrorException as CreateTasksErrorException
from batchtasks_rest import models as _generated

_OPTIONS = {f"{camel(group)}{camel(name)}Options": (group, name) for group in GROUPS for name in operation_names(group)}
_MODELS = {*_generated.__all__, *NAMES["models"], *NAMES["enums"]}
__all__ = sorted([*_MODELS, *_OPTIONS, "BatchErrorException", "CreateTasksErrorException"])


def __getattr__(name: str) -> Any:
    if name in _MODELS:
        return class_of(name)
    if (item := name.removesuffix("Paged")) in _MODELS:
        return paged_class(item)
    if name in _OPTIONS:
        group, operation = _OPTIONS[name]
        return options_class(name, import_module(f"batchtasks_rest.api.{group}.{group}_{operation}")._get_kwargs)
    raise AttributeError(
        f"batchtasks.compat.models has no {name!r}.{suggestion(name, __all__)} What belongs to other operations (certificates, "
        f"node users, ...) is azure.batch.models.{name} of azure-batch 14.2.0; both can be used side by side."
    )
