"""The connection options of a command, and its client."""

from __future__ import annotations

import json
import logging
import os
import sys
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote, urlencode

from batchtasks_cli.account.completion import complete_accounts, complete_versions
from batchtasks_cli.account.settings import credential_of, find_account
from batchtasks_cli.errors import DryRun, note
from batchtasks_cli.input.options import Text, flag, option

if TYPE_CHECKING:
    from batchtasks import BatchClient, Call, Exchange

_connection = partial(option, panel="Connection")
_ACCOUNT = "Account of the configuration file; 'local' is batchtasks serve on this machine."
_PATIENCE = "How long to try again while the service is busy or does not answer (default: 15, for many tasks 180)."
_VERSION = partial(_connection, "--api-version", "VERSION", "API version to use.", autocompletion=complete_versions)


@dataclass
class Session:
    """The connection of one command, made when it is first needed."""

    dry_run: Annotated[bool, flag("--dry-run", "Show the requests without sending them.")] = False
    account: Annotated[Text, _connection("--account", "NAME", _ACCOUNT, autocompletion=complete_accounts)] = None
    url: Annotated[Text, _connection("--url", "URL", "Address of the account.")] = None
    api_version: Annotated[Text, _VERSION()] = None
    config: Annotated[Path | None, _connection("--config", "FILE", "Configuration file to use.")] = None
    patience: Annotated[float | None, _connection("--patience", "SECONDS", _PATIENCE, min=0)] = None
    verbose: Annotated[bool, flag("--verbose -v", "Write a line about every request.", "Connection")] = False

    def __post_init__(self) -> None:
        self._many = self._shows_reads = self._shows_json = False

    def words(self) -> list[str]:
        """Return the options that name the connection, for a command line that continues with it."""
        options = {"account": self.account, "url": self.url, "api-version": self.api_version, "config": self.config}
        return [word for name, value in options.items() if value is not None for word in (f"--{name}", str(value))]

    def open(self, *, many: bool = False, reads: bool = False, as_json: bool = False) -> BatchClient:
        """Return the client of a command that is about `many` tasks, and so tries again for longer, or that only `reads`.

        --dry-run shows what is read if the command only reads, else what changes something; with `as_json` as JSON.
        """
        self._many, self._shows_reads, self._shows_json = many, reads, as_json
        return self.client

    @cached_property
    def client(self) -> BatchClient:
        """The client; it connects with the first request."""
        from batchtasks import BatchClient, RetryPolicy

        account = find_account(self.account, self.url, self.api_version, self.config, os.environ)
        options: dict[str, Any] = {} if account.api_version is None else {"api_version": account.api_version}
        patience = self.patience if self.patience is not None else 180.0 if self._many else 15.0
        self._says_retries = patience >= 1
        if self.verbose:
            logging.getLogger("batchtasks").addHandler(logging.StreamHandler(sys.stderr))
            logging.getLogger("batchtasks").setLevel(logging.DEBUG)
        return BatchClient(
            account.url,
            credential_of(account),
            retry=RetryPolicy(attempts=1000, deadline=patience),
            on_request=self._before,
            on_answer=self._after,
            user_agent="batchtasks-cli",
            **options,
        )

    def _before(self, call: Call[Any]) -> None:
        if self.dry_run and (self._shows_reads or call.method != "GET"):
            sys.stdout.write(_shown(self.client.url, call, as_json=self._shows_json))
            raise DryRun

    def _after(self, exchange: Exchange) -> None:
        """Say once that a request is tried again."""
        error, status = exchange.error, exchange.status_code or 0
        passing = error.is_retriable if error is not None else status in (408, 429) or status >= 500
        if passing and self._says_retries:
            self._says_retries = False
            note(f"{error or f'The service answers {status}.'} Trying again; Ctrl-C stops.")

    def close(self) -> None:
        """Close the connections."""
        if "client" in self.__dict__:
            self.client.close()
        for handler in [*logging.getLogger("batchtasks").handlers] if self.verbose else ():
            logging.getLogger("batchtasks").removeHandler(handler)


def _shown(base: str, call: Call[Any], *, as_json: bool) -> str:
    """Return a request as HTTP would have it, or as a line of JSON; date and signature are made when one is sent."""
    query = urlencode(call.query, quote_via=quote, safe="$,()'-._~") if call.query else ""
    url, headers = f"{base}{call.path}{'?' if query else ''}{query}", dict(call.headers)
    body = json.loads(call.content) if call.content else None
    if as_json:
        document = {"method": call.method, "url": url, "headers": headers, "body": body}
        return json.dumps(document, ensure_ascii=False) + "\n"
    lines = [f"{call.method} {url}", *(f"{name}: {value}" for name, value in headers.items()), ""]
    lines += [json.dumps(body, indent=2, ensure_ascii=False), ""] if body is not None else []
    return "\n".join(lines) + "\n"
