"""From a corpus to the pages of a site in one language: address, title, description and body of each.

A page with the same address in `docs/` takes the place of the body given here; its address, title and
description stay, unless it gives its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Callable, Iterable, Iterator, Mapping, Sequence

from macros.corpus.translations import DRAFT_STATE, LocalText
from macros.exports import examples
from macros.model.retirements import Retirement, is_page
from macros.pages import macros as sections
from macros.pages import pagination as paging
from macros.pages.pagination import Part
from macros.queries import backlinks as gathering
from macros.queries import queries
from macros.render.view import View, description
from macros.site import redirects

Body = Callable[[View], str]
Call = tuple["str | Part", ...]
"""The name of a macro with its arguments."""


@dataclass(frozen=True)
class Page:
    """One page.

    `path` is its address from the root of the language (`resolutions/2-4/`, empty for the home page); `body`
    makes its HTML from the view of that page. `slug` is set on the pages of a resolution, `period` on those that
    show it as it stood then. `searchable` pages are in the search index. A `retired` page only says what was there.
    `reads` are the resolutions that its body tells of, `None` for all; `beside` is what it says of others, such as their
    number. `calls` are the macros that a hand-written page would call to show the same, if there are any.
    """

    path: str
    title: str
    description: str
    body: Body
    slug: str | None = None
    period: str | None = None
    searchable: bool = True
    retired: bool = False
    reads: tuple[str, ...] | None = None
    calls: tuple[Call, ...] = ()
    beside: object = None

    @property
    def source(self) -> str:
        """The name of the Markdown file that may take the body's place: `resolutions/2-4.md`."""
        return (self.path.rstrip("/") or "index") + ".md"

    @property
    def indexed(self) -> bool:
        """Whether search engines may list it: not the search itself, a state of the past, nor what is withdrawn."""
        return self.period is None and not self.retired and self.path != "search/"


@lru_cache(maxsize=64)
def pages(view: View) -> tuple[Page, ...]:
    """All pages of a site in the language of a view, in the order of the navigation."""
    return tuple(_pages(view))


@lru_cache(maxsize=64)
def aliases(view: View) -> Mapping[str, Sequence[str]]:
    """The files at further and former addresses of each resolution that has any (see `redirects.aliases`)."""
    found: dict[str, list[str]] = {}
    for file, slug in redirects.aliases(view.corpus, (page.path for page in pages(view))):
        found.setdefault(slug, []).append(file)
    return found


def _pages(view: View) -> Iterator[Page]:
    corpus, t = view.corpus, view.t
    organ = corpus.body.name

    def page(name: str, *calls: Call, searchable: bool = True) -> Page:
        title, told = t(f"title.{name}"), t(f"description.{name}", organ=organ)
        return Page(f"{name}/", title, told, _shown(calls), calls=calls, searchable=searchable)

    home = (("overview",),)
    yield Page(
        "",
        corpus.body.site_name,
        corpus.body.description,
        _shown(home),
        calls=home,
        searchable=False,
    )
    yield page("resolutions", ("state_strips",), ("resolution_list",), ("resolution_matrix",))
    for part in paging.of_resolutions(view):
        if not part.path.startswith("sessions/"):
            yield _part(view, "resolutions", part, "resolution_list")
    for session in corpus.sessions.values():
        for part in paging.of_session(view, session.id):
            yield Page(
                part.path,
                part.name,
                t("session.description", session=part.name, organ=organ),
                _shown(calls := (("session_summary", part.key),)),
                calls=calls,
                reads=tuple(queries.of_session(corpus, session.id)),
            )
    yield page("funding", ("funding_index",))
    for part in paging.of_money(view):
        yield _part(view, "funding", part, "funding_index")
    yield page("timeline", ("timeline_index",))
    for part in paging.of_timeline(view):
        yield _part(view, "timeline", part, "timeline_index")
    for name, macro in (("partners", "partner_list"), ("documents", "document_list")):
        yield page(name, (macro,))
        for part in gathering.pages(view, name)[1:]:
            yield _part(view, name, part, macro, whole=True)
        for part, own in gathering.apart(view, name).values():
            yield _part(view, name, part, macro, beside=len(own.pages))
    for period in corpus.periods.values():
        parts = paging.of_period(view, period.id)
        for part in parts:
            yield Page(
                part.path,
                _marked(view, t("title.period", period=part.name), period.name),
                t("description.period", period=part.name, organ=organ),
                _shown(calls := (("period_summary", part.key),)),
                reads=None if part == parts[0] else _slugs(part),
                beside=(part.rows, len(parts)),
                calls=calls,
            )
    yield page("about", ("status_list",), ("contribution_states",))
    yield replace(page("data", ("data_files",)), reads=examples.reads(corpus))
    yield replace(page("accessibility"), body=_accessibility)
    yield page("corrections", ("correction_list",))
    yield page("search", ("search_page",), searchable=False)
    for slug in corpus.resolutions:
        yield from of_resolution(view, slug)
    for path, entry in corpus.retired.of(shared=False):
        if is_page(path) and not entry.to:
            told = t("retired.description", organ=organ)
            yield Page(
                path, entry.was or path, told, _withdrawn(entry), searchable=False, retired=True
            )


