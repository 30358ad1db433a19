"""Task files for the HTTP side: what is listed, read and deleted, and that nothing else can be."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from batchtasks_local.domain import clock
from batchtasks_local.runner.files.task_files import FileRefusedError, TaskFiles
from tests.service.runner.harness import make_deep


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A task directory, with a secret beside it and links of all kinds."""
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "secret.txt").write_text("secret")
    folder = tmp_path / "task"
    (folder / "wd" / "deep" / "er").mkdir(parents=True)
    (folder / "certs").mkdir()
    (folder / "stdout.txt").write_text("out\n")
    (folder / "stderr.txt").write_text("")
    (folder / "wd" / "data.bin").write_bytes(b"\0" * 10)
    (folder / "wd" / "deep" / "er" / "x.json").write_text("{}")
    (folder / "wd" / "inside").symlink_to("deep")
    (folder / "wd" / "outside").symlink_to("../../other")
    (folder / "wd" / "file-outside").symlink_to(tmp_path / "secret.txt")
    (folder / "wd" / "nowhere").symlink_to("missing")
    (folder / "wd" / "loop").symlink_to("loop")
    return folder


@pytest.fixture
def files(root: Path) -> TaskFiles:
    """The files of the only task."""
    return TaskFiles(lambda job_id, task_id: root if task_id == "t" else root.parent / "none")


def names(files: TaskFiles, *, recursive: bool = False, prefix: str = "") -> list[str]:
    """What a list holds."""
    return [entry.name for entry in files.page("j", "t", recursive=recursive, prefix=prefix)]


def test_lists(files: TaskFiles) -> None:
    """The first level, or all; links inside are shown and not entered, links that lead out are not shown."""
    assert names(files) == ["certs", "stderr.txt", "stdout.txt", "wd"]
    assert names(files, recursive=True) == [
        "certs",
        "stderr.txt",
        "stdout.txt",
        "wd",
        "wd/data.bin",
        "wd/deep",
        "wd/deep/er",
        "wd/deep/er/x.json",
        "wd/inside",
    ]
    assert names(files, recursive=True, prefix="wd/d") == ["wd/data.bin", "wd/deep", "wd/deep/er", "wd/deep/er/x.json"]


def test_lists_of_what_lies_deep(files: TaskFiles, root: Path) -> None:
    """As far down as names can be long, in a time that does not grow with the square of the depth."""
    make_deep(root / "certs", 3000)
    found = names(files, recursive=True, prefix="certs/")
    assert found[:2] == ["certs/d", "certs/d/d"]
    assert len(found) == 1000
    files.delete("j", "t", "certs/d", recursive=True)
    assert names(files, prefix="certs") == ["certs"]


def test_lists_in_pages(files: TaskFiles) -> None:
    """Page by page gives what one page gives."""
    everything = names(files, recursive=True)
    paged: list[str] = []
    while page := files.page("j", "t", recursive=True, after=paged[-1] if paged else "", limit=2):
        assert len(page) <= 2
        paged += [entry.name for entry in page]
    assert paged == everything


def test_properties(files: TaskFiles, root: Path) -> None:
    """As on Linux nodes."""
    (root / "stdout.txt").chmod(0o644)
    entry = files.properties("j", "t", "stdout.txt")
    assert (entry.name, entry.is_directory, entry.size) == ("stdout.txt", False, 4)
    assert (entry.mode, entry.content_type) == ("0o100644", "text/plain")
    assert abs(entry.modified - clock.now()) < clock.MINUTE
    assert files.properties("j", "t", "wd").is_directory
    assert files.properties("j", "t", "wd/data.bin").content_type == "application/octet-stream"
    assert files.properties("j", "t", "wd/inside/er/x.json").content_type == "application/json"


def test_reading(files: TaskFiles) -> None:
    """A regular file, by its name or through a link that stays inside."""
    for name in ("wd/deep/er/x.json", "wd/inside/er/x.json", "wd//deep/./er/x.json"):
        opened = files.open("j", "t", name)
        with opened.file as file:
            assert file.read() == b"{}"
        assert opened.entry.size == 2


OUT = [
    "../secret.txt",
    "wd/../../secret.txt",
    "wd/outside/secret.txt",
    "wd/file-outside",
    "wd/nowhere",
    "wd/loop",
    "/etc/passwd",
    "//etc/passwd",
    "..",
    "wd/..",
    ".",
    "",
    "/",
    "missing",
    "stdout.txt/x",
    "a\0b",
    "x" * 5000,
    "..%2fsecret.txt",
]


@pytest.mark.parametrize("name", OUT)
def test_no_way_out(files: TaskFiles, root: Path, name: str) -> None:
    """Not found, for reading, properties and deleting alike, and the secrets stay."""
    for refused in (files.open, files.properties, files.delete):
        if refused == files.delete and name in ("wd/file-outside", "wd/nowhere", "wd/loop"):
            continue  # a link itself can be deleted
        with pytest.raises(FileRefusedError) as error:
            refused("j", "t", name)
        assert error.value.code == "FileNotFound"
    assert (root.parent / "secret.txt").read_text() == (root.parent / "other" / "secret.txt").read_text() == "secret"


