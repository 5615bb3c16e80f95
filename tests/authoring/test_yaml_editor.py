"""The YAML editor adds and changes entries and touches no other line."""

from __future__ import annotations

import random

import pytest

from macros.authoring.yaml_editor import EditError, append_entry, new_file, set_entries
from macros.corpus.source import read

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
            f"updates:     # none yet\n{LINES}z: 1\n",
            id="empty list",
        ),
        pytest.param(
            "updates: [{id: a},]  # in brackets\n",
            "updates: [id: a, {id: new, text: Short., sources: [{document: A/1, paragraph: 3}]}]"
            " # in brackets\n",
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
    assert append_entry(before, ("updates",), NOTE, ("title", "updates", "events")) == after


def test_an_entry_of_an_entry() -> None:
    before = (
        "events:\n  - id: a\n    reports:\n      - period: x\n  # B\n  - id: b\n    reports: []\n"
    )
    after = append_entry(before, ("events", 0, "reports"), {"period": "later"})
    assert after == before.replace(
        "      - period: x\n", "      - period: x\n      - period: later\n"
    )
    assert append_entry(before, ("events", 1, "reports"), {"period": "later"}) == before.replace(
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
    with pytest.raises(EditError):
        append_entry(text, path, NOTE)


@pytest.mark.parametrize(
    "text",
    [
        "Plain text.", "A colon: here", "a # comment", "- a hyphen", "2024", "2024-12-09", "no",
        "true", "null", "",
        "{braces}", "[brackets]", "*star*", "&anchor", "'single' \"double\"", "back\\slash",
        "per cent: 5 %",
        "@at",
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
        found = read("x", append_entry(before, ("updates",), entry).encode())
        assert not found.problems
        assert found.value["updates"][-1] == {**entry, "paragraphs": tuple(entry["paragraphs"])}
    assert read("x", new_file("x\ny", entry).encode()).value["text"] == text


def test_long_texts_are_folded_and_dates_are_bare() -> None:
    entry = {"id": "a", "date": "2024-12-09", "paragraphs": ["2"], "text": "word " * 60 + "end"}
    written = append_entry("updates: []\n", ("updates",), entry)
    assert (
        "date: 2024-12-09\n" in written
        and 'paragraphs: ["2"]\n' in written
        and "text: >-\n" in written
    )
    assert max(map(len, written.splitlines())) <= 110


# --- records at the top of a file -----------------------------------------------------------------

ORDER = ("title", "op-2.gist", "a.text", "b.text", "c.text")
FILE = """\
# Head of the file

# the title
title:
  original: Clean shores  # as adopted
  text: "清洁的湖岸"   # from the report
  basis: verified

# about b
b.text:
  original: >-
    A long text that was
    folded.
  text: |-
    一
    二

# the end
"""


def change(text: str, **entries: tuple[str, str | None]) -> str:
    """Set originals and texts; `_` stands for a full stop in a key."""
    fields = {
        key.replace("_", "."): {"original": original, "text": translation}
        for key, (original, translation) in entries.items()
    }
    return set_entries(text, fields, ORDER)


def test_new_records_stand_in_the_order_given() -> None:
    new = change(FILE, c_text=("C", "丙"), a_text=("A", None))
    added = "a.text:\n  original: A\n  text:\n"
    assert "basis: verified\n" + added + "\n# about b\nb.text:" in new
    assert new.replace(added, "").replace("c.text:\n  original: C\n  text: 丙\n", "") == FILE


def test_a_new_first_record_stands_behind_the_head_of_the_file() -> None:
    short = "# Head\n\n# about b\nb.text: {original: o}\n"
    assert change(short, title=("T", None)) == (
        "# Head\n\ntitle:\n  original: T\n  text:\n# about b\nb.text: {original: o}\n"
    )


@pytest.mark.parametrize("start", ["", "# Only a comment\n", "# No line end"])
def test_a_file_without_records(start: str) -> None:
    joint = "\n" if start and not start.endswith("\n") else ""
    expected = "title:\n  original: T\n  text:\na.text:\n  original: A\n  text: 甲\n"
    assert change(start, a_text=("A", "甲"), title=("T", None)) == start + joint + expected


def test_line_ends_stay_as_they_are() -> None:
    new = change(FILE.replace("\n", "\r\n"), a_text=("A", None), b_text=("B", "丙\n丁"))
    assert new.replace("\r\n", "\n") == change(FILE, a_text=("A", None), b_text=("B", "丙\n丁"))
    assert new.count("\r\n") == new.count("\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("\n  original: o\n  text:", "\n  original: o\n  text: 新"),
        ("\n  original: o\n  text: # why", "\n  original: o\n  text: 新 # why"),
        ("\n  original: o\n  text: ~", "\n  original: o\n  text: 新"),
        ("\n  original: o # why", "\n  original: o # why\n  text: 新"),
        ("\n  original: >-\n    o", "\n  original: >-\n    o\n  text: 新"),
        ("\n  text: '旧'\n  original: 'o'", "\n  text: '新'\n  original: 'o'"),
        ("\n  original: o\n  text: >- # y\n    旧", "\n  original: o\n  text: >- # y\n    新"),
        (" {original: o, text: 旧}", " {original: o, text: 新}"),
        (" {original: o}  # why", " {original: o, text: 新} # why"),
    ],
)
def test_a_text_is_written_into_its_place(before: str, after: str) -> None:
    assert change(f"title:{before}\n# end\n", title=("o", "新")) == f"title:{after}\n# end\n"


def test_an_outdated_original_is_replaced_and_nothing_else() -> None:
    new = change(FILE, title=("Cleaner shores", "清洁的湖岸"))
    assert new == FILE.replace("Clean shores  # as", "Cleaner shores # as")
    assert change(FILE, title=("Clean shores", "清洁的湖岸")) == FILE


@pytest.mark.parametrize("text", ["{title: {original: o}}\n"])
def test_a_file_that_cannot_be_changed_safely_is_refused(text: str) -> None:
    with pytest.raises(EditError):
        change(text, c_text=("C", "丙"), title=("p", None))


HARD = (
    "a: b", "a #b", "#", "- a", "'", '"', "no", "null", "~", "12", "1.5", "2024-01-01", "true",
    "&a", "*a", "!a", "%a",
    "@a", "`a", "{a}", "[a]", "a,", "?", "? a", ":", "a:", "|", ">", "---", "a\nb", "a\n\n  b\n- c",
    "trailing ", " lead",
    "a\tb", "\\n", "\u3000x", "é", "𠀀", "x" * 300,
    "word " * 60 + "end", "two  spaces " * 20 + ".", "字" * 300, "=", "<<",
    "a\n", "\na", "0x1f", "1_000", "12:30:45", "…", "“…”", "line\n" * 40 + "end",
)  # fmt: skip


@pytest.mark.parametrize("text", HARD, ids=range(len(HARD)))
def test_any_text_can_be_written(text: str) -> None:
    for key in ("c_text", "a_text", "title", "b_text"):
        record = read("", change(FILE, **{key: (text, text)}).encode()).value[key.replace("_", ".")]
        assert (record["original"], record["text"]) == (text, text)


def test_any_mixture_of_changes_is_exact_and_keeps_comments() -> None:
    dice = random.Random(4)
    forms = (
        "old",
        "'old'",
        '"old"',
        ">-\n    old\n    words",
        "|-\n    old\n    lines",
        "old # why",
        "",
    )
    for _ in range(100):
        text = "# head\n"
        for key in ORDER:
            if dice.random() < 0.6:
                gap = dice.choice(["", "\n", "# about\n"])
                original, translation = dice.choice(forms[:-1]), dice.choice(forms)
                text += f"{gap}{key}:\n  original: {original}\n  text: {translation}\n"
        text += dice.choice(["", "\n", "# foot\n"])
        entries = {
            key: {"original": dice.choice(HARD), "text": dice.choice(HARD)}
            for key in ORDER
            if dice.random() < 0.5
        }
        new = set_entries(text, entries, ORDER)
        assert (read("", new.encode()).value or {}) == {
            **(read("", text.encode()).value or {}),
            **entries,
        }
        for mark in ("# head", "# why", "# foot", "# about"):
            assert new.count(mark) == text.count(mark)
