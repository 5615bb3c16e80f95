"""What document HSP/EB.2024/20 reports stays in the data, whatever later reports add."""

from __future__ import annotations

from decimal import Decimal

import pytest

from macros import queries
from macros.build.project import Project
from macros.corpus.corpus import Corpus

REPORT = "HSP/EB.2024/20"

# The report's headings: which of its paragraphs are about which resolution.
PARAGRAPHS = {
    "1-1": range(2, 3),
    "1-2": range(3, 5),
    "1-3": range(5, 8),
    "1-4": range(8, 11),
    "1-5": range(11, 15),
    "2-1": range(15, 19),
    "2-2": range(19, 24),
    "2-3": range(24, 27),
    "2-4": range(27, 32),
    "2-5": range(32, 35),
    "2-6": range(35, 38),
    "2-7": range(38, 42),
    "2-8": range(42, 46),
    "2-9": range(46, 47),
    "2-10": range(47, 50),
}


@pytest.fixture(scope="module")
def corpus(project: Project) -> Corpus:
    return project.corpora["en"]


@pytest.mark.parametrize(
    ("slug", "paragraph"),
    [(slug, paragraph) for slug, paragraphs in PARAGRAPHS.items() for paragraph in paragraphs],
)
def test_every_paragraph_of_the_report_is_the_source_of_a_statement(
    corpus: Corpus, slug: str, paragraph: int
) -> None:
    statements = queries.statements(corpus.resolutions[slug])
    cited = {
        (source.document, source.paragraph)
        for statement in statements
        for source in statement.sources
    }
    assert (REPORT, str(paragraph)) in cited


EVENTS = {
    ("1-3", "2024-05/2024-06", "completed"),
    ("1-4", "../2024-12", "planned"),
    ("1-4", "2024-11", "planned"),
    ("1-5", "2024-04", "completed"),
    ("2-1", "2024-04", "completed"),
    ("2-1", "2024-06/2024-08", "completed"),
    ("2-1", "../2024-12", "planned"),
    ("2-3", "2024-05-14", "completed"),
    ("2-3", "2024-07-15", "completed"),
    ("2-3", "2024-09-20", "planned"),
    ("2-3", "2024-09-24", "planned"),
    ("2-3", "2024-36", "planned"),
    ("2-4", "2024-06", "completed"),
    ("2-4", "2024-36", "planned"),
    ("2-5", "2024-06", "completed"),
    ("2-6", "2026", "planned"),
    ("2-7", "2024-12-09/2024-12-11", "planned"),
    ("2-7", "../2024-10-28", "planned"),
    ("2-7", "2025", "planned"),
    ("2-8", "2024-07", "completed"),
    ("2-9", "../2024-11", "planned"),
    ("2-10", "../2024-12", "planned"),
}


def test_the_dates_of_the_report_stay_as_it_meant_them(corpus: Corpus) -> None:
    found = {
        (slug, str(report.date), report.outcome)
        for slug, resolution in corpus.resolutions.items()
        for event in resolution.events
        for report in event.reports
    }
    assert EVENTS - found == set()


def test_the_amount_of_the_report(corpus: Corpus) -> None:
    amounts = {
        (report.amount, report.approximate, report.currency, report.state)
        for contribution in corpus.resolutions["2-6"].contributions
        for report in contribution.reports
    }
    assert (Decimal(24_000_000), True, "USD", "allocated") in amounts


@pytest.mark.parametrize(
    ("slug", "state", "contributor"),
    [
        ("1-2", "received", "untfhs"),
        ("2-2", "none", None),
        ("2-3", "committed", "handelens-miljofond"),
        ("2-4", "received", "sida"),
        ("2-4", "none", "member-states"),
        ("2-5", "none", None),
        ("2-6", "received", "government-spain"),
        ("2-9", "none", None),
    ],
)
def test_who_gives_and_who_does_not(
    corpus: Corpus, slug: str, state: str, contributor: str | None
) -> None:
    assert (state, contributor) in {
        (report.state, found.contributor)
        for found in corpus.resolutions[slug].contributions
        for report in found.reports
    }
