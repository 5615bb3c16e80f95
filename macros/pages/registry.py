"""All pages of a site, all macros, and the navigation, from the modules of kinds of pages.

A page with the same address in `docs/` takes the place of the body given here; its address, title
and description stay, unless it gives its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from macros.model.retirements import is_page
from macros.pages import (
    documents,
    funding,
    home,
    information,
    partners,
    periods,
    resolution,
    resolutions,
    sessions,
    timeline,
)
from macros.pages.page import Macro, MacroCall, NavigationEntry, Page, PageKind
from macros.render.view import View

KINDS: tuple[PageKind, ...] = (
    home.KIND,
    resolutions.KIND,
    resolution.KIND,
    funding.KIND,
    timeline.KIND,
    sessions.KIND,
    partners.KIND,
    documents.KIND,
    periods.KIND,
    information.KIND,
)
"""All kinds of pages; the navigation has its entries and its groups in this order."""


def macro_reference(view: View) -> str:
    """List every macro with what it shows."""
    return view.render("macro_reference.html", macros=MACROS)


MACROS: Mapping[str, Macro] = MappingProxyType(
    {
        macro.__name__: macro
        for macro in (*(macro for kind in KINDS for macro in kind.macros), macro_reference)
    }
)
"""Every macro that a hand-written page may call, by name."""


def pages(view: View) -> tuple[Page, ...]:
    """List all pages of a site in the language of a view."""
    return (*(page for kind in KINDS for page in kind.pages(view)), *_gone_pages(view))


def navigation(view: View) -> list[NavigationEntry]:
    """List the navigation: titles with the path of a page, or with a list below them.

    It does not grow with the resolutions: earlier sessions are in their list, earlier periods below
    each period.
    """
    entries: list[NavigationEntry] = []
    groups: dict[str, list[NavigationEntry]] = {}
    for kind in KINDS:
        if kind.group and kind.group not in groups:
            groups[kind.group] = []
            entries.append((view.t(kind.group), groups[kind.group]))
        (groups[kind.group] if kind.group else entries).extend(kind.navigation(view))
    return entries


def macro_anchors(view: View, name: str, *arguments: str, **named: str) -> set[str]:
    """List the lasting anchors that the call of a macro brings to a page.

    Nothing is rendered for it. The anchors of sections, which stand on a page only while there is
    something in them, are not among them.

    Raises:
        MacroError: The check of hand-written pages refuses the call.
    """
    find = next((kind.anchors[name] for kind in KINDS if name in kind.anchors), None)
    return find(view, *arguments, **named) if find else set()


def page_anchors(view: View, page: Page) -> set[str]:
    """List the lasting anchors of a page that nobody wrote by hand."""
    view = page.pin(view)
    return set().union(
        *(macro_anchors(view, call.macro.__name__, *call.arguments) for call in page.calls)
    )


def _retirement(view: View, path: str) -> str:
    return view.render("retirement.html", entry=view.corpus.retired.paths[path])


def _gone_pages(view: View) -> Iterator[Page]:
    for path, entry in view.corpus.retired.of(shared=False):
        if is_page(path) and not entry.to:
            yield Page(
                path,
                entry.was or path,
                view.t("retired.description", organ=view.corpus.body.name),
                (MacroCall(_retirement, (path,)),),
                searchable=False,
                retired=True,
            )
