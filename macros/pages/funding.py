"""The funding index: what is required and mobilized, contributions, and ways of funding."""

from __future__ import annotations

from collections.abc import Iterable

from macros import queries
from macros.model.fields import Record
from macros.pages import pagination
from macros.pages.filters import column_sorts, filter_form
from macros.pages.page import Page, PageKind, find_named, record_anchors
from macros.pages.pagination import ListPage, find_page, index_pages, list_pages
from macros.queries import facets
from macros.render.view import View

_SORTS = {
    "number": "column.resolution",
    "constrained": "column.money",
    "required": "funding.required",
    "mobilized": "funding.mobilized",
    "gap": "funding.gap",
}


def funding_index(view: View, page: str = "1") -> str:
    """Show the funding of all resolutions: required, mobilized, gap, contributions, totals.

    Totals, of all resolutions, stand on the first page of a long list.
    """
    corpus = view.corpus
    part = find_page(_list_pages(view), page)
    rows = {slug: facets.funding_values(corpus, corpus.resolutions[slug]) for slug in part.rows}
    contributions = {
        (slug, contribution.id): facets.contribution_values(corpus, rows[slug], contribution)
        for slug in part.rows
        for contribution in corpus.resolutions[slug].contributions
    }
    kinds = {"resolutions": list(rows.values())}
    if contributions:
        kinds["contributions"] = list(contributions.values())
    return view.render(
        "funding_index.html",
        rows=rows,
        contributions=contributions,
        by_state=queries.contributions_by_state(corpus),
        filters=filter_form(view, facets.FUNDING, kinds, column_sorts(view, _SORTS)),
        page=part,
    )


def mechanism(view: View, name: str) -> str:
    """Show one way of funding: its purpose, terms, documents and what went through it."""
    slug, record = find_named("unknown_mechanism", name, view.corpus.mechanisms)
    return view.render("mechanism.html", slug=slug, mechanism=record)


def _list_pages(view: View) -> list[ListPage[str]]:
    return list_pages(view, "funding", view.corpus.resolutions, pagination.RESOLUTIONS)


def _index_anchors(view: View, page: str = "1") -> set[str]:
    part = find_page(_list_pages(view), page)
    records: list[Record] = []
    for slug in part.rows:
        records += view.corpus.resolutions[slug].mechanisms
    if part.is_first:
        general = view.corpus.statements
        records += [entry for entry in general.statements if entry.about == "funding"]
        records += general.resources
    return record_anchors(records)


def _mechanism_anchors(view: View, name: str) -> set[str]:
    return record_anchors(view.corpus.mechanisms[name][1:])


def _pages(view: View) -> Iterable[Page]:
    if view.corpus.body.tracks_funding:
        yield from index_pages(view, "funding", _list_pages(view), funding_index)


KIND = PageKind(
    _pages,
    (funding_index, mechanism),
    anchors={"funding_index": _index_anchors, "mechanism": _mechanism_anchors},
    navigation=lambda view: (
        [(view.t("nav.funding"), "funding/")] if view.corpus.body.tracks_funding else []
    ),
)
