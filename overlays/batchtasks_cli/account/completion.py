"""What the shell offers on Tab. If anything goes wrong here, it offers nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typer

from batchtasks_cli.account.settings import LOCAL, credential_of, find_account, read_accounts


def complete_accounts(incomplete: str) -> list[str]:
    """Offer the accounts of the configuration file, and `local`."""
    try:
        names = list(read_accounts(None, os.environ)[0])
    except Exception:
        names = []
    return [name for name in dict.fromkeys([*names, LOCAL]) if name.startswith(incomplete)]


def complete_versions(incomplete: str) -> list[str]:
    """Offer the API versions."""
    from batchtasks.models import API_VERSIONS

    return [version for version in API_VERSIONS if version.startswith(incomplete)]


def complete_jobs(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the ids of jobs."""
    return _offer(ctx, incomplete, lambda client, **which: client.job.list(**which))


def complete_tasks(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the ids of the tasks of the job that stands before."""
    return _offer(ctx, incomplete, lambda client, **which: client.task.list(ctx.params["job"], **which))


def _offer(ctx: typer.Context, incomplete: str, ask: Callable[..., Any]) -> list[str]:
    try:
        from batchtasks import BatchClient, RetryPolicy

        given = ctx.params
        config = Path(given["config"]) if given.get("config") else None
        account = find_account(given.get("account"), given.get("url"), None, config, os.environ)
        which = "startswith(id,'{}')".format(incomplete.replace("'", "''")) if incomplete else None
        with BatchClient(account.url, credential_of(account), retry=RetryPolicy(attempts=1), timeout=2.0) as client:
            page = next(ask(client, filter=which, select="id", max_results=50).by_page())
            return [str(each.id) for each in page]
    except Exception:
        return []
