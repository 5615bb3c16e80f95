"""A pool of worker processes that have the project in memory.

Where a system has no processes to give, the same is done in this one.
"""

from __future__ import annotations

import copyreg
import multiprocessing
import os
import pickle
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from functools import partial
from types import MappingProxyType
from typing import Any, ParamSpec, TypeVar

from macros.build.output import end_with_parent
from macros.build.project import Project

P = ParamSpec("P")
T = TypeVar("T")

_project: Project | None = None


def _read_only(values: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(values)


# pickle knows no read-only mappings
copyreg.pickle(MappingProxyType, lambda mapping: (_read_only, (dict(mapping),)))


class DeferredResult(Future[T]):
    """The result of a function that is called once someone asks for it."""

    def __init__(self, function: Callable[[], T]) -> None:
        """Remember the function."""
        super().__init__()
        self.function = function

    def result(self, timeout: float | None = None) -> T:
        """Call the function, the first time."""
        if not self.done():
            self.set_result(self.function())
        return super().result(timeout)


class SerialExecutor(Executor):
    """Calls functions in this process, each when its result is asked for.

    MkDocs has one instance of a plugin in a process, which can build one language after another.
    """

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Call a function later."""
        return DeferredResult(partial(fn, *args, **kwargs))


def start_pool(project: Project) -> Executor:
    """Start a worker for each processor; each gets the project once."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    try:
        methods = multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        context.set_forkserver_preload(["macros.plugin.building"])  # imported once for all
        payload = pickle.dumps(project, pickle.HIGHEST_PROTOCOL)
        return ProcessPoolExecutor(count, context, _start_worker, (payload,))
    except (OSError, ImportError, NotImplementedError):  # no processes or semaphores here
        _set_project(project)
        return SerialExecutor()


def current_project() -> Project:
    """The project of this worker."""
    assert _project is not None
    return _project


def _start_worker(payload: bytes) -> None:
    end_with_parent()
    _set_project(pickle.loads(payload))


def _set_project(project: Project) -> None:
    global _project
    _project = project
