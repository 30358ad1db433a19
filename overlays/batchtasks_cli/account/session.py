"""The connection options of a command, and its client."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote, urlencode

import typer

from batchtasks_cli.account.completion import complete_accounts, complete_versions
from batchtasks_cli.account.settings import Account, Wanted, find_account
from batchtasks_cli.errors import DryRun

if TYPE_CHECKING:
    from batchtasks import BatchClient, Call, Exchange
    from batchtasks_cli.output.progress import RequestNotice


def _option(*names: str, **settings: Any) -> Any:
    return typer.Option(*names, rich_help_panel="Connection", **settings)


@dataclass
class Session:
    """The connection of one command, made when it is first needed."""

    account: Annotated[
        str | None,
        _option(
            "--account",
            metavar="NAME",
            help="Account of the configuration file; 'local' is batchtasks serve on this machine.",
            autocompletion=complete_accounts,
        ),
    ] = None
    url: Annotated[str | None, _option("--url", metavar="URL", help="Address of the account.")] = None
    api_version: Annotated[
        str | None,
        _option("--api-version", metavar="VERSION", help="API version to use.", autocompletion=complete_versions),
    ] = None
    config: Annotated[
        Path | None, _option("--config", metavar="FILE", help="Configuration file to read instead of the usual one.")
    ] = None
    patience: Annotated[
        float | None,
        _option(
            "--patience",
            min=0,
            metavar="SECONDS",
            help="How long to try again while the service is busy or does not answer (default: 15; for many tasks 180).",
        ),
    ] = None
    verbose: Annotated[bool, _option("--verbose", "-v", help="Write a line about every request to standard error.")] = (
        False
    )

    def __post_init__(self) -> None:
        self._usual_patience = 15.0
        self._dry = self._dry_reads = self._dry_json = False
        self._log: logging.Handler | None = None
        self._capturing = False
        self._captured: Call[Any] | None = None

    def words(self) -> list[str]:
        """Return the options that name the connection, for a command line that continues with it."""
        options = {"account": self.account, "url": self.url, "api-version": self.api_version, "config": self.config}
        return [word for name, value in options.items() if value is not None for word in (f"--{name}", str(value))]

    @cached_property
    def target(self) -> Account:
        """The account in use."""
        return find_account(Wanted(self.account, self.url, self.api_version, self.config), os.environ)

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
        from batchtasks_cli.account.credentials import credential_of

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
    def _notice(self) -> RequestNotice:
        from batchtasks_cli.output.progress import RequestNotice

        return RequestNotice(f"waiting for {self.target.url}", retries=self._seconds_to_try >= 1)

    def prepared(self, ask: Callable[[BatchClient], object]) -> Call[Any]:
        """Return the request that `ask` would send; it is made and checked, and not sent."""
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
            sys.stdout.write(_shown(self.client.url, call, as_json=self._dry_json))
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


def _shown(base: str, call: Call[Any], *, as_json: bool) -> str:
    """Return a request as HTTP would have it, or as a line of JSON; date and signature are made when one is sent."""
    url = f"{base}{call.path}"
    if call.query:
        url += "?" + urlencode(call.query, quote_via=quote, safe="$,()'-._~")
    body = json.loads(call.content) if call.content else None
    if as_json:
        request = {"method": call.method, "url": url, "headers": dict(call.headers), "body": body}
        return json.dumps(request, ensure_ascii=False) + "\n"
    lines = [f"{call.method} {url}", *(f"{name}: {value}" for name, value in call.headers.items()), ""]
    if body is not None:
        lines += [json.dumps(body, indent=2, ensure_ascii=False), ""]
    return "\n".join(lines) + "\n"
