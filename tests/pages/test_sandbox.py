"""The second wall: what a page could do that got past the check, rendered in the environment
that MkDocs is given.
"""

from __future__ import annotations

from types import SimpleNamespace

import jinja2
import pytest
from jinja2.exceptions import SecurityError, TemplateError
from mkdocs.config.defaults import MkDocsConfig

from macros.pages.sandbox import sandbox


def overview(*arguments: str) -> str:
    """Stands for a macro."""
    return "the overview"


@pytest.fixture(scope="module")
def environment() -> jinja2.Environment:
    return sandbox({"overview": overview})


def rendered(environment: jinja2.Environment, text: str) -> str:
    """As mkdocs-macros renders a page: with all its variables offered."""
    offered = {
        "config": MkDocsConfig(),
        "environment": {"jinja_version": "3"},
        "page": SimpleNamespace(file="x"),
        "git": {"tag": "x"},
        "plugin": {},
        "extra": {"secret": "x"},
        "macros": {"overview": overview},
        "filters": {},
        "navigation": [],
        "files": [],
        "context": lambda: "x",
        "now": lambda: "x",
        "fix_url": lambda url: url,
        "macros_info": lambda: "x",
    }
    return environment.from_string(text).render(**offered)


def test_macros_work(environment: jinja2.Environment) -> None:
    assert rendered(
        environment, "a {{ overview() }} b {% raw %}{{ config }}{% endraw %} ## {#x}"
    ) == ("a the overview b {{ config }} ## {#x}")


VARIABLES = [
    "config",
    "config.site_name",
    "environment",
    "environment.jinja_version",
    "page",
    "page.file",
    "git",
    "plugin",
    "extra",
    "extra.secret",
    "macros",
    "filters",
    "navigation",
    "files",
    "context()",
    "now()",
    "fix_url('x')",
    "macros_info()",
    "self",
    "range(9)",
    "dict()",
    "lipsum()",
    "cycler()",
    "joiner()",
    "namespace()",
    "open('/etc/passwd')",
    "__import__('os')",
]


@pytest.mark.parametrize("name", VARIABLES)
def test_nothing_but_macros_is_known(environment: jinja2.Environment, name: str) -> None:
    if name == "self":  # Jinja's own: the blocks of the page, of which there are none
        name = "self.anything"
    with pytest.raises(TemplateError):
        rendered(environment, f"{{{{ {name} }}}}")


ESCAPES = [
    "overview.__globals__",
    "overview.__closure__",
    "overview['__globals__']",
    "overview.__class__.__mro__",
    "''.__class__",
    "''['__class__']",
    "().__class__.__base__.__subclasses__()",
    "overview().__class__",
    "self.__init__",
    "self._TemplateReference__context",
    "''|attr('__class__')",
    "''|map(attribute='__class__')|list",
    "overview|attr('__code__')",
    "'{0.__class__}'.format(overview)",
    "'%s'.__mod__('x')",
    "overview.__wrapped__",
    "(overview() ~ '').__class__",
    "[].append(1)",
    "{}.update({1: 2})",
    "overview.__doc__",
    "overview.__defaults__",
    "overview.__dict__",
    "none.__class__",
    "'{x.__class__}'.format_map({'x': 1})",
    "overview.func_globals",
    "1 is callable",
    "'x'|upper",
    "'x'|safe",
    "1|pprint",
]


@pytest.mark.parametrize("text", ESCAPES)
def test_no_way_leads_out_of_the_sandbox(environment: jinja2.Environment, text: str) -> None:
    with pytest.raises((SecurityError, TemplateError)):
        rendered(environment, f"{{{{ {text} }}}}")


@pytest.mark.parametrize(
    "text",
    [
        "{% include 'index.md' %}",
        "{% import 'a.md' as a %}",
        "{% extends '/etc/passwd' %}",
        "{% from 'x' import y %}",
        "{% do overview() %}",
        "{% debug %}",
        "{% include ['a', 'b'] %}",
    ],
)
def test_no_file_is_read(environment: jinja2.Environment, text: str) -> None:
    with pytest.raises((TemplateError, TypeError)):
        rendered(environment, text)


def test_the_environment_keeps_nothing_from_page_to_page(environment: jinja2.Environment) -> None:
    rendered(environment, "{% set overview = 'mine' %}{% macro other() %}x{% endmacro %}")
    assert rendered(environment, "{{ overview() }}") == "the overview"
    with pytest.raises(TemplateError):
        rendered(environment, "{{ other() }}")
