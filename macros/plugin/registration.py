"""The macros as pages by hand call them: each bound to the page that calls it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from macros.pages.page import MacroError
from macros.pages.registry import MACROS
from macros.site import context as frame

if TYPE_CHECKING:
    from macros.plugin.plugin import TrackerPlugin


def macros_of(env: Any) -> dict[str, Callable[..., str]]:
    """The macros for the environment of mkdocs-macros-plugin, each bound to the page that calls it."""
    tracker: TrackerPlugin = env.conf.plugins["tracker"]

    def bind(function: Callable[..., str]) -> Callable[..., str]:
        @functools.wraps(function)
        def call(*arguments: str, **named: str) -> str:
            base = frame.base(env.page.url)
            html = function(tracker.view.at(base), *arguments, **named)
            if tracker.site.drafts:
                try:
                    public = function(tracker.public_view.at(base), *arguments, **named)
                except MacroError:  # what it names is held
                    public = None
                if public != html:
                    tracker.drafted.add(env.page.file.src_uri)
            return tracker.slot(env.page, html)

        return call

    return {name: bind(function) for name, function in MACROS.items()}
