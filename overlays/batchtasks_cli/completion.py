"""What the shell offers on Tab. Whatever goes wrong here, the shell is told of nothing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from batchtasks_cli.session import Session

_MOST = 50


def complete_accounts(incomplete: str) -> list[str]:
    """The accounts of the configuration file, and `local`."""
    from batchtasks_cli.settings import read_file

    try:
        names = list(read_file(None, os.environ).get("accounts", {}))
    except Exception:
        names = []
    return [name for name in dict.fromkeys([*names, "local"]) if name.startswith(incomplete)]


def complete_versions(incomplete: str) -> list[str]:
    """The API versions."""
    from batchtasks_rest._facts import API_VERSIONS

    return [version for version in API_VERSIONS if version.startswith(incomplete)]


def complete_jobs(ctx: typer.Context, incomplete: str) -> list[str]:
    """The ids of jobs, asked of the service."""
    try:
        return _jobs(ctx, incomplete)
    except Exception:
        return []


def complete_tasks(ctx: typer.Context, incomplete: str) -> list[str]:
    """The ids of the tasks of the job that stands before, asked of the service."""
    try:
        return _tasks(ctx, incomplete)
    except Exception:
        return []


def _jobs(ctx: typer.Context, incomplete: str) -> list[str]:
    from batchtasks import JobF

    with _session(ctx).client as client:
        which = JobF.id.startswith(incomplete) if incomplete else None
        page = next(client.job.list(filter=which, select="id", max_results=_MOST).by_page())
        return [job.id for job in page if job.id]


def _tasks(ctx: typer.Context, incomplete: str) -> list[str]:
    from batchtasks import F

    with _session(ctx).client as client:
        which = F.id.startswith(incomplete) if incomplete else None
        pages = client.task.list(ctx.params["job"], filter=which, select="id", max_results=_MOST).by_page()
        return [task.id for task in next(pages) if task.id]


def _session(ctx: typer.Context) -> Session:
    from batchtasks_cli.session import Session

    given = ctx.params
    config = given.get("config")
    session = Session(given.get("account"), given.get("url"), given.get("api_version"), config and Path(config))
    session.patience = 1.0
    session.quiet()
    return session
