"""The addresses that a site answers to, and the anchors on its pages that are promised to last. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

import jinja2
import markdown
from jinja2 import nodes

from macros.corpus.corpus import Corpus
from macros.exports.formats import ROOT
from macros.exports.registry import FORMATS, SCHEMAS
from macros.pages import outline as contents
from macros.pages import registry as pages
from macros.pages.handwritten import EXTENSIONS, MARKERS
from macros.pages.page import MacroError
from macros.render.view import View
from macros.site import redirects

_FRONT = re.compile(r"\A-{3}[ \t]*\n.*?\n(?:\.{3}|-{3})[ \t]*(?:\n|\Z)", re.DOTALL)

Addresses = Mapping[str, Set[str]]
"""The lasting anchors of every address (`resolutions/2-4/`), given from the root of the language."""


@dataclass(frozen=True)
class Published:
    """What a site answers to: the addresses of each language, and those that have none."""

    by_language: Mapping[str, Addresses]
    site: Set[str]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages, the default one first."""
        return tuple(self.by_language)


def published(views: Mapping[str, View], written: Mapping[str, Mapping[str, str]]) -> Published:
    """All addresses of a site.

    In: a view of each language, the default one first; the texts of the hand-written pages of each by their name below
    `docs/<language>/`. A page that a language lacks is that of the default one.
    """
    default = next(iter(views))
    by_language: dict[str, Addresses] = {}
    for language, view in views.items():
        own = {**written.get(default, {}), **written.get(language, {})}
        by_language[language] = of_language(view, own, by_language.get(default))
    return Published(by_language, of_site(views[default].corpus))


def written(files: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The hand-written pages by language and by their name below it, from files by name (`docs/en/about.md`)."""
    found: dict[str, dict[str, str]] = {}
    for name, text in files.items():
        if name.startswith("docs/") and name.endswith(".md") and name.count("/") > 1:
            _, language, page = name.split("/", 2)
            found.setdefault(language, {})[page] = text
    return found


def of_language(
    view: View, written: Mapping[str, str], others: Addresses | None = None
) -> Addresses:
    """All addresses of one language.

    In: a view; the texts of the hand-written pages by their name below `docs/<language>/`; the addresses of another
    language, if known: pages that nobody wrote have the same anchors in all of them.
    """
    made = [page for page in pages.pages(view) if not page.retired]
    found: dict[str, Set[str]] = {}
    for page in made:
        text = written.get(page.source)
        if text is not None:
            found[page.path] = of_page(text, view)
        else:
            found[page.path] = (
                pages.page_anchors(view, page) if others is None else others[page.path]
            )
    for name, text in written.items():
        if (path := page_address(name)) not in found:
            found[path] = of_page(text, view)
    for path in _made(view.corpus, per_language=True):
        found[path] = frozenset()
    for file, _ in redirects.aliases(view.corpus, [page.path for page in made]):
        found.setdefault(file.removesuffix("index.html"), frozenset())
    return found


def of_site(corpus: Corpus) -> Set[str]:
    """The addresses that have no language."""
    return frozenset(_made(corpus, per_language=False))


def page_address(name: str) -> str:
    """`guide/steps.md` → `guide/steps/`: the address of a hand-written page."""
    stem = name.removesuffix(".md")
    folder, _, last = stem.rpartition("/")
    return (f"{folder}/" if folder else "") if last in ("index", "README") else f"{stem}/"


def of_page(text: str, view: View) -> Set[str]:
    """The anchors of a hand-written page: those of its own headings, and the lasting ones that its macros bring."""
    try:
        tree = jinja2.Environment(**MARKERS).parse(
            _FRONT.sub("", text.replace("\r\n", "\n"), count=1)
        )
    except jinja2.TemplateSyntaxError:
        return frozenset()
    parts = [
        part for output in tree.body if isinstance(output, nodes.Output) for part in output.nodes
    ]
    written = "".join(part.data for part in parts if isinstance(part, nodes.TemplateData))
    found = contents.anchors(markdown.markdown(written, extensions=list(EXTENSIONS)))
    return found.union(*(_called(part, view) for part in parts if isinstance(part, nodes.Call)))


def _called(call: nodes.Call, view: View) -> Set[str]:
    """What a macro brings; nothing for a call that the check refuses."""
    try:
        arguments = [argument.as_const() for argument in call.args]
        named = {pair.key: pair.value.as_const() for pair in call.kwargs}
        return pages.macro_anchors(view, getattr(call.node, "name", ""), *arguments, **named)
    except (nodes.Impossible, MacroError, TypeError):
        return frozenset()


def _made(corpus: Corpus, per_language: bool) -> Iterator[str]:
    """The files for machines, and the cards to embed with what tells of them."""
    for kind in FORMATS:
        if kind.per_language == per_language:
            if "{slug}" in kind.path:
                yield from (ROOT + kind.path.replace("{slug}", slug) for slug in corpus.resolutions)
            elif "{id}" in kind.path:
                yield from (ROOT + kind.path.replace("{id}", period) for period in corpus.periods)
            elif "{name}" in kind.path:
                yield from (ROOT + kind.path.replace("{name}", name) for name in SCHEMAS)
            else:
                yield ROOT + kind.path
    if per_language:
        yield from (f"embed/{slug}/" for slug in corpus.resolutions)
