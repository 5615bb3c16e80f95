"""The macros: each renders in every language, on the real data, on a small organ, on one that
has hardly anything.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from macros import queries
from macros.build.project import Project
from macros.pages import registry as pages
from macros.pages.handwritten import check_page
from macros.pages.page import MacroError
from macros.pages.registry import MACROS
from macros.pages.resolution import DETAILS
from macros.queries.lookup import find_resolution
from macros.render.view import View
from tests.conftest import REPO
from tests.organ import BODY, DOCUMENTS, FIRST, PERIODS, SMALL, VOCABULARY, Organ, told

LANGUAGES = ("en", "zh")
VOID = {"input", "br", "img", "hr", "link", "meta"}
SHAPES = {"circle", "path", "rect", "line", "use"}


class _Balance(HTMLParser):
    """Fails on an element that is closed twice, never, or in the wrong order; collects ids and
    text.
    """

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value for name, value in attrs if name == "id" and value is not None]
        assert not any(
            value in ("None", "") and name in ("id", "href", "class", "title")
            for name, value in attrs
        ), (
            tag,
            attrs,
        )
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in SHAPES | VOID, tag

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag, (tag, self.open)

    def handle_data(self, data: str) -> None:
        if "pre" not in self.open:  # examples of files
            self.words.append(data)


def read(html: str) -> _Balance:
    """Well-formed HTML of a macro; fails if it is not, or holds what only a mistake in a
    template prints.
    """
    page = _Balance()
    page.feed(html)
    page.close()
    assert page.open == []
    assert len(page.ids) == len(set(page.ids)), "an id is used twice"
    for words in page.words:
        assert words.strip() not in ("None", "Undefined", "True", "False", "[]", "{}")
        if words.startswith("<iframe "):  # the snippet to copy
            continue
        assert not re.search(r"Decimal\(|\{\{|\}\}|\{\w+\}|<\w+|object at 0x", words), words
    return page


def calls(name: str, view: View) -> list[str]:
    """The example calls of a macro that the catalogue shows."""
    shown = view.t(f"macro.{name}.call")
    return list(re.findall(r'\w+\((?:"[^"]*"(?:, )?)*\)', shown))


@pytest.fixture(params=LANGUAGES)
def view(request: pytest.FixtureRequest, project: Project) -> View:
    return project.view(request.param)


# --- on the real data -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", MACROS)
def test_the_example_of_every_macro_may_be_written_on_a_page(view: View, name: str) -> None:
    examples = calls(name, view)
    assert examples and all(example.startswith(f"{name}(") for example in examples)
    page = "\n\n".join(f"{{{{ {example} }}}}" for example in examples)
    assert told(check_page("docs/en/page.md", page.encode(), view)) == ""


@pytest.mark.parametrize("name", MACROS)
def test_every_macro_renders(view: View, name: str) -> None:
    for example in calls(name, view):
        arguments = re.findall(r'"([^"]*)"', example)
        assert read(MACROS[name](view, *arguments)).words


@pytest.mark.parametrize("name", MACROS)
def test_every_macro_is_explained(view: View, name: str) -> None:
    assert view.t(f"macro.{name}").strip()
    assert MACROS[name].__doc__
    assert f"<code>{name}(" in MACROS["macro_reference"](view)


def test_every_page_renders(view: View) -> None:
    for page in pages.pages(view):
        read(page.body(view.at("../" * page.path.count("/"))))
        assert page.title and page.description


@pytest.mark.parametrize("section", DETAILS)
def test_every_section_renders_alone(view: View, section: str) -> None:
    for slug in view.corpus.resolutions:
        read(MACROS["resolution_details"](view, slug, section))


def test_the_sections_come_in_the_order_asked_for(view: View) -> None:
    html = MACROS["resolution_details"](view, "2/4", "funding", "progress")
    assert html.index('id="funding"') < html.index('id="progress"')
    assert 'id="partners"' not in html


def test_a_resolution_answers_three_questions_and_shows_every_statement(view: View) -> None:
    for slug, resolution in view.corpus.resolutions.items():
        summary, details = (
            MACROS["resolution_summary"](view, slug),
            MACROS["resolution_details"](view, slug),
        )
        ids = read(summary + details).ids
        assert {"answer-state", "answer-money", "answer-next"} <= set(ids)
        assert {statement.anchor for statement in queries.statements(resolution)} <= set(ids)


def test_every_statement_shows_its_source(view: View) -> None:
    html = MACROS["resolution_details"](view, "2/4")
    for paragraph in range(27, 32):
        assert re.search(rf"HSP/EB\.2024/20[^<]*(?<!\d){paragraph}(?!\d)", html)


@pytest.mark.parametrize("name", ["../x", "2/99", "", "2-4 ", "<script>"])
def test_a_resolution_that_does_not_exist(view: View, name: str) -> None:
    assert find_resolution(view.corpus, name) is None
    with pytest.raises(MacroError) as caught:
        MACROS["resolution_summary"](view, name)
    assert (caught.value.code, caught.value.value) == ("unknown_resolution", name)


def test_the_pages_of_this_project_have_no_problem(project: Project) -> None:
    assert told(problem for problem in project.problems if problem.file.startswith("docs/")) == ""
    assert list((REPO / "docs").rglob("*.md"))


# --- on other organs ------------------------------------------------------------------------------

BARE = (
    Organ({name: SMALL.files[name] for name in (BODY, PERIODS, DOCUMENTS)})
    .add(VOCABULARY, "statuses: []\ndocument_kinds:\n  - {id: report, name: Reports}\n")
    .add("data/resolutions/x.yml", "number: 1\ntitle: T\ntitle_basis: cited\n")
)
ORGANS = {
    "small": SMALL,
    "untranslated": SMALL.edit(BODY, "languages: [en]", "languages: [zh, en]"),
    "one bare resolution": BARE,
    "nothing at all": BARE.remove("data/resolutions/x.yml")
    .add(PERIODS, "periods: []\n")
    .add(DOCUMENTS, "documents: []\n"),
    "the first years": SMALL.edit(FIRST, "date: 2024-10-01", "date: 1000").edit(
        PERIODS, "first: 2024-01-01", "first: 1000"
    ),
    "the last years": SMALL.edit(FIRST, "date: 2024-10-01", "date: ../2999").edit(
        PERIODS, "last: 2024-12-31", "last: 2999"
    ),
}


@pytest.mark.parametrize("organ", ORGANS.values(), ids=ORGANS)
def test_every_page_renders_for_any_organ(organ: Organ) -> None:
    for language in organ.load().corpora:
        view = organ.view(language)
        for page in pages.pages(view):
            read(page.body(view.at("../" * page.path.count("/"))))


def test_the_state_that_says_that_nothing_came_may_have_any_id() -> None:
    """What counts is that the vocabulary calls it `absent`."""
    renamed = Organ(
        {
            name: raw.replace(b"{id: none,", b"{id: aucune,").replace(
                b"state: none", b"state: aucune"
            )
            for name, raw in SMALL.files.items()
        }
    )
    for organ in (SMALL, renamed):
        html = MACROS["resolution_details"](organ.view(), "1-2", "funding")
        assert SMALL.view().t("funding.nothing") in re.sub("<[^>]+>", "|", html).split("|")
    plain = SMALL.edit(VOCABULARY, ", absent: true", "")
    html = MACROS["resolution_details"](plain.view(), "1-2", "funding")
    assert SMALL.view().t("funding.nothing") not in re.sub("<[^>]+>", "|", html).split("|")


HOSTILE = '"><script>alert(1)</script>{{ 7 * 7 }}&amp;'


def test_hostile_texts_come_out_as_text() -> None:
    """Where every plain text says something hostile, every page shows it as it is written."""
    organ = SMALL
    for name, raw in SMALL.files.items():
        text = re.sub(
            r"(\b(?:title|name|short|gist|purpose|role|definition|site_name"
            r"|description|short_name|happened|planned): )"
            r"(?![\[{]|It pays)([^,}\n]+)",
            lambda found: f"{found[1]}'{HOSTILE}'",
            raw.decode(),
        )
        organ = organ.add(name, text)
    view = organ.view()
    shown = 0
    for page in pages.pages(view):
        html = page.body(view.at("../" * page.path.count("/")))
        assert "<script" not in html
        shown += html.count("&lt;script&gt;")
        parser = _Balance()
        parser.feed(html)
        assert parser.open == []
    assert shown > 50


def test_untranslated_and_outdated_texts_are_marked() -> None:
    organ = SMALL.edit(BODY, "languages: [en]", "languages: [en, zh]").add(
        "data/translations/zh/resolutions/1-1.yml",
        "title: {original: Clean shore, text: 清洁的湖岸}\n",
    )
    view = organ.view("zh")
    outdated = MACROS["resolution_summary"](view, "1-1")
    mark = (
        '<span lang="zh-Hans" class="rt-translation">清洁的湖岸'
        '<span class="rt-translation__note rt-translation__note--'
    )
    assert f'{mark}outdated"' in outdated
    assert view.t("translation.outdated") in outdated
    missing = MACROS["resolution_summary"](view, "1-2")
    assert (
        '<span lang="en" class="rt-translation">Many fish<span class="rt-translation__note '
        'rt-translation__note--missing"' in missing
    )
    assert view.t("translation.missing") in missing


def test_a_page_of_a_period_shows_the_state_as_it_stood_then() -> None:
    view = SMALL.view()
    then = MACROS["resolution_summary"](view.as_of("spring"), "1-1")
    now = MACROS["resolution_summary"](view, "1-1")
    assert (
        "In preparation" in then
        and "Implemented" not in then
        and view.t("resolution.see_current") in then
    )
    assert "Implemented" in now and view.t("resolution.see_current") not in now
