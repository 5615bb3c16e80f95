"""Feeds of what reporting periods changed, newest first: Atom (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from macros.exports.formats import ROOT
from macros.exports.records import LICENCE, LICENCE_URL, provenance
from macros.model.fields import Source
from macros.model.reference import Period
from macros.model.resolution import Event, Resolution
from macros.queries import queries
from macros.queries.queries import Change
from macros.render import restricted_markdown
from macros.render.citations import source_line
from macros.render.view import View

MAX_ENTRIES = 500
"""How many entries a feed of all resolutions has at most, if the newest period alone has fewer."""


@dataclass(frozen=True)
class Entry:
    """One entry: its permanent id, its address, when it changed, and what it says."""

    id: str
    url: str
    updated: str
    kind: str
    title: str
    summary: str


def changes(view: View) -> str:
    """Write the feed of all resolutions: the whole newest period, and whole older ones that fit.

    Args:
        view: A view whose base is the address of the language's root, as in all exports.
    """
    entries: list[Entry] = []
    for period in reversed(view.corpus.periods.values()):
        newer = len(entries)
        entries += _entries(view, period, queries.changes(view.corpus, period.id))
        if newer and len(entries) > MAX_ENTRIES:
            del entries[newer:]
            break
    return feed(view, view.corpus.body.site_name, entries, f"{ROOT}changes.atom", "")


def resolution_feed(view: View, slug: str) -> str:
    """Write the feed of one resolution, with all its changes."""
    entries = [
        entry
        for period in reversed(view.corpus.periods.values())
        for entry in _entries(view, period, queries.changes(view.corpus, period.id, [slug]))
    ]
    title = f"{view.resolution_name(slug)}{view.t('separator')}{view.corpus.body.site_name}"
    return feed(view, title, entries, f"{ROOT}resolutions/{slug}.atom", f"resolutions/{slug}/")


def feed(view: View, title: str, entries: Sequence[Entry], path: str, page: str) -> str:
    """Write a feed.

    Args:
        view: The view of the language.
        title: What the feed is called.
        entries: Its entries, newest first.
        path: Where it is published, from the root of the language.
        page: The path of the page that it belongs to.
    """
    text = view.render(
        "feed.xml",
        title=title,
        subtitle=provenance(view),
        entries=entries,
        updated=entries[0].updated if entries else _timestamp(view.today),
        address=view.url(path),
        page=view.url(page),
        licence=LICENCE,
        licence_url=LICENCE_URL,
    )
    return str(text)


def _describe(view: View, change: Change) -> str:
    """Describe a change in words, also what is reported for the first time."""
    if change.kind != "first":
        return view.change(change)
    status = view.name("statuses", change.after) if change.after else view.t("not_reported")
    return view.t("export.first", status=status)


def _entries(view: View, period: Period, period_changes: Iterable[Change]) -> Iterator[Entry]:
    """Yield what a period changed.

    An entry's id is the archived page of the resolution in that period, with what changed as
    fragment: it never changes. Its time is the date of the period's statements.
    """
    updated = _timestamp(min(period.as_of.latest, view.today))
    for change in period_changes:
        resolution = view.corpus.resolutions[change.slug]
        name = view.resolution_name(change.slug) + view.t("colon")
        page = f"{view.resolution_url(change.slug)}{period.id}/"
        text, sources = _report(resolution, period, change)
        lines = [name + resolution.title, text, source_line(view, sources) if sources else ""]
        yield Entry(
            id=f"{page}#{change.kind}" + (f"-{change.entry}" if change.entry else ""),
            url=page + (f"#{change.entry}" if change.entry else ""),
            updated=updated,
            kind=change.kind,
            title=name + _describe(view, change),
            summary="\n".join(filter(None, lines)),
        )


def _report(
    resolution: Resolution, period: Period, change: Change
) -> tuple[str, tuple[Source, ...]]:
    """Return what the period's report says of a change, and where."""
    for entry in (*resolution.events, *resolution.contributions):
        if change.entry and entry.id == change.entry:
            report = next(report for report in entry.reports if report.period == period.id)
            return (entry.title if isinstance(entry, Event) else entry.purpose), report.sources
    for assessment in resolution.assessments:
        if not change.entry and assessment.period == period.id and assessment.paragraph is None:
            return restricted_markdown.to_plain(assessment.reason), assessment.sources
    return "", ()


def _timestamp(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
