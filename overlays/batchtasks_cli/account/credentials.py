"""From an account's description to a credential of the client. A key goes from its source to the credential only."""

from __future__ import annotations

import os
import shlex
import subprocess
from importlib import import_module
from typing import TYPE_CHECKING

from batchtasks_cli.account.settings import KEY, Account
from batchtasks_cli.errors import CliError

if TYPE_CHECKING:
    from batchtasks.auth import Credential

# A key command may ask for a password.
_SECONDS = 120.0


def credential_of(account: Account) -> Credential:
    """Return the credential of an account."""
    from batchtasks import SharedKeyCredential, TaskTokenCredential

    if account.token is not None:
        return TaskTokenCredential(account.token)
    if account.azure:
        try:
            credential: Credential = import_module("azure.identity").DefaultAzureCredential()
        except ImportError:
            raise CliError('credential = "azure" needs azure-identity.', "pip install azure-identity") from None
        return credential
    return SharedKeyCredential(account.name or "", account.key if account.key is not None else _ask(account))


def _ask(account: Account) -> str:
    """Run the key command; its standard output is the key, its standard error goes to the terminal."""
    command, where = account.key_command or (), f"key_command of {account.source}"
    try:
        # Windows takes a command line as it is. The configuration file is the user's own, as a shell's start-up file is.
        words = shlex.split(command) if isinstance(command, str) and os.name != "nt" else command
        hidden = {name: text for name, text in os.environ.items() if name != KEY}
        done = subprocess.run(  # noqa: S603
            words, stdout=subprocess.PIPE, timeout=_SECONDS, check=False, env=hidden, text=True
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        reason = error.strerror if isinstance(error, OSError) else type(error).__name__
        raise CliError(f"{where} could not be run: {reason}", "Run it by hand; it must print the key.") from None
    if done.returncode != 0 or not done.stdout.strip():
        what = f"ended with status {done.returncode}" if done.returncode else "printed nothing"
        raise CliError(f"{where} {what}.", "Run it by hand; it must print the key and nothing else.")
    return done.stdout.strip()
