"""The theme around the pages: what its templates ask for, and how it is rendered once for many pages."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from jinja2 import Environment
from markupsafe import escape
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from macros.build.gallery import Gallery
from macros.build.project import Site
from macros.i18n.locale import Locale
from macros.pages import registry as pages
from macros.pages.content import Content
from macros.pages.outline import Heading
from macros.plugin import standins
from macros.plugin.shell import Shell, mark
from macros.plugin.standins import Warnings
from macros.render.view import View
from macros.site import assets
from macros.site import context as frame
from macros.site import head as metadata
from macros.site.repository import Repository

FILTERS = "data-filters="
"""What the HTML of a list with filters has."""

PARTS = ("head", "languages", "headings", "foot")
"""Templates of the theme for what differs from page to page around the article."""

STYLES = ("tracker", "pictures", "search", "filters", "share", "data", "access", "print")
"""The tracker's style sheets, in this order."""

_INDENT = re.compile(r"\n\s+")
"""Blank lines and indents of the theme's templates: a thirtieth of what a reader loads of a page. Where text of ours is in it, it has no lines of its own."""

_FOR_THEMES_SCRIPT = re.compile(
    r'\s*<input class="md-toggle" data-md-toggle="search"[^<>]*>'
    r'|\s*<div class="md-dialog"[^<>]*>\s*<div class="md-dialog__inner md-typeset"></div>\s*</div>'
    r'|\s*<div data-md-component="announce">\s*</div>'
    r'| data-md-(?:component="[a-z]*"|type="(?:navigation|toc)")(?=[^<>]*>)'
)
"""What the theme's templates have for the theme's own script, which no page loads: a hundredth of what a reader loads."""

COLOURS = {"media": "", "scheme": "default", "primary": "indigo", "accent": "indigo"}
"""What early.js must know of each set of colours, and what Material takes where that is not said."""


@dataclass
class Theme:
    """The theme of one language; its templates know this as `tracker`.

    `view` has the address of the language; `outlines` are the headings of the pages that MkDocs makes, by the names of
    their files; `others` are the languages beside this one that the page of an error serves; `sheet` is the style sheet,
    `scripts` are the scripts by their own names; `faults` and `warnings` are shown in a preview.
    """

    config: MkDocsConfig
    env: Environment
    nav: Navigation
    site: Site
    view: View
    root_url: str
    gallery: Gallery
    pages: Mapping[str, pages.Page]
    outlines: Mapping[str, Heading]
    others: tuple[str, ...]
    sheet: str
    scripts: Mapping[str, str]
    faults: str
    warnings: Warnings
    shells: dict[tuple[str, bool, bool], Shell] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.env.globals.update(tracker=self, t=self.view.t)
        self.in_nav = {page.file.src_uri: page for page in self.nav.pages}
        self.renew(self.site, self.view)

    def renew(self, site: Site, view: View) -> None:
        """Go on with other data of the same language."""
        self.site, self.view, self.absolute = site, view, view.at(view.address)

    @cached_property
    def _repository(self) -> Repository | None:
        return Repository.of(self.config.repo_url, self.config.edit_uri)

    def view_from(self, page: Page | None, base_url: str) -> View:
        """The view from a page, or from the page of an error."""
        return self.view.at(frame.base(page.url) if page else base_url.rstrip("/") + "/")

    def views(self, base_url: str) -> list[View]:
        """For the page of an error: the languages it is shown in. That at the root of the site serves all of them."""
        base = base_url.rstrip("/") + "/"
        return [
            self.view.at(base),
            *(self.site.view(other).at(base + self.site.folder(other)) for other in self.others),
        ]

    def part(self, name: str, page: Page | None, base_url: str) -> str:
        """A part in which pages differ, from the template `partials/<name>.html`."""
        if standins.is_marked(page):
            return mark(name)
        if page is None:
            around = frame.Frame.of(
                self.site, self.view_from(None, base_url), None, "", self.root_url, None, None
            )
            return self._part(name, frame=around)
        source, meta = page.file.src_uri, page.meta
        around = self._frame(self.pages.get(source), page.url, source)
        head = self._head(around, page.url, meta) if name == "head" else None
        return self._part(
            name,
            frame=around,
            head=head,
            headings=self.outlines[source].below,
            canonical=page.canonical_url,
        )

    def _part(self, name: str, **values: Any) -> str:
        return _INDENT.sub("\n", self.env.get_template(f"partials/{name}.html").render(**values))

    def _frame(self, made: pages.Page | None, url: str, source: str) -> frame.Frame:
        return frame.Frame.of(
            self.site,
            self.view.at(frame.base(url)),
            made,
            url,
            self.root_url,
            source,
            self._repository,
        )

    def _head(self, around: frame.Frame, url: str, meta: Mapping[str, object]) -> metadata.Head:
        return frame.head(around, self.absolute, self.root_url, url, meta, self.gallery)

    def around(self, page: pages.Page) -> tuple[date | None, str | None]:
        """What is told around a page besides what is the same on all."""
        picture = self.gallery.of_page(page, self.absolute)
        return frame.changed(
            self.site, page.source, page, self.view.corpus.language
        ), picture and picture.address

    def whole(self, page: pages.Page, made: Content) -> str:
        """A page that comes from data: its article, in the theme as it was rendered for all pages of the same kind."""
        meta = {
            "title": escape(page.title),
            "description": escape(page.description or self.view.corpus.body.description),
        }
        around, canonical = (
            self._frame(page, page.path, page.source),
            urljoin(self.config.site_url, page.path),
        )
        head, headings = self._head(around, page.path, meta), made.outline.below
        parts = {
            name: self._part(name, frame=around, head=head, headings=headings, canonical=canonical)
            for name in PARTS
        }
        return self._shell(page, made).fill(
            {**meta, **parts, "canonical": canonical, "article": made.html}
        )

    def _shell(self, page: pages.Page, made: Content) -> Shell:
        """The theme for a page of the navigation, or for all pages of one kind of address that are not in it."""
        known = self.in_nav.get(page.source)
        key = (
            page.path if known else standins.kind(page.path),
            bool(made.outline.below),
            FILTERS in made.html,
        )
        if key not in self.shells:
            marked = known or standins.stand_in(key[0], self.config)
            standins.mark_up(marked, made.outline)
            arrange(marked)
            marked.active = True
            context = get_context(self.nav, (), self.config, marked)
            text = self.env.get_template("main.html").render(context, filters=key[2])
            marked.active = False
            self.shells[key] = standins.shell(
                _INDENT.sub("\n", finished(text, Locale.of(self.view.corpus.language)))
            )
        return self.shells[key]


