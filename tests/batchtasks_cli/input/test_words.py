"""The words behind the job are the task's command line, whatever options of ours they look like."""

from __future__ import annotations

import json
import shlex

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.batchtasks_cli.support import Cli

# Each has an option that is one of ours too, or a -- of its own.
PROGRAMS = [
    "grep -e FOO=x file",
    "grep -c -f patterns file",
    "sed -e s/a/b/ -f script.sed",
    "tar -c -v -f out.tar dir",
    "python3 -c 'import sys; print(sys.argv)' --id 7 --json",
    "/bin/sh -c 'echo $HOME | wc -l'",
    "bash -c 'exit 3' --help",
    "perl -e 'print 1'",
    "awk -f prog.awk -v x=1",
    "curl -f -v -e http://a/ --url http://b/ --config curl.rc",
    "docker run -e A=1 --env B=2 --container c image",
    "gcc -c main.c -v",
    "ffmpeg -v quiet -f mp4 out.mp4",
    "make -f Makefile -e all --dry-run",
    "git -c user.name=x log --format oneline -- path",
    "rsync -e ssh -v -c a b",
    "jq -c -f filter.jq --from x",
    "sort -f -c data.txt",
    "ssh -v -c aes host -- ls -e",
    "timeout --verbose 10 sleep 20 --retries 3 --slots 2",
    "ls --help -h",
    "Rscript -e '1 + 1' --patience 3 --account a --deadline 1h --rest r",
    "program -",
]
OURS = [
    ["j", "--id", "t"],
    ["--id", "t", "j"],
    ["--id=t", "-e", "A=1", "j", "--retries=2"],
    ["-eA=1", "j", "-v", "--id", "t"],
    ["-ve", "A=1", "--id", "t", "j"],
    ["--env", "A=1", "j", "--max-wall-clock", "1h", "--id", "t", "--slots", "1"],
]


@pytest.fixture(autouse=True)
def _account(monkeypatch: pytest.MonkeyPatch) -> None:
    """An account; nothing is sent to it."""
    account = {"URL": "http://127.0.0.1:1", "NAME": "n", "KEY": "a2V5"}
    for name, value in account.items():
        monkeypatch.setenv(f"BATCH_ACCOUNT_{name}", value)


def stored(*words: str) -> str:
    """The command line that a task would be added with."""
    (request,) = Cli()("add", "--dry-run", "--json", *words).lines
    return str(request["body"]["commandLine"])


@pytest.mark.parametrize("line", PROGRAMS)
def test_what_was_typed_is_what_is_stored(line: str) -> None:
    assert shlex.split(stored("j", "--id", "t", *shlex.split(line))) == shlex.split(line)
    assert shlex.split(stored("j", "--id", "t", "--", *shlex.split(line))) == shlex.split(line)


@pytest.mark.parametrize("ours", OURS, ids=" ".join)
def test_our_options_stand_before_the_first_word(ours: list[str]) -> None:
    (request,) = Cli()("add", "--dry-run", "--json", *ours, "grep", "-e", "A=2", "-v").lines
    task = request["body"]
    assert (task["id"], task["commandLine"]) == ("t", "grep -e A=2 -v")
    assert task.get("environmentSettings") in (None, [{"name": "A", "value": "1"}])


words = st.lists(st.text(st.sampled_from("-ecfv=A1 '\"$jt"), min_size=1, max_size=6), min_size=1, max_size=5)


@settings(max_examples=60)
@given(
    words=words.filter(lambda words: words[0].strip() == words[0] and words[0][0] != "-" and len(words[0].split()) == 1)
)
def test_any_words_are_kept(words: list[str]) -> None:
    assert shlex.split(stored("j", "--id", "t", *words)) == words


def test_one_word_with_blanks_is_not_guessed_to_be_a_command_line() -> None:
    what, remedy = Cli()("add", "j", "--id", "t", "echo hi | wc", status=2).error()
    assert what == "'echo hi | wc' is one word, so it would be the name of a program."
    assert remedy.endswith("--command 'echo hi | wc'.")


def test_words_are_a_template_too() -> None:
    ran = Cli()(
        *("add", "j", "--from", "-", "--format", "lines", "--id", "t{n}", "--dry-run", "--json"),
        *("echo", "{line}", "-v", "n={n}"),
        stdin="1\nit's two\n",
    )
    tasks = [task for line in ran.out.splitlines() for task in json.loads(line)["body"]["value"]]
    assert [task["commandLine"] for task in tasks] == ["echo 1 -v n=1", "echo 'it'\"'\"'s two' -v n=2"]


def test_run_takes_words_in_the_same_way() -> None:
    head, body = Cli()("run", "--dry-run", "j", "grep", "-e", "x", "--", "-v").out.split("\n\n", 1)
    assert head.startswith("POST http://127.0.0.1:1/jobs/j/tasks?")
    assert json.loads(body)["commandLine"] == "grep -e x -- -v"


def test_parents_are_a_template_too() -> None:
    ran = Cli()(
        *("add", "j", "--from", "-", "--format", "csv", "--id", "t{n}", "--dry-run", "--json", "-c", "x"),
        *("--depends-on", "prepare-{a}", "--depends-on", "{a}-{b}"),
        stdin="a,b\n1,5\n",
    )
    (task,) = json.loads(ran.out)["body"]["value"]
    assert task["dependsOn"] == {"taskIds": ["prepare-1"], "taskIdRanges": [{"start": 1, "end": 5}]}
