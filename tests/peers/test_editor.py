"""The schemas and settings in a real editor's hands: the language server that VS Code's YAML extension runs."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from macros.build.project import Project
from tests.conftest import REPO
from tests.peers.language_server import LanguageServer

pytestmark = pytest.mark.peers

SERVER = (
    Path(__file__).parent / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
)
NEW = "data/resolutions/9-9.yml"
"""A file that does not exist and has no modeline: the settings of the workspace alone say what it is."""

TEXT = """\
number: 9
session: 2
title: Lakes
title_basis: cited
themes: [housing]
assessments:
  - id: assessment-eb-2024-2
    period: eb-2024-2
    status: in-preparation
    reason: A draft is being written.
    sources:
      - {document: HSP/EB.2024/20, paragraph: 3}
"""


@pytest.fixture(scope="module")
def editor() -> Iterator[LanguageServer]:
    """The server with this project as its workspace."""
    node = shutil.which("node")
    assert node and SERVER.is_file(), (
        "Node.js and what tests/peers/package.json names are needed: run make test-all"
    )
    settings = json.loads((REPO / ".vscode" / "settings.json").read_text("utf-8"))
    with LanguageServer([node, str(SERVER), "--stdio"], REPO, settings) as server:
        yield server


def shown(
    editor: LanguageServer, old: str, new: str, name: str = NEW, text: str = TEXT
) -> tuple[str, int, int]:
    """A file with one passage replaced, where `→` is the pointer; gives its place."""
    assert text.count(old) == 1
    before, _, after = text.replace(old, new).partition("→")
    editor.show(name, before + after)
    return name, before.count("\n"), len(before) - before.rfind("\n") - 1


def test_no_data_file_has_a_problem(editor: LanguageServer) -> None:
    names = [path.relative_to(REPO).as_posix() for path in sorted((REPO / "data").rglob("*.yml"))]
    for name in names:
        editor.show(name, (REPO / name).read_text("utf-8"))
    assert {name: found for name in names if (found := editor.problems(name))} == {}


def test_a_file_without_a_problem_and_without_a_modeline(editor: LanguageServer) -> None:
    shown(editor, "number", "number")
    assert editor.problems(NEW) == []


def test_a_status_is_completed_from_those_of_the_organ(
    editor: LanguageServer, project: Project
) -> None:
    place = shown(editor, "status: in-preparation", "status: →")
    offered = {item["label"]: item["documentation"] for item in editor.completions(*place)}
    statuses = project.corpora["en"].words["statuses"]
    assert offered == {
        key: f"{status.name}: {status.definition}" for key, status in statuses.items()
    }


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("HSP/EB.2024/20", "→", "documents"),
        ("period: eb-2024-2", "period: →", "periods"),
        ("themes: [housing]", "themes:\n  - →", "themes"),
        ("session: 2\n", "session: 2\npartners:\n  - organization: →\n", "organizations"),
        ("session: 2\n", "session: 2\nevents:\n  - id: a\n    place: →\n", "places"),
        ("session: 2\n", "session: 2\nrelations:\n  - resolution: →\n", "resolutions"),
        ("session: 2\n", "session: →\n", "sessions"),
    ],
)
def test_what_the_organ_has_is_offered(
    editor: LanguageServer, project: Project, old: str, new: str, kind: str
) -> None:
    place = shown(editor, old, new)
    corpus = project.corpora["en"]
    known = corpus.words.get(kind) or getattr(corpus, kind)
    offered: set[str] = set()
    deadline = time.monotonic() + 20
    while not offered and time.monotonic() < deadline:  # the server may still read the schema
        offered = {item["label"] for item in editor.completions(*place)}
    assert offered == {str(key) for key in known}


def test_keys_are_completed_without_any_fact_beside_them(editor: LanguageServer) -> None:
    place = shown(editor, "session: 2\n", "session: 2\n→\n")
    offered = {item["label"]: item["insertText"] for item in editor.completions(*place)}
    assert {"label", "adoption", "updates", "events", "contributions"} <= offered.keys()
    assert not {"number", "session", "title"} & offered.keys()
    for text in offered.values():
        assert not [
            line for line in text.split("\n") if line.partition(":")[2].strip().strip("$0123456789")
        ], text


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "status: in",
            "stat→us: in",
            ["#### Status", "Id of a status in vocabulary.yml.", "`overtaken`: Overtaken"],
        ),
        ("housing", "hou→sing", ["`housing`: Adequate housing"]),
        ("reason:", "rea→son:", ["Why it is judged so", "Restricted Markdown", "Example:"]),
        (
            "assessments",
            "asse→ssments",
            ["one for each reporting period"],
        ),
        (
            "session: 2\n",
            "session: 2\nadoption:\n  da→te: 2025\n",
            ["Day of adoption", "EDTF", "2024-36 (fourth quarter)"],
        ),
    ],
)
def test_hovering_explains(editor: LanguageServer, old: str, new: str, told: list[str]) -> None:
    text = editor.hover(*shown(editor, old, new))
    assert [
        part for part in told if part.replace("*", r"\*") not in text and part not in text
    ] == [], text


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("title_basis", "titel_basis", 4, "Property titel_basis is not allowed."),
        ("    reason", "    reson", 10, "Property reson is not allowed."),
        ("in-preparation", "in-preparatoin", 9, 'Valid values: "not-started", "in-preparation"'),
        ("eb-2024-2\n    status", "eb-2024\n    status", 8, 'Valid values: "eb-2024-2".'),
        (
            "session: 2\n",
            "session: 2\nadoption: {date: 2024-13-45}\n",
            3,
            "A date in one of these forms: 2024-12-09",
        ),
        ("assessment-eb-2024-2", "Assessment", 7, "Small letters, digits and hyphens"),
        ("title: Lakes\n", "", 1, 'Missing property "title".'),
        ("title: Lakes", "title: [Lakes]", 3, 'Expected "string"'),
    ],
)
def test_a_mistake_is_marked(
    editor: LanguageServer, old: str, new: str, line: int, told: str
) -> None:
    shown(editor, old, new)
    found = editor.problems(NEW)
    assert [at for at, message in found if told in message] == [line], found


def test_an_amount_needs_its_currency(editor: LanguageServer) -> None:
    report = (
        "{period: eb-2024-2, state: received, amount: 5, sources: [{document: HSP/EB.2024/20}]}"
    )
    contribution = f"contributions:\n  - {{id: a, kind: core, purpose: x, reports: [{report}]}}\n"
    shown(editor, "session: 2\n", f"session: 2\n{contribution}")
    assert [message for _, message in editor.problems(NEW)] == [
        "Object is missing property currency required by property amount."
    ]


def test_translations(editor: LanguageServer) -> None:
    name, text = (
        "data/translations/zh/resolutions/9-9.yml",
        "title:\n  original: Lakes\n  text: 湖泊\n",
    )
    assert "The translation." in editor.hover(*shown(editor, "text", "te→xt", name, text))
    assert editor.problems(name) == []
    place = shown(editor, "  text: 湖泊\n", "  →\n", name, text)
    assert {"text", "basis"} <= {item["label"] for item in editor.completions(*place)}
    shown(editor, "title", "op-2.gits", name, text)
    assert editor.problems(name) == [(1, "Property op-2.gits is not allowed.")]
