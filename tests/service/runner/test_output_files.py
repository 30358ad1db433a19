"""Output files after the command has ended, to allowed places only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.service.runner.harness import RunnerHarness, failure
from tests.service.runner.web import Web

OUTPUT = "/bin/sh -c 'mkdir -p d/e; echo 1 > one.txt; echo 2 > d/two.txt; echo 3 > d/e/three.log; touch .hid; exit {}'"


def output(pattern: str, url: str, path: str | None = None, condition: str = "TaskCompletion", **more: Any) -> Any:
    """One entry of outputFiles."""
    container = {"containerUrl": url, "path": path, **more}
    destination = {"container": {name: value for name, value in container.items() if value is not None}}
    return {"filePattern": pattern, "destination": destination, "uploadOptions": {"uploadCondition": condition}}


def tree(folder: Path) -> list[str]:
    """The files below a folder."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("pattern", "path", "kept"),
    [
        ("one.txt", "renamed", ["renamed"]),
        ("one.txt", None, ["one.txt"]),
        ("d/two.txt", None, ["two.txt"]),
        ("*", "p", ["p/one.txt"]),
        ("**/*.txt", "p", ["p/d/two.txt", "p/one.txt"]),
        ("d/**/*", None, ["e/three.log", "two.txt"]),
        ("../std*.txt", "logs/$X", ["logs/$X/stderr.txt", "logs/$X/stdout.txt"]),
        ("$AZ_BATCH_TASK_DIR/stdout.txt", None, ["stdout.txt"]),
        ("${AZ_BATCH_TASK_WORKING_DIR}/d/*.txt", "q", ["q/two.txt"]),
        (".h*", "h", ["h/.hid"]),
        ("[no]ne.txt", None, ["one.txt"]),
        ("[!x]ne.tx?", None, ["one.txt"]),
        ("missing*", None, []),
    ],
)
def test_output_patterns(place: RunnerHarness, share: Path, pattern: str, path: str | None, kept: list[str]) -> None:
    """What is kept, and under which names."""
    (share / "out").mkdir()
    ended = place.run(OUTPUT.format(0), outputFiles=[output(pattern, f"file://{share}/out", path)])
    assert ended.failure is None
    assert tree(share / "out") == sorted(kept)
    log = place.text("fileuploadout.txt")
    assert ("no file matches" in log) is (not kept)
    assert place.text("fileuploaderr.txt") == ""


@pytest.mark.parametrize(("exit_code", "kept"), [(0, ["all", "good"]), (4, ["all", "bad"])])
def test_output_conditions(place: RunnerHarness, share: Path, exit_code: int, kept: list[str]) -> None:
    """By the exit code, in any letter case; a retry-less failure stays the failure of the exit code."""
    url = f"file://{share}/sub"
    wanted = [("good", "tasksuccess"), ("bad", "TaskFailure"), ("all", "taskCompletion")]
    (share / "sub" / "b.txt").unlink()
    ended = place.run(
        OUTPUT.format(exit_code), outputFiles=[output("one.txt", url, name, when) for name, when in wanted]
    )
    assert tree(share / "sub") == kept
    assert (ended.failure or {}).get("code") == ("FailureExitCode" if exit_code else None)


def test_outputs_to_a_container(place: RunnerHarness, web: Web) -> None:
    """As block blobs, with one's own headers."""
    headers = [{"name": "x-ms-blob-content-type", "value": "text/x"}]
    files = [output("**/*.txt", web.url("container?sig=1"), "p", uploadHeaders=headers)]
    assert place.run(OUTPUT.format(0), outputFiles=files).failure is None
    assert web.files == {"container/p/one.txt": b"1\n", "container/p/d/two.txt": b"2\n"}
    assert web.put_headers["X-Ms-Blob-Type"] == "BlockBlob"
    assert web.put_headers["X-Ms-Blob-Content-Type"] == "text/x"


