"""The lists of partners and of documents: each entry on a page for ever, its resolutions with it or on pages of their own."""

from __future__ import annotations

import re

import pytest

from macros.corpus.corpus import A_PAGE
from macros.pages import (
    macros as sections,
)
from macros.pages import (
    outline as contents,
)
from macros.pages import (
    pagination as paging,
)
from macros.pages import (
    registry as pages,
)
from macros.queries import backlinks as gathering
from macros.render.view import View
from tests.organ import DOCUMENTS, FIRST, ORGANIZATIONS, SMALL


def with_many(documents: int, organizations: int = 0) -> View:
    """The small organ with more documents, of which the first resolution lists every one, and more organizations."""
    notes = "".join(
        f"  - {{symbol: N/{n}, kind: report, title: Note {n}}}\n" for n in range(documents)
    )
    partners = "".join(
        f"  - {{id: org-{n}, name: Org {n}, kind: government}}\n" for n in range(organizations)
    )
    grown = SMALL.append(DOCUMENTS, notes).append(ORGANIZATIONS, partners)
    return grown.append(
        FIRST, f"documents: [{', '.join(f'N/{n}' for n in range(documents))}]\n"
    ).view()


def bodies(view: View, name: str) -> dict[str, str]:
    found = (page for page in pages.pages(view) if page.path.startswith(f"{name}/"))
    return {page.path: str(page.body(view.at("../" * page.path.count("/")))) for page in found}


def test_a_short_list_is_one_page_with_everything() -> None:
    view = SMALL.view()
    for name in gathering.KINDS:
        assert not gathering.is_long(view, name) and not gathering.apart(view, name)
        assert [(part.path, part.key) for part in gathering.pages(view, name)] == [(f"{name}/", "")]


def test_an_entry_keeps_its_page_however_many_follow() -> None:
    few, many = bodies(with_many(100), "documents"), bodies(with_many(400), "documents")
    assert few.keys() == {"documents/"}
    assert [path for path in many if path.startswith("documents/page-")] == [
        "documents/page-2/",
        "documents/page-3/",
    ]
    assert contents.anchors(few["documents/"]) <= contents.anchors(many["documents/"])


def test_links_lead_to_the_page_on_which_an_entry_is() -> None:
    view = with_many(400)
    shown = {path: contents.anchors(body) for path, body in bodies(view, "documents").items()}
    for key in view.corpus.documents:
        path, _, anchor = view.document_url(key).partition("#")
        assert anchor in shown[path], key
    assert view.organization_url("acme") == "partners/#acme"


def test_as_many_entries_as_fit_on_one_page_stay_on_the_first() -> None:
    for kind, most in A_PAGE.items():
        assert (
            gathering.ENTRY[kind] + gathering.LINE[kind] * (kind != "documents")
        ) * most > paging.LIMIT - paging.AROUND


def test_a_list_that_does_not_fit_says_how_many_and_has_pages_of_their_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(paging, "LIMIT", paging.AROUND + 1_000)
    view = SMALL.view()
    body = str(sections.partner_list(view))
    found = re.findall(r'href="(partners/(?:organizations|places)/[\w-]+/)"', body)
    assert found and set(found) == {
        own.path for own, _ in gathering.apart(view, "partners").values() if "/page-" not in own.key
    }
    assert "resolutions/1-1/#" not in body
    own = bodies(view, "partners")["partners/organizations/acme/"]
    assert 'href="../../../partners/#acme"' in own and "resolutions/1-1/#partner-acme" in own


def test_what_an_entry_has_apart_goes_on_on_further_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "LIMIT", paging.AROUND + 1)
    view = SMALL.view()
    several = [own for _, own in gathering.apart(view, "partners").values() if len(own.pages) > 1]
    for own in several:
        slugs = [row[0] for part in own.pages for row in part.rows]
        assert slugs == [slug for slug, _ in gathering.rows(view, own.kind)[own.key]]
    assert several
