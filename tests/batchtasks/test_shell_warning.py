"""A command that only a shell could read is warned of, once, and no other command."""

from __future__ import annotations

import re
import warnings

import pytest

from batchtasks import task

SHELL = [
    ("echo a | wc", "|"),
    ("a && b", "&&"),
    ("a || b", "||"),
    ("a > out", ">"),
    ("a >out", ">out"),
    ("a 2>&1", "2>&1"),
    ("a < in", "<"),
    ("cd x; make", ";"),
    ("cd x ; make", ";"),
    ("serve &", "&"),
    ("echo $HOME", "$HOME"),
    ("echo ${X}", "${X}"),
    ("echo $(date)", "$(date)"),
    ('echo "$HOME"', "$HOME"),
    ('git commit -m "it\'s $X"', "$X"),
    ("x 'not closed | y", "|"),
    ("find . -exec rm {} ; > out", ">"),
]
PLAIN = [
    "python -c 'print(1|2)'",
    'python -c "print(1 | 2)"',
    "/bin/sh -c 'a | b'",
    'bash -c "echo $X"',
    "timeout 5 sh -c 'a;b' > x",
    "cmd /c a | b",
    "C:\\Windows\\System32\\CMD.EXE /c a | b",
    "echo '$HOME'",
    "echo \\$HOME",
    'awk "{print $1}" f',
    "find . -exec rm {} ;",
    "grep -e 'a|b' f",
    "curl http://x/?a=1&b=2",
    "psql -c 'select 1;'",
    "printf 'a\nb | c'",
    "echo a|b",
    "true",
    "",
]


@pytest.mark.parametrize(("command", "found"), SHELL)
def test_a_command_that_only_a_shell_could_read_is_warned_of(command: str, found: str) -> None:
    with pytest.warns(UserWarning, match=f"has {re.escape(found)} and no shell") as caught:
        task("t", command)
    assert caught[0].filename == __file__


@pytest.mark.parametrize("command", PLAIN)
def test_there_is_no_false_alarm(command: str) -> None:
    task("t", command, container="u")


def test_the_warning_comes_once_for_a_generator_of_tasks() -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("default")
        for number in range(100):
            task(f"t{number}", f"echo {number} | wc")
    assert len(caught) == 1
