"""The macros: plain functions from a view of the corpus to HTML.

A hand-written page calls them by name (`{{ funding_index() }}`); a page that nobody wrote by hand is the
result of calling the same function directly. Each takes constants only; each is listed in `MACROS`.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Callable, Mapping

from macros import queries
from macros.corpus import Corpus
from macros.formats import KINDS, ROOT
from macros.render import View

DETAILS = ("paragraphs", "progress", "timeline", "funding", "partners", "documents", "related")
"""The sections of a resolution page below its summary, in order; also the anchors of their headings."""


class MacroError(ValueError):
    """A macro was called with something the data does not have. `code` and `values` make a `Problem`."""

    def __init__(self, code: str, value: str, known: list[str]) -> None:
        super().__init__(f"{code}: {value}")
        self.code, self.value, self.known = code, value, known


def find_resolution(corpus: Corpus, name: str) -> str:
    """The slug of a resolution named by its slug or its label (`2-4` or `2/4`). Raises `MacroError`."""
    if name in corpus.resolutions:
        return name
    for slug in corpus.resolutions:
        if corpus.label(slug) == name:
            return slug
    raise MacroError("unknown_resolution", name, list(corpus.resolutions))


def overview(view: View) -> str:
    """The state of all resolutions at a glance: counts, state by session, money, what comes next, freshness."""
    return view.render("overview.html", occurrences=queries.timeline(view.corpus, view.today))


def resolution_list(view: View, session: str | None = None) -> str:
    """All resolutions, or those of one session, with state, money and next date."""
    if session is not None and session not in view.corpus.sessions:
        raise MacroError("unknown_session", session, list(view.corpus.sessions))
    slugs = list(view.corpus.resolutions) if session is None else queries.of_session(view.corpus, session)
    return view.render("resolution_list.html", slugs=slugs)


def resolution_summary(view: View, resolution: str) -> str:
    """The head of a resolution page: what became of it, who pays, what comes next."""
    slug = find_resolution(view.corpus, resolution)
    found = view.corpus.resolutions[slug]
    return view.render(
        "resolution_summary.html",
        slug=slug,
        resolution=found,
        assessment=queries.assessment(found, view.corpus),
        occurrences=queries.timeline(view.corpus, view.today, [slug]),
    )


def resolution_details(view: View, resolution: str, *sections: str) -> str:
    """The sections of a resolution page (all, or those named): paragraphs, progress, timeline, funding, partners, documents, related."""
    slug = find_resolution(view.corpus, resolution)
    for section in sections:
        if section not in DETAILS:
            raise MacroError("unknown_section", section, list(DETAILS))
    return view.render(
        "resolution_details.html",
        slug=slug,
        resolution=view.corpus.resolutions[slug],
        sections=sections or DETAILS,
        occurrences=queries.timeline(view.corpus, view.today, [slug]),
    )


def funding_index(view: View) -> str:
    """Money of all resolutions: required, mobilized and gap, contributions by state, totals that say what they leave out."""
    return view.render("funding_index.html")


def mechanism(view: View, name: str) -> str:
    """One way of funding with its own name: its purpose, terms, documents and what went through it."""
    known = {found.id: (slug, found) for slug, found in view.corpus.mechanisms()}
    if name not in known:
        raise MacroError("unknown_mechanism", name, list(known))
    slug, found = known[name]
    return view.render("mechanism.html", slug=slug, mechanism=found)


def timeline_index(view: View) -> str:
    """All events of all resolutions in order of their dates: what lies ahead, what has no reported outcome, what happened."""
    return view.render("timeline_index.html", occurrences=queries.timeline(view.corpus, view.today))


def session_summary(view: View, session: str) -> str:
    """One session: when and where it met, and the state of its resolutions."""
    if session not in view.corpus.sessions:
        raise MacroError("unknown_session", session, list(view.corpus.sessions))
    return view.render(
        "session.html", session=view.corpus.sessions[session], slugs=queries.of_session(view.corpus, session)
    )


def document_list(view: View) -> str:
    """All documents cited, with links to their full texts and to the resolutions that cite them."""
    return view.render("documents.html", citations=queries.citations(view.corpus))


def partner_list(view: View) -> str:
    """All partners by kind and all places, each with the resolutions they belong to."""
    return view.render("partners.html", partners=queries.partners(view.corpus), places=queries.places(view.corpus))


def period_summary(view: View, period: str) -> str:
    """One reporting period: its report, its dates, and what it changed."""
    if period not in view.corpus.periods:
        raise MacroError("unknown_period", period, list(view.corpus.periods))
    return view.render(
        "period.html", period=view.corpus.periods[period], changes=queries.changes(view.corpus, period)
    )


def status_list(view: View) -> str:
    """What each status means, and what *not reported* means."""
    return view.render("statuses.html")


def contribution_states(view: View) -> str:
    """What each state of a contribution means, and whether its amounts count as given."""
    return view.render("contribution_states.html")


def correction_list(view: View) -> str:
    """What was wrong in what was published, and since when it is put right."""
    return view.render("corrections.html")


def data_files(view: View) -> str:
    """The files for machines, each with an address and what it holds."""
    return view.render("data_files.html", kinds=KINDS, root=ROOT)


def offline(view: View) -> str:
    """The offer to keep the site on the reader's device."""
    return view.render("offline.html")


def accessibility_contact(view: View) -> str:
    """Whom to tell of a barrier."""
    return view.render("accessibility_contact.html")


def search_page(view: View) -> str:
    """The page of search results."""
    return view.render("search.html")


def macro_reference(view: View) -> str:
    """This table: every macro with what it shows."""
    return view.render("macro_reference.html", macros=MACROS)


MACROS: Mapping[str, Callable[..., str]] = MappingProxyType({
    function.__name__: function
    for function in (
        overview, resolution_list, resolution_summary, resolution_details, funding_index, mechanism, timeline_index,
        session_summary, document_list, partner_list, period_summary, status_list, contribution_states,
        correction_list, data_files, offline, accessibility_contact, search_page, macro_reference,
    )
})  # fmt: skip
"""Every macro that a page may call, by name."""
