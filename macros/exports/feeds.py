"""Feeds of what reporting periods changed, newest first: Atom (RFC 4287)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from macros import queries
from macros.exports.formats import ROOT
from macros.exports.values import LICENCE, LICENCE_URL, provenance
from macros.model import restricted_markdown
from macros.model.events import Event
from macros.model.funding import Contribution
from macros.model.reference import Period
from macros.queries import Change
from macros.render.citations import source_line
from macros.render.view import View

MAX_ENTRIES = 500
"""How many entries a feed of all resolutions has at most, if the newest period alone has fewer."""


Entry = tuple[Period, Change]


def changes(view: View) -> str:
    """Write the feed of all resolutions: the whole newest period, and whole older ones that fit.

    Args:
        view: A view whose base is the address of the language's root, as in all exports.
    """
    entries: list[Entry] = []
    for period in reversed(list(view.corpus.periods.values())):
        of_period = queries.changes(view.corpus, period.id)
        if entries and len(entries) + len(of_period) > MAX_ENTRIES:
            break
        entries += ((period, change) for change in of_period)
    return feed(view, view.corpus.body.site_name, entries, f"{ROOT}changes.atom", "")


def resolution_feed(view: View, slug: str) -> str:
    """Write the feed of one resolution, with all its changes."""
    entries = [
        (period, change)
        for period in reversed(list(view.corpus.periods.values()))
        for change in queries.changes(view.corpus, period.id, [slug])
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
    functions = {"describe": partial(_describe, view), "report": partial(_report, view)}
    terms = {"subtitle": provenance(view), "licence": LICENCE, "licence_url": LICENCE_URL}
    address, page = view.url(path), view.url(page)
    values = {"title": title, "entries": entries, "address": address, "page": page}
    return str(view.render("feed.xml", **values, **functions, **terms))


def _describe(view: View, change: Change) -> str:
    """Describe a change in words, also what is reported for the first time."""
    if change.kind != "first":
        return view.change(change)
    status = view.name("statuses", change.after) if change.after else view.t("not_reported")
    return view.t("export.first", status=status)


def _report(view: View, period: Period, change: Change) -> str:
    """Return what the period's report says of a change, and where."""
    resolution = view.corpus.resolutions[change.slug]
    statements: tuple[Event | Contribution, ...] = (*resolution.events, *resolution.contributions)
    text, sources = "", None
    for entry in statements:
        if change.entry and entry.id == change.entry:
            text = entry.title if isinstance(entry, Event) else entry.purpose
            sources = next(each.sources for each in entry.reports if each.period == period.id)
    for assessment in resolution.assessments:
        if not change.entry and assessment.period == period.id and assessment.paragraph is None:
            text, sources = restricted_markdown.to_plain(assessment.reason), assessment.sources
    return f"\n{text}\n{source_line(view, sources)}" if sources else ""
