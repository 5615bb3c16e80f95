"""Which resolutions have to do with each other."""

from __future__ import annotations

import pytest

from macros.corpus.corpus import Corpus
from macros.queries import related
from tests.organ import SMALL


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return SMALL.corpus()


def test_relations_are_seen_from_both_ends(corpus: Corpus) -> None:
    assert related.relations_to(corpus, "1-1") == [("1-2", "follows-up")]
    assert related.relations_to(corpus, "1-2") == []


def among_others(*records: tuple[str, str]) -> Corpus:
    """The small organ with some more resolutions, and ten that have nothing in common."""
    organ = SMALL
    for slug, lines in (*records, *((f"other-{number}", "") for number in range(10))):
        organ = organ.add(
            f"data/resolutions/{slug}.yml",
            f"number: {slug}\nsession: 2\ntitle: T\ntitle_basis: cited\n{lines}",
        )
    return organ.corpus()


def test_related_resolutions_share_themes_partners_or_documents() -> None:
    corpus = among_others()
    assert related.related_resolutions(corpus, "1-1") == [
        ("1-2", {"themes": ["water"], "partners": ["acme"], "documents": ["AL/REP/1"]})
    ]
    assert related.related_resolutions(corpus, "1-10") == []


def test_closer_related_come_first_and_no_more_than_are_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    corpus = among_others(
        ("a", "themes: [fish]\n"), ("b", "themes: [water]\n"), ("c", "themes: [fish, water]\n")
    )
    assert [slug for slug, _ in related.related_resolutions(corpus, "1-2")] == [
        "1-1",
        "c",
        "a",
        "b",
    ]
    monkeypatch.setattr(related, "RELATED", 2)
    assert [slug for slug, _ in related.related_resolutions(corpus, "1-2")] == ["1-1", "c"]


def test_what_a_third_of_all_share_makes_nobody_related() -> None:
    many = [(f"many-{number}", "documents: [AL/REP/2]\n") for number in range(10)]
    corpus = among_others(
        *many, ("a", "documents: [AL/REP/2, page]\n"), ("b", "documents: [page, AL/REP/2]\n")
    )
    assert related.related_resolutions(corpus, "a") == [("b", {"documents": ["page"]})]


def test_among_very_many_only_those_that_share_what_is_rarest_are_compared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    corpus = among_others(("a", "themes: [fish]\n"), ("b", "themes: [water]\n"))
    assert {slug for slug, _ in related.related_resolutions(corpus, "1-2")} == {"1-1", "a", "b"}
    monkeypatch.setattr(related, "CANDIDATES", 1)
    assert {slug for slug, _ in related.related_resolutions(corpus, "1-2")} == {"1-1"}


@pytest.mark.parametrize(
    ("slug", "before", "after"),
    [("1-1", None, "1-2"), ("1-2", "1-1", "1-10"), ("1-10", "1-2", None)],
)
def test_neighbours_within_the_session(
    corpus: Corpus, slug: str, before: str | None, after: str | None
) -> None:
    assert related.neighbours(corpus, slug) == (before, after)
