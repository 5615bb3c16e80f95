"""Questions to a corpus: states, what comes next, money, the timeline, changes.

Pure functions. `today` is always given: it is the date of the build, never the clock.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any, Iterable, Iterator, Literal

from macros.corpus.corpus import Corpus
from macros.model.dates import PartialDate
from macros.model.fields import Record, has, inside
from macros.model.funding import Contribution, Mechanism, Resource
from macros.model.reference import Period
from macros.model.resolution import (
    AnyStatement,
    Assessment,
    Correction,
    Event,
    Partner,
    Resolution,
    Update,
)
from macros.queries.snapshot import Trimmed

Case = Literal["ahead", "unreported", "undated", "happened"]
CASES: tuple[Case, ...] = ("ahead", "unreported", "undated", "happened")
"""What is known of an event: it lies ahead; it was expected by now and no outcome is reported; it was announced without
a date, so that neither can be said; a source says that it happened."""


# --- one resolution -----------------------------------------------------------------------------------


def assessments(
    resolution: Resolution, corpus: Corpus, paragraph: str | None = None
) -> list[Assessment]:
    """All assessments of a resolution, or of one of its paragraphs, the newest first."""
    found = [entry for entry in resolution.assessments if entry.paragraph == paragraph]
    if len(found) < 2:
        return found
    order = list(corpus.periods)
    return sorted(found, key=lambda entry: -order.index(entry.period))


def assessment(
    resolution: Resolution, corpus: Corpus, paragraph: str | None = None
) -> Assessment | None:
    """The newest assessment of a resolution, or of one of its paragraphs; `None`: not reported."""
    return next(iter(assessments(resolution, corpus, paragraph)), None)


def reported_in(resolution: Resolution, corpus: Corpus) -> list[str]:
    """Ids of the periods in which anything was said of a resolution, newest first."""
    named = {entry.period for entry in (*resolution.assessments, *resolution.updates)}
    named |= {
        report.period
        for entry in (*resolution.events, *resolution.contributions, *resolution.partners)
        for report in entry.reports
    }
    return [period for period in reversed(corpus.periods) if period in named]


def updates(
    resolution: Resolution, period: str, about: Iterable[str] = ("progress", "plan", "funding")
) -> list[Update]:
    """The progress notes of one period, in the order of the file."""
    return [
        entry
        for entry in resolution.updates
        if entry.period == period and entry.about in tuple(about)
    ]


def case(event: Event, today: date) -> Case:
    """Which case an event is in on a day."""
    if event.said == "happened":
        return "happened"
    if event.date is None:
        return "undated"
    return "unreported" if event.date.latest < today else "ahead"


def statements(record: Record) -> Iterator[AnyStatement]:
    """All statements inside a record: every entry with an id and a source, but not the single reports of an entry."""
    for entry in inside(record):
        if _is_statement(type(entry)):
            yield entry  # type: ignore[misc]


@cache
def _is_statement(kind: type[Record]) -> bool:
    return has(kind, "anchor") and has(kind, "sources")


# --- as it stood ----------------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def as_of(corpus: Corpus, period: str) -> Corpus:
    """The corpus as it stood after one reporting period: what was reported later is left out.

    What belongs to no period (resources, operative paragraphs, mechanisms) stays.
    """
    ids = list(corpus.periods)
    if period == ids[-1]:
        return corpus
    kept = ids[: ids.index(period) + 1]
    periods = MappingProxyType({name: corpus.periods[name] for name in kept})
    return replace(
        corpus, periods=periods, resolutions=Trimmed(corpus.resolutions, frozenset(kept))
    )


@dataclass(frozen=True)
class Change:
    """What one period changed in one resolution.

    `kind` is `first` (first reported), `status`, `constraint` (held back by money or not), `contribution` or
    `date`; `before` and `after` are ids of statuses or states, or values, `None` for not reported. `entry` is the id of the
    entry that changed, if it is not the resolution as a whole.
    """

    slug: str
    kind: str
    before: object = None
    after: object = None
    entry: str | None = None


def changes(corpus: Corpus, period: str, slugs: Iterable[str] | None = None) -> list[Change]:
    """What a period changed against the one before it, by resolution; in the first, everything is first reported.

    In: the resolutions that are asked for, all if left out.
    """
    return list(_all_changes(corpus, period)) if slugs is None else _changes(corpus, period, slugs)


@lru_cache(maxsize=64)
def _all_changes(corpus: Corpus, period: str) -> list[Change]:
    return _changes(corpus, period, corpus.resolutions)


def _changes(corpus: Corpus, period: str, slugs: Iterable[str]) -> list[Change]:
    ids = list(corpus.periods)
    now = as_of(corpus, period)
    index = ids.index(period)
    before = as_of(corpus, ids[index - 1]) if index else None
    found: list[Change] = []
    for slug in slugs:
        resolution = now.resolutions[slug]
        new = assessment(resolution, now)
        old_resolution = before.resolutions[slug] if before else None
        old = assessment(old_resolution, before) if before and old_resolution else None
        if old_resolution is None or not reported_in(old_resolution, before):  # type: ignore[arg-type]
            if reported_in(resolution, now):
                found.append(Change(slug, "first", None, new and new.status))
            continue
        if (old and old.status) != (new and new.status):
            found.append(Change(slug, "status", old and old.status, new and new.status))
        if (old and old.constrained_by_funding) != (new and new.constrained_by_funding):
            found.append(
                Change(
                    slug,
                    "constraint",
                    old and old.constrained_by_funding,
                    new and new.constrained_by_funding,
                )
            )
        for kind, field in (("date", "events"), ("contribution", "contributions")):
            earlier = {entry.id: entry for entry in getattr(old_resolution, field)}
            for entry in getattr(resolution, field):
                was, is_now = earlier.get(entry.id), entry.latest
                old_value = None if was is None else _value(was.latest)
                if old_value != _value(is_now):
                    found.append(Change(slug, kind, old_value, _value(is_now), entry.id))
    return found


def _value(report: object) -> tuple:
    if hasattr(report, "state"):
        return (report.state, report.amount, report.currency)
    return (report.said, str(report.date) if report.date else None)  # type: ignore[attr-defined]


# --- all resolutions ------------------------------------------------------------------------------------


def by_status(corpus: Corpus, slugs: Iterable[str]) -> Counter[str | None]:
    """How many of some resolutions are in each status; `None` counts those not reported."""
    return Counter(
        found.status if (found := assessment(corpus.resolutions[slug], corpus)) else None
        for slug in slugs
    )


def order_of_statuses(corpus: Corpus) -> dict[str, int]:
    """The place of each status, from the least to the most advanced."""
    return {status.id: place for place, status in enumerate(corpus.vocabulary.statuses)}


def of_session(corpus: Corpus, session: str | None) -> list[str]:
    """Slugs of the resolutions of one session (`None`: of those that belong to none), in order."""
    return list(corpus.by_session.get(session, ()))


def constrained(corpus: Corpus) -> dict[bool | None, list[str]]:
    """Slugs by whether a lack of money is reported to hold them back: yes, no, not reported."""
    found: dict[bool | None, list[str]] = {True: [], False: [], None: []}
    for slug, resolution in corpus.resolutions.items():
        newest = assessment(resolution, corpus)
        found[newest.constrained_by_funding if newest else None].append(slug)
    return found


def by_word(corpus: Corpus, field: Literal["themes", "goals"]) -> dict[Any, list[str]]:
    """Slugs of the resolutions by theme or by goal, in the order of the vocabulary; words that none has are left out."""
    found: dict[Any, list[str]] = {key: [] for key in corpus.words[field]}
    for slug, resolution in corpus.resolutions.items():
        for key in getattr(resolution, field):
            found[key].append(slug)
    return {key: slugs for key, slugs in found.items() if slugs}


@dataclass(frozen=True)
class Occurrence:
    """An event in the timeline of all resolutions."""

    slug: str
    event: Event
    case: Case

    @property
    def date(self) -> PartialDate | None:
        """When, as last reported."""
        return self.event.date


def timeline(corpus: Corpus, today: date, slugs: Iterable[str] | None = None) -> list[Occurrence]:
    """All events of all (or some) resolutions in the order of their dates; those without a date come last."""
    return list(_whole_timeline(corpus, today)) if slugs is None else _in_time(corpus, today, slugs)


@lru_cache(maxsize=64)
def _whole_timeline(corpus: Corpus, today: date) -> list[Occurrence]:
    return _in_time(corpus, today, corpus.resolutions)


def _in_time(corpus: Corpus, today: date, slugs: Iterable[str]) -> list[Occurrence]:
    found = [
        Occurrence(slug, event, case(event, today))
        for slug in slugs
        for event in corpus.resolutions[slug].events
    ]
    order = corpus.position
    return sorted(
        found,
        key=lambda o: (
            o.date is None,
            o.date.sort_key if o.date else (),
            order[o.slug],
            o.event.id,
        ),
    )


def sums(
    contributions: Iterable[Contribution],
) -> tuple[list[tuple[str, str, str, Decimal, bool, int]], int]:
    """Contributions added up, never across states, kinds or currencies.

    Out: rows of state, kind, currency, total, whether any part is approximate, and how many were added; and
    how many contributions are left out because no amount is reported.
    """
    totals: dict[tuple[str, str, str], list] = defaultdict(lambda: [Decimal(0), False, 0])
    left_out = 0
    for contribution in contributions:
        report = contribution.latest
        if report.amount is None or report.currency is None:
            left_out += 1
            continue
        row = totals[(report.state, contribution.kind, report.currency)]
        row[0] += report.amount
        row[1] |= report.approximate
        row[2] += 1
    return [(*key, *row) for key, row in totals.items()], left_out


def newest_resource(resources: tuple[Resource, ...]) -> Resource | None:
    """The resource snapshot published last."""
    return resources[-1] if resources else None


def contributions_by_state(corpus: Corpus) -> dict[str, list[tuple[str, Contribution]]]:
    """All contributions by state, in the order of the vocabulary, each with the slug of its resolution."""
    found: dict[str, list[tuple[str, Contribution]]] = {
        state: [] for state in corpus.words["contribution_states"]
    }
    for slug, resolution in corpus.resolutions.items():
        for contribution in resolution.contributions:
            found[contribution.latest.state].append((slug, contribution))
    return {state: entries for state, entries in found.items() if entries}


def contributions_through(corpus: Corpus, mechanism: Mechanism) -> list[tuple[str, Contribution]]:
    """The contributions that come through a mechanism, each with the slug of its resolution."""
    found = corpus.index.through.get(mechanism.id, ())
    return [(slug, corpus.resolutions[slug].contributions[number]) for slug, number in found]


@lru_cache(maxsize=64)
def partners(corpus: Corpus) -> dict[str, list[tuple[str, Partner]]]:
    """For each organization that is a partner: the resolutions it takes part in."""
    found: dict[str, list[tuple[str, Partner]]] = defaultdict(list)
    for slug, resolution in corpus.resolutions.items():
        for partner in resolution.partners:
            found[partner.organization].append((slug, partner))
    return dict(found)


@lru_cache(maxsize=64)
def places(corpus: Corpus) -> dict[str, list[tuple[str, Event]]]:
    """For each place where something happens: the events there, with the slugs of their resolutions."""
    found: dict[str, list[tuple[str, Event]]] = defaultdict(list)
    for slug, resolution in corpus.resolutions.items():
        for event in resolution.events:
            if event.place:
                found[event.place].append((slug, event))
    return dict(found)


@lru_cache(maxsize=64)
def citations(corpus: Corpus) -> dict[str, dict[str, int]]:
    """For each document: the resolutions whose statements cite it or that list it, with the number of citations."""
    found: dict[str, dict[str, int]] = {key: {} for key in corpus.documents}
    for slug, count in corpus.index.citations.items():
        for key in count:
            found[key][slug] = count[key]
    return found


NAMED = 12
"""Resolutions that declare a relation to one, or contributions through a mechanism, that its page names; of more, how many."""


def next_due(corpus: Corpus) -> date | None:
    """The day by which the next report is due: the organ's interval after the end of the newest period."""
    period: Period | None = corpus.latest_period
    if period is None:
        return None
    last = period.last.latest
    years, month = divmod(last.month - 1 + corpus.body.reporting_interval_months + 1, 12)
    first_after = date(last.year + years, month + 1, 1)
    return date.fromordinal(first_after.toordinal() - 1)


def corrections(corpus: Corpus, slug: str | None = None) -> list[Correction]:
    """What was put right, newest first: of all of the site, or of one resolution."""
    found = [
        entry
        for entry in reversed(corpus.statements.corrections)
        if slug in (None, entry.resolution)
    ]
    return sorted(found, key=lambda entry: entry.date.sort_key, reverse=True)
