"""Resource files: downloaded or copied into a directory before the command starts."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from batchtasks_local.runner.failures import blob_failed, disk_failed
from batchtasks_local.runner.files.allowed import Allowed, NotAllowedError, is_file_url
from batchtasks_local.runner.files.transfer import Transfer, TransferError, blob_url

_DEFAULT_MODE = "0770"
_PART = ".part"


class ResourceFiles:
    """Fetches the resource files of a task from allowed hosts and folders."""

    def __init__(self, allowed: Allowed, transfer: Transfer) -> None:
        self._allowed = allowed
        self._transfer = transfer

    def fetch(self, files: Sequence[dict[str, Any]], folder: Path) -> None:
        """Put every file into a directory, which exists; RunFailedError for the first that cannot be fetched."""
        for file in files:
            name = _name(file)
            try:
                for source, relative in self._single_files(file):
                    target = _target(folder, relative)
                    self._copy(source, target)
                    target.chmod(int(file.get("fileMode") or _DEFAULT_MODE, 8) & 0o7777)
            except NotAllowedError as error:
                raise blob_failed("BlobAccessDenied", name, str(error)) from error
            except TransferError as error:
                raise blob_failed(_code(error), name, error.reason) from error
            except FileNotFoundError as error:
                raise blob_failed("BlobNotFound", name, f"There is no {error.filename}") from error
            except (OSError, ValueError) as error:
                disk = error if isinstance(error, OSError) else OSError(None, str(error))
                raise disk_failed(
                    "ResourceFileWriteFailed", "A resource file could not be written", disk, name
                ) from error

    def _single_files(self, file: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield the files of one entry: the URL, and the name within the directory."""
        kinds = ("httpUrl", "storageContainerUrl", "autoStorageContainerName")
        given = [kind for kind in kinds if file.get(kind)]
        if len(given) != 1:
            raise NotAllowedError(f"A resource file must have exactly one of {', '.join(kinds)}")
        if given == ["autoStorageContainerName"]:
            raise NotAllowedError("The local service has no automatic storage account; use a URL")
        if given == ["httpUrl"]:
            if not file.get("filePath"):
                raise ValueError("A resource file with httpUrl needs a filePath")
            yield file["httpUrl"], file["filePath"]
            return
        container, prefix = file["storageContainerUrl"], file.get("blobPrefix") or ""
        for name in self._names(container, prefix):
            yield blob_url(container, name), str(PurePosixPath(file.get("filePath") or ".") / name)

    def _names(self, container: str, prefix: str) -> Iterator[str]:
        if not is_file_url(container):
            yield from self._transfer.blob_names(container, prefix)
            return
        root = self._allowed.local_path(container)
        if not root.is_dir():
            raise FileNotFoundError(2, "no such folder", str(root))
        for folder, _, files in os.walk(root):
            names = (os.path.relpath(os.path.join(folder, file), root) for file in files)
            yield from sorted(name for name in names if name.startswith(prefix))

    def _copy(self, url: str, target: Path) -> None:
        part = target.with_name(f".{target.name}{_PART}")
        try:
            if is_file_url(url):
                self._transfer.copy(self._allowed.local_path(url), part)
            else:
                self._transfer.fetch(url, part)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)


def _name(file: dict[str, Any]) -> str:
    """Return the name of an entry for messages, without the query of its URL, which may hold a signature."""
    name = file.get("filePath") or file.get("httpUrl") or file.get("storageContainerUrl") or ""
    return str(name).partition("?")[0]


def _code(error: TransferError) -> str:
    if error.status_code in (404, 410):
        return "BlobNotFound"
    # A redirection as an answer is one that was not followed.
    if error.status_code in (401, 403) or 300 <= error.status_code < 400:
        return "BlobAccessDenied"
    return "BlobDownloadTimedOut" if error.status_code == -1 else "BlobDownloadMiscError"


def _target(folder: Path, relative: str) -> Path:
    """Return the path of a file and create its directories; ValueError if it is outside of the directory."""
    parts = PurePosixPath(relative).parts
    if relative.startswith("/") or ".." in parts or not parts:
        raise ValueError(f"The path {relative!r} must stay inside the working directory")
    target = folder.joinpath(*parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    root = os.path.realpath(folder)
    if os.path.commonpath([root, os.path.realpath(target.parent)]) != root:
        raise ValueError(f"The path {relative!r} leads out of the working directory")
    return target
