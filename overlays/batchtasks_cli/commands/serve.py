"""`serve`: the local Batch service."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from batchtasks_cli.errors import Complaint
from batchtasks_cli.local import of_service

_REACH, _RUN, _WIRE = "Where it can be reached", "What tasks may use", "How it behaves"

HostOption = Annotated[
    str, typer.Option("--host", metavar="HOST", help="Address to listen on.", rich_help_panel=_REACH)
]
PortOption = Annotated[
    int,
    typer.Option(
        "--port", metavar="N", min=0, max=65535, help="Port to listen on; 0 picks a free one.", rich_help_panel=_REACH
    ),
]
RemoteFlag = Annotated[
    bool,
    typer.Option("--allow-remote", help="Let other machines in; needs --key-file.", rich_help_panel=_REACH),
]
AccountOption = Annotated[
    str | None, typer.Option("--account-name", metavar="NAME", help="Name of its account.", rich_help_panel=_REACH)
]
KeyOption = Annotated[
    Path | None,
    typer.Option(
        "--key-file",
        metavar="FILE",
        help="File with a key (Base64) in place of the public one.",
        rich_help_panel=_REACH,
    ),
]
DataOption = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar="DIR",
        help="Folder for jobs, tasks and files (default: ~/.local/share/batchtasks).",
        rich_help_panel=_RUN,
    ),
]
MemoryFlag = Annotated[
    bool, typer.Option("--in-memory", help="Keep nothing once the service ends.", rich_help_panel=_RUN)
]
SlotsOption = Annotated[
    int | None,
    typer.Option("--slots", metavar="N", min=1, help="Task slots (default: one for each core).", rich_help_panel=_RUN),
]
RunFlag = Annotated[
    bool, typer.Option("--run/--no-run", help="Whether tasks run or stay active.", rich_help_panel=_RUN)
]
RootOption = Annotated[
    list[Path] | None,
    typer.Option("--file-root", metavar="DIR", help="Folder that file: URLs of tasks may name.", rich_help_panel=_RUN),
]
HttpOption = Annotated[
    list[str] | None,
    typer.Option("--http-host", metavar="HOST", help="Host that resource files may come from.", rich_help_panel=_RUN),
]
EngineOption = Annotated[
    str | None,
    typer.Option(
        "--container-engine", metavar="COMMAND", help="Runs container tasks, such as docker.", rich_help_panel=_RUN
    ),
]
TokensFlag = Annotated[
    bool, typer.Option("--tokens/--no-tokens", help="Take any bearer token from this machine.", rich_help_panel=_WIRE)
]
SkewOption = Annotated[
    float | None,
    typer.Option(
        "--clock-skew", min=1, metavar="SECONDS", help="How wrong a client's clock may be.", rich_help_panel=_WIRE
    ),
]
BodyOption = Annotated[
    int | None,
    typer.Option("--max-body", min=1024, metavar="BYTES", help="The largest request body.", rich_help_panel=_WIRE),
]
LowerFlag = Annotated[
    bool, typer.Option("--lower-status", help="Write 'success' for added tasks, not 'Success'.", rich_help_panel=_WIRE)
]
LogFlag = Annotated[
    bool, typer.Option("--log", help="Write a line for each request to standard error.", rich_help_panel=_WIRE)
]


def serve(
    host: HostOption = "127.0.0.1",
    port: PortOption = 10100,
    allow_remote: RemoteFlag = False,
    account_name: AccountOption = None,
    key_file: KeyOption = None,
    data: DataOption = None,
    in_memory: MemoryFlag = False,
    slots: SlotsOption = None,
    run: RunFlag = True,
    file_root: RootOption = None,
    http_host: HttpOption = None,
    container_engine: EngineOption = None,
    tokens: TokensFlag = True,
    clock_skew: SkewOption = None,
    max_body: BodyOption = None,
    lower_status: LowerFlag = False,
    log: LogFlag = False,
) -> int:
    """Run a local Batch service until Ctrl-C.

    Prints one line with the URL, the account and the development key as soon as it answers.
    """
    if data is not None and in_memory:
        raise Complaint("--data and --in-memory exclude each other.", "Give one of them.")
    given: dict[str, Any] = {
        "data": None if in_memory else data or data_folder(),
        "slots": slots,
        "account": account_name,
        "key": None if key_file is None else _key_in(key_file),
        "container_engine": container_engine,
        "clock_skew": clock_skew,
        "max_body": max_body,
        "file_roots": tuple(folder.resolve() for folder in file_root or ()),
        "http_hosts": tuple(http_host or ()),
    }
    flags = {"run": run, "allow_remote": allow_remote, "accept_any_token": tokens, "lower_status": lower_status}
    given = {name: value for name, value in given.items() if value is not None}
    return _serve({"host": host, "port": port, "log": log, **flags, **given})


def _serve(given: dict[str, Any]) -> int:
    module = of_service("settings")
    settings = module.Settings(**given)
    try:
        settings.check()
    except module.SettingsError as error:
        raise Complaint(str(error), "See: batchtasks serve --help") from None
    status: int = of_service("serve")(settings)
    return status


def data_folder() -> Path:
    """Where a service keeps its data unless told otherwise."""
    base = os.environ.get("XDG_DATA_HOME", "")
    return (Path(base) if os.path.isabs(base) else Path.home() / ".local" / "share") / "batchtasks"


def _key_in(file: Path) -> str:
    return file.read_text(encoding="utf-8").strip()
