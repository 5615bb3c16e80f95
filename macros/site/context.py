"""What stands around the article of a page: its navigation, its other languages, its footer. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlencode

from markupsafe import Markup, escape

from macros.build.gallery import Gallery
from macros.build.project import Site
from macros.i18n.locale import Locale
from macros.pages.page import NavigationEntry, Page
from macros.queries import queries
from macros.render.view import View
from macros.site import head as metadata
from macros.site.repository import Repository
from macros.site.structured_data import Subject


def words(view: View) -> str:
    """The script with the words that other scripts say on all pages: every page would have to carry them else."""
    names = (
        "link",
        "cite",
        "copy",
        "copied",
        "select",
        "close",
        "title",
        "format",
        "text",
        "error",
    )
    share = {name: view.t(f"share.{name}") for name in names} | {
        "entry": view.t("share.entry", anchor="{anchor}")
    }
    return f"export const search = {view.search_strings()};\nexport const share = {json.dumps(share, ensure_ascii=False)};\n"


def base(url: str) -> str:
    """The relative way from a page to the root of its language: `resolutions/2-4/` → `../../`."""
    return "../" * url.count("/")


def nav(entries: list[NavigationEntry], sources: dict[str, str]) -> list[dict[str, object]]:
    """The navigation in the form of MkDocs, with names of files for paths; titles are HTML."""
    return [
        {escape(title): sources[target] if isinstance(target, str) else nav(target, sources)}
        for title, target in entries
    ]


def titles(items: list) -> Iterator[tuple[str, str]]:
    """The names of files in a navigation in the form of MkDocs, each with its title."""
    for item in items:
        for title, target in item.items():
            yield from [(target, title)] if isinstance(target, str) else titles(target)


def linked(texts: Iterable[str]) -> set[str]:
    """The names of the Markdown files that texts may link to, without their folders."""
    return {name for text in texts for name in _LINKED.findall(text)}


_LINKED = re.compile(r"[\w-]+\.md")
_DATA = {"": "", "resolutions": "resolutions/", "timeline": "resolutions/", "sessions": "sessions.yml",
         "periods": "periods.yml", "documents": "documents.yml", "partners": "organizations.yml",
         "corrections": "statements.yml", "funding": "statements.yml", "about": "vocabulary.yml"}  # fmt: skip


def data_file(page: Page | None) -> str | None:
    """The data file that a page is mostly made from, or the folder (`data/resolutions/`) if it is made from many."""
    if page and page.slug:
        return f"data/resolutions/{page.slug}.yml"
    name = _DATA.get(page.path.split("/")[0]) if page else None
    return None if name is None else f"data/{name}"


def _edit_text(
    repository: Repository, site: Site, text: str, fallback: str, page: Page | None
) -> str | None:
    """Where the words of a page are edited, or begun with what the page shows now."""
    if text in site.contents:
        return repository.edit_file(text)
    shown = (
        site.contents[fallback].decode() if fallback in site.contents else page and page.markdown
    )
    return None if shown is None else repository.new_file(text, shown)


def _edit_data(repository: Repository, data: str | None) -> str | None:
    """Where the data of a page is edited, or listed if it is in many files."""
    if data is None:
        return None
    return repository.folder(data.rstrip("/")) if data.endswith("/") else repository.edit_file(data)


def changed(site: Site, source: str, page: Page | None, language: str) -> date | None:
    """The day on which a page was last changed: its text, its data, and the translation of that.

    In: `source` is the name of its Markdown file, there or not. Pages that gather what many files say change with every
    one of them.
    """
    text = f"docs/{language}/{source}"
    names = {text if text in site.contents else f"docs/{site.languages[0]}/{source}"}
    if page and (page.slug or page.path == "about/"):
        own = data_file(page) or ""
        names |= {own, own.replace("data/", f"data/translations/{language}/", 1)}
    elif page and data_file(page):
        others = tuple(
            f"data/translations/{other}/" for other in site.languages if other != language
        )
        names |= {
            name
            for name in site.changes
            if name.startswith("data/") and not name.startswith(others)
        }
    return max((site.changes[name] for name in names if name in site.changes), default=None)


def listed(
    site: Site, pages: Mapping[str, tuple[Page | None, str]], language: str
) -> dict[str, date | None]:
    """The pages that search engines may list, each with the day of its last change. In: pages and their files by address."""
    return {
        url: changed(site, source, page, language)
        for url, (page, source) in pages.items()
        if url and (page is None or page.indexed)
    }


@dataclass(frozen=True)
class Alternate:
    """The same page in another language. `href` is relative, `absolute` for search engines."""

    tag: str
    html_lang: str
    name: str
    href: str
    absolute: str


@dataclass(frozen=True)
class Frame:
    """For the templates of the theme."""

    view: View
    page: Page | None
    alternates: tuple[Alternate, ...]
    edit_text: str | None = None
    edit_data: str | None = None
    mistake: str | None = None
    changed: date | None = None

    @staticmethod
    def of(
        site: Site,
        view: View,
        page: Page | None,
        url: str,
        root_url: str,
        source: str | None,
        repository: Repository | None,
    ) -> Frame:
        """What stands around a page.

        In: the site, the view from this page, the page if it is one of the data, its address in its language, the
        address of the site's root, the name of its Markdown file below `docs/<language>/` (there or not; `None` for
        the page of an error), and the repository, if there is one.
        """
        up = "../" if site.folder(view.corpus.language) else ""
        alternates = []
        for language in site.languages:
            locale = Locale.of(language)
            path = site.folder(language) + url
            alternates.append(
                Alternate(
                    language,
                    locale.html_lang,
                    locale.name,
                    view.base + up + path or "./",
                    root_url + path,
                )
            )
        if source is None:
            return Frame(view, page, tuple(alternates))
        language = view.corpus.language
        text, fallback = f"docs/{language}/{source}", f"docs/{site.languages[0]}/{source}"
        address = root_url + site.folder(language) + url
        contact = view.corpus.body.contact
        mistake = contact
        if contact and contact.startswith("mailto:"):
            mistake = f"{contact}{'&' if '?' in contact else '?'}" + urlencode(
                {"subject": address}, quote_via=quote
            )
        if repository:
            mistake = repository.report_mistake(address, page.title if page else address)
        return Frame(
            view,
            page,
            tuple(alternates),
            edit_text=repository and _edit_text(repository, site, text, fallback, page),
            edit_data=repository and _edit_data(repository, data_file(page)),
            mistake=mistake,
            changed=changed(site, source, page, language),
        )

    @property
    def newest_report(self) -> str | None:
        """The symbol of the newest report that says anything on the page: of its resolution, or of all."""
        corpus = self.view.corpus
        if self.page and self.page.period:
            return corpus.periods[self.page.period].report
        if self.page and self.page.slug:
            found = queries.reported_in(corpus.resolutions[self.page.slug], corpus)
            return corpus.periods[found[0]].report if found else None
        return corpus.latest_period.report if corpus.latest_period else None

    @property
    def oembed(self) -> str | None:
        """The address of what editors ask for to show the card of the page's resolution."""
        if not self.page or not self.page.slug or self.page.period:
            return None
        return f"{self.view.address}embed/{self.page.slug}/oembed.json"

    @property
    def others(self) -> tuple[Alternate, ...]:
        """The other languages."""
        return tuple(
            alternate for alternate in self.alternates if alternate.tag != self.view.corpus.language
        )


def head(
    found: Frame, view: View, root_url: str, url: str, meta: Mapping[str, object], gallery: Gallery
) -> metadata.Head:
    """What stands in the head of a page for programs.

    In: what stands around it; the view at the address of the root of its language, the address of the site's root and
    its own address in its language; its title and description, escaped; the pictures of its language.
    """
    picture = gallery.of_page(found.page, view)
    title, description = (
        Markup(meta.get(name) or "").unescape() for name in ("title", "description")
    )
    subject = Subject(
        view, root_url, url, title, description or view.corpus.body.description, found.page, found.changed,
        found.newest_report, picture and picture.address,
    )  # fmt: skip
    return metadata.head(subject, found.view.base, found.view.site_url(""), picture)
