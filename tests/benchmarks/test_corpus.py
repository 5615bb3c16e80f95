"""The invented organ: valid, complete in both languages, the same every time."""

from __future__ import annotations

import pytest

from benchmarks.corpus import PERIODS, Organ
from macros.corpus.loading import Loaded, load
from macros.model.resolution import Resolution
from macros.model.traversal import records

SIZE = 60


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load({name: text.encode() for name, text in Organ(SIZE).files()})


def test_nothing_is_wrong_with_it_and_nothing_untranslated(loaded: Loaded) -> None:
    assert loaded.problems == ()
    assert {language: len(corpus.resolutions) for language, corpus in loaded.corpora.items()} == {
        "en": SIZE,
        "zh": SIZE,
    }
    assert (
        loaded.corpora["en"].resolutions["1-1"].title
        != loaded.corpora["zh"].resolutions["1-1"].title
    )


def test_it_has_entries_of_every_kind(loaded: Loaded) -> None:
    corpus = loaded.corpora["en"]
    filled = {
        name
        for r in corpus.resolutions.values()
        for name in Resolution.model_fields
        if getattr(r, name)
    }
    assert filled >= {
        "symbol",
        "adoption",
        "themes",
        "goals",
        "documents",
        "operative_paragraphs",
        "assessments",
        "updates",
        "events",
        "resources",
        "contributions",
        "mechanisms",
        "partners",
        "relations",
    }
    assert len(corpus.periods) == len(PERIODS)
    for name in ("sessions", "documents", "organizations", "places"):
        assert getattr(corpus, name), name
    assert sum(1 for r in corpus.resolutions.values() for _ in records(r)) > 40 * SIZE


def test_the_same_numbers_give_the_same_files() -> None:
    assert list(Organ(30, seed=2).files()) == list(Organ(30, seed=2).files())
    assert list(Organ(30, seed=2).files()) != list(Organ(30, seed=3).files())


def test_a_resolution_is_the_same_however_many_follow() -> None:
    few, many = (dict(Organ(size).files()) for size in (10, 40))
    name = "data/resolutions/1-9.yml"
    without_dates = [
        [line for line in organ[name].splitlines() if "adoption" not in line]
        for organ in (few, many)
    ]
    assert without_dates[0] == without_dates[1]


def test_a_resolution_is_as_long_as_real_ones() -> None:
    sizes = [
        len(text.encode())
        for name, text in Organ(40).files()
        if name.startswith("data/resolutions/")
    ]
    assert 7_000 < sum(sizes) / len(sizes) < 9_500
