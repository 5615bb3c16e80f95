"""What git knows of a project: when each file last changed; and the day of a build."""

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
        Days by path; empty where `history_gap` says why.
    """
    if history_gap(root):
        return {}
    days: dict[str, date] = {}
    day = date.min
    options = ("--format=@%ct", "--name-only", "--no-renames", "--relative")
    for line in _git(root, "log", *options, "--", "data", "docs")[0].splitlines():
        if line.startswith("@"):
            day = datetime.fromtimestamp(int(line[1:]), UTC).date()
        elif line:
            days.setdefault(line, day)
    return days


def history_gap(root: Path) -> str | None:
    """Say why the history of a project is not known: `none`, `shallow` or `owner`.

    The oldest commit of a shallow clone seems to have changed everything; git does not read a
    folder that belongs to another user.
    """
    answer, error = _git(root, "rev-parse", "--is-shallow-repository")
    if "dubious ownership" in error:
        return "owner"
    return {"false": None, "true": "shallow"}.get(answer.strip(), "none")


def build_day() -> date:
    """Find the day of a build: that of `SOURCE_DATE_EPOCH`, else today, in UTC.

    Raises:
        BuildError: `SOURCE_DATE_EPOCH` is no number of seconds.
    """
    value = os.environ.get("SOURCE_DATE_EPOCH", "")
    if value and (not value.isascii() or not value.isdecimal() or len(value) > 11):
        raise BuildError(
            f"SOURCE_DATE_EPOCH is {value!r}; it must be the seconds since 1970, such as 1764547200"
        )
    return datetime.fromtimestamp(int(value) if value else time.time(), UTC).date()


def _git(root: Path, *arguments: str) -> tuple[str, str]:
    """Run git; give what it prints, and its errors."""
    command = ["git", "-c", "core.quotePath=false", *arguments]
    try:
        run = subprocess.run(
            command, cwd=root, capture_output=True, check=False, env={**os.environ, "LC_ALL": "C"}
        )
    except OSError:
        return "", ""
    output = run.stdout if run.returncode == 0 else b""
    return output.decode("utf-8", "replace"), run.stderr.decode("utf-8", "replace")
