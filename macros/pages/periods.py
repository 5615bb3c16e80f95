"""The pages of a reporting period: what it changed, and the report made from its data."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from macros import queries
from macros.pages import pagination
from macros.pages.page import (
    MacroCall,
    MacroError,
    NavigationEntry,
    Page,
    PageKind,
    mark_draft,
    record_anchors,
)
from macros.pages.pagination import ListPage, find_page, paginate
from macros.queries import Change
from macros.render.view import View
from macros.report import make_outline


def period_summary(view: View, period: str, page: str = "1") -> str:
    """Show one reporting period: its report, its dates, and what it changed."""
    if period not in view.corpus.periods:
        raise MacroError("unknown_period", period, view.corpus.periods)
    pages = _list_pages(view, period)
    part = find_page(pages, page)
    return view.render(
        "period.html",
        period=view.corpus.periods[period],
        count=sum(change.kind == "first" for listed in pages for change in listed.rows),
        pages=pages,
        page=part,
        in_navigation=pagination.NAVIGATION,
    )


def period_report(view: View, period: str) -> str:
    """Show the report of a reporting period, made from its data."""
    if period not in view.corpus.periods:
        raise MacroError("unknown_period", period, view.corpus.periods)
    return view.render("report.html", report=make_outline(view, period), linked=True)


def _list_pages(view: View, period: str) -> list[ListPage[Change]]:
    """List the pages of a period: changes first, then what is first reported."""
    changes = queries.changes(view.corpus, period)
    return paginate(
        view,
        f"periods/{period}/",
        view.corpus.periods[period].name,
        sorted(changes, key=lambda change: change.kind == "first"),
        pagination.CHANGES,
    )


def _pages(view: View) -> Iterator[Page]:
    for period in view.corpus.periods.values():
        for page in _list_pages(view, period.id):
            arguments = (period.id,) if page.is_first else (period.id, str(page.number))
            yield Page(
                page.path,
                mark_draft(view, view.t("title.period", period=page.name), period.name),
                view.t("description.period", period=page.name, organ=view.corpus.body.name),
                (MacroCall(period_summary, arguments),),
            )
        yield Page(
            f"periods/{period.id}/report/",
            mark_draft(view, view.t("title.report", period=period.name), period.name),
            view.t("description.report", period=period.name, organ=view.corpus.body.name),
            (MacroCall(period_report, (period.id,)),),
        )


def _anchors(view: View, period: str, page: str = "1") -> AbstractSet[str]:
    statements = view.corpus.statements.statements
    return record_anchors(entry for entry in statements if page == "1" and entry.period == period)


def _navigation(view: View) -> Iterator[NavigationEntry]:
    for period in list(view.corpus.periods.values())[: -pagination.NAVIGATION - 1 : -1]:
        yield mark_draft(view, period.name, period.name), f"periods/{period.id}/"


KIND = PageKind(
    _pages,
    (period_summary, period_report),
    anchors={"period_summary": _anchors},
    navigation=_navigation,
    group="nav.sources",
)
