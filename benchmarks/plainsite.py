"""The pages of a site in one language as a plain project of Markdown files, for MkDocs with Material and for Zensical.

A page of this project and one of theirs have the same address, title and words. Resolutions, now and as they stood
then, are the Markdown that the site itself offers of them; all other pages are the HTML of their body made Markdown.
Links lead from file to file, as people write them there, and to no anchor, of which only this project's pages have
all. Navigation is that of this project: no resolution is in it. What this project leaves out of its search, such as
resolutions as they once stood, is left out of theirs, and so are lists with a section so long that Zensical refuses it.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Container, Iterator
from functools import cache
from pathlib import Path, PurePosixPath

from bs4 import Tag
from markdownify import ATX, MarkdownConverter

from macros.build.project import Site, write_all
from macros.exports import plaintext
from macros.pages import registry as pages
from macros.pages.page import NavigationEntry, Page
from macros.queries import queries
from macros.render.view import View

DOCS = "docs"
ROOT = "http://127.0.0.1:8000/"
UNSEARCHED = "---\nsearch:\n  exclude: true\n---\n\n"
"""What stands before a page that search leaves out."""
MOST_WORDS = 1000
"""Words of a section beyond which Zensical's search may refuse it; the more pages there are, the earlier it does."""
_SECTION = re.compile(r"^(?=#)", re.MULTILINE)
_LINK = re.compile(rf"\]\({re.escape(ROOT)}([^)#\s]*)(?:#[^)\s]*)?")


def source(path: str) -> str:
    """The Markdown file of a page at an address: `resolutions/2-4/` is in `resolutions/2-4.md`, the home in `index.md`."""
    return (path.rstrip("/") or "index") + ".md"


def linked(markdown: str, path: str, known: Container[str]) -> str:
    """Markdown with absolute links to pages of the site → with links from the page's file to theirs.

    In: `path` is the address of the page, `known` are those of all pages.
    """
    folder = PurePosixPath(source(path)).parent.as_posix()

    def other(match: re.Match[str]) -> str:
        return f"]({os.path.relpath(source(match[1]), folder)}" if match[1] in known else match[0]

    return _LINK.sub(other, markdown)


class _Words(MarkdownConverter):
    """Leaves out what is not text: pictures, forms, and links to places on the same page."""

    def convert_svg(self, element: Tag, text: str, parent_tags: set[str]) -> str:
        return ""

    convert_form = convert_svg

    def convert_a(self, element: Tag, text: str, parent_tags: set[str]) -> str:
        if str(element.get("href", "")).startswith("#"):
            return "" if text == "#" else text
        return super().convert_a(element, text, parent_tags)


def from_html(html: str) -> str:
    """The HTML of a body as Markdown: headings, lists, tables, links and emphasis."""
    return _Words(heading_style=ATX, bullets="-").convert(html)


def written(site: Site, language: str) -> Iterator[tuple[str, str]]:
    """The name and text of each Markdown file of a site in one language."""
    view = site.public_view(language).at(ROOT)
    made = list(pages.pages(view))
    known = {page.path for page in made}
    as_it_stood = cache(view.as_of)
    for page in made:
        text = (
            _resolution(as_it_stood(page.period) if page.period else view, page)
            if page.slug
            else _list(view, page)
        )
        found = page.searchable and all(
            len(part.split()) <= MOST_WORDS for part in _SECTION.split(text)
        )
        yield source(page.path), ("" if found else UNSEARCHED) + linked(text, page.path, known)


def _resolution(view: View, page: Page) -> str:
    assert page.slug
    resolution = view.corpus.resolutions[page.slug]
    own = queries.timeline(view.corpus, view.today, [page.slug])
    return plaintext.page(view, page.slug, own, queries.reported_in(resolution, view.corpus))


def _list(view: View, page: Page) -> str:
    text = from_html(page.body(view)).strip()
    return f"{text}\n" if text.startswith("# ") else f"# {page.title}\n\n{text}\n"


def configuration(site: Site, language: str) -> str:
    """The configuration that MkDocs and Zensical read, in YAML."""
    view = site.public_view(language)

    def navigation(entries: list[Entry]) -> list[dict[str, object]]:
        return [
            {title: source(at) if isinstance(at, str) else navigation(at)} for title, at in entries
        ]

    settings = {
        "site_name": view.corpus.body.site_name,
        "site_url": ROOT,
        "docs_dir": DOCS,
        "theme": {"name": "material", "font": False, "language": view.locale.material},
        "plugins": ["search"],
        "markdown_extensions": ["tables", "def_list"],
        "nav": navigation(pages.navigation(view)),
        "validation": {"omitted_files": "ignore"},
    }
    return json.dumps(settings, ensure_ascii=False, indent=1)


def write(site: Site, language: str, *folders: Path) -> None:
    """Write the same project into each folder."""
    files = [(f"{DOCS}/{name}", text) for name, text in written(site, language)]
    for folder in folders:
        write_all(folder, [*files, ("mkdocs.yml", configuration(site, language))])
