"""Lists that are too long for one page: a fixed number of rows on each, the first at the address of the list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from macros.pages.page import Macro, MacroCall, MacroError, Page
from macros.render.view import View

RESOLUTIONS = 100
MILESTONES = 200
CHANGES = 200
"""Rows on a page of a list of resolutions, of milestones, and of what a period changed."""

NAVIGATION = 12
"""Sessions and periods in the navigation, the newest: it is on every page."""

CITING = 60
"""Resolutions that an entry of the lists of documents, partners and places names; of more, how many there are."""

Row = TypeVar("Row")


@dataclass(frozen=True)
class ListPage(Generic[Row]):
    """One page of a list: its number from 1, its address, its name, and its rows."""

    number: int
    path: str
    name: str
    rows: Sequence[Row]

    @property
    def is_first(self) -> bool:
        """Whether it is at the address of the list."""
        return self.number == 1


def paginate(
    view: View, path: str, name: str, rows: Iterable[Row], size: int
) -> list[ListPage[Row]]:
    """Split a list into pages, one at least."""
    rows = list(rows)
    chunks = [rows[start : start + size] for start in range(0, len(rows), size)] or [[]]
    return [list_page(view, path, name, number, chunk) for number, chunk in enumerate(chunks, 1)]


def list_page(view: View, path: str, name: str, number: int, rows: Sequence[Row]) -> ListPage[Row]:
    """Make one page of the list at a path: `documents/`, `documents/page-2/`."""
    if number == 1:
        return ListPage(number, path, name, rows)
    return ListPage(
        number,
        f"{path}page-{number}/",
        view.t("paging.part", name=name, number=number),
        rows,
    )


def find_page(pages: Sequence[ListPage[Row]], number: str) -> ListPage[Row]:
    """Find the page of a list that a macro was asked for, by its number.

    Raises:
        MacroError: There is no such page.
    """
    known = {str(page.number): page for page in pages}
    if number not in known:
        raise MacroError("unknown_page", number, known)
    return known[number]


def further_pages(
    view: View, name: str, pages: Sequence[ListPage[Row]], macro: Macro, *arguments: str
) -> Iterator[Page]:
    """Make the pages after the first of an index, which show a macro called with arguments and a number."""
    description = view.t(f"description.{name}", organ=view.corpus.body.name)
    for page in pages[1:]:
        yield Page(
            page.path,
            page.name,
            f"{page.name}: {description}",
            (MacroCall(macro, (*arguments, str(page.number))),),
            searchable=False,
        )