@given(parts=st.lists(st.sampled_from(["..", ".", "", "wd", "outside", "inside", "deep", "secret.txt", "stdout.txt"])))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_name_reads_a_secret(files: TaskFiles, parts: list[str]) -> None:
    """Whatever the parts of a name."""
    try:
        with files.open("j", "t", "/".join(parts)).file as file:
            content = file.read()
    except FileRefusedError:
        return
    assert content != b"secret"


def test_what_is_no_file(files: TaskFiles, root: Path) -> None:
    """Directories and pipes are not read, and do not hold anybody up."""
    os.mkfifo(root / "wd" / "pipe")
    for name in ("wd", "wd/pipe"):
        with pytest.raises(FileRefusedError, match="is not a file"):
            files.open("j", "t", name)


def test_deleting(files: TaskFiles, root: Path) -> None:
    """Files, empty directories, full ones only when asked for; a link, not what it leads to."""
    files.delete("j", "t", "stdout.txt")
    files.delete("j", "t", "certs")
    with pytest.raises(FileRefusedError) as error:
        files.delete("j", "t", "wd/deep")
    assert error.value.code == "IOError"
    files.delete("j", "t", "wd/outside")
    files.delete("j", "t", "wd/inside", recursive=True)
    assert (root / "wd" / "deep" / "er" / "x.json").exists()
    files.delete("j", "t", "wd/deep", recursive=True)
    assert names(files, recursive=True) == ["stderr.txt", "wd", "wd/data.bin"]
    files.delete("j", "t", "wd", recursive=True)
    assert (root.parent / "other" / "secret.txt").read_text() == "secret"


def test_a_task_without_a_directory(files: TaskFiles) -> None:
    """It has none yet, or none any more."""
    for refused in (
        lambda: files.page("j", "u"),
        lambda: files.open("j", "u", "stdout.txt"),
        lambda: files.properties("j", "u", "stdout.txt"),
        lambda: files.delete("j", "u", "stdout.txt"),
    ):
        with pytest.raises(FileRefusedError) as error:
            refused()
        assert error.value.code == "TaskFilesCleanedup"


def test_names_that_are_no_text(files: TaskFiles, root: Path) -> None:
    """A file whose name no URL can hold is left out of lists."""
    (Path(os.fsdecode(os.fsencode(root) + b"/wd/\xff"))).write_text("x")
    assert names(files, recursive=True)[-1] == "wd/inside"


def test_hard_links(files: TaskFiles, root: Path) -> None:
    """A file with a second name in the directory is shown; one with a name outside is not, but can be deleted."""
    os.link(root / "stdout.txt", root / "wd" / "again")
    assert files.properties("j", "t", "wd/again").size == 4
    os.link(root.parent / "secret.txt", root / "wd" / "hard")
    assert "wd/again" in names(files, recursive=True)
    assert "wd/hard" not in names(files, recursive=True)
    for refused in (files.open, files.properties):
        with pytest.raises(FileRefusedError, match="another name outside"):
            refused("j", "t", "wd/hard")
    files.delete("j", "t", "wd/hard")
    assert (root.parent / "secret.txt").read_text() == "secret"
    assert "wd/again" in names(files, recursive=True)


def test_links_that_are_put_in_the_place_of_directories(files: TaskFiles, root: Path) -> None:
    """However they race with a request, nothing outside is listed, read or deleted."""
    outside, wd = root.parent / "other", root / "wd"
    for number in range(30):
        (outside / f"victim{number}").mkdir()
        (outside / f"victim{number}" / "file").write_text("secret")
    (wd / "spare").symlink_to(outside)
    (wd / "box").mkdir()
    ended = threading.Event()

    def swap() -> None:
        while not ended.is_set():
            with suppress(OSError):
                os.rename(wd / "box", wd / "real")
                os.rename(wd / "spare", wd / "box")
                os.rename(wd / "box", wd / "spare")
                os.rename(wd / "real", wd / "box")

    def ask(number: int) -> None:
        with suppress(OSError):
            (wd / "box" / f"victim{number % 30}").mkdir(exist_ok=True)
        for act in (files.open, files.properties, partial(files.delete, recursive=True)):
            with suppress(FileRefusedError):
                got = act("j", "t", f"wd/box/victim{number % 30}/file")
                assert got is None, got
        with suppress(FileRefusedError):
            files.delete("j", "t", f"wd/box/victim{number % 30}", recursive=True)
        assert not [name for name in names(files, recursive=True) if name.endswith("/file")]

    thread = threading.Thread(target=swap)
    thread.start()
    try:
        for number in range(100):
            ask(number)
    finally:
        ended.set()
        thread.join()
    assert len(list(outside.glob("victim*/file"))) == 30


def test_a_task_directory_that_was_replaced(files: TaskFiles, root: Path) -> None:
    """By a link: nothing is found."""
    root.rename(root.parent / "moved")
    root.symlink_to(root.parent / "other")
    with pytest.raises(FileRefusedError) as error:
        files.page("j", "t")
    assert error.value.code == "TaskFilesCleanedup"
    with pytest.raises(FileRefusedError):
        files.delete("j", "t", "secret.txt")
    assert (root.parent / "other" / "secret.txt").exists()
