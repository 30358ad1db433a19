"""The errors about what was passed in: it is refused here and nothing is sent; `errors.py` draws the whole tree."""

from __future__ import annotations

from batchtasks._error_base import BatchTasksError


class InvalidInputError(BatchTasksError, ValueError):
    """Something that was passed in cannot be sent; nothing was sent."""


class InvalidIdError(InvalidInputError):
    """An id is not 1 to 64 letters, digits, hyphens and underscores."""


class UnknownFieldError(InvalidInputError):
    """A dictionary or a selection names a member that does not exist."""


class MissingFieldError(InvalidInputError):
    """A member that the service requires is not there."""


class BodyTooLargeError(InvalidInputError):
    """The body is larger than the 1,048,576 bytes that the service takes in one request."""


class ConditionError(InvalidInputError):
    """The conditional headers cannot be sent as they are."""


class ConfigurationError(InvalidInputError):
    """The account URL, the credential or the environment cannot be used as it is."""


class ForeignOriginError(InvalidInputError):
    """A link leads to another scheme, host or port than the account's; credentials are not sent there."""


class UnsupportedInApiVersion(InvalidInputError):
    """The chosen API version does not have what was asked for; `versions` lists those that do."""

    def __init__(self, message: str, *, what: str = "", api_version: str = "", versions: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.what = what
        self.api_version = api_version
        self.versions = versions
