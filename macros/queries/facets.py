"""What lists and search can be narrowed by: the facets, the values that each row has, their names and counts. Pure.

The names of facets and the ids of values are part of addresses (`?state=implemented&theme=housing`): the same on
every list and on the page of search results.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from itertools import chain
from typing import Iterable, Mapping

from macros.corpus.corpus import Corpus
from macros.i18n.locale import Locale
from macros.i18n.messages import Catalogue
from macros.model.funding import Contribution
from macros.model.resolution import Resolution
from macros.queries import queries

NOT_REPORTED = "not-reported"
"""The value where no source says anything."""

RESOLUTIONS = (
    "session",
    "state",
    "constrained",
    "theme",
    "goal",
    "partner",
    "country",
    "period",
    "event",
)
MONEY = (
    "session",
    "state",
    "constrained",
    "theme",
    "goal",
    "from",
    "country",
    "period",
    "kind",
    "given",
)
EVENTS = (
    "case",
    "session",
    "state",
    "constrained",
    "theme",
    "goal",
    "partner",
    "country",
    "period",
    "event",
)
SEARCH = ("session", "state", "constrained", "theme", "goal")
"""The facets of a list of resolutions, of money, of events, and of search, in the order in which they are offered."""

SMALL = ("state", "constrained", "case")
"""Facets of few values, all of which are known to the form: an address that asks for one that no row has finds its name."""

MOST = 300
"""Values that a facet offers; of more, those that most rows have. The others are found by their address."""

FEWEST = 8
"""A list of fewer rows is seen at a glance: nothing is offered to narrow it by."""

Traits = Mapping[str, tuple[str, ...]]
"""The values of one row by facet: `{"state": ("implemented",), "theme": ("housing", "finance")}`."""


@dataclass(frozen=True)
class Value:
    """One value of a facet, its name in the language of the reader, and how many rows have it."""

    id: str
    name: str
    count: int


@dataclass(frozen=True)
class Facet:
    """One facet with the values that occur."""

    name: str
    label: str
    values: tuple[Value, ...]
    left_out: int = 0
    """Values that are too many to be offered."""


# --- what a row has -------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def traits_of(corpus: Corpus, slug: str) -> Traits:
    """What the resolution with a slug has (see `of_resolution`)."""
    return of_resolution(corpus, corpus.resolutions[slug])


@lru_cache(maxsize=4096)
def money_of(corpus: Corpus, slug: str) -> Traits:
    """What a resolution has, and its money (see `of_money`)."""
    return {**traits_of(corpus, slug), **of_money(corpus, corpus.resolutions[slug])}


def of_resolution(corpus: Corpus, resolution: Resolution) -> Traits:
    """What a resolution has. Its countries are those where something happens and those of its partners."""
    assessment = queries.assessment(resolution, corpus)
    partners = [partner.organization for partner in resolution.partners]
    partners += [found.contributor for found in resolution.contributions if found.contributor]
    places = [event.place for event in resolution.events if event.place]
    return {
        "session": _given(resolution.session),
        "state": (assessment.status if assessment else NOT_REPORTED,),
        "constrained": (_constrained(assessment.constrained_by_funding if assessment else None),),
        "theme": resolution.themes,
        "goal": tuple(map(str, resolution.goals)),
        "partner": _once(partners),
        "country": _once(chain(_countries(corpus, places), _homes(corpus, partners))),
        "period": tuple(queries.reported_in(resolution, corpus)),
        "event": _once(event.kind for event in resolution.events),
    }


def of_money(corpus: Corpus, resolution: Resolution) -> Traits:
    """What all contributions to a resolution have together."""
    parts = [of_contribution(corpus, {}, contribution) for contribution in resolution.contributions]
    return {
        name: _once(chain.from_iterable(part[name] for part in parts))
        for name in ("from", "country", "kind", "given")
    }


def of_contribution(corpus: Corpus, whole: Traits, contribution: Contribution) -> Traits:
    """What one contribution has, beside what its resolution has as a whole."""
    contributor = _given(contribution.contributor)
    return {
        **whole,
        "from": contributor or (NOT_REPORTED,),
        "country": _once(_homes(corpus, contributor)),
        "period": _once(report.period for report in contribution.reports),
        "kind": (contribution.kind,),
        "given": (contribution.latest.state,),
    }


def of_event(corpus: Corpus, whole: Traits, found: queries.Occurrence) -> Traits:
    """What one event has, beside what its resolution has as a whole."""
    return {
        **whole,
        "case": (found.case,),
        "country": _once(_countries(corpus, _given(found.event.place))),
        "period": _once(report.period for report in found.event.reports),
        "event": (found.event.kind,),
    }


def tokens(traits: Traits, facets: Iterable[Facet]) -> str:
    """The traits of a row that facets ask for, as `narrow.js` reads them: `state:implemented theme:housing`."""
    return " ".join(
        f"{facet.name}:{value}" for facet in facets for value in traits.get(facet.name, ())
    )


def _constrained(held: bool | None) -> str:
    return {True: "yes", False: "no", None: NOT_REPORTED}[held]


def _given(value: str | None) -> tuple[str, ...]:
    return () if value is None else (value,)


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _homes(corpus: Corpus, organizations: Iterable[str]) -> list[str]:
    return [country for key in organizations if (country := corpus.organizations[key].country)]


def _countries(corpus: Corpus, places: Iterable[str]) -> list[str]:
    """The countries in which places lie; a region of several countries lies in none."""
    found = (corpus.places[key] for key in places)
    return [
        place.id if place.kind == "country" else place.country
        for place in found
        if place.country or place.kind == "country"
    ]


# --- what is offered ------------------------------------------------------------------------------------


def offered(corpus: Corpus, wanted: Iterable[str], rows: Iterable[Traits]) -> tuple[Facet, ...]:
    """The facets by which rows can be told apart, with the number of rows for each value.

    A facet whose only value all rows have is left out: it narrows nothing.
    """
    rows = list(rows)
    counts: dict[str, Counter[str]] = {
        name: Counter(chain.from_iterable(row.get(name, ()) for row in rows)) for name in wanted
    }
    found = []
    for name, counted in counts.items():
        if counted and (len(counted) > 1 or max(counted.values()) < len(rows)):
            known, place = names(corpus, name), _places(corpus, name)
            most = nsmallest(MOST, counted, key=lambda value: (-counted[value], place[value]))
            asked = known if name in SMALL else sorted(most, key=place.__getitem__)
            values = tuple(Value(value, known[value], counted[value]) for value in asked)
            found.append(Facet(name, label(corpus, name), values, len(counted) - len(most)))
    return tuple(found)


def label(corpus: Corpus, name: str) -> str:
    """The name of a facet for readers."""
    return Catalogue.of(corpus.language).t(f"facet.{name}")


@lru_cache(maxsize=64)
def names(corpus: Corpus, name: str) -> Mapping[str, str]:
    """The names of all values of a facet by id, in the order in which they are offered."""
    return _NAMES[name](corpus)


@lru_cache(maxsize=64)
def _places(corpus: Corpus, name: str) -> Mapping[str, int]:
    """The place of each value in that order: a list need not go through the values that it does not have."""
    return {value: place for place, value in enumerate(names(corpus, name))}


def _words(kind: str):  # type: ignore[no-untyped-def]
    return lambda corpus: {str(key): word.name for key, word in corpus.words[kind].items()}


def _states(corpus: Corpus) -> dict[str, str]:
    return _words("statuses")(corpus) | _not_reported(corpus)


def _money(corpus: Corpus) -> dict[str, str]:
    t = Catalogue.of(corpus.language).t
    return {
        _constrained(held): t(f"funding.short.{key}")
        for held, key in ((True, "yes"), (False, "no"), (None, "unknown"))
    }


def _goals(corpus: Corpus) -> dict[str, str]:
    return {str(goal.id): f"{goal.id} {goal.name}" for goal in corpus.vocabulary.goals}


@lru_cache(maxsize=64)
def _by_name(corpus: Corpus, kind: str) -> dict[str, str]:
    names = {key: record.name for key, record in getattr(corpus, kind).items()}
    return {key: names[key] for key in Locale.of(corpus.language).collate(names, names.__getitem__)}


def _periods(corpus: Corpus) -> dict[str, str]:
    return {key: corpus.periods[key].name for key in reversed(corpus.periods)}


def _cases(corpus: Corpus) -> dict[str, str]:
    return {case: Catalogue.of(corpus.language).t(f"case.{case}") for case in queries.CASES}


def _not_reported(corpus: Corpus) -> dict[str, str]:
    return {NOT_REPORTED: Catalogue.of(corpus.language).t("not_reported")}


_NAMES = {
    "session": lambda corpus: {key: session.name for key, session in corpus.sessions.items()},
    "state": _states,
    "constrained": _money,
    "theme": _words("themes"),
    "goal": _goals,
    "partner": lambda corpus: _by_name(corpus, "organizations"),
    "from": lambda corpus: _by_name(corpus, "organizations") | _not_reported(corpus),
    "country": lambda corpus: _by_name(corpus, "places"),
    "period": _periods,
    "event": _words("event_kinds"),
    "case": _cases,
    "kind": _words("contribution_kinds"),
    "given": _words("contribution_states"),
}
