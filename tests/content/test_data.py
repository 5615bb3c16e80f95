"""The shipped data: without problems, and the same in all its languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from macros import queries
from macros.build.project import Project
from macros.corpus.corpus import Corpus
from macros.corpus.translations import LocalText
from macros.model.fields import Record
from macros.model.traversal import texts
from tests.organ import told


@pytest.fixture(scope="module")
def corpus(project: Project) -> Corpus:
    return project.corpora["en"]


@pytest.fixture(scope="module")
def chinese(project: Project) -> Corpus:
    return project.corpora["zh"]


def test_there_is_no_problem_and_no_missing_or_outdated_translation(project: Project) -> None:
    assert told(problem for problem in project.problems if _is_of_complete(problem.file)) == ""


def _is_of_complete(file: str) -> bool:
    """Whether a file is of the data or of a language that is complete: English and Chinese."""
    return "/translations/" not in file or "/translations/zh/" in file


def test_assessments_have_a_reason_and_a_source(corpus: Corpus) -> None:
    for resolution in corpus.resolutions.values():
        for assessment in resolution.assessments:
            assert assessment.reason and assessment.sources, assessment.id


def test_the_absence_of_money_never_has_an_amount(corpus: Corpus) -> None:
    for resolution in corpus.resolutions.values():
        for contribution in resolution.contributions:
            for report in contribution.reports:
                assert report.state != "none" or report.amount is None
                assert report.amount != 0


def test_the_same_statements_in_both_languages(corpus: Corpus, chinese: Corpus) -> None:
    def statements(one: Corpus) -> Iterator[tuple[object, ...]]:
        for slug, resolution in one.resolutions.items():
            for found in queries.statements(resolution):
                yield slug, type(found), found.id, found.sources

    assert list(statements(corpus)) == list(statements(chinese))


FILES = (
    "body",
    "vocabulary",
    "statements",
    "sessions",
    "periods",
    "documents",
    "organizations",
    "places",
    "resolutions",
)


@pytest.mark.parametrize("stem", FILES)
def test_every_text_is_translated(corpus: Corpus, chinese: Corpus, stem: str) -> None:
    def records(one: Corpus) -> list[Record]:
        value = getattr(one, stem)
        return [value] if isinstance(value, Record) else list(value.values())

    for english, other in zip(records(corpus), records(chinese), strict=True):
        ours, theirs = list(texts(english)), list(texts(other))
        assert [key for key, *_ in ours] == [key for key, *_ in theirs]
        for key, owner, name in theirs:
            assert not isinstance(getattr(owner, name), LocalText), key


def test_figures_are_the_same_in_both_languages(corpus: Corpus, chinese: Corpus) -> None:
    """Amounts, dates, states and places are facts, not texts: translation leaves them alone."""

    def facts(one: Corpus, slug: str) -> list[tuple[object, ...]]:
        resolution = one.resolutions[slug]
        return [
            *(
                (event.id, event.kind, str(event.date), event.outcome, event.place)
                for event in resolution.events
            ),
            *(
                (found.id, found.latest.state, found.latest.amount, found.contributor)
                for found in resolution.contributions
            ),
            *(
                (found.id, found.status, found.constrained_by_funding)
                for found in resolution.assessments
            ),
        ]

    for slug in corpus.resolutions:
        assert facts(corpus, slug) == facts(chinese, slug), slug
