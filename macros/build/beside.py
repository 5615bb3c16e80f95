"""Work in a process beside this one, which tells plain values: numbers, texts, and what holds them."""

from __future__ import annotations

import marshal
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from functools import cache
from tempfile import TemporaryFile
from typing import IO, TypeVar

from macros.build import output

T = TypeVar("T")


def begin(task: Callable[[], T]) -> Callable[[], T]:
    """Begin a task in a fork, which knows all that is known here. Out: what waits for its value and gives it, as often as it is asked.

    Where that would gain nothing, or cannot be done, the task is done when its value is asked for: with one processor, where
    processes cannot be forked, and in a process with threads, whose locks a fork may hold. So is one whose process failed.
    """
    if not is_possible():
        return cache(task)
    told = TemporaryFile()
    process = multiprocessing.get_context("fork").Process(
        target=_tell, args=(task, told), daemon=True
    )
    process.start()

    def found() -> T:
        process.join()
        with told:
            told.seek(0)
            return task() if process.exitcode else marshal.load(told)

    return cache(found)


def is_possible() -> bool:
    """Whether work is done by another processor."""
    return (os.cpu_count() or 1) > 1 and hasattr(os, "fork") and threading.active_count() == 1


def _tell(task: Callable[[], object], told: IO[bytes]) -> None:
    output.end_with_parent()
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # who interrupts a build means the process that began it, which ends this one
    try:
        marshal.dump(task(), told)
        told.flush()
    except Exception:  # told by who asked, when it does the task itself
        sys.exit(1)
