"""Milestones (`events` in the data): which case each is in, and the timeline. Pure.

`today` is always given: it is the date of the build, never the clock.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from macros.corpus.corpus import Corpus
from macros.model.dates import PartialDate
from macros.model.events import Event, Outcome

Case = Literal["ahead", "unreported", "undated", "happened", "cancelled", "dropped"]
CASES: tuple[Case, ...] = get_args(Case)
"""What is known of an event: it lies ahead; it is past due and no outcome is reported; it was
announced without a date, so that neither can be said; a source says that it happened, or that it
was cancelled; the newest report no longer mentions it."""

_ENDED: dict[Outcome, Case] = {
    "completed": "happened",
    "cancelled": "cancelled",
    "not-mentioned": "dropped",
}


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

    @property
    def is_planned(self) -> bool:
        """Whether no outcome is reported."""
        return self.case in ("ahead", "unreported", "undated")


def case(event: Event, today: date) -> Case:
    """Tell which case an event is in on a day."""
    if ended := _ENDED.get(event.outcome):
        return ended
    if event.date is None:
        return "undated"
    return "unreported" if event.date.latest < today else "ahead"


def timeline(corpus: Corpus, today: date, slugs: Iterable[str] | None = None) -> list[Occurrence]:
    """List the events of all (or some) resolutions by date; those without a date come last."""
    occurrences = [
        Occurrence(slug, event, case(event, today))
        for slug in (corpus.resolutions if slugs is None else slugs)
        for event in corpus.resolutions[slug].events
    ]

    def order(occurrence: Occurrence) -> tuple[object, ...]:
        when, event = occurrence.date, occurrence.event
        key = when.sort_key if when else ()
        return when is None, key, corpus.position[occurrence.slug], event.id

    return sorted(occurrences, key=order)


def next_due(corpus: Corpus) -> date | None:
    """Give the day when the next report is due: the organ's interval after the newest period."""
    if corpus.latest_period is None:
        return None
    last = corpus.latest_period.last.latest
    years, month = divmod(last.month + corpus.body.reporting_interval_months, 12)
    return date(last.year + years, month + 1, 1) - timedelta(days=1)
