"""The commands and their names."""

from __future__ import annotations

from typing import Annotated

import typer

from batchtasks_cli.commands import accounts, add, change, files, jobs, logs, look, serve, wait
from batchtasks_cli.input.options import WithWords, command, option

_ADD, _LOOK, _CHANGE, _OTHER = "Add", "Look and wait", "Change", "Jobs, accounts and the local service"
_NAMES = {"help_option_names": ["--help", "-h"]}

app = typer.Typer(
    name="batchtasks",
    help="The task operations of Azure Batch, and a local Batch service to try them on.",
    epilog="The account comes from the options, then from BATCH_ACCOUNT_URL, BATCH_ACCOUNT_NAME and BATCH_ACCOUNT_KEY, then "
    "from ~/.config/batchtasks/config.toml.\n\nExit status: 0 done, 1 not done or not all of it (a task failed, the time ran "
    "out), 2 wrong usage, 3 the service refused, 4 no answer from the service.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    pretty_exceptions_show_locals=False,  # a local may hold a key
    context_settings=_NAMES,
)
job_app = typer.Typer(no_args_is_help=True, context_settings=_NAMES)
account_app = typer.Typer(no_args_is_help=True, context_settings=_NAMES)


def _show_version(wanted: bool) -> None:
    if wanted:
        from batchtasks import __version__

        typer.echo(f"batchtasks {__version__}")
        raise typer.Exit


_VERSION = option("--version", None, "Show the version and exit.", callback=_show_version, is_eager=True)


@app.callback()
def main(version: Annotated[bool, _VERSION] = False) -> None:
    """The task operations of Azure Batch, and a local Batch service to try them on."""


command(app, "add", panel=_ADD, cls=WithWords)(add.add)
command(app, "run", panel=_ADD, cls=WithWords)(logs.run)
command(app, "list", panel=_LOOK)(look.list_tasks)
command(app, "show", panel=_LOOK)(look.show)
command(app, "describe", panel=_LOOK)(look.describe)
command(app, "counts", panel=_LOOK)(look.counts)
command(app, "wait", panel=_LOOK)(wait.wait)
command(app, "watch", panel=_LOOK)(wait.watch)
command(app, "logs", panel=_LOOK)(logs.logs)
command(app, "files", panel=_LOOK)(files.files)
command(app, "download", panel=_LOOK)(files.download)
command(app, "subtasks", panel=_LOOK)(look.list_subtasks)
command(app, "update", panel=_CHANGE)(change.update)
command(app, "terminate", panel=_CHANGE)(change.terminate)
command(app, "reactivate", panel=_CHANGE)(change.reactivate)
command(app, "retry", panel=_CHANGE)(change.retry)
command(app, "delete", panel=_CHANGE)(change.delete)
app.add_typer(job_app, name="job", rich_help_panel=_OTHER, help="Add, list, show, change and end jobs.")
app.add_typer(account_app, name="account", rich_help_panel=_OTHER, help="The accounts of the configuration file.")
command(app, "serve", panel=_OTHER)(serve.serve)
command(app, "open", panel=_OTHER)(serve.open_page)

command(job_app, "add")(jobs.add)
command(job_app, "list")(jobs.list_jobs)
command(job_app, "show")(jobs.show)
command(job_app, "update")(jobs.update)
command(job_app, "enable")(jobs.enable)
command(job_app, "disable")(jobs.disable)
command(job_app, "terminate")(jobs.terminate)
command(job_app, "delete")(jobs.delete)
command(job_app, "wait")(jobs.wait)

command(account_app, "add")(accounts.add)
command(account_app, "list")(accounts.list_accounts)
command(account_app, "use")(accounts.use)
