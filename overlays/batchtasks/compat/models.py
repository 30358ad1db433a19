"""The models of azure-batch 14 by their names."""

from typing import TYPE_CHECKING, Any

from batchtasks._validation.arguments import suggestion
from batchtasks.compat.exceptions import BatchErrorException as BatchErrorException
from batchtasks.compat.exceptions import CreateTasksErrorException as CreateTasksErrorException
from batchtasks_rest.azure14.models import *  # noqa: F403
from batchtasks_rest.azure14.models import __all__ as _names

__all__ = [*_names, "BatchErrorException", "CreateTasksErrorException"]

if not TYPE_CHECKING:  # type checkers would take any name

    def __getattr__(name: str) -> Any:
        raise AttributeError(
            f"batchtasks.compat.models has no {name!r}.{suggestion(name, __all__)} What belongs to other operations "
            f"(certificates, node users, ...) is azure.batch.models.{name} of azure-batch 14.2.0; both can be used side by side."
        )
