"""The hosts and folders that the service may use for files: those named when it was started, and no others."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from attrs import frozen


class NotAllowedError(Exception):
    """The service may not use a URL; the message says why."""


@frozen
class Allowed:
    """Hosts, each `name` or `name:port`, and folders that `file:` URLs may name."""

    hosts: tuple[str, ...] = ()
    roots: tuple[Path, ...] = ()

    def check_http(self, url: str) -> SplitResult:
        """Return the parts of an http or https URL; NotAllowedError unless its host is allowed."""
        try:
            parts = urlsplit(url)
            name, port = (parts.hostname or "").lower(), parts.port
        except ValueError as error:
            raise NotAllowedError(f"The URL cannot be read: {error}") from error
        if parts.scheme not in ("http", "https"):
            raise NotAllowedError(
                f"URLs of the kind {parts.scheme or '(none)'}: are not supported, only http, https, file"
            )
        port = port or {"http": 80, "https": 443}[parts.scheme]
        wanted = {host.lower() for host in self.hosts}
        if name not in wanted and f"{name}:{port}" not in wanted and f"[{name}]:{port}" not in wanted:
            raise NotAllowedError(
                f"The local service may not use the host {name}; start it with --http-host {name}, "
                "or http_hosts in its settings"
            )
        return parts

    def local_path(self, url: str) -> Path:
        """Return the path of a `file:` URL, with links followed; NotAllowedError unless it is below an allowed folder.

        The path need not exist.
        """
        parts = urlsplit(url)
        if parts.netloc not in ("", "localhost"):
            raise NotAllowedError("A file: URL must name a path on this machine, as in file:///folder/name")
        path = Path(os.path.realpath(unquote(parts.path)))
        if not self._is_below(path, self.roots):
            raise NotAllowedError(
                "The path is not below a folder that the local service may use; start it with --file-root, "
                "or file_roots in its settings"
            )
        return path

    @staticmethod
    def _is_below(path: Path, roots: Sequence[Path]) -> bool:
        real = [Path(os.path.realpath(root)) for root in roots]
        return any(path == root or root in path.parents for root in real)


def is_file_url(url: str) -> bool:
    """Return whether a URL begins with `file:`."""
    return url[:5].lower() == "file:"
