"""How MkDocs knows of what it does not make: pages that come from data, the theme around them; what a preview does otherwise."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import CountHandler

from macros.pages import outline as contents
from macros.plugin.shell import Shell, mark

log = logging.getLogger("mkdocs.plugins.tracker")

ARTICLE = f"<h1>{mark('article')}"
"""What stands for the article while the theme is rendered: with a heading, so that the theme adds none."""


class MadeFile(File):
    """A page that comes from data, as links and the navigation lead to it. MkDocs neither renders nor writes it."""

    def __init__(
        self, source: str, title: str | None, config: MkDocsConfig, inclusion: InclusionLevel
    ) -> None:
        self._placed = False
        super().__init__(
            source, None, config.site_dir, config.use_directory_urls, inclusion=inclusion
        )
        self.dest_uri = self._get_dest_path(config.use_directory_urls)
        Page(title, self, config)  # asks for its address
        self._placed = True

    def is_documentation_page(self) -> bool:
        """It has the address of one, but is not for MkDocs' loops."""
        return not self._placed

    def copy_file(self, dirty: bool = False) -> None:
        """Nothing: it is no file of the theme either."""


def stand_in(kind: str, config: MkDocsConfig) -> Page:
    """A page that stands for all pages of one kind of address, outside the navigation."""
    return MadeFile(f"{kind}index.md", None, config, InclusionLevel.NOT_IN_NAV).page


def mark_up(page: Page, outline: contents.Heading) -> None:
    """Put marks where pages differ."""
    page.markdown, page.content = "", ARTICLE
    page.meta = {"title": mark("title"), "description": mark("description")}
    page.canonical_url = mark("canonical")
    page.toc = TableOfContents([link(outline)])


def is_marked(page: Page | None) -> bool:
    """Whether the theme is being rendered for pages that are yet to be filled in."""
    return page is not None and page.content == ARTICLE


def shell(text: str) -> Shell:
    """What the theme rendered for a page with marks."""
    return Shell.of(text.replace(ARTICLE, mark("article")))


def kind(url: str) -> str:
    """`resolutions/2-4/` → `resolutions/x/`: pages with the same have the same relative links to all other folders."""
    first, *rest = url.rstrip("/").split("/")
    return "/".join((first, *("x" for _ in rest), ""))


def link(heading: contents.Heading) -> AnchorLink:
    """A heading, with those below it, as MkDocs lists it."""
    found = AnchorLink(str(Markup.escape(heading.title)), heading.anchor, heading.level)
    found.children = [link(below) for below in heading.below]
    return found


class Warnings(logging.Handler):
    """What MkDocs warns of in a build. In a preview it is shown on the pages instead of stopping everything."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: dict[str, None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a warning."""
        self.texts[record.getMessage()] = None

    def take_over(self) -> None:
        """Begin anew, in the place of the handler by which MkDocs counts warnings in its strict mode."""
        self.texts.clear()
        logger = logging.getLogger("mkdocs")
        for handler in list(logger.handlers):
            if isinstance(handler, CountHandler):
                logger.removeHandler(handler)
        logger.addHandler(self)


class Background:
    """What a preview need not wait for: one task at a time, and of those that wait only the latest."""

    def __init__(self) -> None:
        self._one = threading.Lock()
        self._latest: Callable[[], None] | None = None

    def run(self, task: Callable[[], None]) -> None:
        """Do it soon; what fails is logged."""

        def work() -> None:
            with self._one:
                if self._latest is task:
                    try:
                        task()
                    except Exception as error:
                        log.error(str(error))

        self._latest = task
        threading.Thread(target=work, daemon=True).start()
