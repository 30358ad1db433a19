"""`account add`, `list` and `use`: the configuration file is changed, and nothing else in it."""

from __future__ import annotations

import os
import stat
import tomllib
from pathlib import Path

import pytest

from batchtasks.testing import RunningBatch
from batchtasks_cli.account.settings import config_path
from tests.batchtasks_cli.support import Cli

URL = "https://mine.westeurope.batch.azure.com"


def file() -> Path:
    """The configuration file."""
    return config_path(os.environ)


def content() -> dict[str, object]:
    """What it says."""
    return tomllib.loads(file().read_text())


def test_the_first_account_is_the_default(batch: RunningBatch) -> None:
    cli = Cli()
    ran = cli("account", "add", "mine", "--url", URL, stdin=f"{batch.key}\n")
    assert ran.err == f"batchtasks: account mine was added to {file()}.\n"
    assert content() == {"accounts": {"mine": {"url": URL, "name": "mine", "key": batch.key}}}
    assert stat.S_IMODE(file().stat().st_mode) == 0o600
    cli("account", "add", "here", "--url", batch.url, "--name", batch.account, "--default", stdin=batch.key)
    cli("job", "list")
    rows = cli("account", "list", "--json").lines
    assert [(row["name"], row["default"], row["credential"]) for row in rows] == [
        *(("mine", False, "key"), ("here", True, "key"), ("local", False, "development key"))
    ]
    assert batch.key not in cli("account", "list").out + cli("account", "list", "-o", "yaml").out


def test_other_ways_to_show_who_asks() -> None:
    cli = Cli()
    cli(
        "account", "add", "a", "--url", URL, "--key-command", "pass show 'my \\key'", "--api-version", "2024-07-01.20.0"
    )
    cli("account", "add", "b", "--url", URL, "--entra")
    assert content()["accounts"] == {
        "a": {"url": URL, "name": "mine", "key_command": "pass show 'my \\key'", "api_version": "2024-07-01.20.0"},
        "b": {"url": URL, "credential": "azure"},
    }
    assert cli("account", "list", "--columns", "name,credential").rows[1:] == [
        *(["a", "key_command"], ["b", "azure"], ["local", "development key"])
    ]


def test_use_changes_the_default_and_keeps_the_rest() -> None:
    file().parent.mkdir(parents=True)
    tables = '[accounts.a]  # first\nurl = "u"\nname = "n"\n[accounts.b]\nurl = "v"\nname = "default = 1"'
    text = f'# mine\ndefault   = "a"\n\n{tables}'
    file().write_text(text)
    cli = Cli()
    cli("account", "use", "b")
    assert file().read_text() == text.replace('default   = "a"', 'default   = "b"')
    cli("account", "use", "local")
    assert content()["default"] == "local"
    file().write_text(text.partition("\n\n")[2])
    cli("account", "use", "b")
    assert content()["default"] == "b"


@pytest.mark.parametrize(
    ("words", "stdin", "what"),
    [
        (["add", "local", "--url", URL], None, "'local' cannot be the name"),
        (["add", "a b", "--url", URL], None, "'a b' cannot be the name"),
        (["add", "x", "--url", URL], "", "No key was given"),
        (["add", "x", "--url", URL, "--entra", "--key-command", "y"], None, "exclude each other"),
        (["add", "x", "--url", "myaccount"], "AAAA", "'myaccount' is not of the form https://host[:port]"),
        (["add", "x", "--url", "ftp://a.b", "--key-command", "y"], None, "is not of the form"),
        (["add", "x", "--url", ""], "AAAA", "'--url': it is empty"),
        (["add", "x", "--url", "https://a b"], "AAAA", "'https://a b' is not of the form"),
        (["add", "x", "--url", "http://batch.example", "--entra"], None, "without encryption"),
        (["add", "x", "--url", URL], "no key", "is not Base64"),
        (["add", "x", "--url", URL, "--name", "a b"], "AAAA", "is not the name of a Batch account"),
        (["add", "x", "--url", URL, "--entra", "--api-version", "2001-01-01"], None, "2001-01-01"),
        (["add", "x", "--url", URL, "--entra", "--api-version", ""], None, "'--api-version': it is empty"),
        (["add", "x", "--url", URL, "--key-command", " "], None, "key_command cannot be that"),
        (["add", "x", "--url", URL, "--key-command", "pass 'my key"], None, "key_command cannot be that: No closing"),
        (["use", "nope"], None, "There is no account 'nope'"),
        (["list", "--columns", "key"], None, "There is no column or member 'key'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_is_named(words: list[str], stdin: str | None, what: str) -> None:
    assert what in Cli()("account", *words, stdin=stdin, status=2).what()
    assert not file().exists()


def test_a_file_is_changed_however_it_is_written() -> None:
    file().parent.mkdir(parents=True)
    file().write_text('accounts = { a = { url = "u", name = "n" } }  # mine')
    cli = Cli()
    cli("account", "add", "b", "--url", URL, "--entra", "--default")
    assert "# mine" in file().read_text()
    accounts = {"a": {"url": "u", "name": "n"}, "b": {"url": URL, "credential": "azure"}}
    assert content() == {"default": "b", "accounts": accounts}
    assert "There is an account 'a' already" in cli("account", "add", "a", "--url", URL, "--entra", status=2).err


def test_another_file_can_be_named(tmp_path: Path) -> None:
    Cli()("account", "add", "a", "--url", URL, "--entra", "--default", "--config", tmp_path / "new" / "my.toml")
    assert tomllib.loads((tmp_path / "new" / "my.toml").read_text())["default"] == "a"
    assert not file().exists()
