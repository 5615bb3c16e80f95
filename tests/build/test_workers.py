"""The pool of workers."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from macros.build import workers
from macros.build.project import Project
from tests.organ import SMALL


def project() -> Project:
    return Project.of(Path(), SMALL.files)


def title_in_worker(slug: str) -> tuple[int, str]:
    resolution = workers.current_project().corpora["en"].resolutions[slug]
    return os.getpid(), resolution.title


@pytest.mark.parametrize("processors", [{0}, {0, 1}])
def test_a_worker_has_the_project(monkeypatch: pytest.MonkeyPatch, processors: set[int]) -> None:
    """Also on one processor: a process can build the pages of one language only."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: processors)
    expected = project()
    with workers.start_pool(expected) as pool:
        process, title = pool.submit(title_in_worker, "1-1").result()
    assert process != os.getpid()
    assert title == expected.corpora["en"].resolutions["1-1"].title


def test_without_processes_each_function_is_called_when_its_result_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*arguments: object) -> None:
        raise OSError("no semaphores")

    monkeypatch.setattr(workers, "ProcessPoolExecutor", refuse)
    calls: list[str] = []
    with workers.start_pool(project()) as pool:
        title = pool.submit(title_in_worker, "1-1")
        first, second = pool.submit(calls.append, "first"), pool.submit(calls.append, "second")
        assert calls == []
        second.result(), first.result(), first.result()
        assert title.result()[0] == os.getpid()
        with pytest.raises(KeyError):
            pool.submit(title_in_worker, "9-9").result()
    assert calls == ["second", "first"]
