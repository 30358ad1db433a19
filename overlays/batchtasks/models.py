"""The models of the service by their names on the REST pages, such as TaskAddParameter and CloudTask.

Each is imported when it is first named. Members that are not set are None; members that this version does not know are
kept in `additional_properties`; enumerations take values that they do not know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from batchtasks._validation.models import members as members
from batchtasks._validation.models import structure as structure
from batchtasks_rest import models as _generated
from batchtasks_rest._facts import API_VERSIONS as API_VERSIONS
from batchtasks_rest._facts import DEFAULT_API_VERSION as DEFAULT_API_VERSION
from batchtasks_rest._wire import UNLIMITED as UNLIMITED
from batchtasks_rest._wire import read_duration as read_duration
from batchtasks_rest._wire import write_duration as write_duration

__all__ = sorted([*_generated.__all__, "UNLIMITED"])


if TYPE_CHECKING:
    from batchtasks_rest.models import *  # noqa: F403
else:  # type checkers would take any name

    def __getattr__(name: str) -> Any:
        if name in _generated.__all__:
            return getattr(_generated, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
