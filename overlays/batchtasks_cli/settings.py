"""Which account to talk to: flags, then BATCH_* variables, then the configuration file.

The file is ~/.config/batchtasks/config.toml (XDG_CONFIG_HOME is honoured):

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
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from batchtasks_cli.errors import Complaint

URL, NAME, KEY, VERSION = "BATCH_ACCOUNT_URL", "BATCH_ACCOUNT_NAME", "BATCH_ACCOUNT_KEY", "BATCH_API_VERSION"
TASK_URL, TASK_TOKEN = "AZ_BATCH_ACCOUNT_URL", "AZ_BATCH_AUTHENTICATION_TOKEN"
LOCAL_URL = "http://127.0.0.1:10100"

_MEMBERS = ("url", "name", "key", "key_command", "credential", "api_version")
_TOP = ("default", "accounts")


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
    """What the flags say."""

    account: str | None = None
    url: str | None = None
    api_version: str | None = None
    config: Path | None = None


def config_path(environment: Mapping[str, str]) -> Path:
    """Where the configuration file is."""
    base = environment.get("XDG_CONFIG_HOME", "")
    # A relative XDG_CONFIG_HOME is to be ignored, says the XDG specification.
    folder = Path(base) if os.path.isabs(base) else Path.home() / ".config"
    return folder / "batchtasks" / "config.toml"


def find_account(wanted: Wanted, environment: Mapping[str, str]) -> Account:
    """Find the account that a command is to use."""
    given = {name: text.strip() for name, text in environment.items() if name in _NAMES and text.strip()}
    account = _described(wanted, given, environment)
    changes: dict[str, Any] = {}
    if wanted.url is not None:
        changes["url"] = wanted.url
    version = wanted.api_version or given.get(VERSION) or account.api_version
    return Account(**{**account.__dict__, **changes, "api_version": version})


def _described(wanted: Wanted, given: Mapping[str, str], environment: Mapping[str, str]) -> Account:
    if wanted.account is not None:
        file = read_file(wanted.config, environment)
        return _with_key(_named(wanted, wanted.account, file, environment), given)
    if URL in given or NAME in given:
        return _of_environment(given, wanted)
    if KEY not in given and TASK_TOKEN in given and TASK_URL in given:
        return Account(given[TASK_URL], token=given[TASK_TOKEN], source=TASK_TOKEN)
    file = read_file(wanted.config, environment)
    name = file.get("default") or _only(file.get("accounts", {}))
    if name is None:
        if KEY in given:
            raise _missing([URL, NAME])
        raise _no_account(file)
    return _with_key(_named(wanted, name, file, environment), given)


def _of_environment(given: Mapping[str, str], wanted: Wanted) -> Account:
    missing = [name for name in (URL, NAME, KEY) if name not in given and not (name == URL and wanted.url)]
    if missing:
        raise _missing(missing)
    return Account(wanted.url or given[URL], given[NAME], given[KEY], source="the BATCH_* variables")


def _missing(names: list[str]) -> Complaint:
    verb = "is" if len(names) == 1 else "are"
    return Complaint(
        f"{' and '.join(names)} {verb} not set, though other BATCH_* variables are.",
        f"Set {URL}, {NAME} and {KEY} together, or none of them and use --account NAME.",
    )


def _no_account(file: Mapping[str, Any]) -> Complaint:
    names = ", ".join(file.get("accounts", {}))
    if names:
        return Complaint(
            "Several accounts are configured and none is the default.", f"Give --account, one of: {names}."
        )
    return Complaint(
        "No account is known.",
        f"Set {URL}, {NAME} and {KEY}, or write them into {config_path(os.environ)}; --account local is for batchtasks serve.",
    )


def _with_key(account: Account, given: Mapping[str, str]) -> Account:
    """An account of the file may leave its key to the environment, unless that speaks of another account."""
    has_own = account.key or account.key_command or account.azure
    if KEY in given and not has_own and given.get(NAME, account.name) == account.name:
        return Account(**{**account.__dict__, "key": given[KEY], "source": f"{account.source} and {KEY}"})
    if not has_own:
        raise Complaint(
            f"The account of {account.source} has no key.",
            f'Set {KEY}, or give it key_command = "..." (a program that prints the key) or credential = "azure".',
        )
    return account


def read_file(path: Path | None, environment: Mapping[str, str]) -> dict[str, Any]:
    """Read the configuration file; {} if there is none and none was named."""
    import tomllib

    where = path or config_path(environment)
    try:
        with where.open("rb") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            content = tomllib.load(file)
    except FileNotFoundError:
        if path is None:
            return {}
        raise
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        place = str(error) if isinstance(error, tomllib.TOMLDecodeError) else "not UTF-8"
        # tomllib names the place and quotes nothing of the line, which may hold a key.
        raise Complaint(f"{where} cannot be read: {place}", "Correct the file; it is TOML.") from None
    _check(content, where)
    _warn_of_readers(content, where, mode)
    return content


def _check(content: Mapping[str, Any], where: Path) -> None:
    _check_names(content, _TOP, str(where))
    accounts = content.get("accounts", {})
    default = content.get("default")
    if not isinstance(accounts, dict) or not all(isinstance(account, dict) for account in accounts.values()):
        raise Complaint(f"{where}: accounts must be tables.", "Write [accounts.NAME] above the settings of an account.")
    if default is not None and (not isinstance(default, str) or (default not in accounts and default != "local")):
        raise Complaint(f"{where}: default names no account of the file.", f"Write one of: {', '.join(accounts)}.")
    for name, account in accounts.items():
        place = f"{where}: accounts.{name}"
        _check_names(account, _MEMBERS, place)
        for member, value in account.items():
            if not _fits(member, value):
                what = "cannot be that" if isinstance(value, str) else "must be text"
                remedy = "It may not be empty." if isinstance(value, str) else "Put it in quotes."
                raise Complaint(f"{place}: {member} {what}.", _REMEDIES.get(member, remedy))


def _check_names(table: Mapping[str, Any], known: tuple[str, ...], place: str) -> None:
    for name in table:
        if name not in known:
            raise Complaint(f"{place}: there is no setting {name!r}.", f"There is: {', '.join(known)}.")


def _fits(member: str, value: object) -> bool:
    if member == "credential":
        return value in ("azure", "key")
    if member == "key_command" and isinstance(value, list):
        return bool(value) and all(isinstance(part, str) for part in value)
    return isinstance(value, str) and bool(value.strip())


_REMEDIES = {
    "credential": 'It is "azure" (azure-identity shows who is asking) or "key".',
    "key_command": "It is a command line, or a list of a program and its arguments, that prints the key.",
}


def _warn_of_readers(content: Mapping[str, Any], where: Path, mode: int) -> None:
    has_key = any("key" in account for account in content.get("accounts", {}).values())
    if has_key and os.name == "posix" and mode & (stat.S_IRGRP | stat.S_IROTH):
        print(f"batchtasks: {where} holds a key and others can read it: chmod 600 {where}", file=sys.stderr)


def _only(accounts: Mapping[str, Any]) -> str | None:
    return next(iter(accounts)) if len(accounts) == 1 else None


def _named(wanted: Wanted, name: str, file: Mapping[str, Any], environment: Mapping[str, str]) -> Account:
    accounts: Mapping[str, dict[str, Any]] = file.get("accounts", {})
    if name not in accounts:
        if name == "local":
            return local_account()
        known = ", ".join([*accounts, *(["local"] if "local" not in accounts else [])])
        where = wanted.config or config_path(environment)
        raise Complaint(f"There is no account {name!r} in {where}.", f"There is: {known}.")
    described = accounts[name]
    url = wanted.url or described.get("url")
    azure = described.get("credential") == "azure"
    missing = [member for member, value in (("url", url), ("name", azure or described.get("name"))) if not value]
    if missing:
        raise Complaint(f"accounts.{name} of the configuration file lacks {' and '.join(missing)}.", "Add it.")
    command = described.get("key_command")
    return Account(
        url=str(url),
        name=described.get("name"),
        key=described.get("key"),
        key_command=tuple(command) if isinstance(command, list) else command,
        azure=azure,
        api_version=described.get("api_version"),
        source=f"accounts.{name}",
    )


def local_account() -> Account:
    """The account of `batchtasks serve` on this machine with its defaults."""
    from batchtasks_cli.local import development_account

    name, key = development_account()
    return Account(LOCAL_URL, name, key, source="batchtasks serve")


_NAMES = (URL, NAME, KEY, VERSION, TASK_URL, TASK_TOKEN)
