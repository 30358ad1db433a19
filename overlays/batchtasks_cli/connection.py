"""The flags that say which account to talk to, and how."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from batchtasks_cli.completion import complete_accounts, complete_versions

_CONNECTION = "Connection"


@dataclass
class Connection:
    """The connection of one command."""

    account: Annotated[
        str | None,
        typer.Option(
            "--account",
            metavar="NAME",
            help="Account of the configuration file; 'local' is batchtasks serve on this machine.",
            autocompletion=complete_accounts,
            rich_help_panel=_CONNECTION,
        ),
    ] = None
    url: Annotated[
        str | None, typer.Option("--url", metavar="URL", help="Address of the account.", rich_help_panel=_CONNECTION)
    ] = None
    api_version: Annotated[
        str | None,
        typer.Option(
            "--api-version",
            metavar="VERSION",
            help="API version to speak.",
            autocompletion=complete_versions,
            rich_help_panel=_CONNECTION,
        ),
    ] = None
    config: Annotated[
        Path | None,
        typer.Option(
            "--config",
            metavar="FILE",
            help="Configuration file to read instead of the usual one.",
            rich_help_panel=_CONNECTION,
        ),
    ] = None
    patience: Annotated[
        float | None,
        typer.Option(
            "--patience",
            min=0,
            metavar="SECONDS",
            help="How long to try again while the service is busy or out of reach (default: 15; for many tasks 180).",
            rich_help_panel=_CONNECTION,
        ),
    ] = None
    verbose: Annotated[
        bool,
        typer.Option("--verbose", "-v", help="Tell of every request on standard error.", rich_help_panel=_CONNECTION),
    ] = False

    def __post_init__(self) -> None:
        """For classes that add something of their own."""

    def words(self) -> list[str]:
        """The flags that name the connection, for a command line that goes on with it."""
        given = {
            "--account": self.account,
            "--url": self.url,
            "--api-version": self.api_version,
            "--config": self.config,
        }
        return [word for name, value in given.items() if value is not None for word in (name, str(value))]
