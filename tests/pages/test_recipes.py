"""The two recipes for newcomers, followed in a copy of the package: a new index page, a new
export.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import REPO

PAGE = '''"""The index of places."""

from __future__ import annotations

from collections.abc import Iterator

from macros.pages.page import Page, PageKind, index_page
from macros.render.view import View


def place_index(view: View) -> str:
    """List all places."""
    return view.render("place_index.html", places=view.corpus.places)


def _pages(view: View) -> Iterator[Page]:
    yield index_page(view, "places", place_index)


KIND = PageKind(
    _pages,
    (place_index,),
    anchors={"place_index": lambda view: {f"place-{key}" for key in view.corpus.places}},
    navigation=lambda view: [(view.t("nav.places"), "places/")],
    group="nav.sources",
)
'''
TEMPLATE = """<ul>
{% for key, place in places.items() %}
<li id="place-{{ key }}">{{ v.text(place.name) }}</li>
{% endfor %}
</ul>
"""
MESSAGES = """
title.places: "Places"
description.places: "Where the resolutions of the {organ} are carried out."
nav.places: "Places"
macro.place_index: "All places."
macro.place_index.call: "place_index()"
"""
SHOW_PAGE = """
from macros.pages import macro_anchors, navigation, pages
page = next(page for page in pages(view) if page.path == "places/")
print(json.dumps({
    "title": page.title,
    "description": page.description,
    "body": page.body(view),
    "anchors": sorted(macro_anchors(view, "place_index")),
    "group": dict(navigation(view))[view.t("nav.sources")],
}))
"""

EXPORT = '''"""Places as a table."""

from __future__ import annotations

from macros.render.view import View


def table(view: View) -> str:
    """List all places with their names."""
    rows = (f"{key},{place.name}" for key, place in view.corpus.places.items())
    return "\\n".join(("id,name", *rows, ""))
'''
SHOW_EXPORT = """
from macros.exports.registry import FORMATS, language_files
export = next(export for export in FORMATS if export.path == "places.csv")
print(json.dumps({
    "text": dict(language_files(view))["api/v1/places.csv"],
    "description": export.describe("en"),
    "media_type": export.media_type,
}))
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the package, in which a recipe is followed."""
    ignored = shutil.ignore_patterns("theme")
    return Path(shutil.copytree(REPO / "macros", tmp_path / "macros", ignore=ignored))


def insert(file: Path, before: str, line: str) -> None:
    """Insert a line before another, which must be there once."""
    text = file.read_text("utf-8")
    assert text.count(f"\n{before}\n") == 1
    file.write_text(text.replace(f"\n{before}\n", f"\n{line}\n{before}\n"), encoding="utf-8")


def run(package: Path, script: str) -> dict[str, Any]:
    """Run a script with the copy and with a view of the small organ."""
    imports = (
        "import json, macros, tests.organ\n"
        f"assert macros.__file__.startswith({str(package)!r})\n"
        "view = tests.organ.SMALL.view()\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", imports + script],
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(package.parent), str(REPO)))},
        cwd=package.parent,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert ran.returncode == 0, ran.stderr
    result: dict[str, Any] = json.loads(ran.stdout)
    return result


def test_a_new_index_page(package: Path) -> None:
    """One module, its template, its messages, its line in the registry with the import."""
    (package / "pages/places.py").write_text(PAGE, encoding="utf-8")
    (package / "render/templates/place_index.html").write_text(TEMPLATE, encoding="utf-8")
    with (package / "i18n/catalogues/en.yml").open("a", encoding="utf-8") as messages:
        messages.write(MESSAGES)
    insert(package / "pages/registry.py", "    resolution,", "    places,")
    insert(package / "pages/registry.py", "    documents.KIND,", "    places.KIND,")
    page = run(package, SHOW_PAGE)
    assert page["title"] == "Places"
    assert page["description"].endswith("Assembly of the Lakes are carried out.")
    assert page["anchors"]
    assert all(f'<li id="{anchor}">' in page["body"] for anchor in page["anchors"])
    assert ["Places", "places/"] in page["group"]


def test_a_new_export(package: Path) -> None:
    """One module, its line in the registry with the import."""
    (package / "exports/places.py").write_text(EXPORT, encoding="utf-8")
    insert(package / "exports/registry.py", "    resolutions,", "    places,")
    line = '    Format("places.csv", places.table),'
    timeline = '    Format("timeline.ics", calendars.timeline, "timeline_ics"),'
    insert(package / "exports/registry.py", timeline, line)
    export = run(package, SHOW_EXPORT)
    assert export["text"].startswith("id,name\n") and export["text"].count("\n") > 1
    assert export["description"] == "List all places with their names."
    assert export["media_type"] == "text/csv"
