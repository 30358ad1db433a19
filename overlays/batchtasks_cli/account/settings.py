"""Which account to talk to: options, then BATCH_* variables, then the configuration file; and as whom.

docs/command-line.md shows where the file is and what it holds. A key goes from its source to the credential only.
"""

from __future__ import annotations

import os
import shlex
import stat
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from batchtasks_cli.errors import CliError, note

if TYPE_CHECKING:
    from batchtasks.auth import Credential

URL, NAME, KEY, VERSION = "BATCH_ACCOUNT_URL", "BATCH_ACCOUNT_NAME", "BATCH_ACCOUNT_KEY", "BATCH_API_VERSION"
TASK_URL, TASK_TOKEN = "AZ_BATCH_ACCOUNT_URL", "AZ_BATCH_AUTHENTICATION_TOKEN"
LOCAL, LOCAL_URL = "local", "http://127.0.0.1:10100"
# A key command may ask for a password.
_KEY_COMMAND_SECONDS = 120.0

# The settings of an account, and what to do about a value that cannot be used.
_SETTINGS = {
    **dict.fromkeys(("url", "name", "key", "api_version"), "It is text in quotes, and not empty."),
    "credential": 'It is "azure" (azure-identity shows who is asking) or "key".',
    "key_command": "It is a command line, or a list of a program and its arguments, that prints the key.",
}


@dataclass(frozen=True)
class Account:
    """An account and the way to show who is asking; `source` says where it was described."""

    url: str = ""
    name: str | None = None
    key: str | None = field(default=None, repr=False)
    key_command: str | Sequence[str] | None = None
    credential: str | None = None
    api_version: str | None = None
    token: str | None = field(default=None, repr=False)
    source: str = ""


def user_folder(environment: Mapping[str, str], xdg: str, otherwise: str, windows: str) -> Path:
    """Return the folder for this program's files, below what a variable names: `xdg` or, on Windows, `windows`.

    `otherwise` is the folder below the home directory, also if the variable holds a relative path, as XDG says.
    """
    base = environment.get(windows if os.name == "nt" else xdg, "")
    return (Path(base) if os.path.isabs(base) else Path.home() / otherwise) / "batchtasks"


def config_path(environment: Mapping[str, str]) -> Path:
    """Return where the configuration file is."""
    return user_folder(environment, "XDG_CONFIG_HOME", ".config", "APPDATA") / "config.toml"


def find_account(
    account: str | None, url: str | None, api_version: str | None, config: Path | None, environment: Mapping[str, str]
) -> Account:
    """Return the account that a command with these options is to use."""
    names = (URL, NAME, KEY, VERSION, TASK_URL, TASK_TOKEN)
    given = {name: environment[name].strip() for name in names if environment.get(name, "").strip()}
    # Options come before variables: a file that is named is used.
    found = _of_variables(given, url) if account is None and config is None else None
    if found is None:
        accounts, default = read_accounts(config, environment)
        found = _of_file(account or default, accounts, url, config or config_path(environment), given)
    return replace(found, url=url or found.url, api_version=api_version or given.get(VERSION) or found.api_version)


def _of_variables(given: Mapping[str, str], url: str | None) -> Account | None:
    if URL in given or NAME in given:
        if missing := [name for name in (URL, NAME, KEY) if name not in given and not (name == URL and url)]:
            raise _missing(missing)
        return Account(url or given[URL], given[NAME], given[KEY], source="the BATCH_* variables")
    if KEY not in given and TASK_TOKEN in given and TASK_URL in given:
        return Account(given[TASK_URL], token=given[TASK_TOKEN], source=TASK_TOKEN)
    return None


def _missing(names: list[str]) -> CliError:
    what = f"{' and '.join(names)} {'is' if len(names) == 1 else 'are'} not set, though other BATCH_* variables are."
    return CliError(what, f"Set {URL}, {NAME} and {KEY} together, or none of them and use --account NAME.")


def _no_account(accounts: Iterable[str], where: Path) -> CliError:
    if names := ", ".join(accounts):
        remedy = f"Choose one: batchtasks account use NAME, or --account NAME, with one of: {names}."
        return CliError("Several accounts are configured and none is the default.", remedy)
    file = f"write them into {where} (batchtasks account add)"
    remedy = f"Set {URL}, {NAME} and {KEY}, or {file}; --account local is for batchtasks serve."
    return CliError("No account is known.", remedy)


def _of_file(
    name: str | None, accounts: Mapping[str, Account], url: str | None, where: Path, given: Mapping[str, str]
) -> Account:
    if name is None:
        raise _missing([URL, NAME]) if KEY in given else _no_account(accounts, where)
    if name == LOCAL and name not in accounts:
        settings = of_local_service("Settings")()
        return Account(LOCAL_URL, settings.account, settings.key, source="batchtasks serve")
    if name not in accounts:
        raise CliError(f"There is no account {name!r} in {where}.", f"Accounts: {', '.join([*accounts, LOCAL])}.")
    found, azure = accounts[name], accounts[name].credential == "azure"
    if missing := [what for what, value in (("url", url or found.url), ("name", found.name or azure)) if not value]:
        raise CliError(f"{found.source} of the configuration file lacks {' and '.join(missing)}.", "Add it.")
    if found.key or found.key_command or azure:
        return found
    if KEY in given and given.get(NAME, found.name) == found.name:
        # It may leave its key to the environment, unless that describes another account.
        return replace(found, key=given[KEY], source=f"{found.source} and {KEY}")
    remedy = f'Set {KEY}, or give it key_command = "..." (a program that prints the key) or credential = "azure".'
    raise CliError(f"The account of {found.source} has no key.", remedy)


