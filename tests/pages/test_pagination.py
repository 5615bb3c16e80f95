"""Lists that are too long for one page: where they are split, that nothing is lost or twice, that no page is too heavy."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from benchmarks.corpus import Organ
from macros.build.project import Site
from macros.corpus.corpus import Corpus
from macros.corpus.loading import load
from macros.exports import registry as exports
from macros.model.resolution import Adoption, Resolution
from macros.pages import (
    filters as narrowing,
)
from macros.pages import (
    macros as sections,
)
from macros.pages import (
    pagination as paging,
)
from macros.pages import (
    registry as pages,
)
from macros.pages.macros import MacroError
from macros.pages.pagination import Group, Part, chunks, split
from macros.queries import facets, queries
from macros.render.view import View
from tests.organ import SMALL

SIZE, COPIED = 2_000, 100
SHELL = 40_000
"""What the theme puts around the body of a page, generously."""


@pytest.fixture(scope="module")
def large() -> dict[str, View]:
    """An organ with as many resolutions as few have, in both languages: a smaller one over and over."""
    loaded = load({name: text.encode() for name, text in Organ(COPIED).files()})
    assert not loaded.errors
    return {
        language: View(_copied(corpus), date(2025, 12, 1))
        for language, corpus in loaded.corpora.items()
    }


def _copied(corpus: Corpus) -> Corpus:
    found = list(corpus.resolutions.values())
    several = {
        f"{place // 100 + 1}-{place % 100 + 1}": found[place % COPIED].model_copy(
            update={"session": str(place // 100 + 1), "number": str(place % 100 + 1)}
        )
        for place in range(SIZE)
    }
    session = corpus.sessions["1"]
    sessions = {
        str(n): session.model_copy(update={"id": str(n)}) for n in range(1, SIZE // 100 + 1)
    }
    return replace(corpus, resolutions=several, sessions=sessions)


def group(name: str, *sizes: int) -> Group:
    return Group(
        f"{name}/",
        name,
        name.upper(),
        [(f"{name}{place}", size) for place, size in enumerate(sizes)],
    )


ROOM = paging.LIMIT - paging.AROUND


def test_what_fits_on_one_page_is_not_split() -> None:
    assert split(SMALL.view(), [group("a", ROOM // 2), group("b", ROOM // 2)]) == ()


def test_a_long_list_has_a_page_for_each_group() -> None:
    assert split(SMALL.view(), [group("a", ROOM), group("b", 1, 1)]) == (
        Part("a/", "a", "A", ("a0",)),
        Part("b/", "b", "B", ("b0", "b1")),
    )


def test_a_long_group_goes_on_on_further_pages() -> None:
    assert list(chunks(SMALL.view(), group("a", ROOM, 1, ROOM - 1, ROOM * 2, 1))) == [
        Part("a/", "a", "A", ("a0",)),
        Part("a/page-2/", "a/page-2", "A, page 2", ("a1", "a2")),
        Part("a/page-3/", "a/page-3", "A, page 3", ("a3",)),
        Part("a/page-4/", "a/page-4", "A, page 4", ("a4",)),
    ]


def test_a_group_without_rows_has_its_page() -> None:
    assert list(chunks(SMALL.view(), group("a"))) == [Part("a/", "a", "A", ())]


def test_the_lists_of_this_project_are_not_split(project: Site) -> None:
    for view in map(project.public_view, project.languages):
        assert paging.of_resolutions(view) == paging.of_money(view) == ()
        assert paging.of_timeline(view) == ()
        assert list(narrowing.files(view)) == []


def test_without_sessions_the_years_of_adoption_are_the_pages(large: dict[str, View]) -> None:
    view = large["en"]
    some = list(view.corpus.resolutions.values())[:10]
    bare = [
        found.model_copy(update={"session": None, "label": str(place)})
        for place, found in enumerate(some)
    ]
    bare[3] = bare[3].model_copy(update={"adoption": Adoption()})
    groups = list(
        paging._by_session(
            View(_with(view, bare), view.today), "sessions/", "resolutions/", paging._row
        )
    )
    assert [(found.path, len(found.rows)) for found in groups] == [
        ("resolutions/year-2025/", 9),
        ("resolutions/no-year/", 1),
    ]


def _with(view: View, resolutions: list[Resolution]) -> Corpus:
    return replace(
        view.corpus, resolutions={str(place): found for place, found in enumerate(resolutions)}
    )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_page_of_a_list_is_too_heavy_and_every_row_is_on_one(
    large: dict[str, View], language: str
) -> None:
    view = large[language]
    seen = {
        name: Counter()
        for name in ("resolutions", "funding", "timeline", "partners", "documents", "periods")
    }
    heaviest = 0
    for page in pages.pages(view):
        top = page.path.split("/")[0]
        if page.slug:
            continue
        body = str(page.body(view.at("../" * page.path.count("/"))))
        heaviest = max(heaviest, len(body.encode()))
        assert len(body.encode()) + SHELL <= paging.LIMIT, page.path
        if top in ("partners", "documents", "periods"):
            rows = re.findall(r'<(?:li|th[^>]*)><a[^>]* href="[./]*resolutions/([\w/#-]+)"', body)
            seen[top].update(rows)
            continue
        links = re.findall(
            r'<tr[^>]*>\s*<th[^>]*><a[^>]* href="[./]*resolutions/([\w-]+)/(?:#funding)?"', body
        )
        events = re.findall(
            r'<li class="rt-event .*?href="[./]*resolutions/([\w-]+/#[\w-]+)"', body, re.DOTALL
        )
        if top in (*seen, "sessions"):
            seen["timeline" if events else {"sessions": "resolutions"}.get(top, top)].update(
                events or links
            )
    corpus = view.corpus
    assert heaviest > 100_000, "pages are not needlessly small"
    for name in ("resolutions", "funding"):
        assert seen[name] == dict.fromkeys(corpus.resolutions, 1), name
    assert seen["timeline"] == {
        f"{s}/#{e.id}": 1 for s, r in corpus.resolutions.items() for e in r.events
    }
    partners = Counter(
        f"{s}/#{p.anchor}" for s, r in corpus.resolutions.items() for p in r.partners
    )
    partners += Counter(
        f"{s}/#{e.anchor}" for s, r in corpus.resolutions.items() for e in r.events if e.place
    )
    assert seen["partners"] == partners
    cited = Counter(
        f"{slug}/"
        for slugs in queries.citations(corpus).values()
        for slug in slugs
        if len(slugs) > 8
    )
    assert seen["documents"] == cited
    assert sum(seen["periods"].values()) == sum(
        len(queries.changes(corpus, period)) for period in corpus.periods
    )


def test_the_pages_are_the_same_in_all_languages(large: dict[str, View]) -> None:
    for plan in (paging.of_resolutions, paging.of_money, paging.of_timeline):
        english, chinese = (
            [(part.path, part.key, part.rows) for part in plan(view)] for view in large.values()
        )
        assert english == chinese
    english, chinese = (
        [(page.path, page.reads) for page in pages.pages(view)] for view in large.values()
    )
    assert english == chinese and len({path for path, _ in english}) == len(english)


def test_the_files_of_rows_say_what_each_row_has_and_where_it_is(large: dict[str, View]) -> None:
    view = large["en"]
    files = {path: json.loads(text) for path, text in narrowing.files(view)}
    parts = paging.of_resolutions(view)
    slugs = [slug for part in parts for slug in part.rows]
    place = slugs.index("7-3")
    expected = facets.of_resolution(view.corpus, view.corpus.resolutions["7-3"])
    for name in ("session", "state", "theme", "partner"):
        column = files[f"resolutions/rows/{name}.json"]
        assert column["parts"] == [len(part.rows) for part in parts]
        own = column["rows"][place]
        assert {
            column["values"][number] for number in (own if isinstance(own, list) else [own])
        } == set(expected[name])
    assert {path.split("/")[0] for path in files} == {"resolutions", "funding", "timeline"}


def test_a_list_of_pages_links_to_them_and_to_the_whole(large: dict[str, View]) -> None:
    view = large["en"]
    for body in (
        sections.resolution_list(view),
        sections.timeline_index(view),
        sections.funding_index(view),
    ):
        assert 'data-rows="' in body and "data-traits=" not in body
        assert re.search(r'href="api/v1/\w+\.csv"', body)
    paths = {page.path for page in pages.pages(view)}
    for body in (sections.resolution_list(view), sections.timeline_index(view)):
        linked = re.findall(r'<li data-part="\d+"><a href="([^"]+)"', body)
        assert linked and set(linked) <= paths


def test_a_page_that_is_not_there_is_told() -> None:
    view = SMALL.view()
    for call, code in (
        (lambda: sections.timeline_index(view, "1999"), "unknown_year"),
        (lambda: sections.funding_index(view, "9"), "unknown_session"),
        (lambda: sections.session_summary(view, "1/page-2"), "unknown_session"),
        (lambda: sections.resolution_list(view, "year-1999"), "unknown_session"),
        (lambda: sections.period_summary(view, "spring/page-2"), "unknown_period"),
        (lambda: sections.partner_list(view, "organizations/acme"), "unknown_page"),
        (lambda: sections.document_list(view, "page-2"), "unknown_page"),
    ):
        with pytest.raises(MacroError) as told:
            call()
        assert told.value.code == code


def test_the_files_of_rows_are_exported(project: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "LIMIT", paging.AROUND + 6_000)
    view = project.public_view("zh")
    anew = replace(
        view, corpus=replace(view.corpus, translated=None)
    )  # where lists are split is kept, for all languages
    written = dict(exports.of_language(anew, "https://example.org/zh/"))
    assert {
        f"{name}/rows/theme.json" for name in ("resolutions", "funding", "timeline")
    } <= written.keys()
