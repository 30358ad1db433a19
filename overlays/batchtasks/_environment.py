"""Reading the account and its credential from environment variables."""

from __future__ import annotations

import os
from collections.abc import Mapping

from batchtasks.auth import Credential, SharedKeyCredential, TaskTokenCredential
from batchtasks.errors import ConfigurationError

URL, NAME, KEY = "BATCH_ACCOUNT_URL", "BATCH_ACCOUNT_NAME", "BATCH_ACCOUNT_KEY"
TASK_URL, TASK_TOKEN = "AZ_BATCH_ACCOUNT_URL", "AZ_BATCH_AUTHENTICATION_TOKEN"


def settings_from(environment: Mapping[str, str] | None, credential: Credential | None) -> tuple[str, Credential]:
    """Find address and credential: a given credential, else the account's key, else the token of a running task."""
    given = {name: value.strip() for name, value in (environment or os.environ).items() if name in _NAMES}
    given = {name: value for name, value in given.items() if value}
    url = given.get(URL) or given.get(TASK_URL)
    if credential is not None:
        if url is None:
            raise ConfigurationError(f"{URL} is not set: it is the account's address.")
        return url, credential
    if URL not in given and NAME not in given and KEY not in given and TASK_TOKEN in given and url is not None:
        return url, TaskTokenCredential(given[TASK_TOKEN])
    missing = [name for name in (URL, NAME, KEY) if name not in given]
    if missing:
        raise ConfigurationError(
            f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} not set. Set {URL}, {NAME} and {KEY}; "
            f"or pass a credential; inside a task {TASK_URL} and {TASK_TOKEN} serve too."
        )
    return given[URL], SharedKeyCredential(given[NAME], given[KEY])


_NAMES = (URL, NAME, KEY, TASK_URL, TASK_TOKEN)
