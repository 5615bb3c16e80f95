"""The second wall behind the check of hand-written pages: they are rendered where nothing is but the macros."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from macros.pages.handwritten import MARKERS


class FencedTemplate(Template):
    """A template that sees nothing but the globals of its environment, whatever it is rendered with."""

    def render(self, *arguments: Any, **named: Any) -> str:
        """Render without the variables that are offered."""
        return super().render()


def sandbox(known: dict[str, Callable[..., str]]) -> ImmutableSandboxedEnvironment:
    """An environment for pages that knows some functions and nothing else: no variables, no filters, no files."""
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, **MARKERS)
    environment.template_class = FencedTemplate
    environment.globals = dict(known)
    environment.filters, environment.tests = {}, {}
    return environment
