"""The colours of mkdocs.yml, in every form that Material for MkDocs takes them in."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.conftest import REPO, run_tracker
from tests.organ import SMALL

ONE = "{scheme: slate, primary: custom}"
TWO = """
    - {media: "(prefers-color-scheme: light)", primary: custom}
    - {scheme: slate, toggle: {icon: material/brightness-7, name: Light}}"""


def built(folder: Path, palette: str) -> tuple[str, list[dict[str, str]]]:
    """The home page of a small organ with a palette, and what the script in its head knows of it."""
    (folder / "docs").mkdir()
    for name, raw in SMALL.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(raw)
    configuration = (REPO / "mkdocs.yml").read_text("utf-8")
    changed = re.sub(
        r"  palette:\n(?:    .*\n)+", f"  palette: {palette}\n" if palette else "", configuration
    )
    assert changed != configuration
    (folder / "mkdocs.yml").write_text(changed, "utf-8")
    run = run_tracker("build", "--root", str(folder))
    assert run.returncode == 0, run.stderr
    (script,) = (folder / "site/assets/tracker").glob("early.*.js")
    [told] = re.findall(r"\Aconst tracker = (.*);\n", script.read_text("utf-8"))
    return (folder / "site/index.html").read_text("utf-8"), json.loads(told)["palettes"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("palette", "schemes", "buttons"),
    [("", [], []), (ONE, ["slate"], []), (TWO, ["default", "slate"], ["0", "1"])],
    ids=["none", "one for all", "one for light, one for dark"],
)
def test_a_palette_may_have_any_form(
    tmp_path: Path, palette: str, schemes: list[str], buttons: list[str]
) -> None:
    page, told = built(tmp_path, palette)
    assert [one["scheme"] for one in told] == schemes
    assert re.findall(r'<button [^>]*data-tracker-colours="(\d)"', page) == buttons
