"""What every command that talks to the service works with: the account, the client, and what is seen of requests."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from batchtasks_cli.connection import Connection
from batchtasks_cli.errors import DryRun
from batchtasks_cli.settings import Account, Wanted, find_account

if TYPE_CHECKING:
    from batchtasks import BatchClient, Call, Exchange
    from batchtasks_cli.progress import Notice


class Session(Connection):
    """The connection of one command, made when it is first needed."""

    def __post_init__(self) -> None:
        self._usual_patience = 15.0
        self._dry = self._dry_reads = self._dry_json = False
        self._log: logging.Handler | None = None
        self._capturing = False
        self._captured: Call[Any] | None = None

    @cached_property
    def target(self) -> Account:
        """The account in use."""
        wanted = Wanted(self.account, self.url, self.api_version, self.config)
        return find_account(wanted, os.environ)

    def be_patient(self) -> None:
        """Try for longer, as is right for work on many tasks."""
        self._usual_patience = 180.0

    def only_show(self, wanted: bool, *, reads: bool = False, as_json: bool = False) -> None:
        """With --dry-run: show requests that change something instead of sending them, and with `reads` all of them."""
        self._dry, self._dry_reads, self._dry_json = wanted, reads, as_json

    @property
    def is_dry(self) -> bool:
        """Whether requests are only shown."""
        return self._dry

    @cached_property
    def client(self) -> BatchClient:
        """The client; it connects with the first request."""
        from batchtasks import BatchClient, RetryPolicy
        from batchtasks_cli.credentials import credential_of

        account = self.target
        options: dict[str, Any] = {} if account.api_version is None else {"api_version": account.api_version}
        if self.verbose:
            self._log = _log_to_stderr()
        return BatchClient(
            account.url,
            credential_of(account),
            retry=RetryPolicy(attempts=1000, deadline=self._seconds_to_try),
            on_request=self._before,
            on_answer=self._after,
            user_agent="batchtasks-cli",
            **options,
        )

    @property
    def _seconds_to_try(self) -> float:
        return self._usual_patience if self.patience is None else self.patience

    @cached_property
    def _notice(self) -> Notice:
        from batchtasks_cli.progress import Notice

        return Notice(f"waiting for {self.target.url}", retries=self._seconds_to_try >= 1)

    def prepared(self, ask: Callable[[BatchClient], object]) -> Call[Any]:
        """Give the request that `ask` would send; it is made and checked, and not sent."""
        self._captured = None
        self._capturing = True
        try:
            ask(self.client)
        except DryRun:
            pass
        finally:
            self._capturing = False
        assert self._captured is not None
        return self._captured

    def quiet(self) -> None:
        """Say nothing of slow requests, because something else shows that the command is at work."""
        self._notice.off()

    def _before(self, call: Call[Any]) -> None:
        if self._capturing:
            self._captured = call
            raise DryRun
        if self._dry and (self._dry_reads or call.method != "GET"):
            from batchtasks_cli.dry import show_call

            show_call(self.client.url, call, as_json=self._dry_json)
            raise DryRun
        self._notice.begin()

    def _after(self, exchange: Exchange) -> None:
        self._notice.end(exchange)

    def close(self) -> None:
        """Close the connections."""
        if "_notice" in self.__dict__:
            self._notice.off()
        if "client" in self.__dict__:
            self.client.close()
        if self._log is not None:
            logging.getLogger("batchtasks").removeHandler(self._log)


def _log_to_stderr() -> logging.Handler:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger = logging.getLogger("batchtasks")
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    return handler
