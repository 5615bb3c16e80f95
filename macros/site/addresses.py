"""The addresses that a site answers to, and the anchors on its pages that are promised to last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import jinja2
from jinja2 import nodes

from macros.corpus.corpus import Corpus
from macros.exports import formats, paths
from macros.pages import outline
from macros.pages.handwritten import parse, split_front_matter, to_html
from macros.pages.page import MacroError
from macros.pages.registry import macro_anchors, page_anchors, pages
from macros.render.view import View
from macros.site import redirects

Addresses = Mapping[str, AbstractSet[str]]
"""The lasting anchors of every address (`resolutions/2-4/`) below the root of the language."""


@dataclass(frozen=True)
class Published:
    """What a site answers to: the addresses of each language, and those that have none."""

    by_language: Mapping[str, Addresses]
    site: AbstractSet[str]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages, the default one first."""
        return tuple(self.by_language)


def published(views: Mapping[str, View], written: Mapping[str, Mapping[str, str]]) -> Published:
    """List all addresses of a site.

    Args:
        views: A view of each language, the default one first.
        written: The texts of the hand-written pages of each language by their name below
            `docs/<language>/`. A page that a language lacks is that of the default one.
    """
    default = next(iter(views))
    by_language: dict[str, Addresses] = {}
    for language, view in views.items():
        texts = {**written.get(default, {}), **written.get(language, {})}
        by_language[language] = _language_addresses(view, texts, by_language.get(default))
    return Published(by_language, frozenset(_export_addresses(views[default].corpus, False)))


def written(files: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Sort hand-written pages (`docs/en/about.md`) by language and by their name below it."""
    texts: dict[str, dict[str, str]] = {}
    for name, text in files.items():
        if name.startswith("docs/") and name.endswith(".md") and name.count("/") > 1:
            _, language, page = name.split("/", 2)
            texts.setdefault(language, {})[page] = text
    return texts


def page_address(name: str) -> str:
    """`guide/steps.md` → `guide/steps/`: the address of a hand-written page."""
    folder, slash, last = name.removesuffix(".md").rpartition("/")
    return folder + slash + ("" if last in ("index", "README") else f"{last}/")


def _language_addresses(
    view: View, texts: Mapping[str, str], default: Addresses | None
) -> Addresses:
    """List all addresses of one language; pages from data have the anchors of the default one."""
    addresses: dict[str, AbstractSet[str]] = {}
    for page in pages(view):
        if page.retired:
            continue
        if page.source in texts:
            addresses[page.path] = _text_anchors(texts[page.source], view)
        elif default is None:
            addresses[page.path] = page_anchors(view, page)
        else:
            addresses[page.path] = default[page.path]
    for name, text in texts.items():
        if (path := page_address(name)) not in addresses:
            addresses[path] = _text_anchors(text, view)
    addresses |= dict.fromkeys(_export_addresses(view.corpus, True), frozenset())
    for files in redirects.by_resolution(view).values():
        for file in files:
            addresses.setdefault(file.removesuffix("index.html"), frozenset())
    return addresses


def _text_anchors(text: str, view: View) -> AbstractSet[str]:
    """List the anchors of a hand-written page: those of its headings, and those of its macros."""
    try:
        parts = parse(split_front_matter(text)[1])
        anchors = outline.anchors(to_html(text))
    except (jinja2.TemplateSyntaxError, RecursionError):
        return frozenset()
    return anchors.union(
        *(_call_anchors(part, view) for part in parts if isinstance(part, nodes.Call))
    )


def _call_anchors(call: nodes.Call, view: View) -> AbstractSet[str]:
    """List what a macro brings; nothing for a call that the check refuses."""
    try:
        arguments = [argument.as_const() for argument in call.args]
        named = {pair.key: pair.value.as_const() for pair in call.kwargs}
        return macro_anchors(view, getattr(call.node, "name", ""), *arguments, **named)
    except (nodes.Impossible, MacroError, TypeError, StopIteration):
        return frozenset()


def _export_addresses(corpus: Corpus, per_language: bool) -> Iterator[str]:
    """List the addresses of data exports, of cards to embed and of reports as Word files."""
    for export in formats(corpus):
        if export.per_language == per_language:
            yield from (path for path, _ in paths(export, corpus, corpus.resolutions))
    if per_language:
        yield from (f"embed/{slug}/" for slug in corpus.resolutions)
        yield from (f"periods/{period}/report.docx" for period in corpus.periods)
