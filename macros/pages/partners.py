"""The list of partners and places."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from macros.pages import pagination
from macros.pages.page import Page, PageKind, index_page
from macros.pages.pagination import ListPage, find_page, further_pages, list_page
from macros.queries import queries
from macros.queries.backlinks import list_numbers
from macros.render.view import View


def partner_list(view: View, page: str = "1") -> str:
    """List all partners by kind and all places, each with the resolutions they belong to."""
    pages = _list_pages(view)
    part = find_page(pages, page)
    partners, places = queries.partners(view.corpus), queries.places(view.corpus)
    return view.render(
        "partners.html",
        organizations={key: partners[key] for kind, key in part.rows if kind == "organizations"},
        places={key: places[key] for kind, key in part.rows if kind == "places"},
        totals={"organizations": len(partners), "places": len(places)},
        most=pagination.CITING,
        pages=pages,
        page=part,
    )


def _list_pages(view: View) -> list[ListPage[tuple[str, str]]]:
    organizations = list_numbers(view.corpus, "organizations")
    places = list_numbers(view.corpus, "places")
    title = view.t("title.partners")
    return [
        list_page(
            view,
            "partners/",
            title,
            number,
            [("organizations", key) for key in organizations.get(number, ())]
            + [("places", key) for key in places.get(number, ())],
        )
        for number in sorted({*organizations, *places})
    ]


def _pages(view: View) -> Iterator[Page]:
    yield index_page(view, "partners", partner_list)
    yield from further_pages(view, "partners", _list_pages(view), partner_list)


def _anchors(view: View, page: str = "1") -> AbstractSet[str]:
    rows = find_page(_list_pages(view), page).rows
    return {key if kind == "organizations" else f"place-{key}" for kind, key in rows}


KIND = PageKind(
    _pages,
    (partner_list,),
    anchors={"partner_list": _anchors},
    navigation=lambda view: [(view.t("nav.partners"), "partners/")],
)
