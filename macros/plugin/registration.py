"""The macros as hand-written pages call them: each bound to the page that calls it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING

from macros.pages import MACROS

if TYPE_CHECKING:
    from macros.plugin.plugin import TrackerPlugin


def bind_macros(plugin: TrackerPlugin) -> dict[str, Callable[..., str]]:
    """Bind the macros to a plugin: each is called with constants only, for its current page."""

    def bind(macro: Callable[..., str]) -> Callable[..., str]:
        @functools.wraps(macro)
        def call(*arguments: str, **named: str) -> str:
            return plugin.add_slot(lambda view: macro(view, *arguments, **named))

        return call

    return {name: bind(macro) for name, macro in MACROS.items()}
