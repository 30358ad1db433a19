"""Which URLs the service goes to: hosts and folders that whoever started it has named, and no others."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from attrs import frozen


class NotAllowed(Exception):
    """A URL leads where the service does not go; the text says why."""


@frozen
class Sources:
    """Hosts, each `name` or `name:port`, and folders that `file:` URLs may name."""

    hosts: tuple[str, ...] = ()
    roots: tuple[Path, ...] = ()

    def check_http(self, url: str) -> SplitResult:
        """The parts of an http or https URL to an allowed host."""
        try:
            parts = urlsplit(url)
            name, port = (parts.hostname or "").lower(), parts.port
        except ValueError as error:
            raise NotAllowed(f"The URL cannot be read: {error}") from error
        if parts.scheme not in ("http", "https"):
            raise NotAllowed(f"URLs of the kind {parts.scheme or '(none)'}: are not supported, only http, https, file")
        port = port or {"http": 80, "https": 443}[parts.scheme]
        wanted = {host.lower() for host in self.hosts}
        if name not in wanted and f"{name}:{port}" not in wanted and f"[{name}]:{port}" not in wanted:
            raise NotAllowed(
                f"The local service was not told that it may use the host {name}; start it with --http-host {name}, "
                "or http_hosts in its settings"
            )
        return parts

    def local_path(self, url: str) -> Path:
        """The path of a `file:` URL, links followed, below one of the folders; it need not exist."""
        parts = urlsplit(url)
        if parts.netloc not in ("", "localhost"):
            raise NotAllowed("A file: URL must name a path on this machine, as in file:///folder/name")
        path = Path(os.path.realpath(unquote(parts.path)))
        if not self._is_below(path, self.roots):
            raise NotAllowed(
                "The path is not below a folder that the local service was told it may use; start it with --file-root, "
                "or file_roots in its settings"
            )
        return path

    @staticmethod
    def _is_below(path: Path, roots: Sequence[Path]) -> bool:
        real = [Path(os.path.realpath(root)) for root in roots]
        return any(path == root or root in path.parents for root in real)


def is_file_url(url: str) -> bool:
    """Whether a URL begins with `file:`."""
    return url[:5].lower() == "file:"
