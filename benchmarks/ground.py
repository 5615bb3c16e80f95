"""The projects of one size, side by side, and how each is brought into the state from which it is measured."""

from __future__ import annotations

import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks import corpus, hugosite, plainsite
from benchmarks.preview import Preview
from macros.build.project import Site
from macros.pages import registry as pages

LANGUAGE = "en"
"""The language that the peers build."""
OURS, MATERIAL, ZENSICAL, HUGO = "ours", "material", "zensical", "hugo"
PEERS = (MATERIAL, ZENSICAL, HUGO)
MADE = ("site", "site.old", ".cache", "public", "resources")
"""Folders that builds leave: sites, and what is kept for the next build."""

_UPDATE = re.compile(r'(?<= text: ")(?:Marked \w+\. )?')
_HEADING = re.compile(r"\A(# [^\n]*\n\n)(?:Marked \w+\.\n\n)?")


def marked_data(text: str, mark: str) -> str:
    """The data of a resolution with another text of its first update, which has a word in it."""
    changed, count = _UPDATE.subn(f"Marked {mark}. ", text, count=1)
    assert count, "a resolution without updates"
    return changed


def marked_page(text: str, mark: str) -> str:
    """The Markdown of a page with a sentence of its own after the heading, which has a word in it."""
    return _HEADING.sub(rf"\g<1>Marked {mark}.\n\n", text)


def changed_in(run: int, size: int) -> str:
    """The resolution that is changed in a run: another one each time, as far as there are enough in the first session."""
    return f"1-{run % min(size, corpus.SESSIONS_OF) + 1}"


@dataclass(frozen=True)
class Ground:
    """The projects of one size below a folder; the number of pages in one language, and of languages."""

    folder: Path
    size: int
    pages: int
    languages: int

    @staticmethod
    def prepare(folder: Path, size: int, peers: bool) -> Ground:
        """Write the organ and, if asked for, the projects of the peers."""
        shutil.rmtree(folder, ignore_errors=True)
        corpus.write(folder / OURS, size)
        site = Site.load(folder / OURS)
        if peers:
            plainsite.write(site, LANGUAGE, folder / MATERIAL, folder / ZENSICAL)
            hugosite.write(site, LANGUAGE, folder / HUGO)
        return Ground(
            folder, size, len(list(pages.pages(site.public_view(LANGUAGE)))), len(site.languages)
        )

    def at(self, who: str) -> Path:
        """Somebody's project."""
        return self.folder / who

    def build(self, who: str) -> list[str | Path]:
        """The command by which somebody builds, in the folder of the project."""
        return {
            OURS: [_tool("tracker"), "build"],
            MATERIAL: [_tool("mkdocs"), "build", "--quiet"],
            ZENSICAL: [_tool("zensical"), "build"],
            HUGO: [hugosite.executable(), "--quiet"],
        }[who]

    def forget(self, who: str) -> None:
        """Remove somebody's site and whatever was kept of earlier builds."""
        for name in MADE:
            shutil.rmtree(self.at(who) / name, ignore_errors=True)

    def edit(self, who: str, run: int, mark: str) -> None:
        """Change a text in somebody's project."""
        slug = changed_in(run, self.size)
        if who == OURS:
            file, change = self.at(who) / f"data/resolutions/{slug}.yml", marked_data
        else:
            file, change = self.at(who) / plainsite.DOCS / f"resolutions/{slug}.md", marked_page
        file.write_text(change(file.read_text("utf-8"), mark), encoding="utf-8")

    def preview(self, who: str) -> Preview:
        """How somebody's project is served while it is edited."""
        command: dict[str, list[str | Path]] = {
            OURS: [_tool("tracker"), "serve", "--address", "ADDRESS"],
            MATERIAL: [_tool("mkdocs"), "serve", "--quiet", "--livereload", "-a", "ADDRESS"],
            ZENSICAL: [_tool("zensical"), "serve", "-a", "ADDRESS"],
        }
        return Preview(
            command[who], self.at(who), "resolutions/1-1/", lambda mark: self.edit(who, 0, mark)
        )


def _tool(name: str) -> Path:
    return Path(sys.executable).parent / name
