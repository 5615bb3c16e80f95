"""The macros as hand-written pages call them: each bound to the page that calls it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Protocol

from mkdocs.exceptions import PluginError
from mkdocs.structure.pages import Page

from macros.pages import MACROS, MacroError
from macros.render.view import View
from macros.site.layout import base


class Caller(Protocol):
    """The plugin, as macros see it."""

    page: Page
    """The page that is being rendered."""

    @property
    def views(self) -> tuple[View, View | None]:
        """The view that pages show; and what the public sees, if drafts are shown."""

    def add_slot(self, page: Page, html: str) -> str:
        """Set HTML aside and return what holds its place."""

    def mark_draft(self, page: Page) -> None:
        """Remember that a page shows what is under embargo."""


def bind_macros(caller: Caller | None) -> dict[str, Callable[..., str]]:
    """Bind the macros to a plugin: each is called with constants only, for its current page.

    Raises:
        PluginError: There is no plugin.
    """
    if caller is None:
        raise PluginError("The plugin tracker is missing in mkdocs.yml; add it below plugins.")

    def bind(function: Callable[..., str]) -> Callable[..., str]:
        @functools.wraps(function)
        def call(*arguments: str, **named: str) -> str:
            start = base(caller.page.url)
            view, public_view = caller.views
            html = function(view.at(start), *arguments, **named)
            if public_view:
                try:
                    public = function(public_view.at(start), *arguments, **named)
                except MacroError:  # what it names is under embargo
                    public = ""
                if public != html:
                    caller.mark_draft(caller.page)
            return caller.add_slot(caller.page, html)

        return call

    return {name: bind(function) for name, function in MACROS.items()}
