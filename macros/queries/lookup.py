"""Find records by what people call them."""

from __future__ import annotations

from macros.corpus.corpus import Corpus
from macros.errors import TrackerError


class LookupFailed(TrackerError, LookupError):
    """Nothing has this name. `code`, `value` and `known` make a `Problem`."""

    def __init__(self, code: str, value: str, known: list[str]) -> None:
        super().__init__(f"{code}: {value}")
        self.code, self.value, self.known = code, value, known


def find_resolution(corpus: Corpus, name: str) -> str:
    """Find the slug of a resolution by its slug or its label (`2-4` or `2/4`).

    Raises:
        LookupFailed: No resolution has this name.
    """
    if name in corpus.resolutions:
        return name
    for slug in corpus.resolutions:
        if corpus.label(slug) == name:
            return slug
    raise LookupFailed("unknown_resolution", name, list(corpus.resolutions))
