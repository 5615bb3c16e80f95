"""What one reporting period changed against the one before it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from macros.corpus.corpus import Corpus
from macros.model.resolution import Resolution
from macros.queries.snapshot import as_of
from macros.queries.status import assessment, reported_in


@dataclass(frozen=True)
class Change:
    """What one period changed in one resolution.

    `kind` is `first` (first reported), `status`, `constraint` (held back by money or not),
    `contribution` or `date`; `before` and `after` are ids of statuses or states, or values, `None`
    for not reported. `entry` is the id of the entry that changed, if it is not the resolution as a
    whole.
    """

    slug: str
    kind: str
    before: object = None
    after: object = None
    entry: str | None = None


def changes(corpus: Corpus, period: str, slugs: Iterable[str] | None = None) -> list[Change]:
    """List what a period changed against the one before it, by resolution.

    Args:
        corpus: The corpus, with all periods.
        period: The id of the period.
        slugs: The resolutions that are asked for; all if left out.

    Returns:
        The changes; of the first period, that everything is first reported.
    """
    ids = list(corpus.periods)
    index = ids.index(period)
    now, before = as_of(corpus, period), as_of(corpus, ids[index - 1]) if index else None
    return [
        change
        for slug in (corpus.resolutions if slugs is None else slugs)
        if slug in now.resolutions
        for change in _changes(slug, now, before)
    ]


def _changes(slug: str, now: Corpus, before: Corpus | None) -> Iterator[Change]:
    resolution = now.resolutions[slug]
    new = assessment(resolution, now)
    earlier = before.resolutions.get(slug) if before else None
    if before is None or earlier is None or not reported_in(earlier, before):
        if reported_in(resolution, now):
            yield Change(slug, "first", None, new and new.status)
        return
    old = assessment(earlier, before)
    for kind, field in (("status", "status"), ("constraint", "constrained_by_funding")):
        values = getattr(old, field, None), getattr(new, field, None)
        if values[0] != values[1]:
            yield Change(slug, kind, *values)
    old_entries = _values(earlier)
    for (kind, entry), value in _values(resolution).items():
        if (old_value := old_entries.get((kind, entry))) != value:
            yield Change(slug, kind, old_value, value, entry)


def _values(resolution: Resolution) -> dict[tuple[str, str], tuple[object, ...]]:
    """Give what was last reported of each event and contribution, by kind of change and id."""
    values: dict[tuple[str, str], tuple[object, ...]] = {
        ("date", event.id): (event.outcome, str(event.date) if event.date else None)
        for event in resolution.events
    }
    for entry in resolution.contributions:
        report = entry.latest
        values["contribution", entry.id] = (report.state, report.amount, report.currency)
    return values
