"""What lists and search can be filtered by: facets, the values of rows, names and counts.

The names of facets and the ids of values are part of addresses
(`?state=implemented&theme=housing`): the same on every list and on the page of search results.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from itertools import chain

from macros import queries
from macros.corpus.corpus import Corpus
from macros.i18n.locale import Locale
from macros.i18n.messages import Catalogue
from macros.model.funding import Contribution
from macros.model.resolution import Resolution

NOT_REPORTED = "not-reported"
"""The value where no source says anything."""

SEARCH = ("session", "state", "constrained", "theme", "goal")
"""The facets of search, in the order in which they are offered."""

RESOLUTIONS = (*SEARCH, "partner", "country", "period", "event")
FUNDING = (*SEARCH, "from", "country", "period", "kind", "given")
MILESTONES = ("case", *RESOLUTIONS)
"""The facets of a list of resolutions, of funding and of milestones."""

CLOSED = ("state", "constrained", "case")
"""Facets of few values, which are all offered: an address may ask for one that no row has."""

MAX_VALUES = 300
"""Values that a facet offers; of more, those that most rows have."""

MIN_ROWS = 8
"""A list of fewer rows has no filters: it is seen at a glance."""

FacetValues = Mapping[str, tuple[str, ...]]
"""The values of one row by facet: `{"state": ("done",), "theme": ("housing", "finance")}`."""


@dataclass(frozen=True)
class Value:
    """One value of a facet, its name in the language of the reader, and how many rows have it."""

    id: str
    name: str
    count: int


@dataclass(frozen=True)
class Facet:
    """One facet with the values that occur, and the number of those that are not offered."""

    name: str
    label: str
    values: tuple[Value, ...]
    left_out: int = 0


def resolution_values(corpus: Corpus, resolution: Resolution) -> FacetValues:
    """List the facet values of a resolution.

    Its countries are those where something happens and those of its partners.
    """
    assessment = queries.assessment(resolution, corpus)
    constrained = assessment.constrained_by_funding if assessment else None
    partners = [partner.organization for partner in resolution.partners]
    partners += [entry.contributor for entry in resolution.contributions if entry.contributor]
    places = [event.place for event in resolution.events if event.place]
    return {
        "session": (resolution.session,) if resolution.session else (),
        "state": (assessment.status if assessment else NOT_REPORTED,),
        "constrained": ({True: "yes", False: "no", None: NOT_REPORTED}[constrained],)
        if corpus.body.tracks_funding
        else (),
        "theme": tuple(resolution.themes),
        "goal": tuple(map(str, resolution.goals)),
        "partner": _unique(partners),
        "country": _unique([*_countries(corpus, places), *_home_countries(corpus, partners)]),
        "period": tuple(queries.reported_in(resolution, corpus)),
        "event": _unique(event.kind for event in resolution.events),
    }


def funding_values(corpus: Corpus, resolution: Resolution) -> FacetValues:
    """List the facet values of a resolution together with those of all contributions to it."""
    values = [contribution_values(corpus, {}, entry) for entry in resolution.contributions]
    merged = dict(resolution_values(corpus, resolution))
    for name in ("from", "country", "kind", "given"):
        merged[name] = _unique(chain.from_iterable(own[name] for own in values))
    return merged


def contribution_values(
    corpus: Corpus, resolution: FacetValues, contribution: Contribution
) -> FacetValues:
    """List the facet values of a contribution, given those of its resolution."""
    contributor = (contribution.contributor,) if contribution.contributor else ()
    return {
        **resolution,
        "from": contributor or (NOT_REPORTED,),
        "country": _unique(_home_countries(corpus, contributor)),
        "period": _unique(report.period for report in contribution.reports),
        "kind": (contribution.kind,),
        "given": (contribution.latest.state,),
    }


def milestone_values(
    corpus: Corpus, resolution: FacetValues, occurrence: queries.Occurrence
) -> FacetValues:
    """List the facet values of a milestone, given those of its resolution."""
    event = occurrence.event
    return {
        **resolution,
        "case": (occurrence.case,),
        "country": _unique(_countries(corpus, [event.place] if event.place else [])),
        "period": _unique(report.period for report in event.reports),
        "event": (event.kind,),
    }


def offered(
    corpus: Corpus, wanted: Iterable[str], rows: Sequence[FacetValues]
) -> tuple[Facet, ...]:
    """List the facets in which rows differ, with the number of rows for each value.

    A facet whose only value all rows have is left out.
    """
    t = Catalogue.of(corpus.language).t
    facets = []
    for name in wanted:
        counts = Counter(chain.from_iterable(row.get(name, ()) for row in rows))
        if not counts or (len(counts) == 1 and max(counts.values()) == len(rows)):
            continue
        known = names(corpus, name)
        order = {value: index for index, value in enumerate(known)}
        most = nsmallest(MAX_VALUES, counts, key=lambda value: (-counts[value], order[value]))
        shown = known if name in CLOSED else sorted(most, key=order.__getitem__)
        values = tuple(Value(value, known[value], counts[value]) for value in shown)
        facets.append(Facet(name, t(f"facet.{name}"), values, len(counts) - len(most)))
    return tuple(facets)


@lru_cache(maxsize=128)
def names(corpus: Corpus, name: str) -> Mapping[str, str]:
    """Name all values of a facet by id, in the order in which they are offered."""
    t = Catalogue.of(corpus.language).t
    not_reported = {NOT_REPORTED: t("not_reported")}
    match name:
        case "session":
            return {key: session.name for key, session in corpus.sessions.items()}
        case "state":
            return _words(corpus, "statuses") | not_reported
        case "constrained":
            keys = {"yes": "yes", "no": "no", NOT_REPORTED: "unknown"}
            return {value: t(f"funding.short.{key}") for value, key in keys.items()}
        case "goal":
            return {str(goal.id): f"{goal.id} {goal.name}" for goal in corpus.vocabulary.goals}
        case "partner" | "from":
            return _by_name(corpus, "organizations") | not_reported
        case "country":
            return _by_name(corpus, "places")
        case "period":
            return {key: corpus.periods[key].name for key in reversed(list(corpus.periods))}
        case "case":
            return {case: t(f"case.{case}") for case in queries.CASES}
    return _words(corpus, _VOCABULARY[name])


_VOCABULARY = {
    "theme": "themes",
    "event": "event_kinds",
    "kind": "contribution_kinds",
    "given": "contribution_states",
}


def _words(corpus: Corpus, kind: str) -> dict[str, str]:
    return {str(key): word.name for key, word in corpus.words[kind].items()}


def _by_name(corpus: Corpus, kind: str) -> dict[str, str]:
    names = {key: record.name for key, record in getattr(corpus, kind).items()}
    return {key: names[key] for key in Locale.of(corpus.language).collate(names, names.__getitem__)}


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _home_countries(corpus: Corpus, organizations: Iterable[str]) -> list[str]:
    return list(filter(None, (corpus.organizations[key].country for key in organizations)))


def _countries(corpus: Corpus, places: Iterable[str]) -> list[str]:
    """List the countries in which places lie; a region of several countries lies in none."""
    records = ((key, corpus.places[key]) for key in places)
    countries = (key if place.kind == "country" else place.country for key, place in records)
    return list(filter(None, countries))
