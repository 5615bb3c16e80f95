"""The pages of a reporting period: what it changed, and the report made from its data."""

from __future__ import annotations

from collections.abc import Iterator

from macros import queries
from macros.pages import pagination
from macros.pages.page import MacroCall, Page, PageKind, find_named, mark_draft, record_anchors
from macros.pages.pagination import ListPage, find_page, paginate
from macros.queries import Change
from macros.render.view import View
from macros.report import make_outline


def period_summary(view: View, period: str, page: str = "1") -> str:
    """Show one reporting period: its report, its dates, and what it changed."""
    record = find_named("unknown_period", period, view.corpus.periods)
    part = find_page(_list_pages(view, period), page)
    return view.render(
        "period.html",
        period=record,
        count=sum(change.kind == "first" for listed in part.siblings for change in listed.rows),
        page=part,
        in_navigation=pagination.NAVIGATION,
    )


def period_report(view: View, period: str) -> str:
    """Show the report of a reporting period, made from its data."""
    record = find_named("unknown_period", period, view.corpus.periods)
    return view.render("report.html", report=make_outline(view, record.id), linked=True)


def _list_pages(view: View, period: str) -> list[ListPage[Change]]:
    """List the pages of a period: changes first, then what is first reported."""
    name = view.corpus.periods[period].name
    rows = sorted(queries.changes(view.corpus, period), key=lambda change: change.kind == "first")
    return paginate(view, f"periods/{period}/", name, rows, pagination.CHANGES)


def _pages(view: View) -> Iterator[Page]:
    for period in view.corpus.periods.values():
        for page in _list_pages(view, period.id):
            yield Page(
                page.path,
                mark_draft(view, view.t("title.period", period=page.name), period.name),
                view.t("description.period", period=page.name, organ=view.corpus.body.name),
                (MacroCall(period_summary, (period.id, *page.arguments)),),
            )
        yield Page(
            f"periods/{period.id}/report/",
            mark_draft(view, view.t("title.report", period=period.name), period.name),
            view.t("description.report", period=period.name, organ=view.corpus.body.name),
            (MacroCall(period_report, (period.id,)),),
        )


def _anchors(view: View, period: str, page: str = "1") -> set[str]:
    statements = view.corpus.statements.statements
    return record_anchors(entry for entry in statements if page == "1" and entry.period == period)


def _navigation(view: View) -> Iterator[tuple[str, str]]:
    for period in list(view.corpus.periods.values())[: -pagination.NAVIGATION - 1 : -1]:
        yield mark_draft(view, period.name, period.name), f"periods/{period.id}/"


KIND = PageKind(
    _pages,
    (period_summary, period_report),
    anchors={"period_summary": _anchors},
    navigation=_navigation,
    group="nav.sources",
)
