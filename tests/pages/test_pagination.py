"""Lists that are too long for one page: nothing is lost or twice, and the address of a page
follows from its number.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from macros.corpus.corpus import A_PAGE
from macros.pages import pagination
from macros.pages.page import MacroError
from macros.pages.pagination import find_page, paginate
from macros.pages.registry import MACROS, page_anchors, pages
from macros.render.view import View
from tests.organ import DOCUMENTS, FIRST, ORGANIZATIONS, SMALL, lasting_anchors

SIZE = 2 * pagination.RESOLUTIONS + 1


@pytest.fixture(scope="module")
def large() -> View:
    """An organ with three pages of resolutions: a small one over and over."""
    corpus = SMALL.corpus()
    records = list(corpus.resolutions.values())
    resolutions = {
        f"1-{number}": records[number % len(records)].model_copy(
            update={
                "number": str(number),
                "session": "1",
                **({"mechanisms": ()} if number > len(records) else {}),
            }
        )
        for number in range(1, SIZE + 1)
    }
    return View(replace(corpus, resolutions=resolutions), date(2025, 12, 1))


def bodies(view: View, top: str) -> dict[str, str]:
    return {
        page.path: str(page.body(view.at("../" * page.path.count("/"))))
        for page in pages(view)
        if re.fullmatch(rf"{top}/(page-\d+/)?", page.path)
    }


def with_many(documents: int, organizations: int = 0) -> View:
    """The small organ with more documents, which the first resolution lists, and more
    organizations.
    """
    notes = "".join(
        f"  - {{symbol: N/{n}, kind: report, title: Note {n}}}\n" for n in range(documents)
    )
    partners = "".join(
        f"  - {{id: org-{n}, name: Org {n}, kind: government}}\n" for n in range(organizations)
    )
    grown = SMALL.append(DOCUMENTS, notes).append(ORGANIZATIONS, partners)
    listed = ", ".join(f"N/{n}" for n in range(documents))
    return grown.append(FIRST, f"documents: [{listed}]\n").view()


def test_a_list_has_as_many_rows_on_each_page() -> None:
    found = paginate(SMALL.view(), "a/", "A", "abcde", 2)
    assert [(page.number, page.path, page.name, page.rows) for page in found] == [
        (1, "a/", "A", "ab"),
        (2, "a/page-2/", "A, page 2", "cd"),
        (3, "a/page-3/", "A, page 3", "e"),
    ]


def test_an_empty_list_has_one_page() -> None:
    (page,) = paginate(SMALL.view(), "a/", "A", (), 2)
    assert page.is_first and not page.rows


def test_a_page_that_a_list_does_not_have_is_refused() -> None:
    found = paginate(SMALL.view(), "a/", "A", "abc", 2)
    assert find_page(found, "2").rows == "c"
    with pytest.raises(MacroError) as caught:
        find_page(found, "3")
    assert (caught.value.code, caught.value.value) == ("unknown_page", "3")
    assert caught.value.known == ["1", "2"]


def test_short_lists_have_no_further_pages() -> None:
    assert not [page.path for page in pages(SMALL.view()) if "page-" in page.path]


@pytest.mark.parametrize("top", ["resolutions", "sessions/1", "funding"])
def test_every_resolution_is_on_exactly_one_page(large: View, top: str) -> None:
    found = bodies(large, top)
    assert list(found) == [f"{top}/", f"{top}/page-2/", f"{top}/page-3/"]
    listed = [
        slug
        for body in found.values()
        for row in re.findall(r"<tr data-facets=(?:(?!data-filters-kind).)*?</th>", body, re.DOTALL)
        for slug in re.findall(r'resolutions/([^/"]+)/', row)[:1]
    ]
    last = list(large.corpus.resolutions)[-1]  # alone on the last page, where a form would be idle
    assert [*listed, last] == list(large.corpus.resolutions)
    assert f"resolutions/{last}/" in found[f"{top}/page-3/"]


def test_every_milestone_is_on_exactly_one_page(large: View) -> None:
    found = bodies(large, "timeline")
    assert len(found) > 1
    links = [
        link
        for body in found.values()
        for link in re.findall(r'rt-event__title"><a href="[./]+(resolutions/[^"]+)', body)
    ]
    milestones = [
        f"resolutions/{slug}/#{event.anchor}"
        for slug, resolution in large.corpus.resolutions.items()
        for event in resolution.events
    ]
    assert sorted(links) == sorted(milestones)


def test_pages_lead_to_each_other_and_say_that_filters_are_theirs(large: View) -> None:
    for path, body in bodies(large, "resolutions").items():
        assert large.t("paging.filters") in body
        for number in {"1", "2", "3"} - {path.partition("page-")[2].rstrip("/") or "1"}:
            target = "resolutions/" if number == "1" else f"resolutions/page-{number}/"
            assert f'href="{"../" * path.count("/")}{target}"' in body


def test_totals_are_those_of_all_and_on_the_first_page_only(large: View) -> None:
    first, *others = bodies(large, "funding").values()
    assert 'class="rt-total"' in first and 'id="at-a-glance"' in first
    assert not any('class="rt-total"' in body or 'id="at-a-glance"' in body for body in others)


def test_the_lasting_anchors_of_every_page_are_known(large: View) -> None:
    lasting = lasting_anchors(large.corpus)
    for page in pages(large):
        if page.slug is None:
            html = re.sub(r"<h[1-6]\b[^>]*>", "", page.body(large))
            shown = set(re.findall(r'\sid="([^"]+)"', html)) & lasting
            assert page_anchors(large, page) == shown, page.path


def test_an_entry_keeps_its_page_however_many_follow() -> None:
    few, many = bodies(with_many(100), "documents"), bodies(with_many(400), "documents")
    assert list(few) == ["documents/"]
    assert list(many) == ["documents/", "documents/page-2/", "documents/page-3/"]
    for number in range(400):
        anchor, place = f'id="n-{number}"', number + len(SMALL.corpus().documents)
        assert [anchor in body for body in many.values()] == [
            place // A_PAGE["documents"] == index for index in range(3)
        ]


def test_links_lead_to_the_page_of_an_entry() -> None:
    view = with_many(1, organizations=2 * A_PAGE["organizations"])
    assert "partners/page-2/" in bodies(view, "partners")
    assert view.organization_url("org-500") == "partners/page-2/#org-500"


def test_an_entry_names_so_many_resolutions_and_says_how_many_more(large: View) -> None:
    html = MACROS["document_list"](large)
    for entry in html.split('class="rt-entry ')[1:]:
        assert entry.count("rt-label") <= pagination.CITING + 1
    more = SIZE - pagination.CITING
    assert large.t("answer.more", count=more) in html or "more" in html
