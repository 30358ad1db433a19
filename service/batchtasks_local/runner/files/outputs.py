"""Output files: copied to a folder or uploaded to a blob container after the command has ended."""

from __future__ import annotations

import fnmatch
import glob
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path, PurePosixPath
from typing import IO, Any

from batchtasks_local.runner.failures import upload_failed
from batchtasks_local.runner.files.allowed import Allowed, NotAllowedError, is_file_url
from batchtasks_local.runner.files.directories import open_to_write
from batchtasks_local.runner.files.transfer import Transfer, TransferError

_MAX_WILD = 4
"""Parts with wildcards that are matched with links followed, as a shell does."""
_WILD = re.compile(r"[*?\[]")
_VARIABLE = re.compile(r"\$(?:\{(\w+)\}|(\w+))")
_WANTED: Mapping[str, Callable[[int], bool]] = {
    "tasksuccess": lambda code: code == 0,
    "taskfailure": lambda code: code != 0,
    "taskcompletion": lambda code: True,
}


class _OutputError(Exception):
    def __init__(self, code: str, reason: str) -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason


class OutputFiles:
    """Sends the output files of a task to allowed hosts and folders."""

    def __init__(self, allowed: Allowed, transfer: Transfer, pause: Callable[[float], None]) -> None:
        """Make a sender; `pause` raises if the run has to end."""
        self._allowed = allowed
        self._transfer = transfer
        self._pause = pause

    def upload(
        self, files: Sequence[dict[str, Any]], exit_code: int, directory: Path, variables: Mapping[str, str]
    ) -> dict[str, Any] | None:
        """Send the files that the exit code asks for; return None, or the failureInfo of the first that failed.

        fileuploadout.txt and fileuploaderr.txt in the task directory say what was sent and what failed.
        """
        try:
            return self._upload_all(files, exit_code, directory, variables)
        except OSError as error:  # the task has deleted its directory, or the disk is full
            return upload_failed("FileUploadMiscError", files[0]["filePattern"], str(error))

    def _upload_all(
        self, files: Sequence[dict[str, Any]], exit_code: int, directory: Path, variables: Mapping[str, str]
    ) -> dict[str, Any] | None:
        failure = None
        with ExitStack() as stack:
            out, err = (
                stack.enter_context(open_to_write(directory / f"fileupload{kind}.txt", "w")) for kind in ("out", "err")
            )
            for file in files:
                if not _is_wanted(file, exit_code):
                    continue
                try:
                    self._upload(file, directory / "wd", variables, out)
                except (_OutputError, NotAllowedError, TransferError, OSError, ValueError) as error:
                    info = _info(file, error)
                    err.write(f"{file['filePattern']}: {info['code']}: {info['details'][1]['value']}\n")
                    failure = failure or info
        return failure

    def _upload(self, file: dict[str, Any], folder: Path, variables: Mapping[str, str], log: IO[str]) -> None:
        pattern = _VARIABLE.sub(lambda found: variables.get(found[1] or found[2], ""), file["filePattern"])
        container = (file.get("destination") or {}).get("container") or {}
        path = container.get("path") or ""
        url = container["containerUrl"]
        count = 0
        for source, relative in _matches(folder, pattern, self._pause):
            name = str(PurePosixPath(path) / relative) if _WILD.search(pattern) else path or relative
            self._send(url, name, source, container.get("uploadHeaders") or ())
            log.write(f"{source} -> {name}\n")
            count += 1
        if not count:
            log.write(f"{pattern}: no file matches\n")

    def _send(self, container: str, name: str, source: Path, headers: Sequence[dict[str, Any]]) -> None:
        if not is_file_url(container):
            given = {item["name"]: item.get("value") or "" for item in headers}
            self._transfer.put_blob(container, name, source, given)
            return
        root = self._allowed.local_path(container)
        if not root.is_dir():
            raise _OutputError("FileUploadContainerNotFound", f"There is no folder {root}")
        target = Path(os.path.realpath(root / name))
        if root not in target.parents:
            raise NotAllowedError(f"The path {name!r} leads out of the container")
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f".{target.name}.part")
        try:
            self._transfer.copy(source, part)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)


def _is_wanted(file: dict[str, Any], exit_code: int) -> bool:
    condition = str((file.get("uploadOptions") or {}).get("uploadCondition") or "taskcompletion").lower()
    return _WANTED.get(condition, _WANTED["taskcompletion"])(exit_code)


def _matches(folder: Path, pattern: str, pause: Callable[[float], None]) -> Iterator[tuple[Path, str]]:
    """Yield the files that a pattern matches, each with its name below the part of the pattern without wildcards."""
    fixed = [*_until_wild(pattern)]
    base = os.path.normpath(folder.joinpath(*fixed)) if _WILD.search(pattern) else None
    wild = pattern.split("/")[len([part for part in fixed if part != "/"]) + pattern.startswith("/") :]
    if base and ("**" in wild or len(wild) > _MAX_WILD):
        found: Iterable[str] = _walked(base, wild, pause)
    else:
        found = glob.glob(pattern, root_dir=folder)
    for name in sorted(set(found)):
        pause(0)
        path = os.path.normpath(folder / name)
        if os.path.isfile(path):
            yield Path(path), os.path.relpath(path, base) if base else os.path.basename(path)


def _walked(base: str, wild: Sequence[str], pause: Callable[[float], None]) -> Iterator[str]:
    """Yield the files below a directory that match; links are not followed, so that there are not endlessly many."""
    for folder, _, names in os.walk(base):
        pause(0)
        above = [] if folder == base else os.path.relpath(folder, base).split(os.sep)
        yield from (os.path.join(folder, name) for name in names if _fits([*above, name], wild))


def _fits(parts: Sequence[str], wild: Sequence[str]) -> bool:
    """Return whether the parts of a path match those of a pattern, of which `**` stands for any number."""
    places = _reached({0}, wild)
    for part in parts:
        after = {place for place in places if place < len(wild) and wild[place] == "**" and not part.startswith(".")}
        after |= {place + 1 for place in places if place < len(wild) and _fits_part(part, wild[place])}
        places = _reached(after, wild)
    return len(wild) in places


def _reached(places: set[int], wild: Sequence[str]) -> set[int]:
    """Return the places in a pattern and those after each `**`, which may stand for nothing."""
    for place in range(len(wild)):
        if place in places and wild[place] == "**":
            places.add(place + 1)
    return places


def _fits_part(part: str, wild: str) -> bool:
    is_hidden = part.startswith(".") and not wild.startswith(".")
    return wild != "**" and not is_hidden and fnmatch.fnmatchcase(part, wild)


def _until_wild(pattern: str) -> Iterator[str]:
    parts = pattern.split("/")
    if pattern.startswith("/"):
        yield "/"
    for part in parts[:-1]:
        if _WILD.search(part):
            return
        yield part


def _info(file: dict[str, Any], error: Exception) -> dict[str, Any]:
    pattern = file["filePattern"]
    if isinstance(error, _OutputError):
        return upload_failed(error.code, pattern, error.reason)
    if isinstance(error, NotAllowedError):
        return upload_failed("FileUploadAccessDenied", pattern, str(error))
    if isinstance(error, TransferError):
        codes = {403: "FileUploadAccessDenied", 401: "FileUploadAccessDenied", 404: "FileUploadContainerNotFound"}
        return upload_failed(codes.get(error.status_code, "FileUploadMiscError"), pattern, error.reason)
    return upload_failed("FileUploadMiscError", pattern, str(error))
