"""From a corpus to files for machines. Pure: paths and texts out."""

from __future__ import annotations

from typing import Iterator, Mapping

from macros.corpus import Corpus
from macros.render import View


def of_language(view: View, url: str) -> Iterator[tuple[str, str]]:
    """The files of one language, with paths from its root; `url` is the address of that root."""
    yield from ()


def of_site(corpora: Mapping[str, Corpus], url: str) -> Iterator[tuple[str, str]]:
    """The files that hold all languages at once, with paths from the root of the site at `url`."""
    yield from ()
