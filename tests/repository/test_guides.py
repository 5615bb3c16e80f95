"""The guides name what is there, and their recipes work."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

GUIDES = ("README.md", "CONTRIBUTING.md", "CONTRIBUTING.zh.md", "HOSTING.md", "HOSTING.zh.md")
CONTRIBUTING = ("CONTRIBUTING.md", "CONTRIBUTING.zh.md")
NO_CODE = {"__pycache__", "starter"}

PAGE = '''
"""The list of places."""

from macros.pages.page import PageKind, index_page
from macros.render.view import View


def place_list(view: View) -> str:
    """List all places."""
    return view.render("places.html")


KIND = PageKind(
    lambda view: [index_page(view, "places", place_list)],
    (place_list,),
    navigation=lambda view: [(view.t("nav.places"), "places/")],
)
'''
TEMPLATE = "{% for place in corpus.places.values() %}<p>{{ place.name }}</p>{% endfor %}"
MESSAGES = """
title.places: "Places"
description.places: "The places of the {organ}"
nav.places: "Places"
macro.place_list: "All places."
macro.place_list.call: "place_list()"
export.file.places: "The names of all places"
"""
EXPORT = '''
"""The names of places as a table."""

from macros.render.view import View


def table(view: View) -> str:
    """Write the names of all places."""
    return "".join(f"{place.name}\\r\\n" for place in view.corpus.places.values())
'''
RESULT = """
from macros import exports, pages
from tests.organ import SMALL

view = SMALL.view()
page = next(page for page in pages.pages(view) if page.path == "places/")
print(page.title, page.description, page.body(view), sep="|")
print(pages.MACROS["place_list"].__name__, ("Places", "places/") in pages.navigation(view))
print(len(dict(exports.language_files(view))["api/v1/places.csv"].splitlines()))
"""


@pytest.mark.parametrize("name", CONTRIBUTING)
def test_the_map_has_a_line_for_each_folder_of_the_package(repo: Path, name: str) -> None:
    text = re.search(r"^macros/\n((?:  .+\n)+)", (repo / name).read_text("utf-8"), re.MULTILINE)
    assert text
    mapped = {line.split()[0] for line in text[1].splitlines()}
    folders = {f"{path.name}/" for path in (repo / "macros").iterdir() if path.is_dir()}
    assert folders - {f"{name}/" for name in NO_CODE} <= mapped
    nested = {"templates/", "charts/", "catalogues/"}
    assert {entry for entry in mapped if entry.endswith("/")} - nested <= folders


@pytest.mark.parametrize("name", GUIDES)
def test_files_and_commands_that_a_guide_names_exist(repo: Path, name: str) -> None:
    text = (repo / name).read_text("utf-8")
    paths = re.findall(r"`((?:macros|tests|hosting|\.github)/[\w./-]+)`", text)
    links = re.findall(r"\]\((?!https?:)([^)#]+)", text)
    assert [path for path in (*paths, *links) if not (repo / path).exists()] == []
    targets = re.findall(r"^([a-z-]+):", (repo / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert set(re.findall(r"\bmake ([a-z]+(?:-[a-z]+)*)", "\n".join(_code(text)))) <= set(targets)


def _code(text: str) -> list[str]:
    """List what is written as code, in a line or in a block."""
    return re.findall(r"```\n.*?```|`[^`\n]+`", text, re.DOTALL)


def test_hooks_run_the_tools_of_make_lint(repo: Path) -> None:
    hooks = yaml.safe_load((repo / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    assert [entry["repo"] for entry in hooks] == ["local"]
    commands = {hook["entry"].removesuffix(" --force-exclude") for hook in hooks[0]["hooks"]}
    lint = re.search(
        r"^lint:.*\n((?:\t.+\n)+)", (repo / "Makefile").read_text("utf-8"), re.MULTILINE
    )
    assert lint
    assert commands == {
        ".venv/bin/" + line.strip().removeprefix("@$(BIN)/") for line in lint[1].splitlines()
    }


def test_a_page_and_an_export_are_added_by_the_recipes(repo: Path, tmp_path: Path) -> None:
    package = tmp_path / "macros"
    shutil.copytree(repo / "macros", package, ignore=shutil.ignore_patterns("__pycache__"))
    for name, text in {
        "pages/places.py": PAGE,
        "render/templates/places.html": TEMPLATE,
        "exports/places.py": EXPORT,
    }.items():
        (package / name).write_text(text.lstrip(), "utf-8")
    with (package / "i18n/catalogues/en.yml").open("a", encoding="utf-8") as catalogue:
        catalogue.write(MESSAGES)
    insert(package / "pages/registry.py", "KINDS: ", "    places.KIND,", "places", "macros.pages")
    insert(
        package / "exports/registry.py",
        "FORMATS = ",
        '    Format("places.csv", places.table, "places"),',
        "places",
        "macros.exports",
    )
    done = subprocess.run(
        [sys.executable, "-c", RESULT],
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(tmp_path), str(repo)))},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    page, macro, export = done.stdout.splitlines()
    assert page.startswith("Places|The places of the ") and "<p>" in page
    assert macro == "place_list True"
    assert int(export) == page.count("<p>")


def insert(registry: Path, start: str, line: str, module: str, package: str) -> None:
    """Import a module and add a line to the list that begins with a word."""
    text = registry.read_text("utf-8")
    head = f"from {package} import (\n"
    assert text.count(head) == 1 and text.count(f"\n{start}") == 1
    text = text.replace(head, f"{head}    {module},\n")
    before, after = text.split(f"\n{start}")
    first, rest = after.split("\n", 1)
    registry.write_text(f"{before}\n{start}{first}\n{line}\n{rest}", "utf-8")
