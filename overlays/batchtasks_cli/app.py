"""The commands and their names."""

from __future__ import annotations

from typing import Annotated

import typer

from batchtasks_cli.command import command
from batchtasks_cli.commands import adding, ending, files, jobs, listing, logs, serve, showing, updating, waiting, watch
from batchtasks_cli.door import Door, Sections

_ADD, _LOOK, _CHANGE, _OTHER = "Add", "Look and wait", "Change", "Jobs and the local service"

app = typer.Typer(
    name="batchtasks",
    cls=Door,
    help="The task operations of Azure Batch, and a local Batch service to try them on.",
    epilog="The account comes from the flags, then BATCH_ACCOUNT_URL, BATCH_ACCOUNT_NAME and BATCH_ACCOUNT_KEY, then"
    " ~/.config/batchtasks/config.toml. Exit status: 0 done, 1 not everything (tasks failed, time ran out), 2 wrong usage,"
    " 3 the service refused, 4 no connection.",
    no_args_is_help=True,
    rich_markup_mode=None,  # plain help: it starts in half the time, and can be piped
    pretty_exceptions_enable=False,
    pretty_exceptions_show_locals=False,  # a local may hold a key
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
)
job_app = typer.Typer(cls=Sections, no_args_is_help=True, rich_markup_mode=None, help="Add, list, show and end jobs.")


def _tell_version(wanted: bool) -> None:
    if wanted:
        from batchtasks import __version__

        typer.echo(f"batchtasks {__version__}")
        raise typer.Exit


VersionFlag = Annotated[
    bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Show the version and exit.")
]


@app.callback()
def main(version: VersionFlag = False) -> None:
    """The task operations of Azure Batch, and a local Batch service to try them on."""


command(app, "add", section=_ADD)(adding.add)
command(app, "list", section=_LOOK)(listing.list_tasks)
command(app, "show", section=_LOOK)(showing.show_task)
command(app, "counts", section=_LOOK)(showing.show_counts)
command(app, "wait", section=_LOOK)(waiting.wait)
command(app, "watch", section=_LOOK)(watch.watch)
command(app, "logs", section=_LOOK)(logs.logs)
command(app, "files", section=_LOOK)(files.files)
command(app, "subtasks", section=_LOOK)(listing.list_subtasks)
command(app, "update", section=_CHANGE)(updating.update)
command(app, "terminate", section=_CHANGE)(ending.terminate)
command(app, "reactivate", section=_CHANGE)(ending.reactivate)
command(app, "delete", section=_CHANGE)(ending.delete)
app.add_typer(job_app, name="job", rich_help_panel=_OTHER)
command(app, "serve", section=_OTHER)(serve.serve)

command(job_app, "add")(jobs.add)
command(job_app, "list")(jobs.list_jobs)
command(job_app, "show")(jobs.show)
command(job_app, "terminate")(jobs.terminate)
command(job_app, "delete")(jobs.delete)
