"""What the data does not cover of a reporting period: what staff have yet to record. Pure."""

from __future__ import annotations

import re

from macros.corpus.corpus import Corpus
from macros.model.traversal import cited
from macros.queries.milestones import Occurrence, timeline
from macros.queries.snapshot import as_of


def past_due(corpus: Corpus, period: str) -> list[Occurrence]:
    """List the milestones that were past due on the as-of date of a period, by date."""
    day = corpus.periods[period].judged_on
    return [found for found in timeline(as_of(corpus, period), day) if found.case == "unreported"]


def coverage(corpus: Corpus, period: str) -> dict[str, list[str]]:
    """List what a period lacks, compared with its report and with what it should speak of.

    Returns:
        `paragraphs` of its report that nothing cites, if their number is known; `resolutions` and
        `operative_paragraphs` without an assessment in it; `milestones` past due without an
        outcome. Entries of a resolution are given as `2-4#op-2-a`.
    """
    resolutions, operative_paragraphs = [], []
    for slug, resolution in corpus.resolutions.items():
        assessed = {entry.paragraph for entry in resolution.assessments if entry.period == period}
        resolutions += [slug] if None not in assessed else []
        operative_paragraphs += [
            f"{slug}#{paragraph.anchor}"
            for paragraph in resolution.operative_paragraphs
            if paragraph.number not in assessed
        ]
    return {
        "paragraphs": _uncited(corpus, corpus.periods[period].report),
        "resolutions": resolutions,
        "operative_paragraphs": operative_paragraphs,
        "milestones": [f"{late.slug}#{late.event.id}" for late in past_due(corpus, period)],
    }


def _uncited(corpus: Corpus, report: str | None) -> list[str]:
    """List the paragraphs of a document that nothing cites; `12 (b)` stands for paragraph 12."""
    last = (report and corpus.documents[report].paragraphs) or 0
    records = (corpus.statements, *corpus.resolutions.values())
    numbers = {
        number[0]
        for record in records
        for source in cited(record)
        if source.document == report and (number := re.match(r"\d+", source.paragraph or ""))
    }
    return [str(number) for number in range(1, last + 1) if str(number) not in numbers]
