"""What a resolution's pages share is written once, and never where it would be another."""

from __future__ import annotations

from dataclasses import replace

import pytest
from markupsafe import Markup

from macros import queries
from macros.build.project import Site
from macros.corpus.corpus import Corpus
from macros.pages import macros as sections
from macros.render import statements
from macros.render.view import View


@pytest.fixture(scope="module")
def view(project: Site) -> View:
    return replace(project.public_view("en"), address="https://example.org/")


@pytest.fixture
def corpus(view: View) -> Corpus:
    view.corpus.shared.clear()
    return view.corpus


class Macro:
    """Stands for a macro of a template; counts what it wrote."""

    name = "note"

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, *given: object) -> str:
        self.count += 1
        return f"{self.count}"


def test_the_same_records_are_written_once(corpus: Corpus) -> None:
    slug, macro = next(iter(corpus.resolutions)), Macro()
    record = corpus.resolutions[slug]
    write = statements.kept(corpus, slug)
    assert [write(macro, record, [record], True), write(macro, record, [record], True)] == [
        "1",
        "1",
    ]
    assert write(macro, record, [record], False) == "2"
    assert write(macro, record, [], True) == "3"


def test_past_states_have_what_is_kept_and_another_resolution_begins_anew(corpus: Corpus) -> None:
    first, second = list(corpus.resolutions)[:2]
    record, macro = corpus.resolutions[first], Macro()
    statements.kept(corpus, first)(macro, record)
    past = queries.as_of(corpus, next(iter(corpus.periods)))
    assert statements.kept(past, first)(macro, record) == "1"
    statements.kept(corpus, second)
    assert statements.kept(corpus, first)(macro, record) == "2"


def test_addresses_lead_from_the_page_that_shows_them(view: View) -> None:
    slug = next(iter(view.corpus.resolutions))
    near, far = (
        str(html)
        for html in (
            sections.resolution_details(view.at(base), slug) for base in ("../../", "../../../")
        )
    )
    assert statements.HERE not in near + far
    assert 'href="../../documents/' in near and 'href="../../../documents/' in far
    assert near.replace('"../../', '"../../../') == far


def test_a_page_at_the_root_leads_from_there(view: View) -> None:
    slug = next(iter(view.corpus.resolutions))
    html = str(sections.resolution_details(view.at(""), slug))
    assert 'href="documents/' in html and statements.HERE not in html
    assert html.replace('href="', 'href="../../').replace("../../#", "#").replace(
        "../../http", "http"
    ).replace('citations="', 'citations="../../') == str(
        sections.resolution_details(view.at("../../"), slug)
    )


def test_the_way_to_the_root_itself_is_never_empty() -> None:
    assert statements.seen_from("", Markup(f'<a href="{statements.HERE}">')) == '<a href="./">'
    assert statements.seen_from("../", f'<a href="{statements.HERE}">') == '<a href="../">'
