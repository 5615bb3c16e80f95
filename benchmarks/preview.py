"""How long it takes from saving a file until the preview shows it: a reader asks again and again, as a browser would."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.processes import CommandFailed, Cost, environment, free_port

PAUSE, SETTLE, PATIENCE = 0.01, 1.0, 600.0
"""Seconds between two questions, before each edit, as nobody saves again at once, and until a preview is given up."""


@dataclass(frozen=True)
class Preview:
    """A preview: the command that serves it, `ADDRESS` standing for host and port, and where; and how a text of the
    page at `path` is changed so that `mark` can be read there."""

    command: Sequence[str | Path]
    folder: Path
    path: str
    edit: Callable[[str], None]


def measure(preview: Preview, runs: int) -> list[Cost]:
    """The seconds from each edit to the page that shows it; processors and memory are not looked at."""
    with _serving(preview) as (address, alive):
        page = f"{address}{preview.path}"
        _until(page, "", alive)
        costs = []
        for run in range(runs):
            mark = f"previewed{run}"
            time.sleep(SETTLE)
            start = time.perf_counter()
            preview.edit(mark)
            _until(page, mark, alive)
            costs.append(Cost(time.perf_counter() - start, 0, 0))
    return costs


@contextmanager
def _serving(preview: Preview) -> Iterator[tuple[str, Callable[[], bool]]]:
    """The address of a preview, and whether it still runs."""
    host = f"127.0.0.1:{free_port()}"
    command = [host if part == "ADDRESS" else part for part in preview.command]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command,
            cwd=preview.folder,
            env=environment(),
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
        try:
            yield f"http://{host}/", lambda: process.poll() is None
        except TimeoutError as error:
            said.seek(0)
            raise CommandFailed(
                f"{error}\n{said.read().decode(errors='replace')[-2000:]}"
            ) from None
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _until(address: str, mark: str, alive: Callable[[], bool]) -> None:
    """Ask for a page until it has a text."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and alive():
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
                if mark.encode() in answer.read():
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        time.sleep(PAUSE)
    raise TimeoutError(f"{address} does not show what was written")
