"""PO files: out and in again without loss, and nothing in them that could do harm."""

from __future__ import annotations

import io
import random
from datetime import UTC, datetime

import pytest
from babel.messages.pofile import read_po

from macros.authoring.po_files import Imported, from_po, to_po
from macros.authoring.translation_status import list_messages, write_entries
from macros.authoring.yaml_editor import EditError
from macros.corpus.loading import load
from macros.corpus.problems import Problem
from macros.i18n.messages import Catalogue
from tests.organ import BODY, SECOND, SMALL, STATEMENTS, Organ

T = Catalogue.of("en").t
WHEN = datetime(2025, 12, 1, tzinfo=UTC)
FIRST_ZH = "data/translations/zh/resolutions/1-1.yml"
EARLIER = (
    "A plan was drawn: " + 'with "quotation marks", a \\ and many words ' * 4 + "in 100 % of it."
)
ORGAN = (
    SMALL.edit(BODY, "languages: [en]", "languages: [en, zh]")
    .edit(
        STATEMENTS,
        "text: Money is *short*.",
        'text: "Money is *short*:\\n\\n- 50 % \\"less\\"\\n- a \\\\ and {braces}"',
    )
    .add(
        FIRST_ZH,
        f"""\
# 第1/1号决议
title: {{original: Clean shores, text: 清洁的湖岸, basis: verified}}
plan-written.text:
  original: >-
    {EARLIER}
  text: "已制定计划。"   # from a colleague
money-came.text:
  original: Money came.
  text:
""",
    )
)
PLAN, MONEY = "resolutions/1-1:plan-written.text", "resolutions/1-1:money-came.text"


def exported(organ: Organ = ORGAN) -> str:
    return to_po(list_messages(organ.load(), "zh"), "zh", "Lakes", WHEN, T).decode()


def read_back(po: str | bytes, organ: Organ = ORGAN) -> Imported:
    raw = po if isinstance(po, bytes) else po.encode()
    return from_po("zh.po", raw, list_messages(organ.load(), "zh"), "zh")


def imported(po: str, organ: Organ = ORGAN) -> Organ:
    found = read_back(po, organ)
    assert not [problem for problem in found.problems if problem.severity == "error"], told(found)
    return Organ(
        {
            **organ.files,
            **write_entries(list_messages(organ.load(), "zh"), organ.files, found.entries),
        }
    )


def told(found: Imported) -> list[str]:
    return [problem.line_of_text(T) for problem in found.problems]


def translated(po: str, passage: str, text: str, finished: bool = True) -> str:
    """A PO file in which a translator has written one text and removed a fuzzy mark."""
    before, context, after = po.partition(f'msgctxt "{passage}"\n')
    assert context, passage
    head, _, rest = after.partition("msgstr ")
    _, _gap, rest = rest.partition("\n\n")
    lead, entry = before.rsplit("\n\n", 1)
    if finished:
        entry = entry.replace("#, fuzzy\n", "")
    return f'{lead}\n\n{entry}{context}{head}msgstr "{text}"\n\n{rest}'


# --- out ------------------------------------------------------------------------------------------


def test_messages_say_what_they_are_and_where_they_are_from() -> None:
    entry = next(entry for entry in exported().split("\n\n") if f'"{PLAN}"' in entry).splitlines()
    assert entry[0].startswith("#. A note of what was done")
    assert "#. May contain restricted Markdown: *emphasis*, **strong**, lists, links." in entry
    place = next(line for line in entry if line.startswith("#: "))
    assert place == "#: data/resolutions/1-1.yml:36" or place.startswith(
        "#: data/resolutions/1-1.yml:"
    )
    assert "#, fuzzy" in entry
    comments = " ".join(line.removeprefix("#. ") for line in entry if line.startswith("#. "))
    assert f"- {EARLIER}" in comments
    assert entry[-1] == 'msgstr "已制定计划。"'


def test_another_reader_finds_every_text() -> None:
    every = list_messages(ORGAN.load(), "zh")
    catalog = read_po(io.BytesIO(exported().encode()), abort_invalid=True)
    messages = {message.context: message for message in catalog if message.id}
    assert str(catalog.locale) == "zh" and catalog.charset == "utf-8"
    assert {key: message.id for key, message in messages.items()} == {
        text.id: text.original for text in every
    }
    assert {key: message.string for key, message in messages.items()} == {
        text.id: text.text or "" for text in every
    }
    assert {key for key, message in messages.items() if message.fuzzy} == {PLAN}
    assert "-format" not in exported(), "a per cent sign or a brace is no format here"


def test_the_same_texts_give_the_same_bytes() -> None:
    assert exported() == exported()
    assert "2025-12-01 00:00+0000" in exported()


# --- out and in -----------------------------------------------------------------------------------


def test_a_round_trip_changes_nothing() -> None:
    found = read_back(exported())
    assert (found.entries, found.problems) == ({}, [])
    assert found.outcomes == {
        "same": 1,
        "fuzzy": 1,
        "empty": len(list_messages(ORGAN.load(), "zh")) - 2,
    }
    assert imported(exported()).files == ORGAN.files


