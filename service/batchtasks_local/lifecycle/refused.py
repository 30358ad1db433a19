"""The one way in which the life cycle says no."""

from __future__ import annotations


class Refused(Exception):
    """The service refuses: `code` is the Batch error code, `values` the key and value pairs that go with it."""

    def __init__(self, code: str, *values: tuple[str, str]) -> None:
        super().__init__(code, *values)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        detail = ", ".join(f"{key}={value}" for key, value in self.values)
        return f"{self.code} ({detail})" if detail else self.code


def invalid(name: str, value: object, reason: str) -> Refused:
    """The refusal of one property's value."""
    return Refused("InvalidPropertyValue", ("PropertyName", name), ("PropertyValue", str(value)), ("Reason", reason))
