"""The connection options of a command, and its client."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote, urlencode

from batchtasks_cli.account.completion import complete_accounts, complete_versions
from batchtasks_cli.account.settings import Account, Wanted, find_account
from batchtasks_cli.errors import DryRun
from batchtasks_cli.options import Text, flag, option
from batchtasks_cli.output.progress import RequestNotice

if TYPE_CHECKING:
    from batchtasks import BatchClient, Call

_connection = partial(option, panel="Connection")
_ACCOUNT = "Account of the configuration file; 'local' is batchtasks serve on this machine."
_PATIENCE = "How long to try again while the service is busy or does not answer (default: 15; for many tasks 180)."
_VERBOSE = "Write a line about every request to standard error."


@dataclass
class Session:
    """The connection of one command, made when it is first needed."""

    dry_run: Annotated[bool, flag("--dry-run", "Show the requests, send none.")] = False
    account: Annotated[Text, _connection("--account", "NAME", _ACCOUNT, autocompletion=complete_accounts)] = None
    url: Annotated[Text, _connection("--url", "URL", "Address of the account.")] = None
    api_version: Annotated[
        Text, _connection("--api-version", "VERSION", "API version to use.", autocompletion=complete_versions)
    ] = None
    config: Annotated[Path | None, _connection("--config", "FILE", "Configuration file to use.")] = None
    patience: Annotated[float | None, _connection("--patience", "SECONDS", _PATIENCE, min=0)] = None
    verbose: Annotated[bool, flag("--verbose -v", _VERBOSE, "Connection")] = False

    def __post_init__(self) -> None:
        self._patience = 15.0
        self._shows_reads = self._shows_json = False
        self._log: logging.Handler | None = None
        self._captured: Call[Any] | None = None
        self._capturing = False

    def words(self) -> list[str]:
        """Return the options that name the connection, for a command line that continues with it."""
        options = {"account": self.account, "url": self.url, "api-version": self.api_version, "config": self.config}
        return [word for name, value in options.items() if value is not None for word in (f"--{name}", str(value))]

    def open(self, *, many: bool = False, reads: bool = False, as_json: bool = False) -> BatchClient:
        """Return the client.

        Args:
            many: Whether the command is about many tasks, so that it tries again for longer.
            reads: Whether the command only reads: --dry-run then shows that, else only what changes something.
            as_json: Whether --dry-run writes JSON.
        """
        self._patience = self.patience if self.patience is not None else 180.0 if many else 15.0
        self._shows_reads, self._shows_json = reads, as_json
        return self.client

    @cached_property
    def client(self) -> BatchClient:
        """The client; it connects with the first request."""
        from batchtasks import BatchClient, RetryPolicy
        from batchtasks_cli.account.credentials import credential_of

        account = self._account
        options: dict[str, Any] = {} if account.api_version is None else {"api_version": account.api_version}
        if self.verbose:
            self._log = _log_to_stderr()
        return BatchClient(
            account.url,
            credential_of(account),
            retry=RetryPolicy(attempts=1000, deadline=self._patience),
            on_request=self._before,
            on_answer=self._notice.end,
            user_agent="batchtasks-cli",
            **options,
        )

    @cached_property
    def _account(self) -> Account:
        return find_account(Wanted(self.account, self.url, self.api_version, self.config), os.environ)

    @cached_property
    def _notice(self) -> RequestNotice:
        return RequestNotice(f"waiting for {self._account.url}", retries=self._patience >= 1)

    def quiet(self) -> None:
        """Say nothing of slow requests, because something else shows that the command is at work."""
        self._notice.off()

    def prepared(self, ask: Callable[[BatchClient], object]) -> Call[Any]:
        """Return the request that `ask` would send; it is made and checked, and not sent."""
        self._capturing = True
        try:
            ask(self.client)
        except DryRun:
            pass
        finally:
            self._capturing = False
        assert self._captured is not None
        return self._captured

    def _before(self, call: Call[Any]) -> None:
        if self._capturing:
            self._captured = call
            raise DryRun
        if self.dry_run and (self._shows_reads or call.method != "GET"):
            sys.stdout.write(_shown(self.client.url, call, as_json=self._shows_json))
            raise DryRun
        self._notice.begin()

    def close(self) -> None:
        """Close the connections."""
        if "client" in self.__dict__:
            self._notice.off()
            self.client.close()
        if self._log is not None:
            logging.getLogger("batchtasks").removeHandler(self._log)


def _log_to_stderr() -> logging.Handler:
    handler = logging.StreamHandler(sys.stderr)
    logger = logging.getLogger("batchtasks")
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    return handler


def _shown(base: str, call: Call[Any], *, as_json: bool) -> str:
    """Return a request as HTTP would have it, or as a line of JSON; date and signature are made when one is sent."""
    query = urlencode(call.query, quote_via=quote, safe="$,()'-._~") if call.query else ""
    url = f"{base}{call.path}?{query}" if query else f"{base}{call.path}"
    body = json.loads(call.content) if call.content else None
    if as_json:
        request = {"method": call.method, "url": url, "headers": dict(call.headers), "body": body}
        return json.dumps(request, ensure_ascii=False) + "\n"
    head = [f"{call.method} {url}", *(f"{name}: {value}" for name, value in call.headers.items())]
    return (
        "\n".join([*head, "", *([json.dumps(body, indent=2, ensure_ascii=False), ""] if body is not None else [])])
        + "\n"
    )