@pytest.mark.parametrize(
    ("url", "path", "code"),
    [
        ("file://{share}/gone", None, "FileUploadContainerNotFound"),
        ("file://{share}/..", None, "FileUploadAccessDenied"),
        ("file://{share}", "../escaped", "FileUploadAccessDenied"),
        ("file://{share}", "a.txt/x", "FileUploadMiscError"),
        ("{web}/gone", None, "FileUploadContainerNotFound"),
        ("http://example.com/c", None, "FileUploadAccessDenied"),
        ("{web}/busy", None, "FileUploadMiscError"),
    ],
)
def test_outputs_that_cannot_be_kept(
    place: RunnerHarness, web: Web, share: Path, url: str, path: str | None, code: str
) -> None:
    """The task fails for good with its exit code kept; the others are kept, and the log says which was not."""
    if "busy" in url:
        web.failures += [503] * 3
    (share / "out").mkdir()
    bad = output("one.txt", url.format(share=share, web=web.url("").rstrip("/")), path)
    good = output("d/two.txt", f"file://{share}/out")
    ended = place.run(OUTPUT.format(0), outputFiles=[bad, good], constraints={"maxTaskRetryCount": 2})
    assert failure(ended)[0] == code
    assert (ended.exit_code, ended.run) == (0, 1)
    assert tree(share / "out") == ["two.txt"]
    assert code in place.text("fileuploaderr.txt")
    assert not (share.parent / "escaped").exists()


def test_nothing_is_kept_of_what_did_not_start(place: RunnerHarness, share: Path) -> None:
    """No upload logs either."""
    place.run("no-such-program", outputFiles=[output("../std*", f"file://{share}/sub")])
    assert tree(share / "sub") == ["b.txt"]
    assert not place.path("fileuploadout.txt").exists()


def test_a_task_that_takes_its_directory_away(place: RunnerHarness, share: Path) -> None:
    """Its output files cannot be sent; the exit code is kept nevertheless, and no error is called unexpected."""
    files = [output("*.txt", share.as_uri())]
    ended = place.run("/bin/sh -c 'rm -rf $AZ_BATCH_TASK_DIR'", outputFiles=files)
    assert ended.exit_code == 0
    code, category, message = failure(ended)
    assert (code, category) == ("FileUploadMiscError", "UserError")
    assert "fileuploadout.txt" in message


@pytest.mark.parametrize(
    ("pattern", "url", "more"),
    [
        ("*.txt", "file:///a%00b", {}),
        ("*.txt", "file://[", {}),
        ("*.txt", "{web}", {"uploadHeaders": [{"name": "x-ms-meta", "value": "a\nb"}]}),
        ("*.txt", "{web}", {"uploadHeaders": [{"name": "a b", "value": "c"}]}),
        ("*.txt", "{share}", {"path": "a\0b"}),
    ],
)
def test_what_cannot_be_sent(
    place: RunnerHarness, web: Web, share: Path, pattern: str, url: str, more: dict[str, Any]
) -> None:
    """The failure is that of the upload, and the exit code stays."""
    where = url.format(web=f"http://127.0.0.1:{web.port}/c", share=share.as_uri())
    ended = place.run(OUTPUT.format(0), outputFiles=[output(pattern, where, **more)])
    assert ended.exit_code == 0
    assert failure(ended)[:2] == ("FileUploadMiscError", "UserError")


def test_links_that_lead_to_each_other(place: RunnerHarness, share: Path) -> None:
    """They are not followed by `**`, which would find more and more files without end."""
    output = {
        "filePattern": "**/*.txt",
        "destination": {"container": {"containerUrl": f"file://{share}", "path": "out"}},
        "uploadOptions": {"uploadCondition": "taskcompletion"},
    }
    make = "mkdir -p a/b a/.hidden; for n in 1 2 3; do ln -s . $n; done; touch a/b/c.txt d.txt a/.hidden/no.txt .no.txt"
    assert place.run(f"/bin/sh -c '{make}'", outputFiles=[output]).result == "success"
    found = sorted(str(path.relative_to(share / "out")) for path in (share / "out").rglob("*") if path.is_file())
    assert found == ["a/b/c.txt", "d.txt"]


def test_a_named_pipe_in_place_of_a_log_holds_up_nothing(place: RunnerHarness, share: Path) -> None:
    """Nobody reads it: to open it would wait for ever."""
    files = [output("../std*", share.as_uri())]
    ended = place.run("/usr/bin/env mkfifo ../fileuploadout.txt", outputFiles=files)
    assert failure(ended)[0] == "FileUploadMiscError"
    assert ended.exit_code == 0
