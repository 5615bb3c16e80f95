"""Changes to translation files touch nothing but what they are for."""

from __future__ import annotations

import random

import pytest

from macros.authoring.amending import CannotAmend, Entry, amended
from macros.corpus.source import read

NAME = "data/translations/zh/resolutions/1-1.yml"
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


def change(text: str, *entries: Entry) -> str:
    return amended(NAME, text.encode(), entries, ORDER).decode()


def without(text: str, part: str) -> str:
    assert text.count(part) == 1, part
    return text.replace(part, "")


def test_a_new_entry_stands_in_the_order_of_the_original_file() -> None:
    new = change(
        FILE, Entry("c.text", "C", "丙"), Entry("a.text", "A"), Entry("op-2.gist", "Two", "二")
    )
    assert list(read(NAME, new.encode()).value) == [
        "title",
        "op-2.gist",
        "a.text",
        "b.text",
        "c.text",
    ]
    rest = without(
        new, "op-2.gist:\n  original: Two\n  text: 二\na.text:\n  original: A\n  text:\n"
    )
    assert without(rest, "c.text:\n  original: C\n  text: 丙\n") == FILE
    assert "basis: verified\nop-2.gist:" in new, "behind the text before it"
    assert "\n\n# about b\nb.text:" in new, "a comment stays above its entry"


def test_a_new_first_entry_stands_behind_the_head_of_the_file() -> None:
    short = FILE[: FILE.index("# the title")] + FILE[FILE.index("# about b") :]
    new = change(short, Entry("title", "Clean shores"))
    assert new.startswith(
        "# Head of the file\n\ntitle:\n  original: Clean shores\n  text:\n# about b\nb.text:"
    )


@pytest.mark.parametrize("start", ["", "# Only a comment\n", "# No line end"])
def test_a_file_without_entries(start: str) -> None:
    joint = "\n" if start and not start.endswith("\n") else ""
    expected = "title:\n  original: Clean shores\n  text:\na.text:\n  original: A\n  text: 甲\n"
    assert (
        change(start, Entry("a.text", "A", "甲"), Entry("title", "Clean shores"))
        == start + joint + expected
    )


def test_a_file_without_a_line_end_gets_one() -> None:
    assert change("title: {original: o, text: t}", Entry("a.text", "A")) == (
        "title: {original: o, text: t}\na.text:\n  original: A\n  text:\n"
    )


def test_line_ends_stay_as_they_are() -> None:
    new = change(FILE.replace("\n", "\r\n"), Entry("a.text", "A"), Entry("b.text", "B", "丙\n丁"))
    assert new.replace("\r\n", "\n") == change(
        FILE, Entry("a.text", "A"), Entry("b.text", "B", "丙\n丁")
    )
    assert new.count("\r\n") == new.count("\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("original: o\n  text:\n", "original: o\n  text: 新\n"),
        ("original: o\n  text: # why\n", "original: o\n  text: 新 # why\n"),
        ("original: o\n  text: ~\n", "original: o\n  text: 新\n"),
        ("original: o # why\n", "original: o # why\n  text: 新\n"),
        ("original: >-\n    o\n", "original: >-\n    o\n  text: 新\n"),
        (
            "original: o\n  text: 旧 # why\n  basis: cited\n",
            "original: o\n  text: 新 # why\n  basis: cited\n",
        ),
        ("text: '旧'\n  original: o\n", "text: 新\n  original: o\n"),
        ("original: o\n  text: >- # why\n    旧\n\n", "original: o\n  text: >- # why\n    新\n\n"),
        ("original: o\n  text: |\n    旧\n    旧\n", "original: o\n  text: >-\n    新\n"),
    ],
)
def test_a_text_is_written_into_its_place(before: str, after: str) -> None:
    assert (
        change(f"title:\n  {before}# end\n", Entry("title", "o", "新"))
        == f"title:\n  {after}# end\n"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{original: o, text: 旧}", '{original: o, text: "新"}'),
        ("{original: o, text: }", '{original: o, text: "新"}'),
        ("{original: o}", '{original: o, text: "新"}'),
        ("{original: o, basis: cited} # why", '{original: o, text: "新", basis: cited} # why'),
    ],
)
def test_an_entry_in_braces_stays_in_braces(before: str, after: str) -> None:
    assert change(f"title: {before}\n", Entry("title", "o", "新")) == f"title: {after}\n"


def test_an_outdated_original_is_replaced_and_nothing_else() -> None:
    new = change(FILE, Entry("title", "Cleaner shores", "清洁的湖岸"))
    assert new == FILE.replace("Clean shores  # as", "Cleaner shores  # as")


def test_nothing_is_changed_where_all_is_as_it_should_be() -> None:
    assert change(FILE, Entry("title", "Clean shores", "清洁的湖岸")) == FILE


@pytest.mark.parametrize(
    "text",
    [
        "{title: {original: o, text: t}}\n",
        "  title: {original: o, text: t}\n",
        "title: {original: o}\n...\n",
    ],
)
def test_a_form_that_cannot_be_changed_safely_is_refused(text: str) -> None:
    with pytest.raises(CannotAmend) as refused:
        change(text, Entry("a.text", "A", "甲"))
    assert refused.value.file == NAME


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
    """As a new entry, in the place of every kind of value, and as an id."""
    for entry in (Entry("c.text", text, text), Entry("a.text", text, text)):
        assert read(NAME, change(FILE, entry).encode()).value[entry.key] == {
            "original": text,
            "text": text,
        }
    for key in ("title", "b.text"):
        value = read(NAME, change(FILE, Entry(key, text, "新")).encode()).value[key]
        assert (value["original"], value["text"]) == (text, "新")
    odd = f"{text}.text"
    if "\n" not in odd:
        new = amended(NAME, FILE.encode(), [Entry(odd, "o")], [*ORDER, odd])
        assert read(NAME, new).value[odd] == {"original": "o", "text": None}


def test_any_mixture_of_changes_is_exact() -> None:
    """Many small files made at random: what comes out is what was meant, and comments survive."""
    dice = random.Random(4)
    for _ in range(400):
        keys = [key for key in ORDER if dice.random() < 0.6]
        text = (
            "# head\n"
            + "".join(_entry(dice, key) for key in keys)
            + dice.choice(["", "\n", "# foot\n"])
        )
        before = read(NAME, text.encode()).value or {}
        entries = [
            Entry(key, dice.choice(HARD), dice.choice(HARD)) for key in ORDER if dice.random() < 0.5
        ]
        try:
            new = change(text, *entries)
        except CannotAmend:
            pytest.fail(f"{text}\n{entries}")
        after = {key: dict(value) for key, value in before.items()}
        for entry in entries:
            after.setdefault(entry.key, {}).update(original=entry.original, text=entry.text)
        assert (read(NAME, new.encode()).value or {}) == after
        assert [new.count(f"# {mark}") for mark in ("head", "why", "foot")] == [
            text.count(f"# {mark}") for mark in ("head", "why", "foot")
        ]


def _entry(dice: random.Random, key: str) -> str:
    forms = (
        "old",
        "'old'",
        '"old"',
        ">-\n    old\n    words",
        "|-\n    old\n    lines",
        "old # why",
        "",
    )
    original, text = dice.choice(forms[:-1]), dice.choice(forms)
    gap = dice.choice(["", "\n", "# about\n"])
    return f"{gap}{key}:\n  original: {original}\n  text: {text}\n"
