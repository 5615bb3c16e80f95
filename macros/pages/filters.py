"""What narrows a list on a page: the form above it, and what marks each row for `narrow.js`.

Without JavaScript the form is not shown and the whole list is there.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Callable, Iterable, Iterator, Mapping, Sequence

from markupsafe import Markup

from macros.corpus.corpus import Corpus
from macros.pages import pagination as paging
from macros.queries import facets, queries
from macros.queries.facets import Facet, Traits
from macros.render.view import View


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
    view: View, wanted: Iterable[str], rows: Mapping[str, Sequence[Traits]], sorts: list[Sort]
) -> Narrowing:
    """The form for rows of one or more kinds; the first kind is counted at each value."""
    counted = next(iter(rows.values()))
    if len(counted) < facets.FEWEST:
        return Narrowing()
    return _form(view, wanted, rows, facets.offered(view.corpus, wanted, counted), sorts)


def _form(
    view: View,
    wanted: Iterable[str],
    rows: Mapping[str, Sequence[Traits]],
    offered: tuple[Facet, ...],
    sorts: list[Sort],
    folder: str = "",
    at_once: bool = False,
) -> Narrowing:
    """The same, given the facets that are offered. `folder` has the rows that are elsewhere."""
    counted = next(iter(rows.values()))
    left_out = [name for name in wanted if name not in {facet.name for facet in offered}]
    strings = {
        "common": {
            name: sorted({value for traits in counted for value in traits.get(name, ())})
            for name in left_out
        },
        "remove": view.t("narrow.remove", value="{value}"),
        "separator": view.t("separator"),
        "error": view.t("narrow.error"),
        "all": {
            kind: view.t(f"narrow.all.{kind}", count=len(those)) for kind, those in rows.items()
        },
        "some": {
            kind: view.t(f"narrow.some.{kind}", count=len(those), shown="{shown}")
            for kind, those in rows.items()
        },
    }
    whole = view.t("separator").join(strings["all"].values())
    text = json.dumps(strings, ensure_ascii=False)
    form = view.render(
        "narrow.html",
        offered=offered,
        sorts=sorts,
        strings=text,
        whole=whole,
        folder=folder,
        at_once=at_once,
    )
    return Narrowing(form, offered)


@dataclass(frozen=True)
class Listing:
    """All of a list that is split into pages, and its form; `narrow.js` reads the rows from a file for each facet."""

    name: str
    kind: str
    form: Markup

    FOLDER = "rows/"

    ALL = 3_000
    """Rows of which all facets are read at once, so that every count follows every choice; of more, what is chosen."""

    @staticmethod
    def of(view: View, name: str) -> Listing:
        """The listing called `resolutions`, `funding` or `timeline`."""
        kind, wanted, _ = _KINDS[name]
        rows, folder = _rows(view, name), view.url(f"{name}/{Listing.FOLDER}")
        form = _form(
            view, wanted, {kind: rows}, _offered(view, name), [], folder, len(rows) <= Listing.ALL
        ).form
        return Listing(name, kind, form)


_KINDS = {
    "resolutions": ("resolutions", facets.RESOLUTIONS, paging.of_resolutions),
    "funding": ("resolutions", facets.MONEY, paging.of_money),
    "timeline": ("events", facets.EVENTS, paging.of_timeline),
}
"""Of each list that may be split: the kind of its rows, what narrows it, its pages."""


@lru_cache(maxsize=64)
def _rows(view: View, name: str) -> list[Traits]:
    """What each row of a list has, in the order of its pages."""
    if name == "timeline":
        traits: Mapping[Any, Traits] = of_occurrences(
            view, queries.timeline(view.corpus, view.today)
        )
    else:
        traits = of_each(
            view,
            view.corpus.resolutions,
            facets.money_of if name == "funding" else facets.traits_of,
        )
    return [traits[key] for part in _KINDS[name][2](view) for key in part.rows]


@lru_cache(maxsize=64)
def _offered(view: View, name: str) -> tuple[Facet, ...]:
    return facets.offered(view.corpus, _KINDS[name][1], _rows(view, name))


def files(view: View) -> Iterator[tuple[str, str]]:
    """The files of the lists that are split, with paths from the root of the language."""
    for name, (_, _, pages) in _KINDS.items():
        if parts := pages(view):
            rows, sizes = _rows(view, name), [len(part.rows) for part in parts]
            for facet in _offered(view, name):
                yield f"{name}/{Listing.FOLDER}{facet.name}.json", _column(facet.name, sizes, rows)


def _column(name: str, sizes: Sequence[int], rows: Iterable[Traits]) -> str:
    """What each row has of one facet, as numbers of values; a single one stands for itself."""
    numbers: dict[str, int] = {}
    found = [
        [numbers.setdefault(value, len(numbers)) for value in traits.get(name, ())]
        for traits in rows
    ]
    column = {
        "parts": sizes,
        "values": list(numbers),
        "rows": [own[0] if len(own) == 1 else own for own in found],
    }
    return json.dumps(column, ensure_ascii=False, separators=(",", ":"))


def _both_ways(view: View, *columns: Sort) -> list[Sort]:
    """The ways to sort by columns, upwards and downwards; the first column is the order in which the rows are."""
    (_, first), *others = columns
    ways = [("", first), (f"-{columns[0][0]}", view.t("narrow.descending", column=first))]
    for key, name in others:
        ways += [(key, name), (f"-{key}", view.t("narrow.descending", column=name))]
    return ways


def of_resolutions(view: View, traits: Mapping[str, Traits]) -> Narrowing:
    """For a list of resolutions, given what each has."""
    columns = [
        ("number", "column.resolution"),
        ("title", "column.title"),
        ("state", "column.state"),
    ]
    columns += [("constrained", "column.money"), ("date", "column.next")]
    sorts = _both_ways(view, *((key, view.t(name)) for key, name in columns))
    return _narrowing(view, facets.RESOLUTIONS, {"resolutions": list(traits.values())}, sorts)


def of_money(
    view: View, traits: Mapping[str, Traits], contributions: Sequence[Traits]
) -> Narrowing:
    """For the money of resolutions and the contributions to them."""
    columns = [
        ("number", "column.resolution"),
        ("constrained", "column.money"),
        ("required", "funding.required"),
    ]
    columns += [("mobilized", "funding.mobilized"), ("gap", "funding.gap")]
    sorts = _both_ways(view, *((key, view.t(name)) for key, name in columns))
    rows = {"resolutions": list(traits.values()), "contributions": contributions}
    return _narrowing(
        view, facets.MONEY, rows if contributions else {"resolutions": rows["resolutions"]}, sorts
    )


def of_events(view: View, traits: Mapping[tuple[str, str], Traits]) -> Narrowing:
    """For a timeline."""
    sorts = [("", view.t("narrow.earliest")), ("-date", view.t("narrow.latest"))]
    return _narrowing(view, facets.EVENTS, {"events": list(traits.values())}, sorts)


def of_each(
    view: View, slugs: Iterable[str], of: Callable[[Corpus, str], Traits] = facets.traits_of
) -> dict[str, Traits]:
    """What each of some resolutions has."""
    return {slug: of(view.corpus, slug) for slug in slugs}


def of_occurrences(
    view: View, occurrences: Sequence[queries.Occurrence]
) -> dict[tuple[str, str], Traits]:
    """What each of some events has, by the slug of its resolution and its id."""
    whole = of_each(view, {found.slug: None for found in occurrences})
    return {
        (found.slug, found.event.id): facets.of_event(view.corpus, whole[found.slug], found)
        for found in occurrences
    }
