"""Which resolutions belong to each organization, place and document, and on which pages that is said. Pure.

The lists of partners and of documents have so many entries to a page, in the order of the data: an entry has its page for
ever. As long as a whole list fits on one, each entry has its resolutions with it. Where it does not, they are on pages of
their own below the list, and an entry only says how many they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from macros.pages import pagination as paging
from macros.pages.pagination import Group, Part, chunks
from macros.queries import queries
from macros.render.view import View

KINDS = {"partners": ("organizations", "places"), "documents": ("documents",)}
"""What each list gathers."""

ENTRY = {"organizations": 320, "places": 320, "documents": 1_540}
"""Bytes of an entry without its resolutions; so many that an entry of a list on one page is on its first page ever after."""

LINE = {"organizations": 260, "places": 260, "documents": 80}
"""Bytes of what an entry says of one resolution."""

FEW = {"organizations": 0, "places": 0, "documents": 8}
"""Resolutions that an entry names in a list that does not fit on one page; of more, it says how many there are."""

Rows = Mapping[str, Sequence[tuple[str, Any]]]
"""By the key of what is gathered: slugs, each with the partner, the event or the number of citations."""


@lru_cache(maxsize=64)
def rows(view: View, kind: str) -> Rows:
    """What belongs to each organization, place or document."""
    corpus = view.corpus
    if kind == "documents":
        return {key: list(counts.items()) for key, counts in queries.citations(corpus).items()}
    return queries.partners(corpus) if kind == "organizations" else queries.places(corpus)


@lru_cache(maxsize=64)
def is_long(view: View, name: str) -> bool:
    """Whether the list called `partners` or `documents` does not fit on one page with all that belongs to its entries."""
    size = sum(
        ENTRY[kind] + LINE[kind] * len(found)
        for kind in KINDS[name]
        for found in rows(view, kind).values()
    )
    return size > paging.LIMIT - paging.AROUND


def is_apart(view: View, kind: str, key: str) -> bool:
    """Whether what belongs to something is on a page of its own."""
    name = "documents" if kind == "documents" else "partners"
    return is_long(view, name) and len(rows(view, kind)[key]) > FEW[kind]


@lru_cache(maxsize=64)
def pages(view: View, name: str) -> tuple[Part, ...]:
    """The pages of the list called `partners` or `documents`, one at least; their rows are kinds with keys."""
    found: dict[str, list[tuple[str, str]]] = {f"{name}/": []}
    for kind in KINDS[name]:
        for key in rows(view, kind):
            found.setdefault(view.corpus.list_page(kind, key), []).append((kind, key))
    title = view.t(f"title.{name}")

    def part(path: str, keys: list[tuple[str, str]]) -> Part:
        key = path.removeprefix(f"{name}/").rstrip("/")
        number = key.removeprefix("page-")
        return Part(
            path,
            key,
            view.t("paging.part", name=title, number=number) if key else title,
            tuple(keys),
        )

    return tuple(
        part(path, found[path]) for path in sorted(found, key=lambda path: (len(path), path))
    )


@dataclass(frozen=True)
class Apart:
    """What belongs to one entry of a list, on pages of its own."""

    kind: str
    key: str
    pages: tuple[Part, ...]


@lru_cache(maxsize=64)
def apart(view: View, name: str) -> Mapping[str, tuple[Part, Apart]]:
    """The pages of their own that entries of a list have, by their keys."""
    found = {}
    for kind in KINDS[name]:
        for key, those in rows(view, kind).items():
            if is_apart(view, kind, key):
                path = address(view, kind, key)
                lines = [
                    ((slug, getattr(entry, "id", "")), 2 * paging.TEXT + paging.SOURCE)
                    for slug, entry in those
                ]
                group = Group(
                    path, path.removeprefix(f"{name}/").rstrip("/"), _name(view, kind, key), lines
                )
                own = Apart(kind, key, tuple(chunks(view, group)))
                found |= {part.key: (part, own) for part in own.pages}
    return found


def on(view: View, part: Part, kind: str, key: str) -> list[tuple[str, Any]]:
    """What a page of its own tells of an entry."""
    known = {(slug, getattr(entry, "id", "")): entry for slug, entry in rows(view, kind)[key]}
    return [(slug, known[slug, of]) for slug, of in part.rows]


def address(view: View, kind: str, key: str) -> str:
    """The page of its own of an organization (`partners/organizations/…/`), a place or a document (`documents/citing/…/`)."""
    if kind == "documents":
        return f"documents/citing/{view.corpus.documents[key].anchor}/"
    return f"partners/{kind}/{key}/"


def _name(view: View, kind: str, key: str) -> str:
    names = {
        "organizations": view.organization,
        "places": view.place,
        "documents": view.document_name,
    }
    return names[kind](key)
