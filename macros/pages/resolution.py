"""The pages of a resolution: as it stands, and as it stood after each period that speaks of it."""

from __future__ import annotations

from collections.abc import Iterator

from macros import queries
from macros.exports import embeds
from macros.pages import outline
from macros.pages.page import MacroCall, MacroError, Page, PageKind, mark_draft, record_anchors
from macros.queries.lookup import find_resolution
from macros.render import citations
from macros.render.view import View

DETAILS = (
    "paragraphs", "progress", "timeline", "funding", "partners", "documents", "related", "cite",
)  # fmt: skip
"""The sections of a resolution page below its summary; also the anchors of their headings."""


def resolution_summary(view: View, resolution: str) -> str:
    """Show the head of a resolution page: what became of it, who pays, what comes next."""
    slug = _slug(view, resolution)
    record = view.corpus.resolutions[slug]
    return view.render(
        "resolution_summary.html",
        slug=slug,
        resolution=record,
        assessment=queries.assessment(record, view.corpus),
        occurrences=queries.timeline(view.corpus, view.today, [slug]),
    )


def resolution_details(view: View, resolution: str, *sections: str) -> str:
    """Show the sections of a resolution page, all or those named (see `DETAILS`)."""
    slug = _slug(view, resolution)
    for section in sections:
        if section not in DETAILS:
            raise MacroError("unknown_section", section, DETAILS)
    absolute = view.at(view.address)
    return view.render(
        "resolution_details.html",
        slug=slug,
        resolution=view.corpus.resolutions[slug],
        sections=sections or DETAILS,
        occurrences=queries.timeline(view.corpus, view.today, [slug]),
        citation=citations.cite_resolution(absolute, slug),
        snippet=embeds.snippet(absolute, slug),
    )


def resolution_anchors(view: View, slug: str) -> set[str]:
    """List the lasting anchors on the page of a resolution."""
    resolution = view.corpus.resolutions[slug]
    periods = queries.reported_in(resolution, view.corpus)
    return record_anchors([resolution]) | {f"period-{period}" for period in periods}


def pages_of_resolution(view: View, slug: str) -> Iterator[Page]:
    """Make the pages of a resolution: as it stands, and as it stood after each period."""
    corpus, t = view.corpus, view.t
    resolution, label = corpus.resolutions[slug], corpus.label(slug)
    calls = (MacroCall(resolution_summary, (slug,)), MacroCall(resolution_details, (slug,)))
    title = t("resolution.page_title", label=label, title=resolution.title)
    yield Page(
        f"resolutions/{slug}/",
        mark_draft(view, title, resolution.title),
        t(
            "resolution.description",
            name=view.resolution_name(slug),
            title=resolution.title,
            status=view.status_name(slug),
        ),
        calls,
        slug,
    )
    for period in queries.reported_in(resolution, corpus):
        name = corpus.periods[period].name
        title = t("resolution.period_title", label=label, period=name)
        yield Page(
            f"resolutions/{slug}/{period}/",
            mark_draft(view, title, name),
            t("resolution.period_description", label=label, period=name),
            calls,
            slug,
            period,
            searchable=False,
        )


def _pages(view: View) -> Iterator[Page]:
    for slug in view.corpus.resolutions:
        yield from pages_of_resolution(view, slug)


def _slug(view: View, name: str) -> str:
    slug = find_resolution(view.corpus, name)
    if slug is None:
        raise MacroError("unknown_resolution", name, view.corpus.resolutions)
    return slug


def _details_anchors(view: View, resolution: str, *sections: str) -> set[str]:
    slug = _slug(view, resolution)
    anchors = resolution_anchors(view, slug)
    if sections:
        anchors &= outline.anchors(resolution_details(view, slug, *sections))
    return anchors


KIND = PageKind(
    _pages,
    (resolution_summary, resolution_details),
    anchors={"resolution_details": _details_anchors},
)
