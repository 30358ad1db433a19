"""What the shell offers on Tab. If anything goes wrong here, it offers nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from batchtasks_cli.account.settings import LOCAL, Wanted, find_account, read_file

if TYPE_CHECKING:
    from batchtasks import BatchClient

_MOST = 50


def complete_accounts(incomplete: str) -> list[str]:
    """Offer the accounts of the configuration file, and `local`."""
    try:
        names = list(read_file(None, os.environ).get("accounts", {}))
    except Exception:
        names = []
    return [name for name in dict.fromkeys([*names, LOCAL]) if name.startswith(incomplete)]


def complete_versions(incomplete: str) -> list[str]:
    """Offer the API versions."""
    from batchtasks.models import API_VERSIONS

    return [version for version in API_VERSIONS if version.startswith(incomplete)]


def complete_jobs(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the ids of jobs."""
    return _offer(ctx, lambda client, which: client.job.list(filter=which, select="id", max_results=_MOST), incomplete)


def complete_tasks(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the ids of the tasks of the job that stands before."""
    job = ctx.params.get("job", "")
    return _offer(
        ctx, lambda client, which: client.task.list(job, filter=which, select="id", max_results=_MOST), incomplete
    )


def _offer(ctx: typer.Context, ask: Callable[[BatchClient, Any], Any], incomplete: str) -> list[str]:
    try:
        from batchtasks import BatchClient, RetryPolicy
        from batchtasks_cli.account.credentials import credential_of

        given = ctx.params
        config = Path(given["config"]) if given.get("config") else None
        account = find_account(Wanted(given.get("account"), given.get("url"), None, config), os.environ)
        which = "startswith(id,'{}')".format(incomplete.replace("'", "''")) if incomplete else None
        with BatchClient(account.url, credential_of(account), retry=RetryPolicy(attempts=1), timeout=2.0) as client:
            page: Iterable[Any] = next(ask(client, which).by_page())
            return [str(each.id) for each in page]
    except Exception:
        return []
