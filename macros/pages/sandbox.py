"""Where hand-written pages are rendered, behind their check: nothing is there but macros."""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from macros.pages.handwritten import MARKERS
from macros.pages.page import Macro


class IsolatedTemplate(Template):
    """A template that sees nothing but the globals of its environment."""

    def render(self, *arguments: object, **named: object) -> str:
        """Render without the variables that are offered."""
        return super().render()


def sandbox(macros: Mapping[str, Macro]) -> ImmutableSandboxedEnvironment:
    """Make an environment that knows macros and nothing else: no variables, filters or files."""
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, **MARKERS)
    environment.template_class = IsolatedTemplate
    environment.globals = dict(macros)
    environment.filters, environment.tests = {}, {}
    return environment
