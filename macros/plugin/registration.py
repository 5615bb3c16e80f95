"""The macros as hand-written pages call them: each bound to the page that calls it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Protocol

from macros.pages import MACROS
from macros.render.view import View


class Caller(Protocol):
    """The plugin, as macros see it."""

    def add_slot(self, render: Callable[[View], str]) -> str:
        """Call a macro for the current page, and return what holds the place of its HTML."""


def bind_macros(caller: Caller) -> dict[str, Callable[..., str]]:
    """Bind the macros to a plugin: each is called with constants only, for its current page."""

    def bind(macro: Callable[..., str]) -> Callable[..., str]:
        @functools.wraps(macro)
        def call(*arguments: str, **named: str) -> str:
            return caller.add_slot(lambda view: macro(view, *arguments, **named))

        return call

    return {name: bind(macro) for name, macro in MACROS.items()}
