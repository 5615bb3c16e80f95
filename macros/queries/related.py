"""Related resolutions: declared relations, and what resolutions have in common. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from macros.corpus.corpus import Corpus
from macros.queries.grouping import entries, group
from macros.queries.statements import citations_by_resolution
from macros.queries.status import of_session

CANDIDATES = 200
"""How many others are compared with a resolution, however large the organ."""

RELATED = 5
"""How many related resolutions are listed."""

KINDS = ("themes", "partners", "documents")
Related = list[tuple[str, dict[str, list[str]]]]
"""Resolutions, each with the ids of what it shares by kind."""
Feature = tuple[str, str]
"""A theme, partner or document of a resolution: `("themes", "housing")`."""


@lru_cache(maxsize=32)
def _relations(corpus: Corpus) -> dict[str, list[tuple[str, str]]]:
    relations = entries(corpus, "relations")
    return group((relation.resolution, (slug, relation.kind)) for slug, relation in relations)


def relations_to(corpus: Corpus, slug: str) -> list[tuple[str, str]]:
    """List other resolutions that declare a relation to this one: `(slug, kind of relation)`."""
    return _relations(corpus).get(slug, [])


def superseded_by(corpus: Corpus, slug: str) -> list[str]:
    """List the resolutions that take the place of one."""
    kinds = corpus.words["relation_kinds"]
    return [other for other, kind in relations_to(corpus, slug) if kinds[kind].supersedes]


def neighbours(corpus: Corpus, slug: str) -> tuple[str | None, str | None]:
    """Find the resolutions before and after one within its session."""
    session = [None, *of_session(corpus, corpus.resolutions[slug].session), None]
    place = session.index(slug)
    return session[place - 1], session[place + 1]


@lru_cache(maxsize=32)
def _features(corpus: Corpus) -> tuple[dict[str, set[Feature]], dict[Feature, list[str]]]:
    """Give the features of each resolution, and the resolutions with each feature."""
    features = {slug: set(_own_features(corpus, slug)) for slug in corpus.resolutions}
    return features, group((feature, slug) for slug, own in features.items() for feature in own)


def _own_features(corpus: Corpus, slug: str) -> Iterator[Feature]:
    resolution = corpus.resolutions[slug]
    yield from (("themes", theme) for theme in resolution.themes)
    yield from (("partners", entry.organization) for entry in resolution.partners)
    yield from (("documents", document) for document in citations_by_resolution(corpus)[slug])


def related_resolutions(corpus: Corpus, slug: str) -> Related:
    """List the resolutions that share most themes (counting twice), partners or documents.

    What a third or more of all resolutions share, such as the common report, says nothing and does
    not count. Where very many share something, only those are compared that share what is rarest.
    """
    features, sharing = _features(corpus)
    common = max(len(corpus.resolutions), 6) / 3
    rare = {feature for feature in features[slug] if len(sharing[feature]) < common}
    candidates: set[str] = set()
    for feature in sorted(rare, key=lambda feature: (len(sharing[feature]), feature)):
        if candidates and len(candidates) + len(sharing[feature]) > CANDIDATES:
            break
        candidates.update(sharing[feature][:CANDIDATES])
    shared = {other: features[other] & rare for other in candidates - {slug}}

    def order(other: str) -> tuple[int, int]:
        weight = sum(2 if kind == "themes" else 1 for kind, _ in shared[other])
        return -weight, corpus.position[other]

    return [
        (other, group(sorted(shared[other]), KINDS))
        for other in sorted(shared, key=order)[:RELATED]
    ]
