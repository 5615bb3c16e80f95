"""The list of documents cited."""

from __future__ import annotations

from macros import queries
from macros.corpus.corpus import A_PAGE
from macros.pages import pagination
from macros.pages.page import PageKind
from macros.pages.pagination import ListPage, find_page, index_pages, list_pages
from macros.render.view import View


def document_list(view: View, page: str = "1") -> str:
    """List all documents cited, with links to full texts and to the resolutions citing them."""
    part = find_page(_list_pages(view), page)
    citations = queries.citations(view.corpus)
    return view.render(
        "documents.html",
        documents={key: list(citations[key]) for key in part.rows},
        most=pagination.CITING,
        page=part,
    )


def _list_pages(view: View) -> list[ListPage[str]]:
    return list_pages(view, "documents", view.corpus.documents, A_PAGE["documents"])


def _anchors(view: View, page: str = "1") -> set[str]:
    keys = find_page(_list_pages(view), page).rows
    return {view.corpus.documents[key].anchor for key in keys}


KIND = PageKind(
    lambda view: index_pages(view, "documents", _list_pages(view), document_list),
    (document_list,),
    anchors={"document_list": _anchors},
    navigation=lambda view: [(view.t("nav.documents"), "documents/")],
    group="nav.sources",
)
