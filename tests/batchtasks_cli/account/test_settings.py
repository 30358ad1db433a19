"""Where the account comes from: flags, variables, the file; and that keys stay where they are."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from batchtasks.testing import RunningBatch
from batchtasks_cli.account.settings import Account, config_path, credential_of, find_account
from batchtasks_cli.errors import CliError
from tests.batchtasks_cli.support import Cli

KEY = "c2VjcmV0IG9mIHRoZSB0ZXN0cyBvZiB0aGUgY29tbWFuZCBsaW5lLCBub3Qgb2YgYW55Ym9keQ=="
OTHER = "YW5vdGhlciBzZWNyZXQ="
FULL = {"BATCH_ACCOUNT_URL": "https://env", "BATCH_ACCOUNT_NAME": "envname", "BATCH_ACCOUNT_KEY": OTHER}


def write(text: str, mode: int = 0o600) -> Path:
    """Write the configuration file."""
    path = config_path(os.environ)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(mode)
    return path


TWO = f"""
default = "work"

[accounts.work]
url = "https://work.westeurope.batch.azure.com"
name = "work"
key = "{KEY}"
api_version = "2024-02-01.19.0"

[accounts.keyless]
url = "https://keyless"
name = "keyless"
"""


def find(environment: Mapping[str, str] | None = None, **wanted: str | Path) -> Account:
    """Find the account for flags and variables, with this test's configuration file."""
    base = {"XDG_CONFIG_HOME": os.environ["XDG_CONFIG_HOME"]}
    options: dict[str, Any] = {"account": None, "url": None, "api_version": None, "config": None, **wanted}
    return find_account(**options, environment={**base, **(environment or {})})


def test_the_default_account_of_the_file_is_used_when_nothing_else_is_said() -> None:
    write(TWO)
    account = find()
    assert (account.url, account.name, account.key) == ("https://work.westeurope.batch.azure.com", "work", KEY)
    assert account.api_version == "2024-02-01.19.0"


def test_a_single_account_needs_no_default() -> None:
    write(TWO.replace('default = "work"', "").partition("[accounts.keyless]")[0])
    assert find().name == "work"


def test_variables_come_before_the_file_and_flags_before_variables() -> None:
    write(TWO)
    assert find(FULL).url == "https://env"
    assert find(FULL).api_version is None
    assert find(FULL, account="work").url == "https://work.westeurope.batch.azure.com"
    assert find(FULL, account="work").key == KEY
    assert find(FULL, url="https://flag").url == "https://flag"
    assert find({"BATCH_API_VERSION": "2025-06-01"}).api_version == "2025-06-01"
    assert find({"BATCH_API_VERSION": "2025-06-01"}, api_version="2022-01-01.15.0").api_version == "2022-01-01.15.0"


def test_a_file_that_is_named_comes_before_variables(tmp_path: Path) -> None:
    write(TWO.replace("work", "usual"))
    named = tmp_path / "named.toml"
    named.write_text(TWO)
    account = find(FULL, config=named)
    assert (account.url, account.name, account.key) == ("https://work.westeurope.batch.azure.com", "work", KEY)
    assert find(FULL, config=named, url="https://flag").url == "https://flag"


def test_the_key_of_an_account_of_the_file_may_come_from_the_environment() -> None:
    write(TWO)
    assert find({"BATCH_ACCOUNT_KEY": OTHER}, account="keyless").key == OTHER
    assert find({**FULL, "BATCH_ACCOUNT_NAME": "keyless"}, account="keyless").key == OTHER
    # But not when the environment speaks of another account.
    with pytest.raises(CliError, match="has no key"):
        find(FULL, account="keyless")


def test_half_an_account_in_the_environment_is_named() -> None:
    write(TWO)
    with pytest.raises(CliError) as caught:
        find({"BATCH_ACCOUNT_URL": "https://env"})
    assert "BATCH_ACCOUNT_NAME and BATCH_ACCOUNT_KEY are not set" in caught.value.what
    with pytest.raises(CliError, match="BATCH_ACCOUNT_URL and BATCH_ACCOUNT_NAME are not set"):
        find({"BATCH_ACCOUNT_KEY": OTHER, "XDG_CONFIG_HOME": "/nowhere"})


def test_inside_a_task_its_token_serves() -> None:
    account = find({"AZ_BATCH_ACCOUNT_URL": "https://in-task", "AZ_BATCH_AUTHENTICATION_TOKEN": "abc"})
    assert (account.url, account.token) == ("https://in-task", "abc")
    assert "abc" not in repr(account)


def test_without_anything_the_error_says_what_to_set() -> None:
    what, remedy = Cli()("list", "j", status=2).error()
    assert what == "No account is known."
    assert "BATCH_ACCOUNT_URL" in remedy
    assert "--account local" in remedy


