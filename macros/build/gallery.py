"""The edge of pictures: which file each has, and a cache, so that they are drawn again only when something changed.

The name of a file holds a hash of all that the picture depends on, so that it can be kept for ever by whoever has it.
Such an address is not a lasting one: it is found through the page that names it, and goes when the state goes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path

from macros.build import kept, posters
from macros.build.posters import Poster
from macros.pages.page import Page
from macros.render.view import View
from macros.site.head import Picture

CACHE = ".cache/pictures"
"""Below the folder of the project; may be deleted at any time."""
FOLDER = "assets/cards/"
"""Where the pictures lie, from the root of a language."""


@cache
def _tools() -> bytes:
    """A hash of what draws: the code, the fonts, and the version of Pillow."""
    return hashlib.sha256(b"\0".join((*posters.sources(), version("pillow").encode()))).digest()


def _hash(poster: Poster) -> str:
    return hashlib.sha256(_tools() + repr(poster).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Gallery:
    """The pictures of one language by name. With `missing`, characters that no font has, there are none."""

    posters: Mapping[str, Poster]
    missing: str = ""

    @staticmethod
    def of(view: View) -> Gallery:
        """The pictures that a language has; nothing is drawn yet."""
        shown = dict(posters.posters(view))
        missing = "".join(
            sorted({found for poster in shown.values() for found in posters.missing(poster)})
        )
        return Gallery({} if missing else shown, missing)

    @cached_property
    def files(self) -> Mapping[str, str]:
        """The file of each picture, from the root of its language."""
        return {
            name: f"{FOLDER}{name}.{_hash(poster)}.png" for name, poster in self.posters.items()
        }

    def of_page(self, page: Page | None, view: View) -> Picture | None:
        """The picture for a page: that of its session, else of the site. In: a view at the address of the language."""
        session = None
        if page and page.slug:
            session = view.corpus.resolutions[page.slug].session
        elif page and page.path.startswith("sessions/"):
            session = page.path.split("/")[1]
        name = f"session-{session}" if session else "site"
        if name not in self.posters:
            return None
        return Picture(
            view.url(self.files[name]),
            posters.WIDTH,
            posters.HEIGHT,
            self.posters[name].description,
        )

    def write(self, site_dir: Path, project: Path) -> None:
        """Put all pictures into the built site, from the cache of the project or drawn anew."""
        for name, poster in self.posters.items():
            target = site_dir / self.files[name]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(_drawn(poster, project / CACHE / _hash(poster)))


def _drawn(poster: Poster, file: Path) -> bytes:
    """A picture from the cache, or drawn and put there."""
    data = kept.read(file)
    if data is None:
        data = posters.draw(poster)
        kept.write(file, data)
    return data
