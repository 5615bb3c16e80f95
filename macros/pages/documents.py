"""The list of documents cited."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from macros.pages import pagination
from macros.pages.page import Page, PageKind, index_page
from macros.pages.pagination import ListPage, find_page, further_pages, list_page
from macros.queries import queries
from macros.queries.backlinks import list_numbers
from macros.render.view import View


def document_list(view: View, page: str = "1") -> str:
    """List all documents cited, with links to their full texts and to the resolutions that cite them."""
    pages = _list_pages(view)
    part = find_page(pages, page)
    citations = queries.citations(view.corpus)
    return view.render(
        "documents.html",
        documents={key: list(citations[key]) for key in part.rows},
        most=pagination.CITING,
        pages=pages,
        page=part,
    )


def _list_pages(view: View) -> list[ListPage[str]]:
    title = view.t("title.documents")
    return [
        list_page(view, "documents/", title, number, keys)
        for number, keys in list_numbers(view.corpus, "documents").items()
    ]


def _pages(view: View) -> Iterator[Page]:
    yield index_page(view, "documents", document_list)
    yield from further_pages(view, "documents", _list_pages(view), document_list)


def _anchors(view: View, page: str = "1") -> AbstractSet[str]:
    keys = find_page(_list_pages(view), page).rows
    return {view.corpus.documents[key].anchor for key in keys}


KIND = PageKind(
    _pages,
    (document_list,),
    anchors={"document_list": _anchors},
    navigation=lambda view: [(view.t("nav.documents"), "documents/")],
    group="nav.sources",
)
