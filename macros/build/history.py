"""What git knows of a project: when each file last changed, and the moment of a build."""

from __future__ import annotations

import os
import subprocess
import time
from datetime import UTC, date, datetime
from pathlib import Path

from macros.errors import BuildError


def last_changes(root: Path) -> dict[str, date]:
    """Find the day of the last commit that changed each file below `data/` and `docs/`.

    Returns:
        Days by path; empty without git or without its whole history, since the oldest commit of a
        shallow clone seems to have changed everything.
    """
    if _git(root, "rev-parse", "--is-shallow-repository").strip() != "false":
        return {}
    days: dict[str, date] = {}
    day = date.min
    options = ("--format=@%ct", "--name-only", "--no-renames", "--relative")
    for line in _git(root, "log", *options, "--", "data", "docs").splitlines():
        if line.startswith("@"):
            day = datetime.fromtimestamp(int(line[1:]), UTC).date()
        elif line:
            days.setdefault(line, day)
    return days


def build_epoch(root: Path) -> int:
    """Find the moment of a build: `SOURCE_DATE_EPOCH`, else the last commit, else now.

    Returns:
        Seconds since 1970.

    Raises:
        BuildError: `SOURCE_DATE_EPOCH` is no such number.
    """
    if value := os.environ.get("SOURCE_DATE_EPOCH", ""):
        if not value.isascii() or not value.isdecimal() or len(value) > 11:
            raise BuildError(
                f"SOURCE_DATE_EPOCH is {value!r}; it must be the seconds since 1970,"
                " such as 1764547200"
            )
        return int(value)
    return int(_git(root, "log", "-1", "--format=%ct") or time.time())


def _git(root: Path, *arguments: str) -> str:
    command = ["git", "-c", "core.quotePath=false", *arguments]
    try:
        run = subprocess.run(command, cwd=root, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return run.stdout.decode("utf-8", "replace")
