"""Lists that are too long for one page: a fixed number of rows on each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from macros.pages.page import Macro, MacroCall, Page, find_named, index_page
from macros.render.view import View

RESOLUTIONS = 100
MILESTONES = 200
CHANGES = 200
"""Rows on a page of a list of resolutions, of milestones, and of what a period changed."""

NAVIGATION = 12
"""Sessions and periods in the navigation, the newest: it is on every page."""

CITING = 60
"""Resolutions that an entry of a list of documents or partners names; of more, how many."""

Row = TypeVar("Row")


@dataclass(frozen=True)
class ListPage(Generic[Row]):
    """One page of a list: its number from 1, address, name, rows, and all pages of the list."""

    number: int
    path: str
    name: str
    rows: Sequence[Row]
    siblings: Sequence[ListPage[Row]] = field(repr=False, compare=False)

    @property
    def is_first(self) -> bool:
        """Whether it is at the address of the list."""
        return self.number == 1

    @property
    def arguments(self) -> tuple[str, ...]:
        """What a macro is called with to show it: nothing for the first page, else its number."""
        return () if self.is_first else (str(self.number),)


def paginate(
    view: View, path: str, name: str, rows: Sequence[Row], size: int
) -> list[ListPage[Row]]:
    """Split a list into pages, one at least: `documents/`, `documents/page-2/`."""
    pages: list[ListPage[Row]] = []
    pages.append(ListPage(1, path, name, rows[:size], pages))
    for number, start in enumerate(range(size, len(rows), size), 2):
        address, title = f"{path}page-{number}/", view.t("paging.part", name=name, number=number)
        pages.append(ListPage(number, address, title, rows[start : start + size], pages))
    return pages


def list_pages(view: View, name: str, rows: Iterable[Row], size: int) -> list[ListPage[Row]]:
    """Split the list of an index page, which has the message `title.<name>`."""
    return paginate(view, f"{name}/", view.t(f"title.{name}"), tuple(rows), size)


def find_page(pages: Sequence[ListPage[Row]], number: str) -> ListPage[Row]:
    """Find the page of a list that a macro was asked for, by its number.

    Raises:
        MacroError: There is no such page.
    """
    return find_named("unknown_page", number, {str(page.number): page for page in pages})


def index_pages(
    view: View,
    name: str,
    pages: Sequence[ListPage[Row]],
    macro: Macro,
    *arguments: str,
    first: Sequence[Macro] = (),
) -> Iterator[Page]:
    """Make the pages of an index.

    Args:
        view: A view in the language of the pages.
        name: Its name in addresses and messages (see `index_page`).
        pages: The pages of its list.
        macro: What shows the list; after the first page with arguments and the number.
        arguments: These arguments.
        first: What the first page shows, if that is more.
    """
    index = index_page(view, name, *(first or (macro,)))
    yield index
    for page in pages[1:]:
        yield replace(
            index,
            path=page.path,
            title=page.name,
            description=f"{page.name}: {index.description}",
            calls=(MacroCall(macro, (*arguments, *page.arguments)),),
            searchable=False,
        )
