"""What the shell offers on Tab. If anything goes wrong here, it offers nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

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
    return _offer(ctx, lambda client: _jobs(client, incomplete))


def complete_tasks(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the ids of the tasks of the job that stands before."""
    return _offer(ctx, lambda client: _tasks(client, ctx.params["job"], incomplete))


def _offer(ctx: typer.Context, ids: Callable[[BatchClient], list[str]]) -> list[str]:
    try:
        with _client(ctx) as client:
            return ids(client)
    except Exception:
        return []


def _jobs(client: BatchClient, incomplete: str) -> list[str]:
    from batchtasks import JobF

    which = JobF.id.startswith(incomplete) if incomplete else None
    page = next(client.job.list(filter=which, select="id", max_results=_MOST).by_page())
    return [job.id for job in page if job.id]


def _tasks(client: BatchClient, job: str, incomplete: str) -> list[str]:
    from batchtasks import F

    which = F.id.startswith(incomplete) if incomplete else None
    page = next(client.task.list(job, filter=which, select="id", max_results=_MOST).by_page())
    return [task.id for task in page if task.id]


def _client(ctx: typer.Context) -> BatchClient:
    from batchtasks import BatchClient, RetryPolicy
    from batchtasks_cli.account.credentials import credential_of

    given = ctx.params
    config = given.get("config")
    wanted = Wanted(given.get("account"), given.get("url"), given.get("api_version"), Path(config) if config else None)
    account = find_account(wanted, os.environ)
    return BatchClient(account.url, credential_of(account), retry=RetryPolicy(attempts=1), timeout=2.0)
