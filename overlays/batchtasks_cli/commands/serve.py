"""`serve`: the local Batch service; and `open`: its page in the browser."""

from __future__ import annotations

import os
import shlex
import sys
from functools import partial
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import typer

from batchtasks_cli.account.local import local_service
from batchtasks_cli.account.settings import LOCAL_URL, URL, Wanted, find_account, user_folder
from batchtasks_cli.errors import DONE, INCOMPLETE, UNREACHABLE, CliError


def _reach(*names: str, **settings: Any) -> Any:
    return typer.Option(*names, rich_help_panel="Where it can be reached", **settings)


def _run(*names: str, **settings: Any) -> Any:
    return typer.Option(*names, rich_help_panel="What tasks may use", **settings)


def _http(*names: str, **settings: Any) -> Any:
    return typer.Option(*names, rich_help_panel="How it behaves", **settings)


HostOption = Annotated[str, _reach("--host", metavar="HOST", help="Address to listen on.")]
PortOption = Annotated[
    int, _reach("--port", metavar="N", min=0, max=65535, help="Port to listen on; 0 picks a free one.")
]
RemoteFlag = Annotated[bool, _reach("--allow-remote", help="Let other machines connect; needs --key-file.")]
AccountOption = Annotated[str | None, _reach("--account-name", metavar="NAME", help="Name of its account.")]
KeyOption = Annotated[
    Path | None,
    _reach("--key-file", metavar="FILE", help="File with a key (Base64) to use instead of the public one."),
]
DataOption = Annotated[
    Path | None,
    _run("--data", metavar="DIR", help="Folder for jobs, tasks and files (default: ~/.local/share/batchtasks)."),
]
MemoryFlag = Annotated[bool, _run("--in-memory", help="Keep nothing once the service ends.")]
SlotsOption = Annotated[
    int | None, _run("--slots", metavar="N", min=1, help="Task slots (default: one for each core).")
]
RunFlag = Annotated[bool, _run("--run/--no-run", help="Whether tasks run or stay active.")]
RootOption = Annotated[
    list[Path] | None, _run("--file-root", metavar="DIR", help="Folder that file: URLs of tasks may name.")
]
HttpOption = Annotated[
    list[str] | None, _run("--http-host", metavar="HOST", help="Host that resource files may come from.")
]
EngineOption = Annotated[
    str | None, _run("--container-engine", metavar="COMMAND", help="Runs container tasks, such as docker.")
]
TokensFlag = Annotated[bool, _http("--tokens/--no-tokens", help="Accept any bearer token from this machine.")]
SkewOption = Annotated[
    float | None, _http("--clock-skew", min=1, metavar="SECONDS", help="How wrong a client's clock may be.")
]
BodyOption = Annotated[int | None, _http("--max-body", min=1024, metavar="BYTES", help="The largest request body.")]
LowerFlag = Annotated[bool, _http("--lower-status", help="Write 'success' for added tasks, not 'Success'.")]
AccountArg = Annotated[str | None, typer.Option("--account", metavar="NAME", help="Account of the configuration file.")]
UrlOption = Annotated[str | None, typer.Option("--url", metavar="URL", help="Address of the service.")]
LogFlag = Annotated[bool, _http("--log", help="Write a line for each request to standard error.")]


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

    As soon as it answers it says how to use it; in a pipe that is one line with the URL, the account and the key.
    """
    if data is not None and in_memory:
        raise CliError("--data and --in-memory exclude each other.", "Give one of them.")
    given: dict[str, Any] = {
        "data": None if in_memory else data or data_folder(),
        "slots": slots,
        "account": account_name,
        "key": None if key_file is None else key_file.read_text(encoding="utf-8").strip(),
        "container_engine": container_engine,
        "clock_skew": clock_skew,
        "max_body": max_body,
        "file_roots": tuple(folder.resolve() for folder in file_root or ()),
        "http_hosts": tuple(http_host or ()),
    }
    flags = {"run": run, "allow_remote": allow_remote, "accept_any_token": tokens, "lower_status": lower_status}
    given = {name: value for name, value in given.items() if value is not None}
    return _serve({"host": host, "port": port, "log": log, **flags, **given}, key_file)


def _serve(given: dict[str, Any], key_file: Path | None) -> int:
    service = local_service()
    settings = service.Settings(**given)
    try:
        settings.check()
    except ValueError as error:
        raise CliError(str(error), "See: batchtasks serve --help") from None
    announce = partial(_announce, key_file=key_file) if sys.stdout.isatty() else None
    status: int = service.serve(settings, announce=announce)
    return status


def _announce(settings: Any, key_file: Path | None) -> None:
    """Say on a terminal how to use the service."""
    # A key of one's own is a secret, so it is not shown.
    key = shlex.quote(settings.key) if key_file is None else f'"$(cat {shlex.quote(str(key_file))})"'
    sys.stdout.write("The local Batch service is running. To use it in another terminal:\n\n")
    for name, value in (("URL", settings.url), ("NAME", settings.account), ("KEY", key)):
        sys.stdout.write(f"  export BATCH_ACCOUNT_{name}={value}\n")
    sys.stdout.write(f"\nIts page: {settings.url}/ (or: batchtasks open). Ctrl-C stops it.\n")
    sys.stdout.flush()


def data_folder() -> Path:
    """Return where a service keeps its data unless a folder is given."""
    return user_folder(os.environ, "XDG_DATA_HOME", ".local/share", "LOCALAPPDATA")


def open_page(account: AccountArg = None, url: UrlOption = None) -> int:
    """Open the page of the local service in the browser.

    Without options it is the service that BATCH_ACCOUNT_URL names or, if that is not on this machine, the usual one.
    """
    import urllib.request
    import webbrowser

    if account is not None or url is not None:
        address = url or find_account(Wanted(account), os.environ).url
        if not _is_here(address):
            raise CliError(f"{address} is not on this machine.", "Only the local service has a page: batchtasks serve.")
    else:
        address = os.environ.get(URL, "")
        address = address if _is_here(address) else LOCAL_URL
    page = f"{address.rstrip('/')}/"
    try:
        # Without a proxy, because it is on this machine.
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(page, timeout=5).close()
    except (OSError, ValueError) as error:
        remedy = "Start the service: batchtasks serve. If it uses another port: batchtasks open --url URL."
        raise CliError(f"No service answers at {page} ({error}).", remedy, UNREACHABLE) from None
    sys.stdout.write(f"{page}\n")
    sys.stdout.flush()
    if not webbrowser.open(page):
        raise CliError("No browser could be started.", f"Open {page} by hand.", INCOMPLETE)
    return DONE


def _is_here(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    return host in ("localhost", "::1") or host.startswith("127.")
