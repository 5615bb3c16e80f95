"""The status of resolutions and paragraphs, and the groups that resolutions fall into. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Literal

from macros.corpus.corpus import Corpus
from macros.model.events import Event
from macros.model.funding import Contribution
from macros.model.resolution import Assessment, Partner, Resolution, Update
from macros.queries.grouping import entries, group


def assessments(
    resolution: Resolution, corpus: Corpus, paragraph: str | None = None
) -> list[Assessment]:
    """List the assessments of a resolution, or of one of its paragraphs, newest first."""
    entries = [entry for entry in resolution.assessments if entry.paragraph == paragraph]
    if len(entries) > 1:
        order = list(corpus.periods)
        entries.sort(key=lambda entry: -order.index(entry.period))
    return entries


def assessment(
    resolution: Resolution, corpus: Corpus, paragraph: str | None = None
) -> Assessment | None:
    """Find the newest assessment of a resolution or paragraph; `None`: not reported."""
    return next(iter(assessments(resolution, corpus, paragraph)), None)


def setback(resolution: Resolution, corpus: Corpus, assessment: Assessment) -> Assessment | None:
    """Find the assessment before one, if its status was more advanced."""
    entries = assessments(resolution, corpus, assessment.paragraph)
    before = next(iter(entries[entries.index(assessment) + 1 :]), None)
    order = order_of_statuses(corpus)
    return before if before and order[before.status] > order[assessment.status] else None


def assessed_in(corpus: Corpus, period: str) -> list[str]:
    """List the slugs of the resolutions whose newest status is that of a period."""
    return [
        slug
        for slug, resolution in corpus.resolutions.items()
        if (newest := assessment(resolution, corpus)) and newest.period == period
    ]


def reported_in(resolution: Resolution, corpus: Corpus) -> list[str]:
    """List the ids of the periods in which anything was said of a resolution, newest first."""
    dated: list[Assessment | Update] = [*resolution.assessments, *resolution.updates]
    periods = {entry.period for entry in (*dated, *resolution.resources)}
    reported: list[Event | Contribution | Partner] = [*resolution.events, *resolution.partners]
    for entry in (*reported, *resolution.contributions):
        periods |= {report.period for report in entry.reports}
    return [period for period in reversed(list(corpus.periods)) if period in periods]


def updates(resolution: Resolution, period: str, about: str) -> list[Update]:
    """List the notes of one period about progress, plans or funding, in the order of the file."""
    return [note for note in resolution.updates if (note.period, note.about) == (period, about)]


def by_status(corpus: Corpus, slugs: Iterable[str]) -> Counter[str | None]:
    """Count some resolutions by status; `None` counts those not reported."""
    newest = (assessment(corpus.resolutions[slug], corpus) for slug in slugs)
    return Counter(entry.status if entry else None for entry in newest)


def order_of_statuses(corpus: Corpus) -> dict[str, int]:
    """Give the place of each status, from the least to the most advanced."""
    return {status.id: place for place, status in enumerate(corpus.vocabulary.statuses)}


@lru_cache(maxsize=32)
def _sessions(corpus: Corpus) -> dict[str | None, list[str]]:
    return group((resolution.session, slug) for slug, resolution in corpus.resolutions.items())


def of_session(corpus: Corpus, session: str | None) -> list[str]:
    """List the slugs of one session, in order (`None`: of resolutions that belong to none)."""
    return list(_sessions(corpus).get(session, ()))


def constrained(corpus: Corpus) -> dict[bool | None, list[str]]:
    """Group slugs by whether lack of money holds them back: yes, no, not reported."""
    newest = ((slug, assessment(entry, corpus)) for slug, entry in corpus.resolutions.items())
    groups = group((entry and entry.constrained_by_funding, slug) for slug, entry in newest)
    return {flag: groups.get(flag, []) for flag in (True, False, None)}


def by_word(corpus: Corpus, field: Literal["themes", "goals"]) -> dict[Any, list[str]]:
    """Group slugs by the themes or Goals that occur, in the order of the vocabulary."""
    return group(((key, slug) for slug, key in entries(corpus, field)), corpus.words[field])
