"""The Nu HTML checker, which knows the standard: every page and every style sheet of ours is as it asks."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Built

pytestmark = pytest.mark.peers

CHECKER = Path(__file__).parent / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"

MATERIAL = {
    "the switches of its menus are checkboxes with autocomplete=off, for browsers that keep them after a reload": (
        r"Attribute “autocomplete” is only allowed when the input type is",
        r'class="md-toggle"',
    ),
}
"""What Material for MkDocs is known to write by its own templates: why, the message, and the markup it is about."""


def messages(files: Iterable[Path], *options: str) -> list[dict[str, Any]]:
    """All that the checker says of some files."""
    java = shutil.which("java")
    assert java and CHECKER.is_file(), (
        "Java and what tests/peers/package.json names are needed: run make test-all"
    )
    command = [
        java,
        "-Xss8m",
        "-jar",
        str(CHECKER),
        "--stdout",
        "--exit-zero-always",
        "--format",
        "json",
        *options,
    ]
    run = subprocess.run(
        [*command, *map(str, files)], capture_output=True, text=True, encoding="utf-8", check=True
    )
    return json.loads(run.stdout)["messages"]


def told(message: dict[str, Any]) -> str:
    return f"{message.get('url')}:{message.get('lastLine')}: {message['message']}\n    {message.get('extract')}"


def known(message: dict[str, Any]) -> str | None:
    """Why a message is let pass, if it is."""
    found = (
        why
        for why, (said, markup) in MATERIAL.items()
        if re.match(said, message["message"]) and re.search(markup, message.get("extract", ""))
    )
    return next(found, None)


def test_every_html_file(site: Built) -> None:
    files = site.pages()
    assert len(files) > 100
    found = messages(files)
    assert [told(message) for message in found if known(message) is None] == []
    assert {why for message in found if (why := known(message))} == set(MATERIAL), (
        "something need not be let pass any more"
    )


def test_every_style_sheet_of_ours(site: Built) -> None:
    files = sorted((site.folder / "assets" / "tracker").glob("*.css"))
    assert files
    assert [told(message) for message in messages(files, "--css")] == []


def test_the_checker_finds_mistakes(tmp_path: Path) -> None:
    page, style = tmp_path / "page.html", tmp_path / "style.css"
    page.write_text(
        "<!doctype html><html lang=en><title>x</title><p><div></div></p></html>", "utf-8"
    )
    style.write_text("a { colour: red }", "utf-8")
    assert any("No “p” element in scope" in message["message"] for message in messages([page]))
    assert any("colour" in message["message"] for message in messages([style], "--css"))