def credential_of(account: Account) -> Credential:
    """Return the credential of an account."""
    from batchtasks import SharedKeyCredential, TaskTokenCredential

    if account.token is not None:
        return TaskTokenCredential(account.token)
    if account.credential != "azure":
        return SharedKeyCredential(account.name or "", account.key if account.key is not None else _ask(account))
    try:
        credential: Credential = import_module("azure.identity").DefaultAzureCredential()
    except ImportError:
        raise CliError('credential = "azure" needs azure-identity.', "pip install azure-identity") from None
    return credential


def _ask(account: Account) -> str:
    """Run the key command; its standard output is the key, its standard error goes to the terminal."""
    command, where = account.key_command or (), f"key_command of {account.source}"
    try:
        # The configuration file is the user's own, as a shell's start-up file is.
        hidden = {name: text for name, text in os.environ.items() if name != KEY}
        done = subprocess.run(  # noqa: S603
            command, stdout=subprocess.PIPE, timeout=_KEY_COMMAND_SECONDS, check=False, env=hidden, text=True
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        reason = error.strerror if isinstance(error, OSError) else type(error).__name__
        raise CliError(f"{where} could not be run: {reason}", "Run it by hand; it must print the key.") from None
    if done.returncode != 0 or not done.stdout.strip():
        what = f"ended with status {done.returncode}" if done.returncode else "printed nothing"
        raise CliError(f"{where} {what}.", "Run it by hand; it must print the key and nothing else.")
    return done.stdout.strip()


def of_local_service(name: str) -> Any:
    """Return something of the local service's package, which is imported late and by name, because it is an extra."""
    try:
        return getattr(import_module("batchtasks_local"), name)
    except ImportError as error:
        if error.name is None:  # it says itself what it needs
            raise CliError(str(error), "Commands that only send requests work here.") from None
        what = f"The local service is not installed ({error.name} is missing)."
        raise CliError(what, "pip install 'batchtasks[local]'") from None


def read_accounts(path: Path | None, environment: Mapping[str, str]) -> tuple[dict[str, Account], str | None]:
    """Return the accounts of the configuration file by name, and the name of the default one; one alone is the default.

    Without a file there are none, unless it was named.
    """
    import tomllib

    where = path or config_path(environment)
    if path is None and not where.exists():
        return {}, None
    with where.open("rb") as file:
        mode, text = stat.S_IMODE(os.fstat(file.fileno()).st_mode), file.read()
    try:
        content = tomllib.loads(text.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        place = str(error) if isinstance(error, tomllib.TOMLDecodeError) else "not UTF-8"
        # tomllib names the place and quotes nothing of the line, which may hold a key.
        raise CliError(f"{where} cannot be read: {place}", "Correct the file; it is TOML.") from None
    _check_names(content, ("default", "accounts"), str(where))
    tables = content.get("accounts", {})
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        raise CliError(f"{where}: accounts must be tables.", "Write [accounts.NAME] above the settings of an account.")
    accounts = {name: read_account(table, name, where) for name, table in tables.items()}
    holds_key = any(account.key for account in accounts.values())
    if holds_key and os.name == "posix" and mode & (stat.S_IRGRP | stat.S_IROTH):
        note(f"{where} holds a key and others can read it: chmod 600 {where}")
    return accounts, content.get("default") or (next(iter(accounts)) if len(accounts) == 1 else None)


def read_account(table: Mapping[str, Any], name: str, where: Path) -> Account:
    """Return an account of the configuration file; raise CliError for a setting that cannot be used."""
    place = f"{where}: accounts.{name}"
    _check_names(table, tuple(_SETTINGS), place)
    for member, value in table.items():
        words = value if member == "key_command" and isinstance(value, list) else [value]
        usable = words and all(isinstance(word, str) and word.strip() for word in words)
        if not usable or (member == "credential" and value not in ("azure", "key")):
            raise CliError(f"{place}: {member} cannot be that.", _SETTINGS[member])
    found = Account(**table, source=f"accounts.{name}")
    try:
        # Windows takes a command line as it is.
        is_line = isinstance(found.key_command, str) and os.name != "nt"
        return replace(found, key_command=shlex.split(str(found.key_command))) if is_line else found
    except ValueError as error:
        raise CliError(f"{place}: key_command cannot be that: {error}.", _SETTINGS["key_command"]) from None


def _check_names(table: Mapping[str, Any], known: tuple[str, ...], place: str) -> None:
    for name in table:
        if name not in known:
            raise CliError(f"{place}: there is no setting {name!r}.", f"Settings: {', '.join(known)}.")
