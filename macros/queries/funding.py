"""Funding: contributions added up and grouped, and the newest figures. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from macros.corpus.corpus import Corpus
from macros.model.funding import Contribution, Mechanism, Resource

Contributions = list[tuple[str, Contribution]]
"""Contributions, each with the slug of its resolution."""


class Sum(NamedTuple):
    """The total of some contributions that have state, kind and currency in common."""

    state: str
    kind: str
    currency: str
    total: Decimal
    approximate: bool
    entries: int


def sums(contributions: Iterable[Contribution]) -> tuple[list[Sum], int]:
    """Add contributions up, never across states, kinds or currencies.

    Returns:
        The sums, and how many contributions are left out because no amount is reported.
    """
    totals: dict[tuple[str, str, str], Sum] = {}
    left_out = 0
    for contribution in contributions:
        report = contribution.latest
        if report.amount is None or report.currency is None:
            left_out += 1
            continue
        key = (report.state, contribution.kind, report.currency)
        *_, total, approximate, count = totals.get(key, Sum(*key, Decimal(0), False, 0))
        totals[key] = Sum(*key, total + report.amount, approximate or report.approximate, count + 1)
    return list(totals.values()), left_out


def newest_resource(resources: tuple[Resource, ...]) -> Resource | None:
    """Find the resource snapshot published last."""
    return resources[-1] if resources else None


def contributions_by_state(corpus: Corpus) -> dict[str, Contributions]:
    """Group all contributions by state, in the order of the vocabulary, without states that none has."""
    groups: dict[str, Contributions] = {state: [] for state in corpus.words["contribution_states"]}
    for slug, resolution in corpus.resolutions.items():
        for contribution in resolution.contributions:
            groups[contribution.latest.state].append((slug, contribution))
    return {state: entries for state, entries in groups.items() if entries}


@lru_cache(maxsize=32)
def _by_mechanism(corpus: Corpus) -> dict[str, Contributions]:
    groups: dict[str, Contributions] = {}
    for slug, resolution in corpus.resolutions.items():
        for entry in resolution.contributions:
            if entry.mechanism:
                groups.setdefault(entry.mechanism, []).append((slug, entry))
    return groups


def contributions_through(corpus: Corpus, mechanism: Mechanism) -> Contributions:
    """List the contributions that come through a mechanism."""
    return _by_mechanism(corpus).get(mechanism.id, [])
