"""What a command costs: wall-clock seconds, and processor seconds of it and all its descendants."""

from __future__ import annotations

import ctypes
import os
import resource
import shlex
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from signal import SIGKILL
from urllib.request import urlopen

EPOCH = "1764547200"
"""The date of all builds."""
PAUSE, SETTLE, PATIENCE = 0.01, 1.0, 600.0
"""Seconds between two requests, before each edit, and until a preview is given up."""


class CommandError(Exception):
    """A command that was to be measured failed; the text is the end of what it printed."""


@dataclass(frozen=True)
class Cost:
    """What one run of a command took, in seconds."""

    wall: float
    cpu: float


def environment() -> dict[str, str]:
    """Give what every command runs in: a fixed date, and no settings of this project."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("TRACKER_") and k != "SITE_URL"}
    return kept | {"SOURCE_DATE_EPOCH": EPOCH, "NO_MKDOCS_2_WARNING": "1"}


def free_port() -> int:
    """Find a port of this machine on which nothing listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def adopt_orphans() -> None:
    """Become the parent of processes whose own parent has ended (Linux only).

    Workers that a server process has forked outlive the command for a moment; only a parent learns
    what they used.
    """
    if sys.platform == "linux":
        subreaper = 36  # PR_SET_CHILD_SUBREAPER, <linux/prctl.h>
        ctypes.CDLL(None).prctl(subreaper, 1, 0, 0, 0)


def _processor_seconds() -> float:
    """Wait for all children that are left, and give what all children used up to now."""
    with suppress(ChildProcessError):
        while True:
            os.wait()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure_build(command: str, folder: Path) -> Cost:
    """Run a command in a folder to its end. Raises `CommandError` unless its status is 0."""
    adopt_orphans()
    before = _processor_seconds()
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.run(
            shlex.split(command), cwd=folder, env=environment(), stdout=output, stderr=output
        )
        wall = time.perf_counter() - start
        if process.returncode:
            output.seek(0)
            raise CommandError(f"{command}: {output.read().decode(errors='replace')[-2000:]}")
    return Cost(wall, _processor_seconds() - before)


def measure_preview(
    command: str, folder: Path, path: str, edit: Callable[[str], None], runs: int
) -> list[float]:
    """Measure the seconds from each edit until the preview shows it.

    Args:
        command: What serves the preview; the address is appended.
        folder: Where it runs.
        path: The address of the page.
        edit: Changes a text of the page so that it contains a word.
        runs: How many edits are made.
    """
    times = []
    with _serve(command, folder) as (address, process):
        _wait_for(f"{address}{path}", "", process)
        for run in range(runs):
            time.sleep(SETTLE)
            start = time.perf_counter()
            edit(f"previewed{run}")
            _wait_for(f"{address}{path}", f"previewed{run}", process)
            times.append(time.perf_counter() - start)
    return times


@contextmanager
def _serve(command: str, folder: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    host = f"127.0.0.1:{free_port()}"
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            [*shlex.split(command), host],
            cwd=folder,
            env=environment(),
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        try:
            yield f"http://{host}/", process
        except TimeoutError as error:
            output.seek(0)
            text = output.read().decode(errors="replace")[-2000:]
            raise CommandError(f"{error}\n{text}") from None
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, SIGKILL)
            process.wait()


def _wait_for(address: str, word: str, process: subprocess.Popen[bytes]) -> None:
    """Ask for a page until it contains a word."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError), urlopen(address, timeout=PATIENCE) as answer:
            if word.encode() in answer.read():
                return
        time.sleep(PAUSE)
    raise TimeoutError(f"{address} does not show what was written")
