"""No command builds into a folder that is not its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import corpus
from macros.build.output import MARK


@pytest.mark.slow
@pytest.mark.parametrize("command", ["macros.cli.main build --into", "mkdocs build -q -d"])
def test_a_folder_of_others_is_refused_untouched_and_the_own_one_is_marked(
    tmp_path: Path, command: str
) -> None:
    corpus.write(tmp_path, 1)
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/mine.txt").write_text("mine")

    def build(folder: str) -> subprocess.CompletedProcess[str]:
        arguments = [sys.executable, "-m", *command.split(), folder]
        return subprocess.run(arguments, cwd=tmp_path, capture_output=True, text=True)

    before = sorted(tmp_path.rglob("*"))
    run = build("notes")
    assert run.returncode == 1
    assert f"{tmp_path / 'notes'} is not empty and no built site" in run.stdout + run.stderr
    assert sorted(tmp_path.rglob("*")) == before
    for _ in range(2):
        assert build("public").returncode == 0
    assert (tmp_path / "public" / MARK).exists() and (tmp_path / "public/index.html").exists()
