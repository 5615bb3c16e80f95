"""The state of translations: what is listed, filled in and accepted."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from macros.authoring import translation_status as translating
from macros.authoring.translation_status import Entry, list_messages
from macros.corpus.loading import load
from macros.i18n.messages import Catalogue
from tests.organ import BODY, FIRST, SMALL, Organ
from tests.translated import FILE, ORGAN


def found(organ: Organ = ORGAN) -> dict[str, translating.Message]:
    return {passage.id: passage for passage in list_messages(organ.load(), "zh")}


def filled(organ: Organ, entries: dict[str, Entry]) -> Organ:
    return Organ(
        {
            **organ.files,
            **translating.write_entries(list_messages(organ.load(), "zh"), organ.files, entries),
        }
    )


def test_every_text_has_a_state() -> None:
    states = {
        key: found()[f"resolutions/1-1:{key}"].state
        for key in ("title", "plan-written.text", "money-came.text")
    }
    assert states == {
        "title": "translated",
        "plan-written.text": "outdated",
        "money-came.text": "missing",
    }
    assert found()["resolutions/1-2:title"].state == "missing"
    assert found()["vocabulary:themes.water.name"].original == "Water"


def test_texts_are_in_the_order_of_the_files_of_the_originals() -> None:
    """Also where that is not the order of the model."""
    organ = ORGAN.edit(FIRST, "number: 1\nsession: 1\n", "").append(
        FIRST, "number: 1\nsession: 1\n"
    )
    organ = organ.edit(FIRST, "title: Clean shores\ntitle_basis: verified\n", "")
    organ = organ.append(FIRST, "title: Clean shores\ntitle_basis: verified\n")
    keys = [
        passage.key
        for passage in list_messages(organ.load(), "zh")
        if passage.stem == "resolutions/1-1"
    ]
    assert (keys[0], keys[-1]) == ("op-2-a.gist", "title")
    lines = [
        passage.line
        for passage in list_messages(organ.load(), "zh")
        if passage.stem == "resolutions/1-1"
    ]
    assert lines == sorted(lines)
    stems = list(dict.fromkeys(passage.stem for passage in list_messages(ORGAN.load(), "zh")))
    assert stems.index("resolutions/1-2") < stems.index("resolutions/1-10")


def test_an_entry_without_a_text_shows_the_original_and_is_a_notice() -> None:
    text = ORGAN.corpus("zh").resolutions["1-1"].updates[1].text
    assert (text, text.state) == ("Money came.", "missing")
    [problem] = [problem for problem in ORGAN.load().problems if problem.code == "text_to_write"]
    assert (problem.file, problem.line, problem.severity) == (FILE, 7, "notice")
    assert (
        problem.sentence(Catalogue.of("en").t)
        == "money-came.text waits for its translation; write it after text:"
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<b>x</b>", "html_in_text"),
        ("'[x](javascript:x)'", "link_in_text"),
        ("'{{ x }}'", "template_in_text"),
    ],
)
def test_a_translation_may_contain_no_more_than_its_original(text: str, code: str) -> None:
    problems = ORGAN.edit(FILE, "text: 已制定计划。", f"text: {text}").load().errors
    assert {(problem.code, problem.line) for problem in problems} == {(code, 4)}


# --- what changed ---------------------------------------------------------------------------------


def test_the_list() -> None:
    organ = ORGAN.edit(FILE, "money-came.text:\n  original: Money came.\n  text:\n", "")
    shown = [
        passage
        for passage in list_messages(organ.load(), "zh")
        if passage.stem == "resolutions/1-1"
    ]
    lines = _lines(
        translating.report("zh", shown[:4] + shown[5:7], ["docs/zh/a.md"], Catalogue.of("en").t)
    )
    assert lines[0] == "zh: 4 missing, 1 outdated, of 6 texts"
    assert lines[1:4] == ["", f"{FILE}: op-2-a.gist: missing", "    Asks for clean shores."]
    outdated = lines.index(f"{FILE}:2: plan-written.text: outdated")
    assert lines[outdated + 1 : outdated + 4] == [
        "    - A plan was drawn; see [a page](https://example.org/page).",
        "    + A plan was written; see [the page](https://example.org/page).",
        "    已制定计划。",
    ]
    assert lines[-2:] == ["zh: one page is not written in this language:", "    docs/zh/a.md"]


def test_the_list_of_a_complete_language_is_one_line() -> None:
    shown = [passage for passage in found().values() if passage.state == "translated"]
    assert list(translating.report("zh", shown, [], Catalogue.of("en").t)) == [
        "zh: complete (1 texts)"
    ]


def test_pages_that_a_language_lacks() -> None:
    names = [
        "docs/en/a.md",
        "docs/en/r/2-4.md",
        "docs/zh/a.md",
        "docs/zh/own.md",
        "data/body.yml",
        "docs/en/x.yml",
    ]
    assert translating.missing_pages(names, "en", "zh") == ["docs/zh/r/2-4.md"]


# --- filling in and accepting ---------------------------------------------------------------------


def test_all_missing_texts_are_filled_in_and_nothing_else_is_touched() -> None:
    entries = translating.entries_to_fill_in(found().values())
    assert "resolutions/1-1:money-came.text" not in entries, "an entry that waits stays as it is"
    assert "resolutions/1-1:plan-written.text" not in entries, "an outdated text stays as it is"
    after = filled(ORGAN, entries)
    loaded = after.load()
    assert not loaded.errors
    assert {problem.code for problem in loaded.problems} == {
        "text_to_write",
        "outdated_translation",
    }
    old, new = (organ.files[FILE].decode().splitlines() for organ in (ORGAN, after))
    rest = iter(new)
    assert all(line in rest for line in old), "the old lines are still there, in their order"
    assert translating.entries_to_fill_in(list_messages(loaded, "zh")) == {}
    order = list(
        dict.fromkeys(
            passage.key for passage in list_messages(loaded, "zh") if passage.file == FILE
        )
    )
    assert list(loaded.tables["zh"]["resolutions/1-1"]) == order
    assert after.files["data/translations/zh/places.yml"].startswith(
        b"# data/places.yml \xe2\x86\x92 zh\nlakeland.name:\n"
    )


def test_an_outdated_translation_is_accepted_by_its_id() -> None:
    every = list(found().values())
    entries, unknown = translating.entries_to_accept(
        every, ["plan-written.text", "title", "nothing"]
    )
    assert unknown == ["title", "nothing"]
    assert entries == translating.entries_to_accept(every, ["resolutions/1-1:plan-written.text"])[0]
    after = filled(ORGAN, entries)
    assert found(after)["resolutions/1-1:plan-written.text"].state == "translated"
    assert found(after)["resolutions/1-1:plan-written.text"].text == "已制定计划。"
    assert [name for name in after.files if after.files[name] != ORGAN.files.get(name)] == [FILE]


def test_an_id_that_several_files_have_does_not_name_one() -> None:
    organ = SMALL.edit(BODY, "languages: [en]", "languages: [en, zh]")
    for slug in ("1-1", "1-2"):
        organ = organ.add(
            f"data/translations/zh/resolutions/{slug}.yml", "title: {original: Old, text: 旧}\n"
        )
    every = list_messages(organ.load(), "zh")
    assert translating.entries_to_accept(every, ["title"])[1] == ["title"]
    assert list(translating.entries_to_accept(every, ["resolutions/1-2:title"])[0]) == [
        "resolutions/1-2:title"
    ]


def test_loading_keeps_what_the_desk_needs_even_with_errors() -> None:
    loaded = load({**ORGAN.files, FILE: b"titel: {original: x, text: y}\n"})
    assert loaded.errors and loaded.tables["zh"] and loaded.originals


def _lines(report: Iterable[str]) -> list[str]:
    return "\n".join(report).split("\n")
