"""What a command costs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import processes

MEGABYTE = 1 << 20


HOLDING = f"x = bytearray(b'1') * {60 * MEGABYTE}; print('ready', flush=True); input()"


@pytest.mark.skipif(not processes.PROC.is_dir(), reason="there is no /proc")
def test_the_memory_of_a_family_is_that_of_all_its_members() -> None:
    before = sum(map(processes.memory, processes.family(os.getpid())))
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdin and child.stdout
        assert child.stdout.readline() == b"ready\n"
        assert child.pid in processes.family(os.getpid())
        assert sum(map(processes.memory, processes.family(os.getpid()))) > before + 55 * MEGABYTE
        child.stdin.write(b"\n")


def test_a_run_has_a_cost(tmp_path: Path) -> None:
    cost = processes.run([sys.executable, "-c", f"bytearray(b'1') * {500 * MEGABYTE}"], tmp_path)
    assert 500 * MEGABYTE < cost.peak < 700 * MEGABYTE
    assert cost.cpu > 0
    assert cost.wall > 0


def test_a_command_that_fails_says_what_it_printed(tmp_path: Path) -> None:
    with pytest.raises(processes.CommandFailed, match="no such thing"):
        processes.run([sys.executable, "-c", "import sys; sys.exit('no such thing')"], tmp_path)


def test_the_date_of_builds_is_fixed_and_own_settings_are_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SITE_URL", "https://example.org/")
    monkeypatch.setenv("TRACKER_DRAFTS", "1")
    given = processes.environment()
    assert given["SOURCE_DATE_EPOCH"] == processes.EPOCH
    assert not {"SITE_URL", "TRACKER_DRAFTS"} & given.keys()


def test_a_process_that_is_gone_has_no_memory() -> None:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    assert processes.memory(process.pid) == 0
    assert list(processes.family(process.pid)) == [process.pid]
    if processes.PROC.is_dir():
        assert processes.memory(os.getpid()) > MEGABYTE
