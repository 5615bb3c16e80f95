"""The check of hand-written pages among others: their addresses, and where their links lead.

MkDocs would find broken links too, but only in a build, and without a line.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

from jinja2 import TemplateSyntaxError

from macros.corpus.problems import Problem, hint
from macros.pages import Page, allowlist, outline
from macros.pages.handwritten import position, split_front_matter, to_html
from macros.pages.registry import pages
from macros.render.view import View
from macros.site import redirects
from macros.site.addresses import Addresses, Published, page_address

_FOLDERS = ("resolutions/", "sessions/", "periods/")
"""Where every page belongs to an entry of the data."""


@dataclass(frozen=True)
class PageChecks:
    """The hand-written pages of one language, with all others that the site has in it.

    Attributes:
        view: The view of the language.
        names: The files of the hand-written pages by their names below the folder of the language.
        addresses: The addresses of the language with their lasting anchors.
        is_file: Whether there is a picture of a name.
    """

    view: View
    names: Mapping[str, str]
    addresses: Addresses
    is_file: Callable[[str], bool]

    @cached_property
    def generated(self) -> Mapping[str, Page]:
        """The pages that come from data, by the names of their Markdown files."""
        return {page.source: page for page in pages(self.view)}

    def check_addresses(self) -> Iterator[Problem]:
        """Find pages at addresses that the site fills itself, or at which nothing can be."""
        owners = {page.path.strip("/").casefold(): name for name, page in self.generated.items()}
        files = redirects.by_resolution(self.view).values()
        aliases = {file.removesuffix("/index.html").casefold() for own in files for file in own}
        reserved = redirects.RESERVED.union(self.view.corpus.body.languages) - {"search"}
        for name, file in self.names.items():
            address = page_address(name).strip("/").casefold()
            owner = owners.setdefault(address, name)
            if owner != name or address in aliases or address.partition("/")[0] in reserved:
                yield Problem(file, 1, 1, "page_taken", {"value": f"{address}/"})
            elif name.startswith(_FOLDERS) and name not in self.generated:
                yield Problem(file, 1, 1, "page_of_nothing", hint(name, self.generated))

    def check_links(self, name: str, text: str) -> Iterator[Problem]:
        """Find links of a page that lead nowhere."""
        try:
            links = allowlist.links(to_html(text))
        except (TemplateSyntaxError, RecursionError):  # found by the check of each page
            return
        body = split_front_matter(text)[1]
        for link in filter(allowlist.is_safe_address, links):
            if fault := self._check_link(name, link):
                offset = max(body.find(f"({link}") + 1, 0) or max(body.find(link), 0)
                yield Problem(self.names[name], *position(body, offset), *fault)

    def _check_link(self, name: str, link: str) -> tuple[str, dict[str, object]] | None:
        parts, folder = urlsplit(link), posixpath.dirname(name)
        if parts.scheme or parts.netloc:
            return None
        path = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
        source = path if parts.path else name
        is_page = source in self.generated or source in self.names
        if parts.path.startswith("/") or not (is_page or self.is_file(source)):
            known = [*self.names, *self.generated]
            near = hint(f"{source.strip('/').removesuffix('.md')}.md", known, most=0)
            guess = posixpath.relpath(near.get("guess", "index.md"), folder or ".")
            code = "link_absolute" if parts.path.startswith("/") else "link_to_nothing"
            return code, {"value": link, "example": guess}
        anchor = unquote(parts.fragment)
        if is_page and anchor and anchor not in (anchors := self._anchors(source)):
            return "link_anchor", {"value": anchor, **hint(anchor, sorted(anchors))}
        return None

    def _anchors(self, source: str) -> Set[str]:
        if source not in self.names:
            return outline.anchors(self.generated[source].body(self.view)) | {outline.TITLE}
        return self.addresses.get(page_address(source), frozenset())


def check_pages(
    views: Mapping[str, View],
    texts: Mapping[str, Mapping[str, str]],
    published: Published,
    docs: Path,
) -> Iterator[Problem]:
    """Find all problems of hand-written pages with others, in the pages of each language.

    Args:
        views: A view of each language, the default one first.
        texts: The texts of the hand-written pages of each language by their name below its folder.
        published: What the site answers to.
        docs: The folder of the pages.
    """
    default = next(iter(views))
    for language, view in views.items():
        own = texts.get(language, {})
        shown = {**texts.get(default, {}), **own}
        names = {name: f"docs/{language if name in own else default}/{name}" for name in shown}
        folders = [docs / language, docs / default]

        def is_file(name: str, folders: Sequence[Path] = folders) -> bool:
            return any((folder / name).is_file() for folder in folders)

        checks = PageChecks(view, names, published.by_language[language], is_file)
        yield from checks.check_addresses()
        for name, text in shown.items():
            yield from checks.check_links(name, text)
