"""The corpus as it stood after a reporting period: without what was reported later. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from macros.corpus.corpus import Corpus
from macros.model.resolution import Resolution


@lru_cache(maxsize=64)
def as_of(corpus: Corpus, period: str) -> Corpus:
    """Return the corpus as it stood after one reporting period, without what came later.

    What belongs to no period (resources, operative paragraphs, mechanisms) stays.
    """
    ids = list(corpus.periods)
    if period == ids[-1]:
        return corpus
    periods = {name: corpus.periods[name] for name in ids[: ids.index(period) + 1]}
    resolutions = {slug: _cut(whole, periods) for slug, whole in corpus.resolutions.items()}
    return replace(
        corpus, periods=MappingProxyType(periods), resolutions=MappingProxyType(resolutions)
    )


def _cut(resolution: Resolution, periods: Collection[str]) -> Resolution:
    """Leave out of a resolution what other periods reported."""

    def within(entries: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(entry for entry in entries if entry.period in periods)

    values: dict[str, tuple[Any, ...]] = {
        name: within(getattr(resolution, name)) for name in ("assessments", "updates")
    }
    for name in ("partners", "events", "contributions"):
        values[name] = tuple(
            entry.model_copy(update={"reports": reports})
            for entry in getattr(resolution, name)
            if (reports := within(entry.reports))
        )
    return resolution.model_copy(update=values)
