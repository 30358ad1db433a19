"""The root of the error tree and the class of all refusals; `errors.py` has the rest and draws the tree."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self


def _revive(kind: type[BatchTasksError], args: tuple[Any, ...], state: dict[str, Any]) -> BatchTasksError:
    error = kind.__new__(kind, *args)
    error.args = args  # an OSError, such as TimeoutError, leaves them to __init__
    error.__dict__.update(state)
    return error


def _on_one_line(text: str) -> str:
    return text.replace("\r", "").replace("\n", "\\n")


class BatchTasksError(Exception):
    """The root of all errors of this package."""

    __module__ = "batchtasks.errors"

    def __init_subclass__(cls) -> None:
        # Where people import it from and where pickle finds it, whatever private module it is written in.
        if cls.__module__.startswith("batchtasks._error"):
            cls.__module__ = BatchTasksError.__module__
        elif cls.__module__.startswith("batchtasks._bulk"):
            cls.__module__ = "batchtasks"
        elif cls.__module__ == "batchtasks._compat":
            cls.__module__ = "batchtasks.compat"

    @property
    def is_retriable(self) -> bool:
        """Whether the same request may succeed if it is sent again a little later."""
        return False

    @property
    def outcome_unknown(self) -> bool:
        """Whether the service may have done what was asked although this error came back."""
        return False

    @property
    def retry_after(self) -> float | None:
        """Seconds that the service asked to wait before the next attempt, or None."""
        return None

    def __reduce__(self) -> tuple[Any, ...]:
        return _revive, (type(self), self.args, dict(self.__dict__))


class ServiceError(BatchTasksError):
    """The service refused, or something between here and it did; also the class for statuses without one of their own.

    `status` is the HTTP status and `code` the service's error code (None if the body had none); `message` comes without
    the RequestId and Time lines; `values` are the service's further details as pairs of key and value, in its order.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int,
        code: str | None = None,
        values: Iterable[tuple[str, str]] = (),
        request_id: str | None = None,
        client_request_id: str | None = None,
        retry_after: float | None = None,
        operation: str = "",
        method: str = "",
        path: str = "",
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.code = code
        self.values = tuple(values)
        self.request_id = request_id
        self.client_request_id = client_request_id
        self.operation = operation
        self.method = method
        self.path = path
        self.hint = hint
        self._retry_after = retry_after

    @property
    def details(self) -> dict[str, str]:
        """The service's further details; of a key that occurs more than once, the last."""
        return dict(self.values)

    @property
    def property_name(self) -> str | None:
        """The member of the body that the service objects to, if it said."""
        return self._value("PropertyName")

    @property
    def parameter(self) -> str | None:
        """The query parameter or header that the service objects to, if it said."""
        return self._value("QueryParameterName", "HeaderName")

    @property
    def reason(self) -> str | None:
        """Why the service objects to the property or parameter, if it said."""
        return self._value("Reason")

    @property
    def retry_after(self) -> float | None:
        return self._retry_after

    @property
    def is_retriable(self) -> bool:
        return self.status in (408, 429) or (self.status >= 500 and self.status not in (501, 505))

    @property
    def outcome_unknown(self) -> bool:
        # Even a request answered with 429 has been seen to be carried out (azure-sdk-for-net issue 36549).
        return self.is_retriable

    def with_hint(self, hint: str) -> Self:
        """Add a sentence for people to the text of this error and give it back."""
        self.hint = f"{self.hint} {hint}" if self.hint else hint
        return self

    def _value(self, *keys: str) -> str | None:
        wanted = {key.casefold() for key in keys}
        return next((value for key, value in self.values if key.casefold() in wanted), None)

    def __str__(self) -> str:
        head = f"{self.status} {self.code}" if self.code else str(self.status)
        text = f"{head}: {self.message}"
        if self.values:
            text += " [" + ", ".join(f"{key}: {_on_one_line(value)}" for key, value in self.values) + "]"
        if self.hint:
            text += f" {self.hint}"
        where = f"{self.method} {self.path}".strip()
        ids = {"request-id": self.request_id, "client-request-id": self.client_request_id}
        tail = [where] if where else []
        tail += [f"{name} {value}" for name, value in ids.items() if value]
        return f"{text} ({', '.join(tail)})" if tail else text