def trim(files: Files, config: MkDocsConfig, view: View, scope: str) -> tuple[str, dict[str, str]]:
    """Make all style sheets one, give scripts names that change with them, and leave out what no page asks for.

    In: a view in the language of the words that scripts say; the path of the site's root, where a choice of colours
    holds for all languages. Out: the file of the style sheet; those of the scripts by their own names (`search.js`).
    """
    themes = sorted(
        file.src_uri for file in files.css_files() if file.src_uri.startswith("assets/stylesheets/")
    )
    own = [name for name in config.extra_css if name.startswith(assets.FOLDER)]
    joined = [files.get_file_from_path(name) for name in [*themes, *own]]
    sheet, text = assets.one_sheet(file.content_string for file in joined)
    config.extra_css = [name for name in config.extra_css if name not in own]
    scripts = [
        file
        for file in files
        if file.src_uri.startswith(assets.FOLDER) and file.src_uri.endswith(".js")
    ]
    texts = {f"{file.name}.js": file.content_string for file in scripts}
    palettes = [
        {name: palette.get(name, usual) for name, usual in COLOURS.items()}
        for palette in _palettes(config)
    ]
    early = f"const tracker = {json.dumps({'scope': scope, 'palettes': palettes})};\n{texts['early.js']}"
    lasting = assets.lasting_scripts({**texts, "early.js": early, "words.js": frame.words(view)})
    for file in [*joined, *scripts, *(file for file in files if assets.is_unused(file.src_uri))]:
        files.remove(file)
    for name, content in [(sheet, text), *lasting.values()]:
        files.append(File.generated(config, name, content=content))
    return sheet, {name: file for name, (file, _) in lasting.items()}


def configure(config: MkDocsConfig, view: View) -> None:
    """Add to Material what is the tracker's own, in the language of a view."""
    config.theme["language"], config.theme["direction"] = (
        view.locale.material,
        view.locale.direction,
    )
    config.theme.dirs.insert(0, str(Path(__file__).parents[1] / "theme"))
    config.extra_css = [*(f"{assets.FOLDER}{name}.css" for name in STYLES), *config.extra_css]
    for palette in _palettes(config):
        if "toggle" in palette:
            palette["toggle"]["name"] = view.t(
                "nav.theme.light" if palette.get("scheme") == "slate" else "nav.theme.dark"
            )


def _palettes(config: MkDocsConfig) -> Sequence[dict[str, Any]]:
    """The sets of colours of mkdocs.yml, which names several, one or none."""
    found = config.theme.get("palette") or ()
    return [found] if isinstance(found, dict) else found


def arrange(page: Page) -> None:
    """Show the navigation beside a page only where it belongs to a section of it, and contents only if there are any."""
    page.meta["hide"] = (["navigation"] if page.parent is None else []) + (
        [] if page.toc.items[0].children else ["toc"]
    )


def finished(html: str, locale: Locale) -> str:
    """A whole page that says its language and direction, without what only the theme's own script would use."""
    html = _FOR_THEMES_SCRIPT.sub("", html)
    start = html.find("<html ")
    end = html.find(">", start)
    return f'{html[:start]}<html lang="{locale.html_lang}" dir="{locale.direction}" class="no-js"{html[end:]}'
