"""Entries of all resolutions, and their groups. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from macros.corpus.corpus import Corpus

K = TypeVar("K")
V = TypeVar("V")


def entries(corpus: Corpus, field: str) -> Iterator[tuple[str, Any]]:
    """Yield the entries of a list of all resolutions, each with the slug of its resolution."""
    for slug, resolution in corpus.resolutions.items():
        for entry in getattr(resolution, field):
            yield slug, entry


def group(pairs: Iterable[tuple[K, V]], keys: Iterable[K] = ()) -> dict[K, list[V]]:
    """Group the second values by the first; known keys come first, in their order."""
    groups: dict[K, list[V]] = {key: [] for key in keys}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: values for key, values in groups.items() if values}
