"""The home page: the status of all resolutions at a glance."""

from __future__ import annotations

from collections.abc import Iterator

from macros import queries
from macros.pages.page import MacroCall, Page, PageKind
from macros.render.view import View


def overview(view: View) -> str:
    """Show counts, status by session, funding, what comes next, and how fresh the data is."""
    period = view.corpus.latest_period
    return view.render(
        "overview.html",
        occurrences=queries.timeline(view.corpus, view.today),
        changes=queries.changes(view.corpus, period.id) if period else [],
    )


def _pages(view: View) -> Iterator[Page]:
    body = view.corpus.body
    yield Page("", body.site_name, body.description, (MacroCall(overview),), searchable=False)


KIND = PageKind(_pages, (overview,), navigation=lambda view: [(view.t("nav.home"), "")])
