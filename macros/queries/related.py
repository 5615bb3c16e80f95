"""Which resolutions have to do with each other: what relates them, what they share, what is next to one. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest

from macros.corpus.corpus import Corpus
from macros.queries import queries

LOOKED_AT = 200
"""How many others are looked at for those most like one resolution: enough for a choice, and no more in a larger organ."""

RELATED = 5
"""How many of those most like one resolution are told."""

Related = list[tuple[str, dict[str, list[str]]]]
"""Resolutions, each with the ids of what it shares by their kind."""


def relations_to(corpus: Corpus, slug: str) -> list[tuple[str, str]]:
    """Other resolutions that declare a relation to this one: `(slug, kind of relation)`."""
    return list(corpus.index.relations_to.get(slug, ()))


def neighbours(corpus: Corpus, slug: str) -> tuple[str | None, str | None]:
    """The resolutions before and after one within its session."""
    own = corpus.by_session[corpus.resolutions[slug].session]
    index = own.index(slug)
    return (own[index - 1] if index else None, own[index + 1] if index + 1 < len(own) else None)


@lru_cache(maxsize=4096)
def related(corpus: Corpus, slug: str) -> Related:
    """Resolutions that share themes, partners or documents with one, the closest first, with what they share.

    What a third or more of all resolutions share, such as the common report, says nothing and does not count. Where very
    many share something, only those are looked at that share what is rarest.
    """
    traits, named = corpus.index.traits, corpus.index.with_trait
    common = max(len(corpus.resolutions), 6) / 3
    telling = {trait for trait in traits[slug] if len(named[trait]) < common}
    others: set[str] = set()
    for trait in sorted(telling, key=lambda trait: (len(named[trait]), trait)):
        if others and len(others) + len(named[trait]) > LOOKED_AT:
            break
        others.update(named[trait][:LOOKED_AT])
    themes = {trait for trait in telling if trait[0] == "themes"}
    position, alike = corpus.position, {other: telling & traits[other] for other in others - {slug}}
    weights = [
        (-len(those) - len(themes & those), position[other], other)
        for other, those in alike.items()
    ]
    kinds = ("themes", "partners", "documents")  # a theme counts twice
    shared = (
        (other, [trait for trait in alike[other]])
        for _, _, other in nsmallest(RELATED, weights)
    )
    return [
        (
            other,
            {
                kind: keys
                for kind in kinds
                if (keys := sorted(key for of, key in those if of == kind))
            },
        )
        for other, those in shared
    ]


@dataclass(frozen=True)
class Near:
    """What the page of a resolution tells of others: why they are related, who declares a relation, what is next to it."""

    related: tuple
    incoming: tuple[tuple[str, str], ...]
    declared: tuple[str, ...]
    beside: tuple[str | None, str | None]
    giving: tuple[str, ...]

    @property
    def slugs(self) -> set[str]:
        """The other resolutions."""
        named = {other for other, _ in (*self.related, *self.incoming)}
        return named | {*self.declared, *self.giving, *filter(None, self.beside)}


def near(corpus: Corpus, slug: str) -> Near:
    """The resolutions of which the page of one tells something, the same in all languages."""
    resolution = corpus.resolutions[slug]
    return Near(
        related=tuple(related(corpus, slug)),
        incoming=tuple(relations_to(corpus, slug)),
        declared=tuple(relation.resolution for relation in resolution.relations),
        beside=neighbours(corpus, slug),
        giving=tuple(
            other
            for way in resolution.mechanisms
            for other, _ in queries.contributions_through(corpus, way)
        ),
    )
