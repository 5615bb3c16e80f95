"""How a list that is too long for one page is split: by session or year, into pages of a limited size. Pure.

Whether a list is split, and where, follows from an estimate, on the safe side, of the HTML of each row: from what rows
have, not from their words, so that the pages are the same in all languages. Every row is on exactly one page. The
addresses of the pages, below those of the lists, stay as the lists grow at their ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from macros.model.resolution import Resolution
from macros.queries import facets, queries
from macros.queries.facets import Traits
from macros.render.view import View

LIMIT = 300_000
"""Bytes of HTML in a page, uncompressed: some 30 KB on the line, which a cheap phone still lays out without a stall."""

AROUND = 70_000
"""Bytes kept free in each page for what stands around the rows: the theme, the navigation, the form that narrows."""

NAMED_MOST = 12
"""Sessions and periods in the navigation, the newest: it is on every page."""

ROW, TEXT, SOURCE = 1_200, 250, 130
"""Bytes of the markup of a row, of one text in it in any language, and of one source."""

Key = Any
"""What a list knows a row by: a slug, or a slug with what tells its entries or changes apart."""


@dataclass(frozen=True)
class Part:
    """One page of a list that is split: its address, what macros call it, its name, and its rows."""

    path: str
    key: str
    name: str
    rows: tuple[Key, ...]


@dataclass(frozen=True)
class Group:
    """Rows that belong together, each with the estimated bytes of its HTML."""

    path: str
    key: str
    name: str
    rows: Sequence[tuple[Key, int]]


def split(view: View, groups: Iterable[Group]) -> tuple[Part, ...]:
    """The pages of a list; none if all of it fits into one."""
    groups = list(groups)
    if sum(size for group in groups for _, size in group.rows) <= LIMIT - AROUND:
        return ()
    return tuple(part for group in groups for part in chunks(view, group))


def chunks(view: View, group: Group) -> Iterator[Part]:
    """The pages of one group, the first at the address of the group itself."""
    number, rows, filled = 1, [], 0

    def part() -> Part:
        if number == 1:
            return Part(group.path, group.key, group.name, tuple(rows))
        more = f"page-{number}"
        name = view.t("paging.part", name=group.name, number=number)
        return Part(f"{group.path}{more}/", f"{group.key}/{more}", name, tuple(rows))

    for key, size in group.rows:
        if rows and filled + size > LIMIT - AROUND:
            yield part()
            number, rows, filled = number + 1, [], 0
        rows.append(key)
        filled += size
    yield part()


# --- the lists ------------------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def of_resolutions(view: View) -> tuple[Part, ...]:
    """The pages of the list of resolutions: those of the sessions, and of the years of those that belong to none."""
    return split(view, _by_session(view, "sessions/", "resolutions/", _row))


@lru_cache(maxsize=64)
def of_session(view: View, session: str) -> tuple[Part, ...]:
    """The pages of one session, one at least."""
    rows = [(slug, _row(view, slug)) for slug in queries.of_session(view.corpus, session)]
    return tuple(
        chunks(
            view, Group(f"sessions/{session}/", session, view.corpus.sessions[session].name, rows)
        )
    )


@lru_cache(maxsize=64)
def of_money(view: View) -> tuple[Part, ...]:
    """The pages of the money of all resolutions."""
    return split(view, _by_session(view, "funding/", "funding/", _money))


@lru_cache(maxsize=64)
def of_timeline(view: View) -> tuple[Part, ...]:
    """The pages of the timeline, by the year in which events end; those without a date come last."""
    occurrences = queries.timeline(view.corpus, view.today)
    whole = {slug: _bytes(facets.traits_of(view.corpus, slug)) for slug in view.corpus.resolutions}
    groups = []
    dated = sorted(occurrences, key=lambda found: found.date.latest.year if found.date else 10_000)
    for year, found in groupby(
        dated, key=lambda found: found.date.latest.year if found.date else None
    ):
        rows = [
            ((o.slug, o.event.id), ROW + TEXT + whole[o.slug] + SOURCE * len(o.event.sources))
            for o in found
        ]
        key, name = (str(year), str(year)) if year else ("undated", view.t("case.undated"))
        groups.append(Group(f"timeline/{key}/", key, name, rows))
    return split(view, groups)


@lru_cache(maxsize=64)
def changes(view: View, period: str) -> dict[Key, queries.Change]:
    """What one period changed, as the rows of its pages: changes first, then what is first reported."""
    found = sorted(queries.changes(view.corpus, period), key=lambda change: change.kind == "first")
    return {(change.slug, change.kind, change.entry): change for change in found}


@lru_cache(maxsize=64)
def of_period(view: View, period: str) -> tuple[Part, ...]:
    """The pages of what one period changed, one at least."""
    rows = [
        (row, TEXT + (450 if change.kind == "first" else 100))
        for row, change in changes(view, period).items()
    ]
    return tuple(
        chunks(view, Group(f"periods/{period}/", period, view.corpus.periods[period].name, rows))
    )


def _by_session(
    view: View, folder: str, others: str, size: Callable[[View, str], int]
) -> Iterator[Group]:
    corpus = view.corpus

    def sized(slugs: Iterable[str]) -> list[tuple[Key, int]]:
        return [(slug, size(view, slug)) for slug in slugs]

    for session in corpus.sessions.values():
        if slugs := queries.of_session(corpus, session.id):
            yield Group(f"{folder}{session.id}/", session.id, session.name, sized(slugs))
    alone = sorted(
        view.without_session(), key=lambda slug: _year(corpus.resolutions[slug]) or 10_000
    )
    for year, slugs in groupby(alone, key=lambda slug: _year(corpus.resolutions[slug])):
        key, name = (
            (f"year-{year}", str(year)) if year else ("no-year", view.t("date_not_reported"))
        )
        yield Group(f"{others}{key}/", key, name, sized(slugs))


def _year(resolution: Resolution) -> int:
    return resolution.adoption.date.latest.year if resolution.adoption.date else 0


def _row(view: View, slug: str) -> int:
    return ROW + 2 * TEXT + _bytes(facets.traits_of(view.corpus, slug))


def _money(view: View, slug: str) -> int:
    resolution, traits = view.corpus.resolutions[slug], facets.money_of(view.corpus, slug)
    shared = _bytes({name: traits[name] for name in facets.MONEY})
    given = sum(ROW + TEXT + shared + SOURCE * len(c.sources) for c in resolution.contributions)
    ways = sum(2 * ROW + given + (ROW + TEXT) * len(way.terms) for way in resolution.mechanisms)
    return ROW + TEXT + shared + given + ways


def _bytes(traits: Traits) -> int:
    return sum(len(name) + len(value) + 2 for name, values in traits.items() for value in values)
