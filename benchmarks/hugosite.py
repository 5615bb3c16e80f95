"""The same site by Hugo: `benchmarks/hugo/` has its templates, which do the least.

It has a page for each page that this project makes in one language. Those of resolutions, as it is and for each period,
are made by a content adapter from the same YAML files, which Hugo reads where they are; each shows every field of the
record, its text as it is. For every list there is a file that names the resolutions in it.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import distribution
from pathlib import Path

from macros.build.project import Site, write_all
from macros.pages import registry as pages
from macros.pages.page import Page

TEMPLATES = Path(__file__).parent / "hugo"
CONFIGURATION = "hugo.toml"
WORDS = {"about/", "data/", "accessibility/", "corrections/", "search/"}
"""Pages that list no resolutions."""


def executable() -> Path:
    """Hugo itself: the command that its package installs starts Python first."""
    return Path(str(distribution("hugo").locate_file("hugo/binaries/hugo")))


def front_matter(page: Page, slugs: Sequence[str]) -> str:
    """What Hugo knows of the page of a list; `slugs` are the resolutions in it."""
    values = {"title": page.title, "of": page.path.split("/")[0], "slugs": slugs}
    return json.dumps(values, ensure_ascii=False) + "\n"


def listed(made: Iterable[Page], slugs: Sequence[str]) -> Iterator[tuple[Page, Sequence[str]]]:
    """The pages that are no resolution's, each with the resolutions that it lists.

    Those that tell of all of them list all, but where a list is split into pages of its own.
    """
    others = [page for page in made if not page.slug]
    for page in others:
        yield page, slugs if page.path not in WORDS else ()


def write(site: Site, language: str, folder: Path) -> None:
    """Write the project."""
    view = site.public_view(language)
    shutil.copytree(TEMPLATES, folder)
    settings = folder / CONFIGURATION
    settings.write_text(
        settings.read_text("utf-8").replace("DATA", str(site.root.resolve() / "data")),
        encoding="utf-8",
    )
    lists = listed(pages.pages(view), tuple(view.corpus.resolutions))
    write_all(
        folder / "content",
        ((f"{page.path}_index.md", front_matter(page, slugs)) for page, slugs in lists),
    )
