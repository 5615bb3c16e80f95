"""What a reader is sent does not grow with the number of resolutions: their pages, the navigation, the lists."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from datetime import date

import pytest

from benchmarks.corpus import Organ
from macros import pages, paging, pictures, queries, relatives, sections
from macros.corpus import Corpus
from macros.loading import load
from macros.render import View
from tests.organ import SMALL

TODAY = date(2025, 12, 1)
HEAVIEST = 10_000
"""Bytes of a page on the line; what the theme puts around a body takes some 3,500 of them."""


@pytest.fixture(scope="module")
def corpora() -> dict[int, Corpus]:
    """The same resolutions alone and with ten times as many."""
    return {size: load({name: text.encode() for name, text in Organ(size).files()}).corpora["en"] for size in (15, 150)}


def test_a_page_of_a_resolution_is_as_light_in_a_large_organ(corpora: dict[int, Corpus]) -> None:
    sizes = {}
    for size, corpus in corpora.items():
        view = View(corpus, TODAY, "../../")
        bodies = [sections.resolution_summary(view, slug) + sections.resolution_details(view, slug) for slug in corpora[15].resolutions]
        sizes[size] = [len(gzip.compress(body.encode(), mtime=0)) for body in bodies]
        assert max(sizes[size]) < HEAVIEST - 3_500
    assert all(large < small + 600 for small, large in zip(sizes[15], sizes[150])), "five relatives more, and no more"


def test_what_many_say_of_one_resolution_is_counted() -> None:
    source = "sources: [{document: AL/REP/1, paragraph: 1}]"
    organ = SMALL
    for number in range(3, 60):
        followed = f"relations:\n  - {{kind: follows-up, resolution: 1-1, {source}}}\n"
        organ = organ.add(f"data/resolutions/1-{number}.yml", f"number: {number}\nsession: 1\ntitle: T{number}\ntitle_basis: verified\n{followed}")
    view = organ.view()
    body = str(sections.resolution_details(view, "1-1", "related"))
    named = set(re.findall(r'href="resolutions/(1-\d+)/"', body))
    assert len(named) <= queries.NAMED + 5
    left_out = len(relatives.relations_to(view.corpus, "1-1")) - queries.NAMED
    assert f'<a href="api/v1/resolutions/1-1.json">and {left_out} more</a>' in body


def test_the_relatives_of_a_resolution_are_sought_among_a_bounded_number(corpora: dict[int, Corpus], monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = corpora[150]
    whole = [relatives.related(corpus, slug) for slug in corpora[15].resolutions]
    monkeypatch.setattr(relatives, "LOOKED_AT", 20)
    some = [relatives.related(replace(corpus), slug) for slug in corpora[15].resolutions]
    assert all(found and len(found) <= 5 for found in some)
    assert whole != some and whole == [relatives.related(corpus, slug) for slug in corpora[15].resolutions]


def with_sessions(count: int, of_each: int = 1) -> View:
    """The small organ with many sessions, each with the same resolutions."""
    view = SMALL.view()
    session, found = view.corpus.sessions["1"], view.corpus.resolutions["1-1"]
    sessions = {str(n): session.changed({"id": str(n), "name": f"Session {n}"}) for n in range(1, count + 1)}
    several = {
        f"{n}-{m}": found.changed({"session": n, "number": str(m)}) for n in sessions for m in range(1, of_each + 1)
    }
    return View(replace(view.corpus, sessions=sessions, resolutions=several), view.today)


def test_the_navigation_names_the_newest_sessions() -> None:
    few, many = (str(pages.navigation(with_sessions(count))) for count in (paging.NAMED_MOST, 300))
    assert len(many) < len(few) + 100
    assert "sessions/300/" in many and "sessions/1/" not in many and "sessions/1/" in few


def test_every_session_is_one_link_from_the_list_of_resolutions() -> None:
    for view in (with_sessions(3, 2), with_sessions(60), with_sessions(20, 45), with_sessions(12, 40), with_sessions(250, 2)):
        body = next(str(page.body(view)) for page in pages.pages(view) if page.path == "resolutions/")
        assert {f"sessions/{id}/" for id in view.corpus.sessions} <= set(re.findall(r'href="(sessions/\d+/)"', body))
        assert len(body.encode()) < paging.LIMIT - 40_000


def test_the_strips_of_few_sessions_are_all_drawn() -> None:
    groups = pictures.groups(with_sessions(3, 20))
    assert pictures.newest(groups) == groups
    assert pictures.newest(pictures.groups(with_sessions(90)))[-1][0] == "90"


def test_a_period_leads_to_all_others_where_the_navigation_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    view = SMALL.view()
    assert 'href="periods/autumn/"' not in sections.period_summary(view, "spring")
    monkeypatch.setattr(paging, "NAMED_MOST", 1)
    assert "periods/spring/" not in str(pages.navigation(view))
    assert 'href="periods/autumn/"' in sections.period_summary(view, "spring")
