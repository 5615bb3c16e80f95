"""The timeline index: the milestones of all resolutions."""

from __future__ import annotations

from macros import queries
from macros.pages import pagination
from macros.pages.filters import filter_form
from macros.pages.page import PageKind
from macros.pages.pagination import ListPage, find_page, index_pages, list_pages
from macros.queries import Occurrence, facets
from macros.render.view import View


def timeline_index(view: View, page: str = "1") -> str:
    """Show all milestones: what lies ahead, what has no reported outcome, what happened."""
    part = find_page(_list_pages(view), page)
    resolutions = {
        slug: facets.resolution_values(view.corpus, view.corpus.resolutions[slug])
        for slug in {occurrence.slug for occurrence in part.rows}
    }
    rows = {
        (occurrence.slug, occurrence.event.id): facets.milestone_values(
            view.corpus, resolutions[occurrence.slug], occurrence
        )
        for occurrence in part.rows
    }
    sorts = [("", view.t("filters.earliest")), ("-date", view.t("filters.latest"))]
    return view.render(
        "timeline_index.html",
        occurrences=queries.timeline(view.corpus, view.today),
        rows=rows,
        filters=filter_form(view, facets.MILESTONES, {"events": list(rows.values())}, sorts),
        page=part,
    )


def _list_pages(view: View) -> list[ListPage[Occurrence]]:
    occurrences = queries.timeline(view.corpus, view.today)
    rows = sorted(occurrences, key=lambda occurrence: queries.CASES.index(occurrence.case))
    return list_pages(view, "timeline", rows, pagination.MILESTONES)


KIND = PageKind(
    lambda view: index_pages(view, "timeline", _list_pages(view), timeline_index),
    (timeline_index,),
    navigation=lambda view: [(view.t("nav.timeline"), "timeline/")],
)
