"""Find records by the names that people use."""

from __future__ import annotations

from macros.corpus.corpus import Corpus


def find_resolution(corpus: Corpus, name: str) -> str | None:
    """Find the slug of a resolution named by its slug or its label (`2-4` or `2/4`)."""
    if name in corpus.resolutions:
        return name
    return next((slug for slug in corpus.resolutions if corpus.label(slug) == name), None)
