"""The files that pages are made from: where they are edited, when they last changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from macros.pages import Page
from macros.site.repository import Repository

_DATA = {
    "": "", "resolutions": "resolutions/", "timeline": "resolutions/", "sessions": "sessions.yml",
    "periods": "periods.yml", "documents": "documents.yml", "partners": "organizations.yml",
    "corrections": "statements.yml", "funding": "statements.yml", "about": "vocabulary.yml",
}  # fmt: skip


@dataclass(frozen=True)
class Sources:
    """The files of a project.

    Attributes:
        languages: The languages of the site, the default one first.
        contents: The files by path.
        changes: The day on which each was last changed, where that is known.
    """

    languages: tuple[str, ...]
    contents: Mapping[str, bytes]
    changes: Mapping[str, date]

    def folder(self, language: str) -> str:
        """Where a language lies below the root of the site: `zh/`, the default one empty."""
        return "" if language == self.languages[0] else f"{language}/"

    def last_change(self, source: str, page: Page | None, language: str) -> date | None:
        """The day on which a page was last changed: its text, its data, and its translation.

        A page that gathers what many files say changes with every one of them.

        Args:
            source: The name of its Markdown file, there or not.
            page: The page, if it comes from data.
            language: The language of the page.
        """
        text = f"docs/{language}/{source}"
        names = {text if text in self.contents else f"docs/{self.languages[0]}/{source}"}
        data = data_file(page)
        if page and (page.slug or page.path == "about/"):
            own = data or ""
            names |= {own, own.replace("data/", f"data/translations/{language}/", 1)}
        elif data:
            others = tuple(f"data/translations/{tag}/" for tag in self.languages if tag != language)
            names |= {
                name
                for name in self.changes
                if name.startswith("data/") and not name.startswith(others)
            }
        return max((self.changes[name] for name in names if name in self.changes), default=None)

    def edit_text(
        self, repository: Repository, source: str, page: Page | None, language: str
    ) -> str | None:
        """Where the words of a page are edited, or begun with what the page shows now."""
        text, fallback = f"docs/{language}/{source}", f"docs/{self.languages[0]}/{source}"
        if text in self.contents:
            return repository.edit_file(text)
        shown = (
            self.contents[fallback].decode()
            if fallback in self.contents
            else (page.markdown if page else None)
        )
        return None if shown is None else repository.new_file(text, shown)


def data_file(page: Page | None) -> str | None:
    """The data file that a page is mostly made from, or the folder of many, with a slash."""
    if page and page.slug:
        return f"data/resolutions/{page.slug}.yml"
    name = _DATA.get(page.path.split("/")[0]) if page else None
    return None if name is None else f"data/{name}"
