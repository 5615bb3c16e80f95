"""What the data does not cover of a reporting period: what staff have yet to record. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from macros.corpus.corpus import Corpus
from macros.model.fields import Source
from macros.model.traversal import cited
from macros.queries.milestones import Occurrence, timeline
from macros.queries.snapshot import as_of


@dataclass(frozen=True)
class Coverage:
    """What is missing of a period.

    Attributes:
        paragraphs: The numbers of the paragraphs of its report that nothing cites; none where the
            number of its paragraphs is not known.
        resolutions: The slugs of the resolutions that have no assessment in it.
        operative_paragraphs: The operative paragraphs that have none, each with the slug.
        milestones: The milestones that were past due, and that have no outcome.
    """

    paragraphs: tuple[int, ...]
    resolutions: tuple[str, ...]
    operative_paragraphs: tuple[tuple[str, str], ...]
    milestones: tuple[Occurrence, ...]


def past_due(corpus: Corpus, period: str) -> list[Occurrence]:
    """List the milestones that were past due on the as-of date of a period, by date."""
    day = corpus.periods[period].as_of.latest
    return [found for found in timeline(as_of(corpus, period), day) if found.case == "unreported"]


def coverage(corpus: Corpus, period: str) -> Coverage:
    """Compare the data with the report of a period and with what it should speak of."""
    report = corpus.documents.get(corpus.periods[period].report or "")
    last = report.paragraphs or 0 if report else 0
    numbers = {
        int(number[0])
        for source in _all_sources(corpus)
        if report and source.document == report.key
        if (number := re.match(r"\d+", source.paragraph or ""))
    }
    assessed = {
        (slug, entry.paragraph)
        for slug, resolution in corpus.resolutions.items()
        for entry in resolution.assessments
        if entry.period == period
    }
    return Coverage(
        tuple(number for number in range(1, last + 1) if number not in numbers),
        tuple(slug for slug in corpus.resolutions if (slug, None) not in assessed),
        tuple(
            (slug, paragraph.number)
            for slug, resolution in corpus.resolutions.items()
            for paragraph in resolution.operative_paragraphs
            if (slug, paragraph.number) not in assessed
        ),
        tuple(past_due(corpus, period)),
    )


def _all_sources(corpus: Corpus) -> Iterator[Source]:
    records = (corpus.statements, *corpus.resolutions.values())
    return chain.from_iterable(map(cited, records))
