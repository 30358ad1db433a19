"""`account add`, `account list` and `account use`: the configuration file."""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from batchtasks_cli.account.completion import complete_accounts
from batchtasks_cli.account.settings import LOCAL, LOCAL_URL, config_path, parse, read_file
from batchtasks_cli.errors import CliError, note
from batchtasks_cli.options import argument
from batchtasks_cli.output.formats import ListOptions
from batchtasks_cli.output.table import Column

NameArg = Annotated[str, argument("NAME", "What to call the account here.", autocompletion=complete_accounts)]
UrlOption = Annotated[str, typer.Option("--url", metavar="URL", help="Address of the account.")]
AccountOption = Annotated[
    str | None, typer.Option("--name", metavar="NAME", help="Name of the account (default: the first part of the URL).")
]
CommandOption = Annotated[
    str | None,
    typer.Option("--key-command", metavar="COMMAND", help="Program that prints the key, such as 'pass batch'."),
]
EntraFlag = Annotated[bool, typer.Option("--entra", help="No key: azure-identity shows who is asking (az login).")]
VersionOption = Annotated[str | None, typer.Option("--api-version", metavar="VERSION", help="API version to use.")]
DefaultFlag = Annotated[bool, typer.Option("--default", help="Make it the default account.")]
ConfigOption = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help="Configuration file to use instead of the usual one.")
]


def add(
    name: NameArg,
    url: UrlOption,
    account: AccountOption = None,
    key_command: CommandOption = None,
    entra: EntraFlag = False,
    api_version: VersionOption = None,
    default: DefaultFlag = False,
    config: ConfigOption = None,
) -> None:
    """Add an account to the configuration file.

    Without --key-command and --entra the key is asked for, or read from standard input, and written to the file.
    """
    if key_command is not None and entra:
        raise CliError("--key-command and --entra exclude each other.", "Give one of them.")
    if not re.fullmatch(r"[A-Za-z0-9_-]+", name) or name == LOCAL:
        raise CliError(
            f"{name!r} cannot be the name of an account here.", "Use letters, digits, - and _; 'local' is taken."
        )
    before = read_file(config, os.environ) if config is None or config.exists() else {}
    if name in before.get("accounts", {}):
        raise CliError(f"There is an account {name!r} already.", f"Change it in {config or config_path(os.environ)}.")
    settings: dict[str, str | None] = {
        "url": url,
        "name": None if entra else account or re.sub(r"^\w+://|[.:/].*", "", url),
        "key_command": key_command,
        "credential": "azure" if entra else None,
        "key": None if entra or key_command is not None else _ask_for_key(),
        "api_version": api_version,
    }
    given = {member: value for member, value in settings.items() if value is not None}
    # JSON's text is TOML's too.
    lines = [f"\n[accounts.{name}]\n", *(f"{member} = {json.dumps(value)}\n" for member, value in given.items())]
    expected = {**before, "accounts": {**before.get("accounts", {}), name: given}}
    where = _edit(config, lambda text: text + "".join(lines).lstrip("\n" if not text else ""), expected)
    if default:
        use(name, config)
    note(f"account {name} was added to {where}.")


def _ask_for_key() -> str:
    if sys.stdin.isatty():
        key: str = typer.prompt("Key", hide_input=True, err=True)
    else:
        key = sys.stdin.readline().strip()
    if not key:
        raise CliError("No key was given.", "Give it on standard input, or use --key-command or --entra.")
    return key


def use(name: NameArg, config: ConfigOption = None) -> None:
    """Make an account the default."""
    before = read_file(config, os.environ)
    known = [*before.get("accounts", {}), LOCAL]
    if name not in known:
        raise CliError(f"There is no account {name!r}.", f"Accounts: {', '.join(known)}.")

    def change(text: str) -> str:
        top, header, tables = text.partition("\n[") if not text.startswith("[") else ("", "", text)
        kept = re.sub(r"(?m)^default[ \t]*=.*\n?", "", top)
        return f"default = {json.dumps(name)}\n{kept}{header}{tables}"

    _edit(config, change, {**before, "default": name})
    note(f"the default account is {name}.")


def _edit(config: Path | None, change: Any, expected: dict[str, Any]) -> Path:
    """Change the text of the file, or leave it as it is if the result does not say what is expected."""
    where = config or config_path(os.environ)
    text = where.read_text(encoding="utf-8") if where.exists() else ""
    if text and not text.endswith("\n"):
        text += "\n"
    changed = change(text)
    try:
        fits = parse(changed.encode(), where) == expected
    except CliError:
        fits = False
    if not fits:
        raise CliError(f"{where} is written in a way that this command cannot change.", "Edit it by hand.")
    where.parent.mkdir(parents=True, exist_ok=True)
    # A file of its own that only its owner can read; then all of it at once.
    handle, temporary = tempfile.mkstemp(dir=where.parent, prefix=".config", suffix=".toml")
    with open(handle, "w", encoding="utf-8") as file:
        file.write(changed)
    os.replace(temporary, where)
    return where


@dataclass(frozen=True)
class _Listed:
    """An account of the list; no key is in it."""

    name: str
    default: bool
    url: str | None
    account: str | None
    credential: str
    api_version: str | None

    def to_dict(self) -> dict[str, Any]:
        """Return it for programs."""
        members = {"name": self.name, "default": self.default, "url": self.url, "account": self.account}
        return {**members, "credential": self.credential, "apiVersion": self.api_version}


_COLUMNS = [
    Column("name", lambda item: item.name),
    Column("default", lambda item: item.default),
    Column("url", lambda item: item.url),
    Column("account", lambda item: item.account),
    Column("credential", lambda item: item.credential),
    Column("apiVersion", lambda item: item.api_version),
]


def list_accounts(output: ListOptions, config: ConfigOption = None) -> None:
    """List the accounts of the configuration file."""

    def no_member(name: str) -> Column:
        raise CliError(f"There is no column {name!r}.", f"Columns: {', '.join(column.name for column in _COLUMNS)}.")

    layout = output.layout(_COLUMNS, no_member)
    file = read_file(config, os.environ)
    accounts: dict[str, dict[str, Any]] = file.get("accounts", {})
    default = file.get("default") or (next(iter(accounts)) if len(accounts) == 1 else None)
    rows = [_listed(name, each, name == default) for name, each in accounts.items()]
    if LOCAL not in accounts:
        rows.append(_Listed(LOCAL, default == LOCAL, LOCAL_URL, "localbatch", "the public development key", None))
    layout.write(rows)


def _listed(name: str, account: dict[str, Any], is_default: bool) -> _Listed:
    kinds = {"key": "key", "key_command": "key_command", "credential": account.get("credential", "")}
    credential = next((text for member, text in kinds.items() if member in account), "BATCH_ACCOUNT_KEY")
    return _Listed(name, is_default, account.get("url"), account.get("name"), credential, account.get("api_version"))