def _part(
    view: View, name: str, part: Part, macro: str, beside: object = None, whole: bool = False
) -> Page:
    """A page of a list that is split; it may tell of the whole list."""
    title = (
        part.name if whole else view.t("paging.title", list=view.t(f"title.{name}"), name=part.name)
    )
    description = view.t(f"description.{name}", organ=view.corpus.body.name)
    return Page(
        part.path,
        title,
        f"{part.name}: {description}",
        _shown(calls := ((macro, part),)),
        searchable=False,
        reads=None if whole else _slugs(part),
        beside=(part.rows, beside),
        calls=calls,
    )


def _slugs(part: Part) -> tuple[str, ...]:
    """The resolutions that a page of a list that is split tells of."""
    return tuple(dict.fromkeys(row if isinstance(row, str) else row[0] for row in part.rows))


def of_resolution(view: View, slug: str) -> Iterator[Page]:
    """The pages of a resolution: as it stands, and as it stood after each period that speaks of it."""
    corpus, t = view.corpus, view.t
    resolution, label = corpus.resolutions[slug], corpus.label(slug)
    yield Page(
        f"resolutions/{slug}/",
        _marked(
            view, t("resolution.page_title", label=label, title=resolution.title), resolution.title
        ),
        description(view, resolution, slug),
        _shown(calls := _whole_resolution(slug)),
        slug,
        calls=calls,
    )
    for period in queries.reported_in(resolution, corpus):
        name = corpus.periods[period].name
        yield Page(
            f"resolutions/{slug}/{period}/",
            _marked(view, t("resolution.period_title", label=label, period=name), name),
            t("resolution.period_description", label=label, period=name),
            _pinned(period, slug),
            slug,
            period,
            searchable=False,
        )


def _marked(view: View, title: str, text: str) -> str:
    """A title, with a word that says so where the text in it is a draft: in navigation and search nothing else does."""
    if isinstance(text, LocalText) and text.state == DRAFT_STATE:
        return title + " " + view.t("in_brackets", text=view.t("translation.draft"))
    return title


def _shown(calls: Iterable[Call]) -> Body:
    return lambda view: "".join(
        sections.MACROS[name](view, *arguments) for name, *arguments in calls
    )


def _whole_resolution(slug: str) -> tuple[Call, ...]:
    return ("resolution_summary", slug), ("resolution_details", slug)


def _pinned(period: str, slug: str) -> Body:
    return lambda view: _shown(_whole_resolution(slug))(view.as_of(period))


def _withdrawn(entry: Retirement) -> Body:
    return lambda view: view.render("tombstone.html", entry=entry)


def _accessibility(view: View) -> str:
    return view.render("accessibility.html")


Entry = tuple[str, "str | list[Entry]"]


def navigation(view: View) -> list[Entry]:
    """The navigation: titles with the path of a page, or with a list below them. It does not grow with the resolutions.

    Earlier sessions are in the list of resolutions, earlier periods below each period.
    """
    corpus, t = view.corpus, view.t
    newest = list(corpus.sessions.values())[-paging.NAMED_MOST :]
    sessions: list[Entry] = [(session.name, f"sessions/{session.id}/") for session in newest]
    periods: list[Entry] = [
        (_marked(view, period.name, period.name), f"periods/{period.id}/")
        for period in list(reversed(corpus.periods.values()))[: paging.NAMED_MOST]
    ]
    return [
        (t("nav.home"), ""),
        (t("nav.resolutions"), [(t("nav.all_resolutions"), "resolutions/"), *sessions]),
        (t("nav.funding"), "funding/"),
        (t("nav.timeline"), "timeline/"),
        (t("nav.partners"), "partners/"),
        (t("nav.sources"), [(t("nav.documents"), "documents/"), *periods]),
        (t("nav.about"), [
            (t("nav.about_data"), "about/"),
            (t("nav.data"), "data/"),
            (t("nav.corrections"), "corrections/"),
            (t("nav.accessibility"), "accessibility/"),
        ]),
    ]  # fmt: skip
