"""A pool of worker processes that have the project in memory.

Where processes cannot be had, or there is one processor only, the same is done in this process.
"""

from __future__ import annotations

import copyreg
import multiprocessing
import os
import pickle
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
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


class SerialExecutor(Executor):
    """Calls every function at once, in this process."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Call a function; what it raises is raised by the future's `result`."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def start_pool(project: Project) -> Executor:
    """Start a worker for each processor; each gets the project once."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    if count and count > 1:
        try:
            methods = multiprocessing.get_all_start_methods()
            method = "forkserver" if "forkserver" in methods else "spawn"
            context = multiprocessing.get_context(method)
            context.set_forkserver_preload(["macros.plugin.building"])  # imported once for all
            payload = pickle.dumps(project, pickle.HIGHEST_PROTOCOL)
            return ProcessPoolExecutor(count, context, _start_worker, (payload,))
        except (OSError, ImportError):  # no processes or semaphores on this system
            pass
    set_project(project)
    return SerialExecutor()


def set_project(project: Project) -> None:
    """Set the project that `current_project` gives in this process."""
    global _project
    _project = project


def current_project() -> Project:
    """The project of this worker."""
    assert _project is not None
    return _project


def _start_worker(payload: bytes) -> None:
    end_with_parent()
    set_project(pickle.loads(payload))
