"""The lasting anchors on pages, from the records: what data brings to a page and what is never changed. Pure.

Nothing is rendered for it, so that a large organ's addresses are known as soon as its data is. The anchors of sections,
which stand on a page only while there is something in them, are not among them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from types import MappingProxyType
from typing import Any

from macros.corpus.corpus import Corpus
from macros.model.fields import Record, has, inside
from macros.model.funding import Mechanism
from macros.pages import macros as sections
from macros.pages import outline as contents
from macros.pages import pagination as paging
from macros.pages.pagination import Part
from macros.pages.registry import Page
from macros.queries import backlinks as gathering
from macros.queries import queries
from macros.render.view import View


def macro_anchors(view: View, name: str, *arguments: Any, **named: Any) -> Set[str]:
    """What a macro of `sections.MACROS` brings. Raises `MacroError` for a call that the check refuses."""
    brings = BRINGS.get(name)
    return brings(view, *arguments, **named) if brings else frozenset()


def page_anchors(view: View, page: Page) -> Set[str]:
    """The lasting anchors of a page that nobody wrote."""
    if page.slug is not None:
        return of_resolution(
            view.as_of(page.period).corpus if page.period else view.corpus, page.slug
        )
    return frozenset().union(*(macro_anchors(view, *call) for call in page.calls))


def of_resolution(corpus: Corpus, slug: str) -> Set[str]:
    """Those on the page of a resolution."""
    resolution = corpus.resolutions[slug]
    return _of_records([resolution]) | {
        f"period-{period}" for period in queries.reported_in(resolution, corpus)
    }


def _of_records(records: Iterable[Record]) -> Set[str]:
    return {
        entry.anchor for record in records for entry in inside(record) if has(type(entry), "anchor")
    }


def _details(view: View, name: str, *only: str) -> Set[str]:
    slug = sections.find_resolution(view.corpus, name)
    all_of_it = of_resolution(view.corpus, slug)
    return (
        all_of_it & contents.anchors(sections.resolution_details(view, slug, *only))
        if only
        else all_of_it
    )


def _funding(view: View, session: str | Part | None = None) -> Set[str]:
    parts = () if isinstance(session, Part) else paging.of_money(view)
    if session is not None:
        part = (
            session
            if isinstance(session, Part)
            else next(part for part in parts if part.key == session)
        )
        return _of_records(
            way for slug in part.rows for way in view.corpus.resolutions[slug].mechanisms
        )
    known = view.corpus.statements
    ways: list[Mechanism] = [] if parts else [way for _, way in view.corpus.mechanisms.values()]
    return _of_records(
        [entry for entry in known.statements if entry.about == "funding"]
        + [*known.resources, *ways]
    )


def _mechanism(view: View, name: str) -> Set[str]:
    found = view.corpus.mechanisms.get(name)
    return _of_records(found[1:] if found else ())


def _partners(view: View, page: str | Part | None = None) -> Set[str]:
    return {
        key if kind == "organizations" else f"place-{key}"
        for kind, key in _gathered(view, "partners", page)
    }


def _documents(view: View, page: str | Part | None = None) -> Set[str]:
    return {view.corpus.documents[key].anchor for _, key in _gathered(view, "documents", page)}


def _gathered(view: View, name: str, page: str | Part | None) -> Iterable[tuple[str, str]]:
    """The entries on a page of a list; pages of what belongs to one of them have none."""
    key = page.key if isinstance(page, Part) else page or ""
    return next((part.rows for part in gathering.pages(view, name) if part.key == key), ())


def _period(view: View, period: str) -> Set[str]:
    return _of_records(
        entry for entry in view.corpus.statements.statements if entry.period == period
    )


def _statuses(view: View) -> Set[str]:
    return {f"status-{status.id}" for status in view.corpus.vocabulary.statuses}


def _contribution_states(view: View) -> Set[str]:
    return {f"contribution-{state.id}" for state in view.corpus.vocabulary.contribution_states}


def _corrections(view: View) -> Set[str]:
    return {correction.id for correction in view.corpus.statements.corrections}


BRINGS: Mapping[str, Callable[..., Set[str]]] = MappingProxyType({
    "resolution_details": _details,
    "funding_index": _funding,
    "mechanism": _mechanism,
    "partner_list": _partners,
    "document_list": _documents,
    "period_summary": _period,
    "status_list": _statuses,
    "contribution_states": _contribution_states,
    "correction_list": _corrections,
})  # fmt: skip
"""The macros that bring any; with the same arguments."""
