"""One page of a site, and the kinds of pages that a site has."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from macros.corpus.translations import DRAFT_STATE, LocalText
from macros.errors import TrackerError
from macros.model.fields import Record
from macros.model.traversal import has, inside
from macros.render.view import View

Value = TypeVar("Value")

Macro = Callable[..., str]
"""From a view and constants to HTML."""

NavigationEntry = tuple[str, "str | list[NavigationEntry]"]
"""A title with the path of a page, or with the entries below it."""


class MacroError(TrackerError):
    """A macro was called with a name that the data does not have."""

    def __init__(self, code: str, value: str, known: Iterable[str]) -> None:
        """Take the code of a problem, the name, and the names that there are."""
        super().__init__(f"{code}: {value}")
        self.code, self.value, self.known = code, value, list(known)


def find_named(code: str, name: str, known: Mapping[str, Value]) -> Value:
    """Find what a macro is called with by its name.

    Raises:
        MacroError: There is no such thing; it has this code.
    """
    if name not in known:
        raise MacroError(code, name, known)
    return known[name]


class MacroCall(NamedTuple):
    """A macro with the constants that it is called with."""

    macro: Macro
    arguments: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Write the call as a hand-written page has it."""
        written = ", ".join(json.dumps(value, ensure_ascii=False) for value in self.arguments)
        return f"{{{{ {self.macro.__name__}({written}) }}}}"


@dataclass(frozen=True)
class Page:
    """One page that comes from data.

    Attributes:
        path: Its address from the root of the language: `resolutions/2-4/`, home empty.
        calls: The macros whose HTML is its content.
        slug: Set on the pages of a resolution.
        period: Set on those that show a resolution as it stood in a reporting period.
        searchable: Whether it is in the search index.
        retired: Whether it only says what was there.
    """

    path: str
    title: str
    description: str
    calls: tuple[MacroCall, ...]
    slug: str | None = None
    period: str | None = None
    searchable: bool = True
    retired: bool = False

    def pin(self, view: View) -> View:
        """Return a view as it stood after the page's period, if it has one."""
        return view.as_of(self.period) if self.period else view

    def body(self, view: View) -> str:
        """Render the content, as seen from the page."""
        return "".join(call.macro(self.pin(view), *call.arguments) for call in self.calls)

    @property
    def source(self) -> str:
        """The Markdown file that may take the place of the body: `resolutions/2-4.md`."""
        return (self.path.rstrip("/") or "index") + ".md"

    @property
    def indexed(self) -> bool:
        """Whether search engines may list it: not the search, the past, nor what is withdrawn."""
        return self.period is None and not self.retired and self.path != "search/"

    @property
    def markdown(self) -> str | None:
        """The hand-written page that would show the same."""
        if self.period or self.retired:
            return None
        return "\n\n".join(map(str, self.calls)) + "\n"


@dataclass(frozen=True)
class PageKind:
    """One kind of page: a module of this package.

    Attributes:
        pages: The pages of this kind.
        macros: The macros that it brings, by whose names hand-written pages call them.
        anchors: By the name of a macro, the lasting anchors that a call of it brings to a page.
        navigation: What the navigation has of it.
        group: The key of the message that names the group of the navigation; none at the top.
    """

    pages: Callable[[View], Iterable[Page]]
    macros: tuple[Macro, ...] = ()
    anchors: Mapping[str, Callable[..., set[str]]] = field(default_factory=dict)
    navigation: Callable[[View], Iterable[NavigationEntry]] = lambda view: ()
    group: str = ""


def index_page(view: View, name: str, *macros: Macro, searchable: bool = True) -> Page:
    """Make the page at `<name>/` with the messages `title.<name>` and `description.<name>`."""
    return Page(
        f"{name}/",
        view.t(f"title.{name}"),
        view.t(f"description.{name}", organ=view.corpus.body.name),
        tuple(map(MacroCall, macros)),
        searchable=searchable,
    )


def mark_draft(view: View, title: str, text: str) -> str:
    """Return a title, with a word that says so where the text in it is a draft translation."""
    if isinstance(text, LocalText) and text.state == DRAFT_STATE:
        return f"{title} {view.t('in_brackets', text=view.t('translation.draft'))}"
    return title


def record_anchors(records: Iterable[Record]) -> set[str]:
    """List the anchors of records and of all entries inside them."""
    return {
        entry.anchor  # type: ignore[attr-defined]
        for record in records
        for entry in inside(record)
        if has(type(entry), "anchor")
    }
