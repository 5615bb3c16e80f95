"""Builds that are killed at any moment leave the last good site, and nothing for long besides."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks import corpus
from tests.conftest import DAY, run_tracker

KILLS = 20


def tree(root: Path) -> dict[str, bytes]:
    """The files of a site without the search index, whose bytes differ from build to build."""
    paths = (path for path in root.rglob("*") if path.is_file() and "pagefind" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def build(root: Path) -> dict[str, bytes]:
    run = run_tracker("build", "--root", str(root))
    assert run.returncode == 0, run.stdout + run.stderr
    return tree(root / "site")


@pytest.mark.slow
def test_the_last_good_site_is_in_place_whenever_a_build_is_killed(tmp_path: Path) -> None:
    root = tmp_path / "organ"
    corpus.write(root, 2)
    file = root / "data/resolutions/1-1.yml"
    texts = [file.read_text("utf-8"), file.read_text("utf-8") + "# changed\n"]
    before = sorted(path.name for path in root.iterdir())
    good = [build(root)]
    file.write_text(texts[1], encoding="utf-8")
    began = time.monotonic()
    good.append(build(root))
    duration = time.monotonic() - began
    command = [sys.executable, "-m", "macros.cli.main", "build", "--root", str(root)]
    chance = random.Random(1)
    for kill in range(KILLS):
        file.write_text(texts[kill % 2], encoding="utf-8")
        with subprocess.Popen(
            command,
            env={**os.environ, "SOURCE_DATE_EPOCH": DAY, "NO_MKDOCS_2_WARNING": "1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            time.sleep(chance.uniform(0, duration))
            process.kill()
        assert tree(root / "site") in good, f"kill {kill}"
    assert build(root) in good
    assert sorted(path.name for path in root.iterdir()) == sorted({*before, "site"})
