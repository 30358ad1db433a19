"""From an account's description to a credential of the client. A key goes from its source to the credential only."""

from __future__ import annotations

import os
import shlex
import subprocess
from importlib import import_module
from typing import TYPE_CHECKING

from batchtasks_cli.account.settings import Account
from batchtasks_cli.errors import CliError

if TYPE_CHECKING:
    from batchtasks.auth import Credential

# A key command may ask for a password.
_PATIENCE = 120.0


def credential_of(account: Account) -> Credential:
    """Return the credential of an account."""
    from batchtasks import SharedKeyCredential, TaskTokenCredential

    if account.token is not None:
        return TaskTokenCredential(account.token)
    if account.azure:
        return _azure()
    key = account.key if account.key is not None else _ask(account)
    return SharedKeyCredential(account.name or "", key)


def _azure() -> Credential:
    try:
        module = import_module("azure.identity")
    except ImportError:
        raise CliError('credential = "azure" needs azure-identity.', "pip install azure-identity") from None
    credential: Credential = module.DefaultAzureCredential()
    return credential


def _ask(account: Account) -> str:
    """Run the key command; its standard output is the key, its standard error goes to the terminal."""
    command = account.key_command
    if not command:
        raise CliError(f"The account of {account.source} has no key.", "Give it key, key_command or credential.")
    where = f"key_command of {account.source}"
    try:
        parts = shlex.split(command) if isinstance(command, str) else list(command)
        # The configuration file is the user's own, as a shell's start-up file is. It gets no key to see.
        hidden = {name: text for name, text in os.environ.items() if name != "BATCH_ACCOUNT_KEY"}
        done = subprocess.run(  # noqa: S603
            parts, stdout=subprocess.PIPE, timeout=_PATIENCE, check=False, env=hidden, text=True
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        reason = error.strerror if isinstance(error, OSError) else type(error).__name__
        raise CliError(f"{where} could not be run: {reason}", "Run it by hand; it must print the key.") from None
    if done.returncode != 0 or not done.stdout.strip():
        what = f"ended with status {done.returncode}" if done.returncode else "printed nothing"
        raise CliError(f"{where} {what}.", "Run it by hand; it must print the key and nothing else.")
    return done.stdout.strip()
