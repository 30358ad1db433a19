"""The commands and their options."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    name="batchtasks",
    help="The task operations of Azure Batch, and a local Batch service to try them on.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,  # a local may hold a key
)


@app.callback()
def main() -> None:
    """Read by typer: with a callback, a single command keeps its name."""


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 picks a free one.")] = 10100,
    data: Annotated[Path | None, typer.Option(help="Folder that keeps jobs, tasks and their files.")] = None,
    in_memory: Annotated[bool, typer.Option("--in-memory", help="Keep nothing once the service ends.")] = False,
    slots: Annotated[int | None, typer.Option(min=1, help="Tasks that run at once (default: one a core).")] = None,
    run: Annotated[bool, typer.Option("--run/--no-run", help="Whether tasks run or stay active.")] = True,
) -> None:
    """Run a local Batch service until Ctrl-C.

    Prints one line with the URL, the account and the development key as soon as it answers.
    """
    try:
        from batchtasks_local.server import serve as serve_local
        from batchtasks_local.settings import Settings
    except ImportError as error:
        typer.echo(f"batchtasks: the local service needs the extra 'local' ({error}): pip install 'batchtasks[local]'", err=True)
        raise typer.Exit(1) from None
    if data is not None and in_memory:
        raise typer.BadParameter("give either --data or --in-memory, not both")
    folder = None if in_memory else data or Path.home() / ".local" / "share" / "batchtasks"
    settings = Settings(host=host, port=port, data=folder, slots=slots or os.cpu_count() or 1, run=run)
    raise typer.Exit(serve_local(settings))
