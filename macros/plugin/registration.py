"""The macros as hand-written pages call them: each bound to the page that calls it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING

from mkdocs.exceptions import PluginError

from macros.pages import MACROS

if TYPE_CHECKING:
    from macros.plugin.plugin import TrackerPlugin


def bind_macros(plugin: TrackerPlugin | None) -> dict[str, Callable[..., str]]:
    """Bind the macros to a plugin: each is called with constants only, for its current page.

    Raises:
        PluginError: There is no plugin.
    """
    if plugin is None:
        raise PluginError("The plugin tracker is missing in mkdocs.yml; add it below plugins.")

    def bind(macro: Callable[..., str]) -> Callable[..., str]:
        @functools.wraps(macro)
        def call(*arguments: str, **named: str) -> str:
            return plugin.add_slot(lambda view: macro(view, *arguments, **named))

        return call

    return {name: bind(macro) for name, macro in MACROS.items()}
