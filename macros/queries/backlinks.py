"""On which pages of the lists of documents, organizations and places the entries stand that resolutions lead back to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from macros.corpus.corpus import A_PAGE, Corpus
from macros.queries import queries

Kind = Literal["documents", "organizations", "places"]


def list_numbers(corpus: Corpus, kind: Kind) -> dict[int, list[str]]:
    """Number the pages of a list, page 1 included, each with the keys of its entries.

    Only organizations and places to which something belongs are listed. An entry keeps its page, which follows from
    its place in the data, however many others are added after it.
    """
    linked: Mapping[str, object] = {
        "documents": queries.citations,
        "organizations": queries.partners,
        "places": queries.places,
    }[kind](corpus)
    pages: dict[int, list[str]] = {1: []}
    for index, key in enumerate(getattr(corpus, kind)):
        if key in linked:
            pages.setdefault(index // A_PAGE[kind] + 1, []).append(key)
    return dict(sorted(pages.items()))
