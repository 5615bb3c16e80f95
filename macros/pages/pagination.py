"""Lists that are too long for one page: a fixed number of rows on each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from macros.pages.page import Macro, MacroCall, MacroError, Page, index_page
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
    view: View, path: str, name: str, rows: Sequence[Row], size: int
) -> list[ListPage[Row]]:
    """Split a list into pages, one at least: `documents/`, `documents/page-2/`."""
    pages = [ListPage(1, path, name, rows[:size])]
    for number, start in enumerate(range(size, len(rows), size), 2):
        title = view.t("paging.part", name=name, number=number)
        pages.append(ListPage(number, f"{path}page-{number}/", title, rows[start : start + size]))
    return pages


def list_pages(view: View, name: str, rows: Iterable[Row], size: int) -> list[ListPage[Row]]:
    """Split the list of an index page, which has the message `title.<name>`."""
    return paginate(view, f"{name}/", view.t(f"title.{name}"), tuple(rows), size)


def find_page(pages: Sequence[ListPage[Row]], number: str) -> ListPage[Row]:
    """Find the page of a list that a macro was asked for, by its number.

    Raises:
        MacroError: There is no such page.
    """
    known = {str(page.number): page for page in pages}
    if number not in known:
        raise MacroError("unknown_page", number, known)
    return known[number]


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
            calls=(MacroCall(macro, (*arguments, str(page.number))),),
            searchable=False,
        )