def test_a_new_text_lands_in_its_place() -> None:
    after = imported(translated(exported(), MONEY, "资金：已到位 #1"))
    old = ORGAN.files[FIRST_ZH].decode()
    assert old.endswith("original: Money came.\n  text:\n")
    assert after.files[FIRST_ZH].decode() == old.removesuffix("\n") + ' "资金：已到位 #1"\n'
    after = imported(translated(exported(), "resolutions/1-2:title", "鱼很多"))
    assert after.files["data/translations/zh/resolutions/1-2.yml"].decode() == (
        "# data/resolutions/1-2.yml → zh\ntitle:\n  original: Many fish\n  text: 鱼很多\n"
    )
    assert after.corpus("zh").resolutions["1-2"].title == "鱼很多"


def test_an_outdated_text_comes_back_with_its_new_original() -> None:
    after = imported(translated(exported(), PLAN, "计划已写成。"))
    changed_lines = after.files[FIRST_ZH].decode()
    assert 'text: "计划已写成。"   # from a colleague' in changed_lines
    assert "A plan was written; see [the page](https://example.org/page)." in changed_lines
    assert EARLIER not in changed_lines
    assert after.corpus("zh").resolutions["1-1"].updates[0].text == "计划已写成。"
    untouched = imported(translated(exported(), PLAN, "计划已写成。", finished=False))
    assert untouched.files == ORGAN.files, "as long as it is marked fuzzy it is not taken in"


def test_an_outdated_text_that_still_holds_is_confirmed_by_taking_the_mark_away() -> None:
    after = imported(translated(exported(), PLAN, "已制定计划。"))
    assert not [
        problem for problem in after.load().problems if problem.code == "outdated_translation"
    ]


def test_several_lines_and_every_sign_survive() -> None:
    text = '资金*不足*：\\n\\n- \\"50 %\\"\\n- \\\\ 和 {括号}'
    after = imported(translated(exported(), "statements:money-is-short.text", text))
    assert (
        after.corpus("zh").statements.statements[0].text
        == '资金*不足*：\n\n- "50 %"\n- \\ 和 {括号}'
    )


def test_the_original_was_changed_while_the_translator_worked() -> None:
    po = translated(exported(), "resolutions/1-2:title", "鱼很多")
    newer = ORGAN.edit(SECOND, "title: Many fish", "title: More fish")
    found = read_back(po, newer)
    assert told(found)[0].endswith(
        "the original of resolutions/1-2:title was changed after this file was exported; "
        "the translation is taken in as outdated"
    )
    [outdated] = [
        text
        for text in list_messages(imported(po, newer).load(), "zh")
        if text.id == "resolutions/1-2:title"
    ]
    assert (outdated.state, outdated.text, outdated.original) == ("outdated", "鱼很多", "More fish")
    assert outdated.translation and outdated.translation.original == "Many fish"


def test_an_older_translation_does_not_replace_a_newer_one() -> None:
    po = translated(exported(), PLAN, "旧文件")
    newer = imported(translated(exported(), PLAN, "新译文"))
    newer = newer.edit(
        "data/resolutions/1-1.yml", "A plan was written; see", "The plan was written; see"
    )
    newer = newer.edit(FIRST_ZH, "A plan was written; see", "The plan was written; see")
    found = read_back(po, newer)
    assert PLAN not in found.entries and found.outcomes["left"] == 1
    assert "is left out" in told(found)[0]


def test_a_changed_official_title_is_told() -> None:
    found = read_back(translated(exported(), "resolutions/1-1:title", "干净的湖岸"))
    assert "marked as official" in told(found)[0]
    assert (
        "basis: verified"
        in imported(translated(exported(), "resolutions/1-1:title", "干净的湖岸"))
        .files[FIRST_ZH]
        .decode()
    )


# --- what is not as it should be ------------------------------------------------------------------

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
MESSAGE = 'msgctxt "resolutions/1-2:title"\nmsgid "Many fish"\nmsgstr "鱼很多"\n'


@pytest.mark.parametrize(
    ("po", "line", "code"),
    [
        (b"\xff\xfe", 1, "not_utf8"),
        (HEAD.encode() + MESSAGE.encode("gbk", "replace"), 6, "not_utf8"),
        ("msgid \x07", 1, "control_character"),
        ("<html>", 1, "po_syntax"),
        (HEAD + MESSAGE.replace('多"', "多"), 6, "po_syntax"),
        (HEAD + MESSAGE.replace("msgid", "msgjd"), 5, "po_syntax"),
        ('"text"\n', 1, "po_syntax"),
        ('msgid "a"\n', 1, "po_cut"),
        (HEAD + 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n', 4, "po_plural"),
        (HEAD.replace('utf-8\\n"', 'utf-8\\n"\n"Language: fr\\n"') + MESSAGE, 1, "po_language"),
        (
            HEAD.replace('utf-8\\n"', 'utf-8\\n"\n"Plural-Forms: nplurals=x;\\n"') + MESSAGE,
            1,
            "po_header",
        ),
        (
            HEAD.replace('utf-8\\n"', 'utf-8\\n"\n"POT-Creation-Date: soon\\n"') + MESSAGE,
            1,
            "po_header",
        ),
    ],
)
def test_a_file_that_cannot_be_read(po: str | bytes, line: int, code: str) -> None:
    found = read_back(po)
    assert [(problem.file, problem.line, problem.code) for problem in found.problems] == [
        ("zh.po", line, code)
    ]
    assert not found.entries
    assert told(found)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<script>x</script>", "html_in_text"),
        ("[x](javascript:alert(1))", "link_in_text"),
        ("{{ config }}", "template_in_text"),
    ],
)
def test_hostile_texts_are_refused_at_their_line(text: str, code: str) -> None:
    po = translated(exported(), MONEY, text)
    line = po[: po.index(f'"{MONEY}"')].count("\n") + 2
    assert (code, line) in [(problem.code, problem.line) for problem in read_back(po).problems]