def test_the_local_account_needs_no_settings() -> None:
    account = find(account="local")
    assert account.url == "http://127.0.0.1:10100"
    assert account.name == "localbatch"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("default = [", "cannot be read"),
        ("acounts = 1", "there is no setting 'acounts'"),
        ('default = "x"\n[accounts.work]\nurl = "u"', "There is no account 'x'"),
        ('accounts = "x"', "must be tables"),
        ("[accounts.work]\nkye = 'x'", "there is no setting 'kye'"),
        ("[accounts.work]\nkey = 5", "key cannot be that"),
        ("[accounts.work]\ncredential = 'magic'", "credential cannot be that"),
        ("[accounts.work]\nname = ' '", "name cannot be that"),
        ("[accounts.work]\nkey_command = []", "key_command cannot be that"),
        ("[accounts.work]\nname = 'n'\nkey = 'a2V5'", "lacks url"),
        ("[accounts.work]\nurl = 'u'\nkey = 'a2V5'", "lacks name"),
        ("[accounts.work]\nurl = 'u'\nname = 'n'", "has no key"),
        ("[accounts.a]\nurl='u'\n[accounts.b]\nurl='u'", "none is the default"),
    ],
)
def test_mistakes_in_the_file_are_named_without_quoting_it(text: str, what: str) -> None:
    path = write(f"{text}\n#{KEY}")
    with pytest.raises(CliError) as caught:
        find()
    assert what in caught.value.what
    assert KEY not in caught.value.what + caught.value.remedy
    assert path.exists()


def test_a_broken_line_with_a_key_is_not_shown() -> None:
    write(f"[accounts.work]\nkey = {KEY}\n")
    ran = Cli()("list", "j", status=2)
    assert "line 2" in ran.err
    assert KEY not in ran.out + ran.err


def test_an_account_that_is_not_there_is_named_with_those_that_are() -> None:
    write(TWO)
    what, remedy = Cli()("list", "j", "--account", "wrok", status=2).error()
    assert "'wrok'" in what
    assert remedy == "Accounts: work, keyless, local."


def test_a_configuration_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    ran = Cli()("list", "j", "--config", tmp_path / "no.toml", status=2)
    assert "no.toml" in ran.err
    assert "No such file" in ran.err


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_key_that_others_can_read_is_warned_of(mode: int, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(TWO, mode)
    find()
    warning = capsys.readouterr().err
    assert warning.count(f"chmod 600 {path}") == 1
    path.chmod(stat.S_IRUSR | stat.S_IWUSR)
    find()
    assert capsys.readouterr().err == ""


def test_a_file_without_keys_may_be_read_by_anybody(capsys: pytest.CaptureFixture[str]) -> None:
    write('[accounts.a]\nurl = "u"\nname = "n"\nkey_command = "true"', 0o644)
    find()
    assert capsys.readouterr().err == ""


def test_a_program_may_give_the_key(batch: RunningBatch, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(batch.key + "\n")
    for command in (f'"cat {secret}"', f'["cat", "{secret}"]'):
        write(f'[accounts.a]\nurl = "{batch.url}"\nname = "{batch.account}"\nkey_command = {command}')
        Cli()("job", "list")


@pytest.mark.parametrize(
    ("command", "what"),
    [
        ("false", "ended with status 1"),
        ("true", "printed nothing"),
        ("/no/such/program", "could not be run"),
    ],
)
def test_a_key_program_that_fails_is_named(command: str, what: str) -> None:
    account = Account("https://u", "n", key_command=command, source="accounts.a")
    with pytest.raises(CliError, match=what):
        credential_of(account)


def test_the_key_program_does_not_see_another_accounts_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BATCH_ACCOUNT_KEY", OTHER)
    script = "import os; print(os.environ.get('BATCH_ACCOUNT_KEY', 'bm9uZQ=='))"
    account = Account("https://u", "n", key_command=(sys.executable, "-c", script), source="accounts.a")
    assert credential_of(account)._key == b"none"  # type: ignore[union-attr]


def test_azure_identity_is_asked_for_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    account = Account("https://u", credential="azure", source="accounts.a")
    monkeypatch.setitem(sys.modules, "azure.identity", None)
    with pytest.raises(CliError) as caught:
        credential_of(account)
    assert caught.value.remedy == "pip install azure-identity"


def test_keys_are_in_no_repr() -> None:
    assert KEY not in repr(Account("u", "n", KEY, token=KEY))


@pytest.mark.parametrize(
    "words",
    [
        ["list", "j", "-v", "--patience", "0"],
        ["add", "j", "--id", "t", "-c", "x", "--dry-run"],
        ["add", "j", "--id", "t", "-c", "x", "--dry-run", "--json"],
        ["delete", "j", "t", "u", "--patience", "0"],
    ],
    ids=" ".join,
)
def test_no_output_holds_the_key_or_a_signature(words: list[str]) -> None:
    write(TWO.replace("https://work.westeurope.batch.azure.com", "http://127.0.0.1:1"), 0o644)
    ran = Cli()(*words, status=None)
    assert ran.status in (0, 4)
    assert KEY not in ran.out + ran.err
    assert "SharedKey" not in ran.out + ran.err
    assert "uthorization" not in ran.out


def test_a_defect_shows_a_traceback_without_values(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BATCH_ACCOUNT_KEY", KEY)

    def broken(*_: object, **__: object) -> None:
        local_key = KEY
        raise RuntimeError(f"no luck with {len(local_key)} characters")

    monkeypatch.setattr("batchtasks.client.auth_for", broken)
    ran = cli("list", "j", status=70)
    assert "Traceback" in ran.err
    assert "a defect in batchtasks: RuntimeError: no luck" in ran.err
    assert KEY not in ran.err
