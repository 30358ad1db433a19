"""The errors about requests that nothing came back for; `errors.py` draws the whole tree."""

from __future__ import annotations

from batchtasks._error_base import BatchTasksError


class NoAnswerError(BatchTasksError):
    """No answer came back, after `attempts` attempts. `sent` is False when the last certainly did not reach the service.

    `hint` says what to do, where that is known; it is part of the text. `most_attempts` is how often a request that meets
    this is tried at most, whatever the RetryPolicy allows; None for as often as that allows. With 1 it is not retriable.
    """

    attempts: int = 1

    def __init__(
        self,
        message: str,
        *,
        method: str = "",
        path: str = "",
        sent: bool = True,
        hint: str | None = None,
        most_attempts: int | None = None,
    ) -> None:
        super().__init__(message)
        self.method = method
        self.path = path
        self.sent = sent
        self.hint = hint
        self.most_attempts = most_attempts

    @property
    def is_retriable(self) -> bool:
        return self.most_attempts != 1

    @property
    def outcome_unknown(self) -> bool:
        return self.sent

    def __str__(self) -> str:
        text = f"{super().__str__()} {self.hint}" if self.hint else super().__str__()
        return text if self.attempts == 1 else f"{text} Given up after {self.attempts} attempts."


class ConnectionFailed(NoAnswerError):
    """The connection could not be made, or broke before the answer was complete.

    At once, without another attempt, if the server's certificate cannot be verified, if it does not speak TLS, or if a
    proxy refuses; after three attempts if there is no host of that name.
    """


class RequestTimedOut(NoAnswerError):
    """The answer did not come within the client's time limit."""
