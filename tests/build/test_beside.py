"""Work that another processor does meanwhile."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from functools import partial

import pytest

from macros.build import beside


@pytest.fixture
def processors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two, and none of the threads that other tests may have left in this process."""
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr("threading.active_count", lambda: 1)


def where(value: object) -> tuple[object, int]:
    return value, os.getpid()


def test_another_process_does_it(processors: None) -> None:
    begun = [beside.begin(partial(where, {"a/b": (1, 2)})), beside.begin(partial(where, "x"))]
    (one, first), (other, second) = (found() for found in begun)
    assert (one, other) == ({"a/b": (1, 2)}, "x")
    assert len({first, second, os.getpid()}) == 3


def test_what_a_process_did_not_do_is_done_here(processors: None) -> None:
    here = os.getpid()

    def task() -> str:
        if os.getpid() != here:
            os._exit(1)
        return "done"

    assert beside.begin(task)() == "done"


def test_what_goes_wrong_is_told_here_alone(
    processors: None, capfd: pytest.CaptureFixture[str]
) -> None:
    begun = beside.begin(lambda: {}["missing"])
    with pytest.raises(KeyError, match="missing"):
        begun()
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("lack", ["os.cpu_count", "os.fork"])
def test_where_nothing_is_gained_it_is_done_when_it_is_asked_for(
    processors: None, monkeypatch: pytest.MonkeyPatch, lack: str
) -> None:
    monkeypatch.setattr(
        "os.cpu_count", lambda: 1
    ) if lack == "os.cpu_count" else monkeypatch.delattr(lack)
    assert beside.begin(partial(where, "x"))() == ("x", os.getpid())


def test_a_process_with_threads_is_not_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    stop = threading.Event()
    other = threading.Thread(target=stop.wait)
    other.start()
    try:
        assert beside.begin(partial(where, "x"))() == ("x", os.getpid())
    finally:
        stop.set()
        other.join()


def test_who_ends_does_not_wait_for_what_nobody_asked_for() -> None:
    program = "import time; from macros import beside; beside.begin(lambda: time.sleep(600)); print('ended')"
    assert (
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, timeout=60
        ).stdout
        == "ended\n"
    )
