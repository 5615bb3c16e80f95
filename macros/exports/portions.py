"""What one resolution adds to the files of all, in one language: lines of tables, entries of calendars and feeds. Pure.

It follows from its record, from names and from the day alone, so that nearly all of it stays from build to build.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from macros import queries
from macros.exports import calendars, feeds, tables
from macros.exports.feeds import Written
from macros.render.view import View

Portions = Callable[[str, str], Any]
"""Gives what a resolution adds, by its slug and the name of the file, as `of_resolution` made it."""


def of_resolution(view: View, slug: str) -> dict[str, Any]:
    """In: a view at the address of the root. Out, by the names of files: texts, and values as JSON can hold them.

    Those of events are by their ids. Entries of feeds are by period, `feed eb-2024-2`, where there are any.
    """
    own = queries.timeline(view.corpus, view.today, [slug])
    reported = queries.reported_in(view.corpus.resolutions[slug], view.corpus)
    found = {
        "resolutions": tables.resolution(view, slug, own, reported),
        "statements": tables.statements_of(view, slug),
        "funding": tables.funding_of(view, slug),
        "timeline": {one.event.id: tables.event(view, one) for one in own},
        "calendar": {one.event.id: calendars.entry(view, one) for one in own},
    }
    for entry in feeds.entries(view, slug):
        found.setdefault(f"feed {entry.period}", []).append(feeds.written(view, entry))
    return found


def made(view: View) -> Portions:
    """All of them, each made when it is first asked for."""
    of = cache(lambda slug: of_resolution(view, slug))
    return lambda slug, name: of(slug).get(name)


def feed(view: View, portions: Portions, *slugs: str) -> Iterator[Written]:
    """The entries of some resolutions, the newest period first."""
    for period in reversed(view.corpus.periods):
        for slug in slugs:
            yield from (Written(*entry) for entry in portions(slug, f"feed {period}") or ())
