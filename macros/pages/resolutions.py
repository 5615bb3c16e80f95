"""The index of resolutions: their list, with filters, and the pictures above and below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from macros import queries
from macros.pages import pagination
from macros.pages.filters import column_sorts, filter_form
from macros.pages.page import Page, PageKind, find_named
from macros.pages.pagination import ListPage, find_page, index_pages, list_pages
from macros.queries import facets
from macros.render.charts import overview as charts
from macros.render.view import View

_SORTS = {
    "number": "column.resolution",
    "title": "column.title",
    "state": "column.state",
    "constrained": "column.money",
    "date": "column.next",
}


def resolution_list(view: View, session: str = "", page: str = "1") -> str:
    """List all resolutions, or those of one session, with status, funding and next date."""
    if not session:
        part = find_page(_list_pages(view), page)
        return table(view, part.rows) + view.render(
            "list_pages.html", page=part, export="resolutions"
        )
    find_named("unknown_session", session, view.corpus.sessions)
    return table(view, queries.of_session(view.corpus, session))


def table(view: View, slugs: Iterable[str]) -> str:
    """Render the table of some resolutions with its filters."""
    resolutions = {slug: view.corpus.resolutions[slug] for slug in slugs}
    rows = {
        slug: facets.resolution_values(view.corpus, resolution)
        for slug, resolution in resolutions.items()
    }
    has_funding = view.corpus.body.tracks_funding
    names = {name: key for name, key in _SORTS.items() if has_funding or name != "constrained"}
    sorts = column_sorts(view, names)
    form = filter_form(view, facets.RESOLUTIONS, {"resolutions": list(rows.values())}, sorts)
    return view.render("resolution_list.html", rows=rows, filters=form)


def state_strips(view: View) -> str:
    """Show the status of the resolutions of every session: a bar and links for each.

    Of very many sessions the earlier ones are named, with links to them.
    """
    groups = charts.groups(view)
    shown = groups[-charts.SESSIONS_MOST :]
    earlier = [session for session, _ in groups[: len(groups) - len(shown)] if session]
    strips = view.render("strips.html", groups=shown, tag="p")
    return strips + view.render("earlier.html", sessions=earlier)


def resolution_matrix(view: View) -> str:
    """Show all resolutions against goals and against themes, each with its status."""
    return view.render("matrix.html")


def _list_pages(view: View) -> list[ListPage[str]]:
    return list_pages(view, "resolutions", view.corpus.resolutions, pagination.RESOLUTIONS)


def _pages(view: View) -> Iterator[Page]:
    shown = (state_strips, resolution_list, resolution_matrix)
    return index_pages(view, "resolutions", _list_pages(view), resolution_list, "", first=shown)


KIND = PageKind(
    _pages,
    (resolution_list, state_strips, resolution_matrix),
    navigation=lambda view: [(view.t("nav.all_resolutions"), "resolutions/")],
    group="nav.resolutions",
)
