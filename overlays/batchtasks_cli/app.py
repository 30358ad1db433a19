"""The commands and their names."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from batchtasks_cli.commands import accounts, add, change, files, jobs, logs, look, serve, wait
from batchtasks_cli.input.options import PlainGroup, WithWords, option, register

_ADD, _LOOK, _CHANGE, _OTHER = "Add", "Look and wait", "Change", "Jobs, accounts and the local service"
_NAMES = {"help_option_names": ["--help", "-h"]}
_group = partial(typer.Typer, cls=PlainGroup, no_args_is_help=True, context_settings=_NAMES)

app = _group(
    name="batchtasks",
    epilog="The account comes from the options, then from BATCH_ACCOUNT_URL, BATCH_ACCOUNT_NAME and BATCH_ACCOUNT_KEY, then "
    "from ~/.config/batchtasks/config.toml.\n\nExit status: 0 done, 1 not done or not all of it (a task failed, the time ran "
    "out), 2 wrong usage, 3 the service refused, 4 no answer from the service.",
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    pretty_exceptions_show_locals=False,  # a local may hold a key
)
job_app = _group()
account_app = _group()


def _show_version(wanted: bool) -> None:
    if wanted:
        from batchtasks import __version__

        typer.echo(f"batchtasks {__version__}")
        raise typer.Exit


_VERSION = option("--version", None, "Show the version and exit.", callback=_show_version, is_eager=True)


@app.callback()
def main(version: Annotated[bool, _VERSION] = False) -> None:
    """The task operations of Azure Batch, and a local Batch service to try them on."""


register(app, _ADD, {"add": add.add, "run": logs.run}, cls=WithWords)
register(app, _LOOK, {"list": look.list_tasks, "show": look.show, "describe": look.describe, "counts": look.counts})
register(app, _LOOK, {"wait": wait.wait, "watch": wait.watch, "logs": logs.logs})
register(app, _LOOK, {"files": files.files, "download": files.download, "subtasks": look.list_subtasks})
register(app, _CHANGE, {"update": change.update, "terminate": change.terminate, "reactivate": change.reactivate})
register(app, _CHANGE, {"retry": change.retry, "delete": change.delete})
app.add_typer(job_app, name="job", rich_help_panel=_OTHER, help="Add, list, show, change and end jobs.")
app.add_typer(account_app, name="account", rich_help_panel=_OTHER, help="The accounts of the configuration file.")
register(app, _OTHER, {"serve": serve.serve, "open": serve.open_page})
register(job_app, None, {"add": jobs.add, "list": jobs.list_jobs, "show": jobs.show, "update": jobs.update})
register(job_app, None, {"enable": jobs.enable, "disable": jobs.disable, "terminate": jobs.terminate})
register(job_app, None, {"delete": jobs.delete, "wait": jobs.wait})
register(account_app, None, {"add": accounts.add, "list": accounts.list_accounts, "use": accounts.use})
