"""Entries put into the text of files: nothing that was there changes."""

from __future__ import annotations

import pytest

from macros.authoring.yaml_editor import WIDTH, AuthoringError, add_entry, new_file, readable_id
from macros.corpus.files import read_tree
from macros.corpus.source import read
from tests.conftest import REPO

NOTE = {"id": "new", "text": "Short.", "sources": [{"document": "A/1", "paragraph": 3}]}
LINES = "  - id: new\n    text: Short.\n    sources:\n      - {document: A/1, paragraph: 3}\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "updates:\n  - id: a\n", f"updates:\n  - id: a\n{LINES}", id="end of the file"
        ),
        pytest.param(
            "updates:\n  - id: a", f"updates:\n  - id: a\n{LINES}", id="no line break at the end"
        ),
        pytest.param(
            "updates:\n  - id: a # one\n  # of a\n\n# Events\nevents: []\n",
            f"updates:\n  - id: a # one\n  # of a\n{LINES}\n# Events\nevents: []\n",
            id="comments stay where they are",
        ),
        pytest.param(
            "updates:\n  - id: a\n    text: >-\n      # no\n      comment\n\nevents: []\n",
            f"updates:\n  - id: a\n    text: >-\n      # no\n      comment\n{LINES}\nevents: []\n",
            id="what looks like a comment in a text",
        ),
        pytest.param(
            "updates:\n  - id: a\n\n  # B\n  - id: b\nevents: []\n",
            f"updates:\n  - id: a\n\n  # B\n  - id: b\n\n{LINES}events: []\n",
            id="entries with empty lines between",
        ),
        pytest.param(
            "updates: []  # none yet\nz: 1\n",
            f"updates:  # none yet\n{LINES}z: 1\n",
            id="empty list",
        ),
        pytest.param(
            "updates: [{id: a},]  # in brackets\n",
            "updates: [{id: a}, {id: new, text: Short., sources: [{document: A/1, paragraph: 3}]},]  # in brackets\n",
            id="list in brackets",
        ),
        pytest.param("title: x\n", f"title: x\nupdates:\n{LINES}", id="no list yet"),
        pytest.param(
            "title: x\n# Events\nevents: []\n",
            f"title: x\nupdates:\n{LINES}# Events\nevents: []\n",
            id="no list yet, in the usual order",
        ),
        pytest.param("# Only a comment\n", f"# Only a comment\nupdates:\n{LINES}", id="no key yet"),
        pytest.param("", f"updates:\n{LINES}", id="empty file"),
        pytest.param("events: []\n", f"updates:\n{LINES}events: []\n", id="before the first key"),
        pytest.param(
            "updates:\n- id: a\nevents: []\n",
            "updates:\n- id: a\n"
            + "".join(line[2:] + "\n" for line in LINES.splitlines())
            + "events: []\n",
            id="hyphens that are not indented",
        ),
        pytest.param(
            "updates:\r\n  - id: a\r\nevents: []\r\n",
            "updates:\r\n  - id: a\r\n" + LINES.replace("\n", "\r\n") + "events: []\r\n",
            id="line breaks of another system",
        ),
    ],
)
def test_an_entry_is_added(before: str, after: str) -> None:
    assert add_entry(before, ("updates",), NOTE, ("title", "updates", "events")) == after


def test_an_entry_of_an_entry() -> None:
    before = (
        "events:\n  - id: a\n    reports:\n      - period: x\n  # B\n  - id: b\n    reports: []\n"
    )
    after = add_entry(before, ("events", 0, "reports"), {"period": "later"})
    assert after == before.replace(
        "      - period: x\n", "      - period: x\n      - period: later\n"
    )
    assert add_entry(before, ("events", 1, "reports"), {"period": "later"}) == before.replace(
        "    reports: []\n", "    reports:\n      - period: later\n"
    )


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("updates: {a: b}\n", ("updates",)),
        ("updates: text\n", ("updates",)),
        ("- a\n", ("updates",)),
        ("events: []\n", ("events", 3, "reports")),
        ("a: 1\n...\n", ("updates",)),
        ("updates: [\n]\n", ("updates",)),
        ("{a: 1}\n", ("updates",)),
        ("updates:\n  - a: |+\n      kept\n\n\n", ("updates",)),
    ],
)
def test_what_would_change_something_else_is_refused(text: str, path: tuple) -> None:
    with pytest.raises(AuthoringError):
        add_entry(text, path, NOTE)


@pytest.mark.parametrize(
    "text",
    [
        "Plain text.", "A colon: here", "a # comment", "- a hyphen", "2024", "2024-12-09", "no", "true", "null", "",
        "{braces}", "[brackets]", "*star*", "&anchor", "'single' \"double\"", "back\\slash", "per cent: 5 %", "@at",
        "tail:", "中文：冒号", "A " + "long word " * 40 + "# end: here", "x" * 300, "a, b",
        "Two\n\nparagraphs: one\n\n- a\n- b", "? question", "| pipe", "> fold", "!tag",
    ],
)  # fmt: skip
def test_any_text_is_read_again_as_it_was(text: str) -> None:
    entry = {
        "id": "a",
        "text": text,
        "symbol": {"value": text.split("\n")[0]},
        "paragraphs": [text.split("\n")[0]],
    }
    for before in ("updates: []\n", "updates: [{}]\n"):
        found = read("x", add_entry(before, ("updates",), entry).encode())
        assert not found.problems
        assert found.value["updates"][-1] == {**entry, "paragraphs": tuple(entry["paragraphs"])}
    assert read("x", new_file("x\ny", entry).encode()).value["text"] == text


def test_long_texts_are_folded_and_dates_are_bare() -> None:
    entry = {"id": "a", "date": "2024-12-09", "paragraphs": ["2"], "text": "word " * 60 + "end"}
    written = add_entry("updates: []\n", ("updates",), entry)
    assert (
        "date: 2024-12-09\n" in written
        and 'paragraphs: ["2"]\n' in written
        and "text: >-\n" in written
    )
    assert max(map(len, written.splitlines())) <= WIDTH


def test_every_file_of_the_project_keeps_every_line() -> None:
    files = {name: raw.decode() for name, raw in read_tree(REPO, ("data",))[0].items()
             if name.endswith(".yml") and "translations" not in name}  # fmt: skip
    for name, text in files.items():
        for key, value in read(name, text.encode()).value.items():
            if not isinstance(value, tuple) or not isinstance(value[0], dict):
                continue
            lines = add_entry(text, (key,), NOTE).splitlines()
            old = text.splitlines()
            start = next(
                index for index, (a, b) in enumerate(zip([*old, ""], lines, strict=False)) if a != b
            )
            assert lines[:start] + lines[start + len(lines) - len(old) :] == old, name


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("In seven cities of the San José area, data were collected", "seven-cities-san-jose-area"),
        ("UN-Habitat showed the tool", "un-habitat-showed-tool"),
        ("Member State's views", "member-state-views"),
        ("COP 29 in 2024", "cop-29-2024"),
        ("一无所知", "update"),
        ("is it", "is-it"),
        ("taken", "taken-3"),
        ("x" * 90, "x" * 40),
    ],
)
def test_readable_ids(words: str, expected: str) -> None:
    assert readable_id(words, {"taken", "taken-2"}, "update") == expected
