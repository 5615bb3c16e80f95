"""What narrows a list on a page: the form above it, and what marks each row for `narrow.js`.

Without JavaScript the form is not shown and the whole list is there.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Callable, Iterable, Iterator, Mapping, Sequence

from markupsafe import Markup

from macros import facets, paging, queries
from macros.corpus import Corpus, once
from macros.facets import Facet, Traits
from macros.paging import Part
from macros.render import View


@dataclass(frozen=True)
class Narrowing:
    """The form of one list, empty where a list is too short for one, and the facets that it offers."""

    form: Markup = Markup()
    offered: tuple[Facet, ...] = ()

    def row(self, traits: Traits, kind: str = "") -> Markup:
        """The attributes of a row: what it has, and which kind of row it is if the list has several."""
        if not self.form:
            return Markup()
        marked = Markup(' data-traits="{}"').format(facets.tokens(traits, self.offered))
        return marked + Markup(' data-of="{}"').format(kind) if kind else marked


Sort = tuple[str, str]
"""The key of a column in the address (`date`, backwards `-date`) and its name."""


def _narrowing(
    view: View, wanted: Iterable[str], rows: Mapping[str, Sequence[Traits]], sorts: list[Sort], file: str = ""
) -> Narrowing:
    """The form for rows of one or more kinds; the first kind is counted at each value."""
    counted = next(iter(rows.values()))
    if len(counted) < facets.FEWEST:
        return Narrowing()
    offered = facets.offered(view.corpus, wanted, counted)
    left_out = [name for name in wanted if name not in {facet.name for facet in offered}]
    strings = {
        "common": {name: sorted({value for traits in counted for value in traits.get(name, ())}) for name in left_out},
        "remove": view.t("narrow.remove", value="{value}"),
        "separator": view.t("separator"),
        "error": view.t("narrow.error"),
        "all": {kind: view.t(f"narrow.all.{kind}", count=len(those)) for kind, those in rows.items()},
        "some": {kind: view.t(f"narrow.some.{kind}", count=len(those), shown="{shown}") for kind, those in rows.items()},
    }
    whole = view.t("separator").join(strings["all"].values())
    form = view.render(
        "narrow.html", offered=offered, sorts=sorts, strings=json.dumps(strings, ensure_ascii=False), whole=whole, file=file
    )
    return Narrowing(form, offered)


@dataclass(frozen=True)
class Listing:
    """All of a list that is split into pages: its form, and the file from which `narrow.js` reads the rows."""

    name: str
    kind: str
    form: Markup
    rows: str

    FILE = "rows.json"

    @staticmethod
    def of(view: View, name: str, parts: Sequence[Part]) -> Listing:
        """The listing called `resolutions`, `funding` or `timeline`."""
        if name == "timeline":
            kind, wanted = "events", facets.EVENTS
            traits: Mapping[Any, Traits] = of_occurrences(view, queries.timeline(view.corpus, view.today))
        else:
            wanted, of = (facets.RESOLUTIONS, facets.traits_of) if name == "resolutions" else (facets.MONEY, facets.money_of)
            kind, traits = "resolutions", of_each(view, view.corpus.resolutions, of)
        found = _narrowing(view, wanted, {kind: list(traits.values())}, [], view.url(f"{name}/{Listing.FILE}"))
        numbers: dict[str, int] = {}
        rows = [
            [place, *(numbers.setdefault(token, len(numbers)) for token in facets.tokens(traits[key], found.offered).split())]
            for place, part in enumerate(parts)
            for key in part.rows
        ]
        text = json.dumps({"tokens": list(numbers), "rows": rows}, ensure_ascii=False, separators=(",", ":"))
        return Listing(name, kind, found.form, text)


def files(view: View) -> Iterator[tuple[str, str]]:
    """The files of the lists that are split, with paths from the root of the language."""
    found = {
        "resolutions": paging.of_resolutions(view),
        "funding": paging.of_money(view),
        "timeline": paging.of_timeline(view),
    }
    for name, parts in found.items():
        if parts:
            yield f"{name}/{Listing.FILE}", Listing.of(view, name, parts).rows


def _both_ways(view: View, *columns: Sort) -> list[Sort]:
    """The ways to sort by columns, upwards and downwards; the first column is the order in which the rows are."""
    (_, first), *others = columns
    ways = [("", first), (f"-{columns[0][0]}", view.t("narrow.descending", column=first))]
    for key, name in others:
        ways += [(key, name), (f"-{key}", view.t("narrow.descending", column=name))]
    return ways


def of_resolutions(view: View, traits: Mapping[str, Traits]) -> Narrowing:
    """For a list of resolutions, given what each has."""
    columns = [("number", "column.resolution"), ("title", "column.title"), ("state", "column.state")]
    columns += [("constrained", "column.money"), ("date", "column.next")]
    sorts = _both_ways(view, *((key, view.t(name)) for key, name in columns))
    return _narrowing(view, facets.RESOLUTIONS, {"resolutions": list(traits.values())}, sorts)


def of_money(view: View, traits: Mapping[str, Traits], contributions: Sequence[Traits]) -> Narrowing:
    """For the money of resolutions and the contributions to them."""
    columns = [("number", "column.resolution"), ("constrained", "column.money"), ("required", "funding.required")]
    columns += [("mobilized", "funding.mobilized"), ("gap", "funding.gap")]
    sorts = _both_ways(view, *((key, view.t(name)) for key, name in columns))
    rows = {"resolutions": list(traits.values()), "contributions": contributions}
    return _narrowing(view, facets.MONEY, rows if contributions else {"resolutions": rows["resolutions"]}, sorts)


def of_events(view: View, traits: Mapping[tuple[str, str], Traits]) -> Narrowing:
    """For a timeline."""
    sorts = [("", view.t("narrow.earliest")), ("-date", view.t("narrow.latest"))]
    return _narrowing(view, facets.EVENTS, {"events": list(traits.values())}, sorts)


def of_each(view: View, slugs: Iterable[str], of: Callable[[Corpus, str], Traits] = facets.traits_of) -> dict[str, Traits]:
    """What each of some resolutions has."""
    return {slug: of(view.corpus, slug) for slug in slugs}


def of_occurrences(view: View, occurrences: Sequence[queries.Occurrence]) -> dict[tuple[str, str], Traits]:
    """What each of some events has, by the slug of its resolution and its id."""
    whole = of_each(view, {found.slug: None for found in occurrences})
    return {(found.slug, found.event.id): facets.of_event(view.corpus, whole[found.slug], found) for found in occurrences}
