"""The macros: plain functions from a view of the corpus to HTML.

A hand-written page calls them by name (`{{ funding_index() }}`); a page that nobody wrote by hand is the
result of calling the same function directly. Each takes constants only; each is listed in `MACROS`.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Callable, Iterable, Mapping, Sequence

from macros import queries
from macros.corpus.corpus import Corpus
from macros.exports import embeds as cards
from macros.exports.formats import GROUPS, ROOT
from macros.exports.registry import FORMATS
from macros.pages import filters as narrowing
from macros.pages import pagination as paging
from macros.pages.pagination import Part
from macros.queries import backlinks as gathering
from macros.queries import facets
from macros.render import citations as citing
from macros.render import statements
from macros.render.charts import overview as pictures
from macros.render.view import View

DETAILS = (
    "paragraphs",
    "progress",
    "timeline",
    "funding",
    "partners",
    "documents",
    "related",
    "cite",
)
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
    period = view.corpus.latest_period
    changes = list(paging.changes(view, period.id).values()) if period else []
    return view.render(
        "overview.html", occurrences=queries.timeline(view.corpus, view.today), changes=changes
    )


def resolution_list(view: View, session: str | Part | None = None) -> str:
    """All resolutions, or those of one session, with state, money and next date.

    All of a large organ are a list of the pages on which they are; one of these is named by its key.
    """
    if session is None:
        parts = paging.of_resolutions(view)
        return (
            _pages(view, "resolutions", parts) if parts else _listed(view, view.corpus.resolutions)
        )
    if isinstance(session, str) and session in view.corpus.sessions:
        return _listed(view, queries.of_session(view.corpus, session))
    return _listed(
        view,
        _part(
            lambda: paging.of_resolutions(view), session, "unknown_session", view.corpus.sessions
        ).rows,
    )


def _listed(view: View, slugs: Iterable[str]) -> str:
    rows = narrowing.of_each(view, slugs)
    return view.render(
        "resolution_list.html", rows=rows, narrowing=narrowing.of_resolutions(view, rows)
    )


def _pages(view: View, name: str, parts: Sequence[Part]) -> str:
    """The pages of a list that is split, with what narrows all of it."""
    listing = narrowing.Listing.of(view, name)
    return view.render("pages.html", parts=parts, listing=listing, kind=listing.kind)


def _part(
    parts: Callable[[], Sequence[Part]], key: str | Part, code: str, known: Iterable[str] = ()
) -> Part:
    """The page of a split list that is meant, by its key if it is not at hand."""
    if isinstance(key, Part):
        return key
    keys = {part.key: part for part in parts()}
    if key not in keys:
        raise MacroError(code, key, [*known, *keys])
    return keys[key]


def state_strips(view: View) -> str:
    """The state of the resolutions of every session: a bar each, with a link to every resolution.

    Of very many sessions the earlier ones are named, with links to them.
    """
    groups = pictures.groups(view)
    shown = groups[-pictures.SESSIONS_MOST :]
    strips = view.render("strips.html", groups=shown, tag="p")
    return strips + view.render(
        "earlier.html", sessions=[id for id, _ in groups[: len(groups) - len(shown)] if id]
    )


def resolution_matrix(view: View) -> str:
    """All resolutions against goals and against themes, each with its state."""
    return view.render("matrix.html")


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
    """The sections of a resolution page (all, or those named): paragraphs, progress, timeline, funding, partners, documents, related, cite."""
    slug = find_resolution(view.corpus, resolution)
    for section in sections:
        if section not in DETAILS:
            raise MacroError("unknown_section", section, list(DETAILS))
    absolute = view.at(view.address)
    html = view.at(statements.HERE).render(
        "resolution_details.html",
        slug=slug,
        resolution=view.corpus.resolutions[slug],
        sections=sections or DETAILS,
        occurrences=queries.timeline(view.corpus, view.today, [slug]),
        citation=citing.cite_resolution(absolute, slug),
        snippet=cards.snippet(absolute, slug),
        kept=statements.kept(view.corpus, slug),
    )
    return statements.seen_from(view.base, html)


def funding_index(view: View, session: str | Part | None = None) -> str:
    """Money of all resolutions: required, mobilized and gap, contributions by state, totals that say what they leave out.

    That of a large organ is on a page for each session, which its key names.
    """
    part = None
    if session is not None:
        part = _part(lambda: paging.of_money(view), session, "unknown_session")
        view = view.with_only(part.rows)
    elif parts := paging.of_money(view):
        pages = _pages(view, "funding", parts)
        return view.render(
            "funding_index.html",
            rows={},
            traits={},
            narrowing=narrowing.Narrowing(),
            pages=pages,
            part=None,
        )
    rows = narrowing.of_each(view, view.corpus.resolutions, facets.money_of)
    traits = {
        (slug, found.id): facets.of_contribution(view.corpus, rows[slug], found)
        for slug, resolution in view.corpus.resolutions.items()
        for found in resolution.contributions
    }
    return view.render(
        "funding_index.html",
        rows=rows,
        traits=traits,
        narrowing=narrowing.of_money(view, rows, list(traits.values())),
        pages=None,
        part=part,
    )


def mechanism(view: View, name: str) -> str:
    """One way of funding with its own name: its purpose, terms, documents and what went through it."""
    known = view.corpus.mechanisms
    if name not in known:
        raise MacroError("unknown_mechanism", name, list(known))
    slug, found = known[name]
    return view.render("mechanism.html", slug=slug, mechanism=found)


def timeline_index(view: View, year: str | Part | None = None) -> str:
    """All events of all resolutions in order of their dates: what lies ahead, what has no reported outcome, what happened.

    Those of a large organ are on a page for each year, which its key names.
    """
    if year is not None:
        part = _part(lambda: paging.of_timeline(view), year, "unknown_year")
        rows, slugs = set(part.rows), dict.fromkeys(slug for slug, _ in part.rows)
        found = queries.timeline(view.corpus, view.today, slugs)
        occurrences = [one for one in found if (one.slug, one.event.id) in rows]
    else:
        occurrences = queries.timeline(view.corpus, view.today)
        if parts := paging.of_timeline(view):
            return view.render(
                "timeline_index.html",
                occurrences=occurrences,
                pages=_pages(view, "timeline", parts),
            )
    traits = narrowing.of_occurrences(view, occurrences)
    return view.render(
        "timeline_index.html",
        occurrences=occurrences,
        traits=traits,
        narrowing=narrowing.of_events(view, traits),
        pages=None,
    )


def session_summary(view: View, session: str) -> str:
    """One session: when and where it met, and the state of its resolutions.

    The resolutions of a large session go on on further pages, named by their keys (`2/page-2`).
    """
    name = session.partition("/")[0]
    if name not in view.corpus.sessions:
        raise MacroError("unknown_session", session, list(view.corpus.sessions))
    parts = paging.of_session(view, name)
    part = _part(lambda: parts, session, "unknown_session")
    return view.render(
        "session.html",
        session=view.corpus.sessions[name],
        slugs=queries.of_session(view.corpus, name),
        list=_listed(view, part.rows),
        pages=parts,
        part=part,
    )


def document_list(view: View, page: str | Part | None = None) -> str:
    """All documents cited, with links to their full texts and to the resolutions that cite them.

    A long list goes on on further pages (`page-2`); what cites a document may have pages of its own (`citing/a-74-8`).
    """
    return _gathered(view, "documents", page)


def partner_list(view: View, page: str | Part | None = None) -> str:
    """All partners by kind and all places, each with the resolutions they belong to.

    A long list goes on on further pages (`page-2`), and each has pages of its own (`organizations/undp`, `places/nairobi`).
    """
    return _gathered(view, "partners", page)


def _gathered(view: View, name: str, page: str | Part | None) -> str:
    """A page of the list of partners or of documents, or one of what belongs to one of them."""
    pages, apart = gathering.pages(view, name), gathering.apart(view, name)
    part = _part(
        lambda: [*pages, *(part for part, _ in apart.values())], page or "", "unknown_page"
    )
    if part.key in apart:
        own = apart[part.key][1]
        rows = gathering.on(view, part, own.kind, own.key)
        return view.render("gathered.html", part=part, own=own, rows=rows, name=name)
    keys = {kind: [key for of, key in part.rows if of == kind] for kind in gathering.KINDS[name]}
    found = {
        kind: {key: gathering.rows(view, kind)[key] for key in those}
        for kind, those in keys.items()
    }
    return view.render(f"{name}.html", pages=pages, part=part, gathering=gathering, **found)


def period_summary(view: View, period: str) -> str:
    """One reporting period: its report, its dates, and what it changed.

    What changed very much goes on on further pages, named by their keys (`eb-2024-2/page-2`).
    """
    name = period.partition("/")[0]
    if name not in view.corpus.periods:
        raise MacroError("unknown_period", period, list(view.corpus.periods))
    parts = paging.of_period(view, name)
    part = _part(lambda: parts, period, "unknown_period")
    known = paging.changes(view, name)
    return view.render(
        "period.html",
        period=view.corpus.periods[name],
        changes=[known[row] for row in part.rows],
        count=sum(change.kind == "first" for change in known.values()),
        pages=parts,
        part=part,
        named=paging.NAMED_MOST,
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


def data_files(view: View, *groups: str) -> str:
    """The exported files (all, or of some groups), each with an address and what it holds."""
    for group in groups:
        if group not in GROUPS:
            raise MacroError("unknown_group", group, list(GROUPS))
    formats = [found for found in FORMATS if not groups or found.group in groups]
    return view.render("data_files.html", formats=formats, root=ROOT)


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
        overview, resolution_list, state_strips, resolution_matrix, resolution_summary, resolution_details, funding_index,
        mechanism, timeline_index, session_summary, document_list, partner_list, period_summary, status_list,
        contribution_states, correction_list, data_files, accessibility_contact, search_page, macro_reference,
    )
})  # fmt: skip
"""Every macro that a page may call, by name."""
