"""The page with the report of a reporting period, made from its data."""

from __future__ import annotations

from collections.abc import Iterator

from macros.pages.page import MacroCall, MacroError, Page, PageKind, mark_draft
from macros.render.view import View
from macros.report import make_outline


def period_report(view: View, period: str) -> str:
    """Show the report of a reporting period, made from its data."""
    if period not in view.corpus.periods:
        raise MacroError("unknown_period", period, view.corpus.periods)
    return view.render("report.html", report=make_outline(view, period), linked=True)


def _pages(view: View) -> Iterator[Page]:
    for period in view.corpus.periods.values():
        yield Page(
            f"periods/{period.id}/report/",
            mark_draft(view, view.t("title.report", period=period.name), period.name),
            view.t("description.report", period=period.name, organ=view.corpus.body.name),
            (MacroCall(period_report, (period.id,)),),
        )


KIND = PageKind(_pages, (period_report,), group="nav.sources")
