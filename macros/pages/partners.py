"""The list of partners and places."""

from __future__ import annotations

from collections.abc import Mapping

from macros import queries
from macros.corpus.corpus import A_PAGE
from macros.pages import pagination
from macros.pages.page import PageKind
from macros.pages.pagination import ListPage, find_page, index_pages, list_pages
from macros.render.view import View


def partner_list(view: View, page: str = "1") -> str:
    """List all partners by kind and all places, each with the resolutions they belong to."""
    part = find_page(_list_pages(view), page)
    totals = {kind: len(entries) for kind, entries in _linked(view).items()}
    return view.render(
        "partners.html",
        **_entries(view, part),
        totals=totals,
        most=pagination.CITING,
        page=part,
    )


def _list_pages(view: View) -> list[ListPage[int]]:
    """Make the pages, whose rows are places in the data, so that an entry keeps its page."""
    longest = max(len(view.corpus.organizations), len(view.corpus.places))
    return list_pages(view, "partners", range(longest), A_PAGE["organizations"])


def _linked(view: View) -> Mapping[str, Mapping[str, object]]:
    """Map the organizations and places to which something belongs to what that is."""
    return {"organizations": queries.partners(view.corpus), "places": queries.places(view.corpus)}


def _entries(view: View, page: ListPage[int]) -> dict[str, dict[str, object]]:
    rows = slice(page.rows[0], page.rows[-1] + 1) if page.rows else slice(0)
    return {
        kind: {key: linked[key] for key in list(getattr(view.corpus, kind))[rows] if key in linked}
        for kind, linked in _linked(view).items()
    }


def _anchors(view: View, page: str = "1") -> set[str]:
    entries = _entries(view, find_page(_list_pages(view), page))
    return {*entries["organizations"], *(f"place-{key}" for key in entries["places"])}


KIND = PageKind(
    lambda view: index_pages(view, "partners", _list_pages(view), partner_list),
    (partner_list,),
    anchors={"partner_list": _anchors},
    navigation=lambda view: [(view.t("nav.partners"), "partners/")],
)
