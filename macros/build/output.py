"""Write a built site into a folder without ever harming anything else.

A site bears a mark. Only a folder that is missing, empty or marked is written into. A new site is
made in a working folder next to the old one and takes its place in one step, so a build that is
killed leaves the last good site. The working folder of a build is locked while it runs; the next
build removes what a dead one left.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from macros.errors import TrackerError

MARK = ".resolution-tracker-site"
"""The file that says that a folder is a built site."""

_MARK_TEXT = "Every build replaces this folder: keep nothing of your own in it.\n"
_SYSTEM_FOLDERS = frozenset(("lost+found",))
_FULL = (errno.ENOSPC, errno.EDQUOT)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)
_PATIENCE = 0.5
"""Seconds in which the workers of a build that was killed may end."""


class OutputError(TrackerError):
    """A site cannot be written; the text says why, in one sentence."""


def check_target(root: Path, target: Path) -> None:
    """Refuse a folder that a build must not write into. Touches nothing.

    Raises:
        OutputError: The folder holds the project, or something else than a built site.
    """
    project, real = root.resolve(), target.resolve()
    if real == project or real in project.parents:
        raise OutputError(f"{target} holds the project itself: choose another folder for the site.")
    try:
        names = {path.name for path in real.iterdir()}
    except FileNotFoundError:
        return
    except NotADirectoryError as error:
        raise OutputError(f"{target} is a file: choose a folder for the site.") from error
    except OSError as error:
        raise OutputError(f"{target} cannot be read: {error.strerror}.") from error
    if MARK in names or not names - _SYSTEM_FOLDERS - {_workspace(target).name}:
        return
    raise OutputError(f"{target} is not empty and no built site: choose another folder.")


def write_mark(folder: Path) -> None:
    """Mark a folder as a built site; it is made if it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).write_text(_MARK_TEXT, encoding="utf-8")


@contextmanager
def staged(root: Path, target: Path) -> Iterator[Path]:
    """Give an empty folder to build into, and publish it as the target once all went well.

    A symbolic link, a mount point and a checkout of a repository are not replaced: what is in
    them is, name by name.

    Raises:
        OutputError: The target is refused, another build is writing it, or it cannot be written.
    """
    target = Path.cwd() / target
    check_target(root, target)
    workspace = _workspace(target)
    try:
        with _locked(workspace, target):
            staging, old = workspace / "new", workspace / "old"
            if old.exists() and not target.exists():  # killed between two renames
                old.rename(target)
            _remove(staging, old)
            check_target(root, target)
            write_mark(staging)
            try:
                yield staging
                if _is_replaceable(target):
                    _replace(staging, target, old)
                else:
                    _write_into(staging, target.resolve(), old)
            finally:
                _remove(workspace)
    except OSError as error:
        if reason := explain(error):
            raise OutputError(reason) from error
        raise


def explain(error: OSError) -> str | None:
    """Say in one sentence that a disk is full or read-only; `None` for any other error."""
    if error.errno not in (*_FULL, *_FORBIDDEN):
        return None
    place = f" ({error.filename})" if error.filename else ""
    return f"The site cannot be written: {os.strerror(error.errno)}{place}."


def end_with_parent() -> None:
    """Let this worker end when the build that began it is killed, so it writes no more (Linux)."""
    if sys.platform == "linux":
        set_death_signal = 1
        ctypes.CDLL(None).prctl(set_death_signal, signal.SIGKILL)


def _is_replaceable(target: Path) -> bool:
    return not (target.is_symlink() or os.path.ismount(target) or (target / ".git").exists())


def _workspace(target: Path) -> Path:
    """The working folder: where files can be renamed into the target."""
    parent = target.parent if _is_replaceable(target) else target.resolve()
    return parent / f".{target.name}.build"


@contextmanager
def _locked(workspace: Path, target: Path) -> Iterator[None]:
    """Hold the lock in the working folder, which ends with the process however that ends."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        workspace.mkdir(parents=True, exist_ok=True)
        file = workspace / "lock"
        with suppress(FileNotFoundError):  # the build that held it has just removed it
            handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
            if _lock(handle) and file.exists() and os.path.samestat(os.fstat(handle), file.stat()):
                break
            os.close(handle)
        if time.monotonic() > deadline:
            raise OutputError(f"Another build is writing {target}: wait until it is done.")
        time.sleep(0.05)
    try:
        yield
    finally:
        os.close(handle)
        if sys.platform == "win32":  # where no open file can be removed
            _remove(workspace)


def _lock(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _remove(*folders: Path) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def _replace(staging: Path, target: Path, old: Path) -> None:
    """Put a file in the place of another: at once where the system can, else by two renames."""
    if not os.path.lexists(target):
        staging.rename(target)
    elif not _exchange(staging, target):
        target.rename(old)
        try:
            staging.rename(target)
        except OSError:
            old.rename(target)
            raise


def _exchange(one: Path, other: Path) -> bool:
    """Let two files swap their names in one step (Linux with glibc)."""
    try:
        rename = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    here, swap = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    return bool(rename(here, os.fsencode(one), here, os.fsencode(other), swap) == 0)


def _write_into(staging: Path, target: Path, old: Path) -> None:
    """Replace what is in a folder, name by name, and remove what is not there any more."""
    write_mark(target)
    names = {path.name for path in staging.iterdir()}
    old.mkdir()
    for name in sorted(names):
        _replace(staging / name, target / name, old / name)
    for path in target.iterdir():
        is_ours = path.name[0] != "." and path.name not in _SYSTEM_FOLDERS
        if is_ours and path.name not in names:
            path.rename(old / path.name)
