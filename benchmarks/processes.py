"""What a command costs: seconds by the clock, seconds of the processors, and memory at its highest.

Memory is that of the process and all its descendants together, each page counted once however many share it (`Pss`
in `/proc`), looked at fifty times a second at the most, and never less than the largest of them ever had. What the system tells of
that at the end counts the moment before the command began, too, when it still was a copy of this process: so it is
taken only if it is more than this process ever had, or where there is no `/proc`.
Seconds of the processors are those of all descendants that were waited for.
"""

from __future__ import annotations

import os
import resource
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
PAUSE, SHARE = 0.02, 20
"""Seconds between two looks at memory; and at least so many times what the last look took."""
MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024
APART = "pagefind"
"""How the name of the program begins that makes the search index: that is measured on its own, and so is what it takes."""
EPOCH = "1764547200"
"""The date of all builds, whoever does them."""


class CommandFailed(Exception):
    """A command that was to be measured did not end well; the text is the end of what it printed."""


@dataclass(frozen=True)
class Cost:
    """What one run of a command took: seconds, seconds of all processors, bytes."""

    wall: float
    cpu: float
    peak: int


def environment() -> Mapping[str, str]:
    """What every command runs in: a fixed date, and none of the settings of this project's own builds."""
    own = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("TRACKER_") and name != "SITE_URL"
    }
    return own | {"SOURCE_DATE_EPOCH": EPOCH, "NO_MKDOCS_2_WARNING": "1"}


def run(command: Sequence[str | Path], folder: Path) -> Cost:
    """Run a command in a folder to its end; raises `CommandFailed` unless its exit status is 0."""
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=environment(), stdout=said, stderr=subprocess.STDOUT
        )
        watch = Watch(process.pid)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)  # else Popen would wait for it again
        seen = watch.stop()
        if process.returncode:
            said.seek(0)
            raise CommandFailed(
                f"{' '.join(map(str, command))}: {said.read().decode(errors='replace')[-2000:]}"
            )
    told = (
        used.ru_maxrss
        if used.ru_maxrss > resource.getrusage(resource.RUSAGE_SELF).ru_maxrss or not seen
        else 0
    )
    return Cost(wall, used.ru_utime + used.ru_stime, max(seen, told * MAXRSS_UNIT))


def free_port() -> int:
    """A port of this machine on which nothing listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Watch:
    """Looks at the memory of a process and its descendants, but for those that make a search index, until it is told to stop."""

    def __init__(self, pid: int) -> None:
        self.pid, self.peak, self.over = pid, 0, threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)
        self.thread.start()

    def _look(self) -> None:
        pause = 0.0
        while PROC.is_dir() and not self.over.wait(pause):
            start = time.perf_counter()
            members = [one for one in family(self.pid) if not program(one).startswith(APART)]
            self.peak = max(self.peak, sum(map(memory, members)), *map(most, members))
            pause = max(PAUSE, SHARE * (time.perf_counter() - start))

    def stop(self) -> int:
        """The highest that was seen, in bytes."""
        self.over.set()
        self.thread.join()
        return self.peak


def family(pid: int) -> Iterator[int]:
    """A process and its descendants, as far as they are still there."""
    yield pid
    for file in PROC.glob(f"{pid}/task/*/children"):
        try:
            children = file.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from family(int(child))


def program(pid: int) -> str:
    """The name of the program that a process runs; empty if it is gone."""
    try:
        return (PROC / str(pid) / "comm").read_text()
    except OSError:
        return ""


def memory(pid: int) -> int:
    """The memory of a process in bytes, its share of what it has in common with others; 0 if it is gone."""
    return _told(pid, "smaps_rollup", "Pss:")


def most(pid: int) -> int:
    """The most that a process ever had in bytes, whoever shares it; 0 if it is gone."""
    return _told(pid, "status", "VmHWM:")


def _told(pid: int, file: str, name: str) -> int:
    try:
        lines = (PROC / str(pid) / file).read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(name)), 0)
