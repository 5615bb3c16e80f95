"""What each part of a site is made from, as a key: the same key, the same bytes. Pure.

A key covers more than a part reads, never less. Whatever all pages may show, such as names, words, periods and the code
itself, is in one key for all; of the resolutions a part reads its own and those near it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from macros.build.ledger import key
from macros.corpus.corpus import Corpus
from macros.corpus.files import LOCK

RESOLUTIONS = "data/resolutions/"


@dataclass(frozen=True)
class Inputs:
    """Of one language. `digests` are hashes of all files below `data/` and `docs/`, `others` of all else that counts."""

    corpus: Corpus
    digests: Mapping[str, str]
    others: str

    @cached_property
    def everywhere(self) -> str:
        """What any page may show, but for the resolutions."""
        corpus, mine = self.corpus, f"data/translations/{self.corpus.language}/"
        shared = {
            name: digest for name, digest in self.digests.items() if self._is_shared(name, mine)
        }
        known = [
            list(getattr(corpus, name))
            for name in ("documents", "organizations", "places", "periods", "sessions")
        ]
        named = {slug: self.own(slug) for slug in self._retired()}
        lock = self.digests.get(LOCK) if corpus.retired.entries else None
        return key(self.others, corpus.language, sorted(shared.items()), known, named, lock)

    def _is_shared(self, name: str, mine: str) -> bool:
        if name.startswith("data/translations/"):
            return name.startswith(mine) and not name.startswith(mine + "resolutions/")
        return name.startswith("data/") and name != LOCK and not name.startswith(RESOLUTIONS)

    def _retired(self) -> list[str]:
        """The resolutions that entries of what is given up may name."""
        addresses = [
            address
            for entry in self.corpus.retired.entries
            for address in (entry.to, entry.see, entry.address)
        ]
        slugs = {
            address.split("/")[1].partition("#")[0]
            for address in addresses
            if address and "/" in address
        }
        return [slug for slug in self.corpus.resolutions if slug in slugs]

    def own(self, slug: str) -> tuple[str | None, str | None]:
        """Of a resolution alone: its record, in its language."""
        names = (
            f"{RESOLUTIONS}{slug}.yml",
            f"data/translations/{self.corpus.language}/resolutions/{slug}.yml",
        )
        return self.digests.get(names[0]), self.digests.get(names[1])

    def of_record(self, slug: str) -> str:
        """Of what follows from the record of a resolution, and from what is the same for all."""
        return key(self.everywhere, slug, self.own(slug))

    def of_resolution(self, slug: str, *values: object) -> str:
        """Of everything that is made for one resolution. `values` are what else it depends on."""
        return key(self._surroundings(slug), values)

    @cached_property
    def _surroundings(self) -> Callable[[str], str]:
        """A key of a resolution with those near it."""

        @cache
        def found(slug: str) -> str:
            return key(self.everywhere, slug, self._all)

        return found

    def of_page(self, reads: Iterable[str] | None, *values: object) -> str:
        """Of a page that reads some resolutions, or all of them (`None`)."""
        return key(self.everywhere, self._all if reads is None else self._of(reads), values)

    @cached_property
    def _all(self) -> str:
        return self._of(self.corpus.resolutions)

    def _of(self, slugs: Iterable[str]) -> str:
        return key([(slug, self.own(slug)) for slug in slugs])
