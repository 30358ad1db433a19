"""Paths below a directory that a running task may change at any moment.

Every step goes from an open directory to what is in it, and follows no link by itself. So whatever a task puts in the place
of a directory meanwhile, nothing outside is reached.
"""

from __future__ import annotations

import errno
import os
import stat
import uuid
from collections import deque
from contextlib import suppress
from pathlib import Path

_DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_MAX_LINKS = 40
_OWN_PARTS = 4
"""The last parts of a task directory's path, which tasks can replace: `workitems/<job>/job-1/<task>`."""
_MAX_DEPTH = 100
_OWNER = 0o700


class OutsideError(OSError):
    """A link leads out of the directory."""

    def __init__(self, name: str) -> None:
        super().__init__(errno.ENOENT, "leads out of the directory", name)


def open_root(path: Path) -> int:
    """Open a task directory, and return its descriptor; OSError if a part that a task can replace is a link."""
    parts = path.parts[-_OWN_PARTS:] if len(path.parts) > _OWN_PARTS else path.parts[1:]
    here = os.open(Path(*path.parts[: len(path.parts) - len(parts)]), _DIRECTORY & ~os.O_NOFOLLOW)
    return _descend(here, parts)


def _descend(here: int, parts: tuple[str, ...] | list[str]) -> int:
    """Open a directory below another one, which is closed; links are not followed."""
    for part in parts:
        try:
            below = os.open(part, _DIRECTORY, dir_fd=here)
        finally:
            os.close(here)
        here = below
    return here


class Place:
    """A name below a root with all links followed that lead nowhere but below the root: an open directory and a last part.

    Attributes:
        folder: The descriptor of the directory.
        last: The name in that directory, which is no link unless links at the end were not to be followed.
    """

    def __init__(self, root: int, path: str, name: str, *, follow: bool) -> None:
        """Find a name.

        Args:
            root: The descriptor of the root.
            path: The path of the root, with which absolute links have to begin.
            name: The name, with `/` between its parts.
            follow: Whether a link at its end is followed.

        Raises:
            OutsideError: A link leads out of the root.
            OSError: There is no such directory on the way.
        """
        self._path = path
        self._stack = [os.dup(root)]
        self._rest = deque(name.split("/"))
        self._links = 0
        try:
            self.last = self._find(follow)
        except BaseException:
            self.close()
            raise

    @property
    def folder(self) -> int:
        return self._stack[-1]

    def __enter__(self) -> Place:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the directory."""
        while self._stack:
            os.close(self._stack.pop())

    def stat(self) -> os.stat_result:
        """Return what the name is; OSError if there is nothing."""
        return os.stat(self.last, dir_fd=self.folder, follow_symlinks=False)

    def _find(self, follow: bool) -> str:
        while self._rest:
            part = self._rest.popleft()
            if part == "..":
                self._go_up()
            elif part not in ("", "."):
                is_last = not any(rest not in ("", ".") for rest in self._rest)
                if is_last and not (follow and self._is_link(part)):
                    return part
                self._go_down(part)
        return "."

    def _is_link(self, part: str) -> bool:
        with suppress(FileNotFoundError):
            return stat.S_ISLNK(os.stat(part, dir_fd=self.folder, follow_symlinks=False).st_mode)
        return False

    def _go_up(self) -> None:
        if len(self._stack) == 1:
            raise OutsideError("..")
        os.close(self._stack.pop())

    def _go_down(self, part: str) -> None:
        try:
            self._stack.append(os.open(part, _DIRECTORY, dir_fd=self.folder))
        except OSError as error:
            if error.errno not in (errno.ELOOP, errno.ENOTDIR):
                raise
            try:
                target = os.readlink(part, dir_fd=self.folder)
            except OSError:
                raise error from None
            self._follow(target)

    def _follow(self, target: str) -> None:
        self._links += 1
        if self._links > _MAX_LINKS:
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        if target.startswith("/"):
            if target != self._path and not target.startswith(f"{self._path}/"):
                raise OutsideError(target)
            target = target.removeprefix(self._path)
            while len(self._stack) > 1:
                os.close(self._stack.pop())
        self._rest.extendleft(reversed(target.split("/")))


class Descent:
    """Open directories below a root by name, one at a time; links are not followed.

    A directory that is below the one before is opened from there, so that a list of a deep tree takes no longer for it.
    """

    def __init__(self, root: int) -> None:
        self._root = root
        self._name = ""
        self._here = os.dup(root)

    def open(self, name: str) -> int:
        """Return the descriptor of a directory, which is closed at the next call; OSError if there is none."""
        if name != self._name:
            is_below = not self._name or name.startswith(f"{self._name}/")
            rest = name.removeprefix(self._name) if is_below else name
            below = _descend(os.dup(self._here if is_below else self._root), [part for part in rest.split("/") if part])
            self.close()
            self._here, self._name = below, name
        return self._here

    def close(self) -> None:
        """Close the current directory."""
        os.close(self._here)


# --- deleting ---------------------------------------------------------------------------------------------------------


def remove(name: str, folder: int) -> None:
    """Delete a file, or a directory with all that is in it, as far as possible; a link is deleted and not followed.

    Args:
        name: The name in the directory.
        folder: The descriptor of the directory.
    """
    with suppress(OSError):
        if not stat.S_ISDIR(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode):
            os.unlink(name, dir_fd=folder)
            return
        top = _open_to_delete(name, folder)
        try:
            while _empty(top, top, 0):
                pass
        finally:
            os.close(top)
        os.rmdir(name, dir_fd=folder)


def _empty(folder: int, top: int, depth: int) -> bool:
    """Delete what is in a directory; return whether something too deep was moved to the top, to be deleted from there."""
    with os.scandir(folder) as found:
        items = [(item.name, item.is_dir(follow_symlinks=False)) for item in found]
    moved = False
    for name, is_directory in items:
        with suppress(OSError):
            if not is_directory:
                os.unlink(name, dir_fd=folder)
                continue
            inner = _open_to_delete(name, folder)
            try:
                if depth == _MAX_DEPTH:
                    os.rename(name, uuid.uuid4().hex, src_dir_fd=folder, dst_dir_fd=top)
                    moved = True
                    continue
                moved |= _empty(inner, top, depth + 1)
            finally:
                os.close(inner)
            os.rmdir(name, dir_fd=folder)
    return moved


def _open_to_delete(name: str, folder: int) -> int:
    """Open a directory and give its owner all rights to it, which a task may have removed."""
    try:
        found = os.open(name, _DIRECTORY, dir_fd=folder)
    except PermissionError:
        give_rights(name, folder)
        found = os.open(name, _DIRECTORY, dir_fd=folder)
    with suppress(OSError):
        if os.fstat(found).st_mode & _OWNER != _OWNER:
            os.fchmod(found, _OWNER)
    return found


def give_rights(name: str, folder: int | None = None) -> None:
    """Give the owner all rights to a directory, which is not followed if it is a link."""
    if os.chmod in os.supports_follow_symlinks:
        os.chmod(name, _OWNER, dir_fd=folder, follow_symlinks=False)
        return
    # Linux: through a descriptor that needs no right to the directory itself.
    found = os.open(name, os.O_PATH | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=folder)
    try:
        os.chmod(f"/proc/self/fd/{found}", _OWNER)
    finally:
        os.close(found)
