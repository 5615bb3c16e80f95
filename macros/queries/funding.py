"""Funding: contributions added up and grouped, and the newest figures. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from macros.corpus.corpus import Corpus
from macros.model.funding import Contribution, ContributionReport, Mechanism, Resource
from macros.queries.grouping import entries, group

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


def earlier_reports(contribution: Contribution) -> list[ContributionReport]:
    """List the reports that were superseded by others that say something else, newest first."""
    earlier = [
        before
        for before, after in pairwise(contribution.reports)
        if (before.state, before.amount, before.currency)
        != (after.state, after.amount, after.currency)
    ]
    return earlier[::-1]


def newest_resource(resources: tuple[Resource, ...]) -> Resource | None:
    """Find the resource snapshot published last."""
    return resources[-1] if resources else None


def contributions_by_state(corpus: Corpus) -> dict[str, Contributions]:
    """Group all contributions by the states that occur, in the order of the vocabulary."""
    contributions = entries(corpus, "contributions")
    by_state = ((entry.latest.state, (slug, entry)) for slug, entry in contributions)
    return group(by_state, corpus.words["contribution_states"])


@lru_cache(maxsize=32)
def _by_mechanism(corpus: Corpus) -> dict[str | None, Contributions]:
    contributions = entries(corpus, "contributions")
    return group((entry.mechanism, (slug, entry)) for slug, entry in contributions)


def contributions_through(corpus: Corpus, mechanism: Mechanism) -> Contributions:
    """List the contributions that come through a mechanism."""
    return _by_mechanism(corpus).get(mechanism.id, [])
