"""`serve`: the local Batch service; and `open`: its page in the browser."""

from __future__ import annotations

import os
import shlex
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from batchtasks_cli.account.settings import LOCAL_URL, URL, find_account, of_local_service, user_folder
from batchtasks_cli.errors import DONE, INCOMPLETE, UNREACHABLE, CliError, at_most_one
from batchtasks_cli.input.options import Number, Text, Texts, option

_reach, _run = partial(option, panel="Where it can be reached"), partial(option, panel="What tasks may use")
_behave = partial(option, panel="How it behaves")
_DATA = "Folder for jobs, tasks and files (default: ~/.local/share/batchtasks)."
_CONNECTIONS = "Connections at the same time (default: from ulimit -n)."


@dataclass
class ServiceOptions:
    """Settings of the service, each under its name there; those that are None keep its default."""

    host: Annotated[str, _reach("--host", "HOST", "Address to listen on.")] = "127.0.0.1"
    port: Annotated[int, _reach("--port", "N", "Port to listen on; 0 picks a free one.", min=0, max=65535)] = 10100
    allow_remote: Annotated[bool, _reach("--allow-remote", None, "Let others connect; needs --key-file.")] = False
    account: Annotated[Text, _reach("--account-name", "NAME", "Name of its account.")] = None
    slots: Annotated[Number, _run("--slots", "N", "Task slots (default: one for each core).", min=1)] = None
    run: Annotated[bool, _run("--run/--no-run", None, "Run tasks, or leave them active.")] = True
    file_roots: Annotated[list[Path] | None, _run("--file-root", "DIR", "Folder that file: URLs may name.")] = None
    http_hosts: Annotated[Texts, _run("--http-host", "HOST", "Host that resource files may come from.")] = None
    container_engine: Annotated[Text, _run("--container-engine", "COMMAND", "Program such as docker.")] = None
    max_output: Annotated[Number, _run("--max-output", "BYTES", "Most bytes that a task may write.", min=1)] = None
    accept_any_token: Annotated[bool, _behave("--tokens/--no-tokens", None, "Accept any bearer token.")] = True
    clock_skew: Annotated[
        float | None, _behave("--clock-skew", "SECONDS", "Allowed error of a client's clock.", min=1)
    ] = None
    max_body: Annotated[Number, _behave("--max-body", "BYTES", "The largest request body.", min=1024)] = None
    max_connections: Annotated[Number, _behave("--max-connections", "N", _CONNECTIONS, min=1)] = None
    lower_status: Annotated[bool, _behave("--lower-status", None, "Write 'success' for added tasks.")] = False
    log: Annotated[bool, _behave("--log", None, "Write a line for each request to standard error.")] = False


def serve(
    options: ServiceOptions,
    key_file: Annotated[Path | None, _reach("--key-file", "FILE", "File with a key (Base64) of your own.")] = None,
    data: Annotated[Path | None, _run("--data", "DIR", _DATA)] = None,
    in_memory: Annotated[bool, _run("--in-memory", None, "Keep nothing once the service ends.")] = False,
) -> int:
    """Run a local Batch service until Ctrl-C.

    When it is ready, it shows how to connect; in a pipe it writes one line with the URL, the account and the key.
    """
    at_most_one({"--data": data, "--in-memory": in_memory})
    given = {
        **vars(options),
        "data": None if in_memory else data or data_folder(),
        "key": None if key_file is None else key_file.read_text(encoding="utf-8").strip(),
        "file_roots": tuple(folder.resolve() for folder in options.file_roots or ()),
        "http_hosts": tuple(options.http_hosts or ()),
    }
    settings = of_local_service("Settings")(**{name: value for name, value in given.items() if value is not None})
    try:
        settings.check()
    except ValueError as error:
        raise CliError(str(error), "See: batchtasks serve --help") from None
    announce = partial(_announce, key_file=key_file) if sys.stdout.isatty() else None
    status: int = of_local_service("serve")(settings, announce=announce)
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


def open_page(
    account: Annotated[Text, option("--account", "NAME", "Account of the configuration file.")] = None,
    url: Annotated[Text, option("--url", "URL", "Address of the service.")] = None,
) -> int:
    """Open the page of the local service in the browser.

    Without options it is the service at BATCH_ACCOUNT_URL if that is on this machine, else http://127.0.0.1:10100.
    """
    import urllib.request
    import webbrowser

    named = url or (account and find_account(account, None, None, None, os.environ).url)
    address = named or os.environ.get(URL, "")
    host = urlsplit(address).hostname or ""
    if host not in ("localhost", "::1") and not host.startswith("127."):
        if named:
            raise CliError(f"{address} is not on this machine.", "Only the local service has a page: batchtasks serve.")
        address = LOCAL_URL
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
