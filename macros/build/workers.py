"""A pool of worker processes that have the project in memory."""

from __future__ import annotations

import copyreg
import multiprocessing
import os
import pickle
from concurrent.futures import ProcessPoolExecutor
from types import MappingProxyType
from typing import Any

from macros.build.output import end_with_parent
from macros.build.project import Project

_project: Project | None = None


def _read_only(values: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(values)


# pickle knows no read-only mappings
copyreg.pickle(MappingProxyType, lambda mapping: (_read_only, (dict(mapping),)))


def start_pool(project: Project) -> ProcessPoolExecutor:
    """Start a worker for each processor; each gets the project once.

    One processor has a worker too: MkDocs has one instance of a plugin in a process, so a process
    can build one language at a time.
    """
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    context.set_forkserver_preload(["macros.plugin.building"])  # imported once for all
    payload = pickle.dumps(project, pickle.HIGHEST_PROTOCOL)
    return ProcessPoolExecutor(count, context, _start_worker, (payload,))


def current_project() -> Project:
    """The project of this worker."""
    assert _project is not None
    return _project


def _start_worker(payload: bytes) -> None:
    global _project
    end_with_parent()
    _project = pickle.loads(payload)
