"""The page of a session of the organ."""

from __future__ import annotations

from collections.abc import Iterator

from macros import queries
from macros.pages import pagination
from macros.pages.page import MacroCall, Page, PageKind, find_named
from macros.pages.pagination import ListPage, find_page, paginate
from macros.pages.resolutions import table
from macros.render.view import View


def session_summary(view: View, session: str, page: str = "1") -> str:
    """Show one session: when and where it met, and the status of its resolutions."""
    record = find_named("unknown_session", session, view.corpus.sessions)
    part = find_page(_list_pages(view, session), page)
    return view.render(
        "session.html",
        session=record,
        slugs=queries.of_session(view.corpus, session),
        list=table(view, part.rows),
        page=part,
    )


def _list_pages(view: View, session: str) -> list[ListPage[str]]:
    name, slugs = view.corpus.sessions[session].name, queries.of_session(view.corpus, session)
    return paginate(view, f"sessions/{session}/", name, slugs, pagination.RESOLUTIONS)


def _pages(view: View) -> Iterator[Page]:
    for session in view.corpus.sessions:
        for page in _list_pages(view, session):
            yield Page(
                page.path,
                page.name,
                view.t("session.description", session=page.name, organ=view.corpus.body.name),
                (MacroCall(session_summary, (session, *page.arguments)),),
            )


def _navigation(view: View) -> Iterator[tuple[str, str]]:
    for session in list(view.corpus.sessions.values())[-pagination.NAVIGATION :]:
        yield session.name, f"sessions/{session.id}/"


KIND = PageKind(_pages, (session_summary,), navigation=_navigation, group="nav.resolutions")
