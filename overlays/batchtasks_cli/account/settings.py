"""Which account to talk to: options, then BATCH_* variables, then the configuration file.

The file is ~/.config/batchtasks/config.toml (XDG_CONFIG_HOME is honoured), on Windows %APPDATA%\\batchtasks\\config.toml:

    default = "work"

    [accounts.work]
    url = "https://myaccount.westeurope.batch.azure.com"
    name = "myaccount"
    key_command = "pass show batch/myaccount"      # or key = "...", or credential = "azure"
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from batchtasks_cli.errors import CliError

URL, NAME, KEY, VERSION = "BATCH_ACCOUNT_URL", "BATCH_ACCOUNT_NAME", "BATCH_ACCOUNT_KEY", "BATCH_API_VERSION"
TASK_URL, TASK_TOKEN = "AZ_BATCH_ACCOUNT_URL", "AZ_BATCH_AUTHENTICATION_TOKEN"
LOCAL, LOCAL_URL = "local", "http://127.0.0.1:10100"

_MEMBERS = ("url", "name", "key", "key_command", "credential", "api_version")


@dataclass(frozen=True)
class Account:
    """An account and the way to show who is asking; `source` says where it was described."""

    url: str
    name: str | None = None
    key: str | None = field(default=None, repr=False)
    key_command: str | tuple[str, ...] | None = None
    token: str | None = field(default=None, repr=False)
    azure: bool = False
    api_version: str | None = None
    source: str = ""


@dataclass(frozen=True)
class Wanted:
    """What the options say."""

    account: str | None = None
    url: str | None = None
    api_version: str | None = None
    config: Path | None = None


def user_folder(environment: Mapping[str, str], xdg: str, otherwise: str, windows: str) -> Path:
    """Return the folder for this program's files of one kind.

    Args:
        environment: The environment variables.
        xdg: The variable that names the folder, such as XDG_CONFIG_HOME; a relative path there is ignored, as XDG says.
        otherwise: The folder below the home directory, such as .config.
        windows: The variable that names it on Windows, such as APPDATA.
    """
    base = environment.get(windows if os.name == "nt" else xdg, "")
    return (Path(base) if os.path.isabs(base) else Path.home() / otherwise) / "batchtasks"


def config_path(environment: Mapping[str, str]) -> Path:
    """Return where the configuration file is."""
    return user_folder(environment, "XDG_CONFIG_HOME", ".config", "APPDATA") / "config.toml"


def find_account(wanted: Wanted, environment: Mapping[str, str]) -> Account:
    """Return the account that a command is to use."""
    names = (URL, NAME, KEY, VERSION, TASK_URL, TASK_TOKEN)
    given = {name: environment[name].strip() for name in names if environment.get(name, "").strip()}
    account = _described(wanted, given, environment)
    version = wanted.api_version or given.get(VERSION) or account.api_version
    return replace(account, url=wanted.url or account.url, api_version=version)


def _described(wanted: Wanted, given: Mapping[str, str], environment: Mapping[str, str]) -> Account:
    if wanted.account is None and (URL in given or NAME in given):
        missing = [name for name in (URL, NAME, KEY) if name not in given and not (name == URL and wanted.url)]
        if missing:
            raise _missing(missing)
        return Account(wanted.url or given[URL], given[NAME], given[KEY], source="the BATCH_* variables")
    if wanted.account is None and KEY not in given and TASK_TOKEN in given and TASK_URL in given:
        return Account(given[TASK_URL], token=given[TASK_TOKEN], source=TASK_TOKEN)
    file = read_file(wanted.config, environment)
    accounts = file.get("accounts", {})
    name = wanted.account or file.get("default") or (next(iter(accounts)) if len(accounts) == 1 else None)
    if name is None:
        raise _missing([URL, NAME]) if KEY in given else _no_account(accounts, environment)
    if name not in accounts and name == LOCAL:
        return local_account()
    if name not in accounts:
        where = wanted.config or config_path(environment)
        raise CliError(f"There is no account {name!r} in {where}.", f"Accounts: {', '.join([*accounts, LOCAL])}.")
    return _with_key(_account(name, accounts[name], wanted.url), given)


def _missing(names: list[str]) -> CliError:
    verb = "is" if len(names) == 1 else "are"
    return CliError(
        f"{' and '.join(names)} {verb} not set, though other BATCH_* variables are.",
        f"Set {URL}, {NAME} and {KEY} together, or none of them and use --account NAME.",
    )


def _no_account(accounts: Iterable[str], environment: Mapping[str, str]) -> CliError:
    if names := ", ".join(accounts):
        remedy = f"Choose one: batchtasks account use NAME, or --account NAME, with one of: {names}."
        return CliError("Several accounts are configured and none is the default.", remedy)
    return CliError(
        "No account is known.",
        f"Set {URL}, {NAME} and {KEY}, or write them into {config_path(environment)} (batchtasks account add); "
        "--account local is for batchtasks serve.",
    )


def _account(name: str, described: Mapping[str, Any], url: str | None) -> Account:
    azure, command = described.get("credential") == "azure", described.get("key_command")
    url = url or described.get("url")
    missing = [member for member, value in (("url", url), ("name", azure or described.get("name"))) if not value]
    if missing or url is None:
        raise CliError(f"accounts.{name} of the configuration file lacks {' and '.join(missing)}.", "Add it.")
    return Account(
        url=url,
        name=described.get("name"),
        key=described.get("key"),
        key_command=tuple(command) if isinstance(command, list) else command,
        azure=azure,
        api_version=described.get("api_version"),
        source=f"accounts.{name}",
    )


def _with_key(account: Account, given: Mapping[str, str]) -> Account:
    """An account of the file may leave its key to the environment, unless that describes another account."""
    if account.key or account.key_command or account.azure:
        return account
    if KEY in given and given.get(NAME, account.name) == account.name:
        return replace(account, key=given[KEY], source=f"{account.source} and {KEY}")
    raise CliError(
        f"The account of {account.source} has no key.",
        f'Set {KEY}, or give it key_command = "..." (a program that prints the key) or credential = "azure".',
    )


def local_account() -> Account:
    """Return the account of `batchtasks serve` on this machine with its defaults."""
    from batchtasks_cli.account.local import local_service

    settings = local_service().Settings()
    return Account(LOCAL_URL, settings.account, settings.key, source="batchtasks serve")


def read_file(path: Path | None, environment: Mapping[str, str]) -> dict[str, Any]:
    """Read the configuration file; {} if there is none and none was named."""
    where = path or config_path(environment)
    try:
        with where.open("rb") as file:
            mode, content = stat.S_IMODE(os.fstat(file.fileno()).st_mode), parse(file.read(), where)
    except FileNotFoundError:
        if path is None:
            return {}
        raise
    has_key = any("key" in account for account in content.get("accounts", {}).values())
    if has_key and os.name == "posix" and mode & (stat.S_IRGRP | stat.S_IROTH):
        print(f"batchtasks: {where} holds a key and others can read it: chmod 600 {where}", file=sys.stderr)
    return content


def parse(text: bytes, where: Path) -> dict[str, Any]:
    """Return the settings in a configuration file; raise CliError for what cannot be used."""
    import tomllib

    try:
        content = tomllib.loads(text.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        place = str(error) if isinstance(error, tomllib.TOMLDecodeError) else "not UTF-8"
        # tomllib names the place and quotes nothing of the line, which may hold a key.
        raise CliError(f"{where} cannot be read: {place}", "Correct the file; it is TOML.") from None
    _check_names(content, ("default", "accounts"), str(where))
    accounts, default = content.get("accounts", {}), content.get("default")
    if not isinstance(accounts, dict) or not all(isinstance(account, dict) for account in accounts.values()):
        raise CliError(f"{where}: accounts must be tables.", "Write [accounts.NAME] above the settings of an account.")
    if default is not None and (not isinstance(default, str) or default not in (*accounts, LOCAL)):
        raise CliError(f"{where}: default names no account of the file.", f"Write one of: {', '.join(accounts)}.")
    for name, account in accounts.items():
        _check_names(account, _MEMBERS, f"{where}: accounts.{name}")
        for member, value in account.items():
            if not _is_usable(member, value):
                what = "cannot be that" if isinstance(value, str) else "must be text"
                remedy = "It may not be empty." if isinstance(value, str) else "Put it in quotes."
                raise CliError(f"{where}: accounts.{name}: {member} {what}.", _REMEDIES.get(member, remedy))
    return content


def _check_names(table: Mapping[str, Any], known: tuple[str, ...], place: str) -> None:
    for name in table:
        if name not in known:
            raise CliError(f"{place}: there is no setting {name!r}.", f"Settings: {', '.join(known)}.")


def _is_usable(member: str, value: object) -> bool:
    if member == "credential":
        return value in ("azure", "key")
    if member == "key_command" and isinstance(value, list):
        return bool(value) and all(isinstance(part, str) for part in value)
    return isinstance(value, str) and bool(value.strip())


_REMEDIES = {
    "credential": 'It is "azure" (azure-identity shows who is asking) or "key".',
    "key_command": "It is a command line, or a list of a program and its arguments, that prints the key.",
}
