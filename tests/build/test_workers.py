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


def fail() -> None:
    raise ValueError("no more")


def test_workers_have_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 1})
    expected = project()
    with workers.start_pool(expected) as pool:
        process, title = pool.submit(title_in_worker, "1-1").result()
    assert process != os.getpid()
    assert title == expected.corpora["en"].resolutions["1-1"].title


def test_one_processor_does_the_same_in_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0})
    with workers.start_pool(project()) as pool:
        process, _ = pool.submit(title_in_worker, "1-1").result()
        with pytest.raises(ValueError, match="no more"):
            pool.submit(fail).result()
    assert process == os.getpid()


def test_a_system_without_processes_does_the_same_in_one_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*arguments: object) -> None:
        raise OSError("no semaphores")

    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 1})
    monkeypatch.setattr(workers, "ProcessPoolExecutor", refuse)
    with workers.start_pool(project()) as pool:
        process, _ = pool.submit(title_in_worker, "1-1").result()
    assert process == os.getpid()
