"""`account add`, `account list` and `account use`: the configuration file."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from operator import itemgetter
from pathlib import Path
from typing import Annotated, Any

import typer

from batchtasks_cli.account.completion import complete_accounts
from batchtasks_cli.account.settings import KEY, LOCAL, LOCAL_URL, Account, config_path, read_account, read_accounts
from batchtasks_cli.errors import CliError, at_most_one, note
from batchtasks_cli.input.options import Text, argument, flag, option
from batchtasks_cli.output.formats import ListOptions
from batchtasks_cli.output.table import Column

NameArg = Annotated[str, argument("NAME", "Name of the account in the file.", autocompletion=complete_accounts)]
ConfigOption = Annotated[Path | None, option("--config", "FILE", "Configuration file to use.")]


def add(
    name: NameArg,
    url: Annotated[str, option("--url", "URL", "Address of the account.")],
    account: Annotated[Text, option("--name", "NAME", "Name of the Batch account (default: from URL).")] = None,
    key_command: Annotated[Text, option("--key-command", "COMMAND", "Program that prints the key.")] = None,
    entra: Annotated[bool, flag("--entra", "Sign in with Microsoft Entra ID (azure-identity), no key.")] = False,
    api_version: Annotated[Text, option("--api-version", "VERSION", "API version to use.")] = None,
    default: Annotated[bool, flag("--default", "Make it the default account.")] = False,
    config: ConfigOption = None,
) -> None:
    """Add an account to the configuration file.

    Without --key-command or --entra, it asks for the key, or reads it from standard input, and writes it to the file.
    """
    from batchtasks import BatchClient, SharedKeyCredential, TaskTokenCredential
    from batchtasks.models import DEFAULT_API_VERSION

    at_most_one({"--key-command": key_command is not None, "--entra": entra})
    if not re.fullmatch(r"[A-Za-z0-9_-]+", name) or name == LOCAL:
        raise CliError(f"{name!r} cannot be the name of an account.", "Use letters, digits, - and _, but not 'local'.")
    if (config is None or config.exists()) and name in read_accounts(config, os.environ)[0]:
        raise CliError(f"There is an account {name!r} already.", f"Change it in {config or config_path(os.environ)}.")
    owner = account or re.sub(r"^\w+://|[^\w-].*", "", url) or name  # without a name the URL is refused
    key = None if entra or key_command is not None else _ask_for_key()
    # Every later command would refuse what this refuses; the text stands for the key that the program will print.
    credential = TaskTokenCredential("token") if entra else SharedKeyCredential(owner, key or "AAAA")
    BatchClient(url, credential, api_version=api_version or DEFAULT_API_VERSION).close()
    settings = {
        "url": url,
        "name": None if entra else owner,
        "key_command": key_command,
        "credential": "azure" if entra else None,
        "key": key,
        "api_version": api_version,
    }
    given = {member: value for member, value in settings.items() if value is not None}
    read_account(given, name, config or config_path(os.environ))
    note(f"account {name} was added to {_edit(config, accounts={name: given})}.")
    if default:
        use(name, config)


def _ask_for_key() -> str:
    key: str = typer.prompt("Key", hide_input=True, err=True) if sys.stdin.isatty() else sys.stdin.readline().strip()
    if not key:
        raise CliError("No key was given.", "Give it on standard input, or use --key-command or --entra.")
    return key


def use(name: NameArg, config: ConfigOption = None) -> None:
    """Make an account the default."""
    known = [*read_accounts(config, os.environ)[0], LOCAL]
    if name not in known:
        raise CliError(f"There is no account {name!r}.", f"Accounts: {', '.join(known)}.")
    _edit(config, default=name)
    note(f"the default account is {name}.")


def _edit(config: Path | None, **changes: Any) -> Path:
    """Change values of the file, and leave the rest of it, comments too, as it is."""
    import tomlkit

    where = config or config_path(os.environ)
    file = tomlkit.parse(where.read_text(encoding="utf-8") if where.exists() else "")
    for name, value in changes.items():
        if isinstance(value, dict) and name in file:
            file[name].update(value)
        else:
            file[name] = value
    where.parent.mkdir(parents=True, exist_ok=True)
    # Another file, which only its owner can read, and then all of it at once.
    handle, temporary = tempfile.mkstemp(dir=where.parent, prefix=".config", suffix=".toml")
    with open(handle, "w", encoding="utf-8") as changed:
        changed.write(tomlkit.dumps(file))
    os.replace(temporary, where)
    return where


def list_accounts(output: ListOptions, config: ConfigOption = None) -> None:
    """List the accounts of the configuration file; no key is shown."""
    accounts, default = read_accounts(config, os.environ)
    rows = []
    local = accounts.get(LOCAL, Account(LOCAL_URL, credential="development key"))
    for name, each in {**accounts, LOCAL: local}.items():
        credential = "key" if each.key else "key_command" if each.key_command else each.credential or KEY
        values = (name, name == default, each.url or None, each.name, credential, each.api_version)
        rows.append(dict(zip(_COLUMNS, values, strict=True)))
    output.choose([Column(name, itemgetter(name)) for name in _COLUMNS], "")
    output.write(rows, "there are no accounts.")


_COLUMNS = ("name", "default", "url", "account", "credential", "apiVersion")