@pytest.mark.parametrize(
    "head", [HEAD, "", HEAD.replace('utf-8\\n"', 'utf-8\\n"\n"Language: zh_CN\\n"')]
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
def test_what_other_tools_write_is_read(head: str, end: str, start: bytes) -> None:
    found = read_back(start + (head + MESSAGE).replace("\n", end).encode())
    assert [entry.text for entry in found.entries.values()] == ["鱼很多"], told(found)


def test_texts_that_are_not_of_this_site_are_left_out_and_told() -> None:
    po = (
        HEAD
        + MESSAGE
        + '\nmsgid "x"\nmsgstr "y"\n\nmsgctxt "resolutions/9-9:title"\nmsgid "x"\nmsgstr "y"\n'
    )
    found = read_back(po)
    assert list(found.entries) == ["resolutions/1-2:title"] and found.outcomes["left"] == 2
    assert told(found) == [
        "zh.po:8:1: x is no longer a text of this site; it is left out",
        "zh.po:12:1: resolutions/9-9:title is no longer a text of this site; it is left out",
    ]


@pytest.mark.parametrize("original", ["Many fish", "No fish"])
def test_two_translations_of_one_text_are_refused(original: str) -> None:
    """A point of the review: a duplicate `msgctxt`."""
    second = MESSAGE.replace("Many fish", original).replace("鱼很多", "没有鱼")
    found = read_back(HEAD + MESSAGE + "\n" + second)
    assert found.entries == {}
    assert told(found) == [
        "zh.po:8:1: resolutions/1-2:title stands here a second time; remove one of the two entries"
    ]


def test_a_file_that_is_cut_off_is_refused() -> None:
    """A point of the review: a PO file cut in half."""
    found = read_back(HEAD + MESSAGE + '\nmsgctxt "resolutions/1-1:title"\nmsgid "Clean shores"\n')
    assert found.entries == {} and [problem.code for problem in found.problems] == ["po_cut"]


def test_obsolete_and_empty_messages_and_comments_are_passed_over() -> None:
    po = (
        HEAD
        + MESSAGE.replace("鱼很多", " ")
        + "\n#~ msgid_plural broken\n#~ msgstr \n#| msgid \n#: a\u2068b:x\n# 注\n"
    )
    found = read_back(po)
    assert (found.entries, found.problems, found.outcomes) == ({}, [], {"empty": 1})


def test_no_content_of_a_file_makes_a_traceback() -> None:
    """Each of thousands of spoilt files is read, or refused with a sentence."""
    dice = random.Random(11)
    good = translated(translated(exported(), MONEY, "资金已到位"), PLAN, "计划已写成。").encode()
    start = good.index(b"#. A note of what")
    some = good[start : good.index(b"\n\n", start + 5000) + 2]
    good = good[: good.index(b"#. ")] + some  # long enough to meet every kind of line
    parts = [
        b"msgid ", b"msgctxt ", b'msgstr ""', b'"', b"\\", b"\n", b"#, fuzzy\n", b"#~ ",
        b"msgid_plural ", b"\r",
        b"\x00", b"\xff", b"[0]", b"nplurals=9999999999;", b"Language: \\n", b"charset=utf-7",
        b"\\n", "：".encode(),
        b"\xef\xbb\xbf", b"Content-Type", b"<x>", b"{{",
    ]  # fmt: skip
    every = list_messages(ORGAN.load(), "zh")
    refused = 0
    for _ in range(150):
        raw = bytearray(good)
        for _ in range(dice.randint(1, 4)):
            at = dice.randrange(len(raw))
            raw[at : at + dice.choice((0, 0, 1, 7, 200))] = dice.choice(parts)
        found = from_po("zh.po", bytes(raw), every, "zh")
        assert all(problem.line >= 1 and problem.line_of_text(T) for problem in found.problems)
        if any(problem.severity == "error" for problem in found.problems):
            refused += 1
            continue
        try:
            after = {**ORGAN.files, **write_entries(every, ORGAN.files, found.entries)}
        except EditError:
            continue
        assert not load(after).errors
    assert 20 < refused < 150


def test_a_file_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("macros.authoring.po_files.MAX_BYTES", 100)
    [problem] = read_back(exported()).problems
    assert isinstance(problem, Problem) and problem.code == "too_large"
