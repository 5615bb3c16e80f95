"""The statements of a resolution as HTML, each written once for all pages that show it.

The page of a resolution and those of its past states show the same records, for nearly a fifth of the time of a build.
"""

from __future__ import annotations

from typing import Any, Callable

from markupsafe import Markup

from macros.corpus.corpus import Corpus

HERE = "\0"
"""Stands for the way from a page to the root of its language. No text has it: YAML cannot hold it."""


def kept(corpus: Corpus, slug: str) -> Callable[..., str]:
    """What writes the statements of a resolution in the templates, or gives them as they were written.

    In: a macro of a template and what it is given: records, lists of them, plain values. It writes the same for the same,
    in every state of the corpus; addresses in it begin with `HERE`. Those of the last resolution that was asked for stay.
    """
    def write(macro: Any, *given: Any) -> str:
        return macro(*given)

    return write


def seen_from(base: str, html: str) -> Markup:
    """HTML with addresses that lead from a page. In: the relative way from the page to the root of its language."""
    text = str(html)  # `Markup` would escape what it puts in
    if not base:
        text = text.replace(f'"{HERE}"', '"./"')
    return Markup(text.replace(HERE, base))


def _identity(value: Any) -> object:
    if isinstance(value, (list, tuple)):
        return tuple(map(id, value))
    return value if isinstance(value, (str, bool)) else id(value)
